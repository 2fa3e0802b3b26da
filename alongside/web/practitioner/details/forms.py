"""What is typed about a person, one form for each noun."""


from alongside.common.clock import today
from alongside.common.identifiers import NotAnIdentifier, parse_upn
from alongside.people.facts import ContactChoice, ContactKind, Protection
from alongside.people.rules.contact import DAYS
from alongside.people.rules.names import NotAName, tidy_name
from alongside.people.rules.places import NotAPostcode, contact_keys, parse_postcode
from alongside.people.rules.registration import NotAPerson, checked
from alongside.web.design.fields import CheckboxesField, DateField, LongTextField, NameField, NHSNumberField, RadiosField, SelectField, TextField, TickField, TimeField
from alongside.web.design.forms import Form
from alongside.web.practitioner.details import words

OLD_NAMES = [
    ("previous", "Keep it as a previous name, so that they are still found by it"), ("mistake", "It was a mistake: do not keep it"),
    ("gender_history", "Keep it under protection: it is from before a gender change"), ("adoption_history", "Keep it under protection: it is from before an adoption"),
    ("whereabouts", "Keep it under protection: their identity is hidden now"),
]


class WhoForm(Form):
    """Who a person is. Checked by the same rule as everywhere; every fault is told at its own field."""

    given_name = NameField(label="Given names", max_length=100, required=False)
    family_name = NameField(label="Family name", max_length=100, required=False)
    known_as = NameField(label="Likes to be called", max_length=100, required=False)
    pronouns = TextField(label="Pronouns", hint="In their own words, for example she, her", max_length=40, width=10, required=False)
    date_of_birth = DateField(label="Date of birth", hint="For example, 27 3 1985", required=False)
    birth_date_estimated = TickField(label="The date of birth is an estimate", required=False)
    nhs_number = NHSNumberField(required=False)
    upn = TextField(label="Unique pupil number", hint="A letter and 12 numbers; a temporary one ends with a letter", width=20, required=False)

    def clean(self) -> dict[str, object]:
        typed = super().clean() or {}
        fields = ("given_name", "family_name", "known_as", "pronouns", "date_of_birth", "birth_date_estimated", "died_on", "upn")
        try:
            self.details = checked(**{field: typed[field] for field in fields if typed.get(field)}, nhs_number=typed.get("nhs_number") or None, today=today())
        except NotAPerson as no:
            for field, problem in no.problems.items():
                if field in self.fields and field not in self.errors:
                    self.add_error(field, problem.rstrip("."))
        return typed

    def clean_upn(self) -> str:
        try:
            return parse_upn(self.cleaned_data["upn"]) if self.cleaned_data["upn"] else ""
        except NotAnIdentifier as no:
            self.add_error("upn", str(no).rstrip("."))
            return ""


class ChangeWhoForm(WhoForm):
    died_on = DateField(label="Date of death", hint="Leave empty while they live", required=False)
    old_name = RadiosField(label="If the name changes: what about the one until now?", choices=OLD_NAMES, initial="previous")


class ProfileForm(Form):
    how_to_treat_me = LongTextField(label="How to treat me", hint="In their words: what helps, what hurts, what to say first", rows=4, max_length=4000, required=False)
    what_matters = LongTextField(label="What matters to me", rows=4, max_length=4000, required=False)
    communication_needs = LongTextField(label="Communication needs", hint="For example: easy read, hearing aid, time to answer", rows=2, max_length=1000, required=False)
    access_needs = LongTextField(label="Access needs", hint="For example: step-free, a quiet room, a lift home", rows=2, max_length=1000, required=False)
    language = TextField(label="Language", max_length=60, width=20, required=False)
    interpreter = TickField(label="Needs an interpreter", required=False)
    large_print = TickField(label="Needs large print", required=False)
    written_by_person = TickField(label="They said or wrote this themself", required=False)


class NameForm(Form):
    kind = RadiosField(label="What kind of name is it?", choices=words.choices(words.NAME_KINDS))
    given_name = NameField(label="Given names", max_length=100, required=False)
    family_name = NameField(label="Family name", max_length=100, required=False)
    protected_as = RadiosField(label="Does it need protection?", choices=words.choices(words.PROTECTIONS), initial=Protection.NONE.value, required=False)

    def clean(self) -> dict[str, object]:
        typed = super().clean() or {}
        for field in ("given_name", "family_name"):
            try:
                tidy_name(typed.get(field) or "")
            except NotAName as no:
                self.add_error(field, str(no).rstrip("."))
        if not self.errors and not (typed.get("given_name") or typed.get("family_name")):
            self.add_error("given_name", "Enter at least one name")
        return typed


class AddressForm(Form):
    kind = RadiosField(label="What kind of address is it?", choices=words.choices(words.ADDRESS_KINDS))
    lines = LongTextField(label="Address", hint="One line below the other, as on an envelope", rows=4, max_length=500)
    postcode = TextField(label="Postcode", width=10, required=False)
    concealed = TickField(label="This address must not be known to everybody who may read the record", required=False)
    starts = DateField(label="Since when?", hint="Leave empty if it is not known", required=False)

    def clean_postcode(self) -> str:
        return postcode(self, "postcode")


class ContactForm(Form):
    kind = RadiosField(label="What is it?", choices=words.choices(words.CONTACT_KINDS))
    value = TextField(label="Number, email or address", hint="For “through a practitioner”: who", max_length=200)
    safe = TickField(label="They said that this is safe", required=False)
    shared_with_others = TickField(label="Somebody else may hear or read it", required=False)
    note = TextField(label="Note", hint="For example: works nights, wake after noon", max_length=200, required=False)

    def clean(self) -> dict[str, object]:
        typed = super().clean() or {}
        kind, value = typed.get("kind"), str(typed.get("value") or "")
        keys = contact_keys(value)
        if kind == ContactKind.EMAIL and not (keys and "@" in value and " " not in value):
            self.add_error("value", "Enter an email address in the correct format, like name@example.com")
        if kind in (ContactKind.MOBILE, ContactKind.PHONE) and not (keys and "@" not in value and 9 <= sum(letter.isdigit() for letter in value) <= 15):
            self.add_error("value", "Enter a telephone number, like 01632 960 001 or +44 808 157 0192")
        return typed


class SafeContactForm(Form):
    allowed = RadiosField(label="How may they be reached?", choices=words.choices(words.CHOICES))
    no_voicemail = TickField(label="Leave no message on a voicemail", required=False)
    days = CheckboxesField(label="On which days?", hint="Tick none for any day", choices=[(str(number), day) for number, day in enumerate(DAYS)], small=True, required=False)
    hours_from = TimeField(label="Not before", required=False)
    hours_until = TimeField(label="Not after", required=False)
    times = TextField(label="Anything else about times", max_length=120, required=False)
    code_word = TextField(label="Code word", hint="What to say first, so that they know it is you", max_length=60, width=20, required=False)
    by_person = TickField(label="They chose this themself", required=False)

    @property
    def choice(self) -> ContactChoice:
        return ContactChoice(self.cleaned_data["allowed"])


class FamilyForm(Form):
    kind = SelectField(label="Who are they to this person?", choices=words.choices(words.RELATIONS))
    name = NameField(label="Their name", max_length=200)
    nhs_number = NHSNumberField(label="Their NHS number", hint="If they have a record that you may know, the two are connected. Otherwise only the name is kept", required=False)
    parental_responsibility = TickField(label="Has parental responsibility in law", required=False)
    natural_support = TickField(label="Supports them in daily life", required=False)
    starts = DateField(label="Since when?", hint="Leave empty if it is not known", required=False)

    def clean_name(self) -> str:
        return name(self, "name")


class UnsafeForm(Form):
    name = NameField(label="With whom are they unsafe?", hint="Leave empty if it is only a place", max_length=200, required=False)
    nhs_number = NHSNumberField(label="Their NHS number", hint="If they have a record that you may know, every way out is checked against it too", required=False)
    address_lines = LongTextField(label="Where are they unsafe?", hint="Leave empty if it is only somebody", rows=3, max_length=500, required=False)
    postcode = TextField(label="Postcode", width=10, required=False)
    reason = LongTextField(label="Why?", hint="What was seen or said, and by whom", rows=3, max_length=2000)
    alleged_perpetrator = TickField(label="They are said to have done harm", required=False)
    review_on = DateField(label="Review date", not_before=today)

    def clean_postcode(self) -> str:
        return postcode(self, "postcode")

    def clean_name(self) -> str:
        return name(self, "name")

    def clean(self) -> dict[str, object]:
        typed = super().clean() or {}
        if not self.errors and not (typed.get("name") or typed.get("address_lines")):
            self.add_error("name", "Say with whom, or below where, they are unsafe")
        return typed


class MarkerForm(Form):
    flag = RadiosField(label="What must be protected?", choices=words.choices(words.MARKERS))
    reason = LongTextField(label="Why?", rows=3, max_length=2000)
    review_on = DateField(label="Review date", not_before=today)

    def __init__(self, *args: object, role: str = "", **others: object) -> None:
        super().__init__(*args, **others)
        self.fields["flag"].choices = words.markers_for(role)


class EndForm(Form):
    reason = LongTextField(label="Why does it end?", rows=2, max_length=1000)


def postcode(form: Form, field: str) -> str:
    typed = str(form.cleaned_data[field] or "")
    try:
        return parse_postcode(typed) if typed else ""
    except NotAPostcode as no:
        form.add_error(field, str(no).rstrip("."))
        return typed


def name(form: Form, field: str) -> str:
    typed = str(form.cleaned_data[field] or "")
    try:
        return tidy_name(typed, longest=200)
    except NotAName as no:
        form.add_error(field, str(no).rstrip("."))
        return typed
