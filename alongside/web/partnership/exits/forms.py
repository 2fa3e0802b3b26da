"""What is filled in to end a partnership, to go on after all, and to write down and give back what is owed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from alongside.partnerships.facts import Resource
from alongside.web.design.fields import DateField, LongTextField, RadiosField, RetryKeyField, SelectField, TextField
from alongside.web.design.forms import Form
from alongside.web.partnership.accounts.forms import MoneyField

Choices = Sequence[tuple[object, str]]
RESOURCES = {
    Resource.MONEY.value: "Money", Resource.GOODS.value: "Goods and equipment", Resource.PREMISES.value: "Premises", Resource.STAFF.value: "Staff", Resource.INFORMATION.value: "Information and records",
}
STAYS = (
    "What each partner wrote stays its own. What was shared and acknowledged stays in the record of whoever acted on it, for as long as that record is kept. "
    "Copies outside the record are deleted. Who looked, and why, stays in the ledger. People who are helped are told at the next meeting."
)


class EndForm(Form):
    key = RetryKeyField()
    decision = RadiosField(label="Which decision of the board is carried out?", choices=[], small=True, missing="Choose the decision")
    on = DateField(label="From which day is it over?", hint="Today: at once. A day ahead: from its first minute")
    reason = LongTextField(label="Why does it end?", hint="Every partner reads it, and the letters say it", rows=3, max_length=2000, missing="Say why it ends")
    information = LongTextField(label="What becomes of what has been shared?", rows=6, max_length=4000, missing="Say what becomes of what has been shared")
    owner = SelectField(label="Who sees to what goes back?", hint="They find each line on the page of the end, and tick it off", search="Find a name")
    due = DateField(label="By when?")
    successor = SelectField(
        label="Who sees to what is left, in the lead’s place?", hint="Complaints, questions and books that are still open then", search="Find a name", required=False, empty="The lead, as now"
    )

    def __init__(self, *args: Any, decisions: Choices, people: Choices, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = decisions
        self.fields["owner"].choices = self.fields["successor"].choices = people
        self.fields["on"].not_before = self.fields["due"].not_before = today


class CallOffForm(Form):
    because = LongTextField(label="Why does it go on?", rows=3, max_length=2000, missing="Say why it goes on")


class ReturnForm(Form):
    key = RetryKeyField()
    kind = RadiosField(label="What kind of thing is it?", choices=list(RESOURCES.items()), small=True, missing="Choose what kind of thing it is")
    what = TextField(label="What goes back?", max_length=300, missing="Say what goes back")
    amount = MoneyField(label="How many pounds?", hint="Only where it is money", required=False)
    agency = SelectField(label="To whom?")
    owner = SelectField(label="Who sees to it?", search="Find a name")
    due = DateField(label="By when?")

    def __init__(self, *args: Any, agencies: Choices, people: Choices, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = agencies
        self.fields["owner"].choices = people
        self.fields["due"].not_before = today

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        if words.get("kind") == Resource.MONEY.value and not words.get("amount") and "amount" not in self.errors:
            self.add_error("amount", "Enter how many pounds go back")
        return words


class GivenBackForm(Form):
    how = LongTextField(label="How was it given back?", hint="Such as: transferred on 3 December, receipt 114", rows=2, max_length=1000, missing="Say how it was given back")
