"""How a record that nobody may open any more gets readers again."""

from collections.abc import Iterable

from alongside.common.clock import today
from alongside.confidentiality.queries.readers import ReaderToCome
from alongside.web.design.fields import CheckboxesField, DateField, LongTextField, RadiosField
from alongside.web.design.forms import Form

NAME, LIFT = "name", "lift"
HOW = {"works": "works with them now", "team": "in a team that works with them", "supervised": "supervised somebody who could open it", "manages": "manages a team of the agency", "door": "at the agency’s front door"}


class ReadersForm(Form):
    what = RadiosField(
        label="What shall happen?", choices=[(NAME, "Others may open it from now on"), (LIFT, "It need not be kept for few any more")], reveals={NAME: "readers"}, missing="Choose what shall happen",
        hints={LIFT: "Only after you have asked what it guarded against. It opens to those who work with them"},
    )
    readers = CheckboxesField(label="Who may open it?", hint="Ask them first. Whoever does not work with them yet is allocated, and reads the record within a day", choices=[], required=False, says_optional=False, small=True)
    review_on = DateField(label="Review date", hint="Whether it must still be kept for few", required=False, says_optional=False, not_before=today)
    reason = LongTextField(label="Why?", hint="Whom you asked, and what you found", rows=3, max_length=2000, missing="Say why")

    def __init__(self, *positional: object, could: Iterable[ReaderToCome], **named: object) -> None:
        super().__init__(*positional, **named)
        self.fields["readers"].choices = [(str(one.practitioner), f"{one.who}, {one.agency} ({HOW[one.how]})") for one in could]

    def clean(self) -> dict[str, object]:
        words = super().clean() or {}
        if words.get("what") == NAME and not words.get("readers") and "readers" not in self.errors:
            self.add_error("readers", "Choose at least one who may open it")
        if words.get("what") == NAME and not words.get("review_on") and "review_on" not in self.errors:
            self.add_error("review_on", "Give the day on which somebody looks again")
        return words

    @property
    def chosen(self) -> list[int]:
        """Those named; nobody where it is lifted."""
        return [int(one) for one in self.cleaned_data["readers"]] if self.cleaned_data["what"] == NAME else []
