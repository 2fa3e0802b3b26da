"""What is filled in to seat a board, to say when it can decide, to settle a heading, to give a decision right, and to declare an interest."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from alongside.partnerships.facts import Nature, Seat, SeatRole
from alongside.web.design.fields import CodeField, DateField, LongTextField, NameField, RadiosField, RetryKeyField, SelectField, TextField, TickField, WholeNumberField
from alongside.web.design.forms import Form

SEATS = {Seat.PARTNER.value: "For a partner", Seat.LIVED.value: "From lived experience", Seat.INDEPENDENT.value: "Independent"}
ROLES = {SeatRole.CHAIR.value: "Chair", SeatRole.VICE_CHAIR.value: "Vice chair", SeatRole.SECRETARY.value: "Secretary", SeatRole.MEMBER.value: "Member"}
NATURES = {Nature.MONEY.value: "Money", Nature.OFFICE.value: "Another office", Nature.FAMILY.value: "Family or friend", Nature.LOYALTY.value: "Another body they belong to"}
MOST_SEATS = 100


class SeatForm(Form):
    """Somebody of a partner is chosen; anybody else is named."""

    key = RetryKeyField()
    seat = RadiosField(
        label="Whom do they sit for?", choices=list(SEATS.items()), small=True, missing="Choose whom they sit for",
        reveals={Seat.PARTNER.value: "practitioner"}, hints={Seat.LIVED.value: "Has used what the partners offer, or cares for somebody who has"},
    )
    practitioner = SelectField(label="Who is it?", required=False, says_optional=False, search="Find a name")
    name = NameField(label="Their name", hint="For somebody who works for no partner. It stands in the minutes", required=False, says_optional=False, max_length=120)
    own_account = TickField(label="They will sign in with an account of their own", hint="You get a code to give them. Without it they take part on paper or by telephone", required=False)
    role = RadiosField(label="What do they do there?", choices=list(ROLES.items()), initial=SeatRole.MEMBER.value, small=True, missing="Choose what they do there")
    votes = TickField(label="They vote", required=False, initial=True)

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practitioner"].choices = people

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        if words.get("seat") == Seat.PARTNER.value and not words.get("practitioner"):
            self.add_error("practitioner", "Choose who it is")
        if words.get("seat") in (Seat.LIVED.value, Seat.INDEPENDENT.value) and not words.get("name"):
            self.add_error("name", "Enter their name")
        return words


class QuorumForm(Form):
    key = RetryKeyField()
    members = WholeNumberField(label="How many voting members must be there?", min_value=1, max_value=MOST_SEATS)
    partners = WholeNumberField(label="From how many partners at least?", min_value=1, max_value=MOST_SEATS)
    chair = TickField(label="The chair or vice chair must be there", required=False)
    review_on = DateField(label="Review date")

    def __init__(self, *args: Any, after: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["review_on"].not_before = after


class HeadingForm(Form):
    key = RetryKeyField()
    text = LongTextField(label="What is settled?", rows=8, max_length=6000, missing="Write what is settled")


class RightForm(Form):
    key = RetryKeyField()
    what = TextField(label="What is decided?", hint="For example: spending from the pooled fund up to £10,000", max_length=200)
    decides = TextField(label="Who decides it?", hint="The board, an office, a partner", max_length=160)
    delegated_to = TextField(label="To whom is it delegated?", required=False, max_length=160)
    limits = LongTextField(label="Up to where?", hint="Amounts, conditions, and what must be reported back", rows=2, required=False, max_length=1000)


class InterestForm(Form):
    key = RetryKeyField()
    nature = RadiosField(label="What kind of interest is it?", choices=list(NATURES.items()), small=True, missing="Choose what kind of interest it is")
    what = LongTextField(label="What is it?", hint="Everybody at the table reads it", rows=2, max_length=1000, missing="Say what it is")


class ClaimForm(Form):
    code = CodeField(label="The code you were given", hint="Such as K7QF-2MZD-XA4H", max_length=40, width=20)
