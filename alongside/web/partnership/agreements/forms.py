"""What is filled in to draft, sign, renew and close an agreement."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError

from alongside.common.london import LONDON, london_day
from alongside.partnerships.facts import AgreementText, NewTerm, PartyFacts
from alongside.web.design.fields import CheckboxesField, DateField, LongTextField, RadiosField, RetryKeyField, SelectField, TextField, TickField
from alongside.web.design.forms import Form
from alongside.web.partnership.wording import AGREEABLE

SOON, FEWEST_PARTIES = timedelta(days=1), 2
END_OF_DAY = time(23, 59, 59)


def first_moment(day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=LONDON)


def last_moment(day: date) -> datetime:
    """An agreement holds to the end of its last day."""
    return datetime.combine(day, END_OF_DAY, tzinfo=LONDON)


class DatesForm(Form):
    """When something agreed ends, and when it is looked at again."""

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        starts, ends, review = words.get("starts_on"), words.get("ends_on"), words.get("review_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "The last day must be after the first day")
        if review and ends and review > ends:
            self.add_error("review_on", "Review date must be the last day or earlier")
        return words


class DraftForm(DatesForm):
    key = RetryKeyField()
    title = TextField(label="What is it called?", max_length=200)
    why = LongTextField(label="What is it for?", hint="As you would say it to a family. It stands on the public page", rows=3, required=False, max_length=2000)
    starts_on = DateField(label="First day")
    ends_on = DateField(label="Last day", hint="At the end of this day it lapses by itself, and nothing flows")
    review_on = DateField(label="Review date")
    who_sees = LongTextField(label="Who in each agency may open what comes in?", rows=2, required=False, max_length=2000)
    safeguards = LongTextField(label="How is it kept safe?", rows=2, required=False, max_length=2000)
    retention = LongTextField(label="How long is it kept?", rows=2, required=False, max_length=2000)
    how_people_are_told = LongTextField(label="How are people told?", rows=2, required=False, max_length=2000)
    contact = LongTextField(label="Whom to ring when in doubt", rows=2, required=False, max_length=2000)

    def __init__(self, *args: Any, partners: Sequence[object], signatories: Mapping[int, Sequence[tuple[int, str]]], title_is_fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partners = partners
        if title_is_fixed:
            del self.fields["title"]
        for partner in partners:
            self.fields[f"signatory_{partner.agency_id}"] = SelectField(label=partner.agency.name, choices=signatories.get(partner.agency_id, ()), empty="Not a party", required=False)

    @property
    def signatory_fields(self) -> list[object]:
        return [self[f"signatory_{partner.agency_id}"] for partner in self.partners]

    def clean(self) -> dict[str, Any]:
        words = super().clean()
        if not self.errors and len(self.parties()) < FEWEST_PARTIES:
            self.add_error(f"signatory_{self.partners[0].agency_id}", "Choose a signatory for at least two parties")
        return words

    def parties(self) -> tuple[PartyFacts, ...]:
        chosen = ((partner.agency_id, self.cleaned_data.get(f"signatory_{partner.agency_id}")) for partner in self.partners)
        return tuple(PartyFacts(agency, int(signatory)) for agency, signatory in chosen if signatory)

    def text(self, *, title: str = "", template: str = "", terms: tuple[NewTerm, ...] = ()) -> AgreementText:
        words = self.cleaned_data
        return AgreementText(
            title=words.get("title") or title, starts=first_moment(words["starts_on"]), ends=last_moment(words["ends_on"]), review_on=words["review_on"], why=words["why"],
            who_sees=words["who_sees"], safeguards=words["safeguards"], retention=words["retention"], how_people_are_told=words["how_people_are_told"], contact=words["contact"],
            template=template, parties=self.parties(), terms=terms,
        )


def initial_of(text: AgreementText) -> dict[str, object]:
    """What a draft form shows of an agreement."""
    words = {name: getattr(text, name) for name in ("title", "why", "review_on", "who_sees", "safeguards", "retention", "how_people_are_told", "contact")}
    return words | {"starts_on": london_day(text.starts), "ends_on": london_day(text.ends)} | {f"signatory_{party.agency_id}": party.signatory_id for party in text.parties}


class LineForm(Form):
    purpose = SelectField(label="For which purpose?")
    categories = CheckboxesField(label="What may flow?", choices=AGREEABLE, small=True, missing="Choose what may flow")
    lawful_basis = SelectField(label="On which lawful basis?")
    gateway = TextField(label="Which statute allows it?", hint="For example, Care Act 2014 section 45. Leave empty where people agree to it", required=False, max_length=200)
    least = TextField(label="Which parts are enough?", hint="The least that does", max_length=300)
    from_agency = SelectField(label="From", required=False, empty="Any party")
    to_agency = SelectField(label="To", required=False, empty="Any party")

    def __init__(self, *args: Any, purposes: Mapping[str, str], bases: Mapping[str, object], agencies: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = list(purposes.items())
        self.fields["lawful_basis"].choices = [(code, str(basis)) for code, basis in bases.items()]
        self.fields["from_agency"].choices = self.fields["to_agency"].choices = list(agencies.items())

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        if words.get("from_agency") and words.get("from_agency") == words.get("to_agency"):
            self.add_error("to_agency", "Choose two different parties")
        return words

    def terms(self) -> tuple[NewTerm, ...]:
        words = self.cleaned_data
        ends = (int(words[name]) if words[name] else None for name in ("from_agency", "to_agency"))
        sender, receiver = ends
        return tuple(NewTerm(words["purpose"], category, words["lawful_basis"], words["gateway"].strip(), sender, receiver, words["least"].strip()) for category in words["categories"])


class SignForm(Form):
    answer = RadiosField(
        label="What do you say for your agency?", choices=[("sign", "Sign"), ("sign_if", "Sign if …"), ("refuse", "Do not sign")],
        hints={"sign_if": "No signature yet: nothing flows until you sign. The others read your condition"}, reveals={"sign_if": "condition", "refuse": "reason"}, missing="Say whether you sign",
    )
    condition = LongTextField(label="What must be so first?", rows=2, required=False, max_length=1000)
    reason = LongTextField(label="Why do you not sign?", rows=2, required=False, max_length=1000)

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        for answer, field, missing in (("sign_if", "condition", "Say what must be so before you sign"), ("refuse", "reason", "Say why you do not sign")):
            if words.get("answer") == answer and not (words.get(field) or "").strip():
                self.add_error(field, missing)
        return words


class RenewForm(DatesForm):
    key = RetryKeyField()
    ends_on = DateField(label="New last day")
    review_on = DateField(label="Review date")
    sign = TickField(label="Sign the new version for your agency at the same time", required=False)

    def __init__(self, *args: Any, after: date, signs: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.after = after
        if not signs:
            del self.fields["sign"]

    def clean_ends_on(self) -> date:
        ends: date = self.cleaned_data["ends_on"]
        if ends <= self.after:
            raise ValidationError(f"The new last day must be after {self.after:%d %B %Y}".replace(" 0", " "))
        return ends


class ClosingForm(Form):
    reason = LongTextField(label="Why?", hint="All partners can read this", rows=3, max_length=1000, missing="Say why")


class CommentForm(Form):
    words = LongTextField(label="Your comment", hint="It stays with the agreement, with your name", rows=3, max_length=2000, missing="Write your comment")
