"""What whoever looks after an agency fills in."""

from datetime import datetime
from typing import Any

from alongside.agencies.actions import Details
from alongside.agencies.queries import EXPERTISE_KINDS, SCHEMES
from alongside.agencies.rules.identifiers import agency_identifier
from alongside.common.identifiers import NotAnIdentifier
from alongside.common.london import london_day
from alongside.web.design.fields import DateField, EmailField, LongTextField, RadiosField, SearchField, SelectField, TextField, TickField
from alongside.web.design.forms import Form
from alongside.web.practitioner.involvement.forms import end_of_day, start_of_day

ROLES = {
    "administrator": "Administrator", "auditor": "Auditor", "caldicott_guardian": "Caldicott guardian", "doctor": "Doctor", "family_nurse": "Family nurse", "housing_officer": "Housing officer",
    "idva": "Domestic violence adviser", "manager": "Manager", "nurse": "Nurse", "officer": "Officer", "peer_supporter": "Peer supporter", "police_officer": "Police officer",
    "records_manager": "Records manager", "safeguarding_lead": "Safeguarding lead", "social_worker": "Social worker", "student": "Student", "support_worker": "Support worker",
    "teacher": "Teacher", "team_manager": "Team manager", "volunteer": "Volunteer",
}
"""The gate's roles of people who work with people, in words. What somebody may see follows from the role, so it is chosen and never typed."""


class LookUpForm(Form):
    q = SearchField(label="Name, agency, team, profession or what they know", hint="For example: school, family nurse, Urdu, domestic abuse", max_length=100, button="Look up")


class ExpertiseForm(Form):
    subject = TextField(label="What do you know?", hint="For example, Makaton, domestic abuse, benefits appeals", max_length=120)
    kind = RadiosField(label="What kind of knowledge is it?", choices=EXPERTISE_KINDS)


class AgencyForm(Form):
    duty_phone = TextField(label="Duty telephone", hint="Rung when something cannot wait and nobody answers", type="tel", max_length=40, required=False, width=20)
    ods = TextField(label="ODS code", code=True, required=False, width=10)
    urn = TextField(label="School URN", code=True, required=False, width=10)
    charity = TextField(label="Charity number", code=True, required=False, width=10)
    la = TextField(label="Local authority code", code=True, required=False, width=10)
    force = TextField(label="Police force code", code=True, required=False, width=3)

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        for scheme, _ in SCHEMES:
            if words.get(scheme, "").strip():
                try:
                    words[scheme] = agency_identifier(scheme, words[scheme])
                except NotAnIdentifier as no:
                    self.add_error(scheme, str(no).removesuffix("."))
        return words

    @property
    def identifiers(self) -> dict[str, str]:
        return {scheme: self.cleaned_data[scheme] for scheme, _ in SCHEMES}


class TeamForm(Form):
    name = TextField(label="Name of the team", max_length=120)
    duty_desk = TickField(label="This team takes what comes in for nobody in particular", hint="Its inbox is never left unwatched", required=False)


class PractitionerForm(Form):
    name = TextField(label="Name", hint="As colleagues and families know them", max_length=120, autocomplete="off")
    title = TextField(label="Title", hint="How they are introduced, for example Family nurse", max_length=80)
    profession = TextField(label="Profession", hint="For example, Nurse or Social worker", max_length=80, required=False)
    role = SelectField(label="Role", hint="What they may see follows from it", choices=list(ROLES.items()))
    phone = TextField(label="Work telephone", type="tel", max_length=40, required=False, width=20)
    supervisor = SelectField(label="Supervisor", hint="Hears when something of theirs is late. Whoever manages a team may do without", required=False, empty="Nobody")

    def __init__(self, *args: Any, supervisors: list[tuple[str, str]], **others: Any) -> None:
        super().__init__(*args, **others)
        self.fields["supervisor"].choices = supervisors

    @property
    def details(self) -> Details:
        words = self.cleaned_data
        chosen = words["supervisor"]
        return Details(words["name"], words["title"], words["role"], words["profession"], words["phone"], int(chosen) if chosen else None)


class AccountForm(PractitionerForm):
    email = EmailField(label="Work email address", hint="The invitation goes there, and they sign in with it", autocomplete="off")
    team = SelectField(label="Team", hint="More can be added later")
    manages = TickField(label="They manage this team", required=False)
    field_order = ("name", "email", "title", "profession", "role", "phone", "team", "manages", "supervisor")

    def __init__(self, *args: Any, teams: list[tuple[str, str]], **others: Any) -> None:
        super().__init__(*args, **others)
        self.fields["team"].choices = teams


class MembershipForm(Form):
    team = SelectField(label="Team")
    manages = TickField(label="They manage this team", required=False)

    def __init__(self, *args: Any, teams: list[tuple[str, str]], **others: Any) -> None:
        super().__init__(*args, **others)
        self.fields["team"].choices = teams


class TrainingForm(Form):
    completed_on = DateField(label="Information-governance training completed on", hint="It is current for a year. Without it no record opens")

    def __init__(self, *args: Any, at: datetime, **others: Any) -> None:
        super().__init__(*args, **others)
        self.fields["completed_on"].not_after = london_day(at)


class CoverForm(Form):
    covering = SelectField(label="Who stands in?", hint="They can open the records from the first day to the last, and then no more")
    first_day = DateField(label="First day away")
    last_day = DateField(label="Last day away")
    reason = TextField(label="Why?", hint="For example, annual leave", max_length=80)

    def __init__(self, *args: Any, colleagues: list[tuple[str, str]], at: datetime, **others: Any) -> None:
        super().__init__(*args, **others)
        self.fields["covering"].choices = colleagues
        self.fields["last_day"].not_before = london_day(at)

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        if words.get("first_day") and words.get("last_day") and words["last_day"] < words["first_day"]:
            self.add_error("last_day", "The last day must not be before the first")
        return words

    @property
    def starts(self) -> datetime:
        return start_of_day(self.cleaned_data["first_day"])

    @property
    def ends(self) -> datetime:
        return end_of_day(self.cleaned_data["last_day"])


class ResetForm(Form):
    proof = LongTextField(label="How did you make sure it is them?", hint="For example: they came to my desk with their staff card. A call or an email alone is not enough", rows=2, max_length=300)
