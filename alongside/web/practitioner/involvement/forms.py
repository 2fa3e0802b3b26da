"""How somebody becomes involved, and how their part ends."""

from datetime import UTC, date, datetime, time, timedelta

from alongside.common.london import LONDON
from alongside.web.design.fields import DateField, RadiosField, SelectField, TextField, TickField
from alongside.web.design.forms import Form


class AllocateForm(Form):
    to = SelectField(label="Who will work with them?", hint="Those with room come first")
    reason = TextField(label="Why?", max_length=200)
    lead = TickField(label="They lead: everybody else asks them first", required=False)
    until = DateField(label="Until when, if it is only for a time", required=False)

    def __init__(self, *args: object, choices: list[tuple[str, str]], **others: object) -> None:
        super().__init__(*args, **others)
        self.fields["to"].choices = choices

    @property
    def ends(self) -> datetime | None:
        return end_of_day(self.cleaned_data["until"]) if self.cleaned_data["until"] else None


class EndForm(Form):
    how = RadiosField(
        label="What shall happen?", choices=[("hand_over", "Hand over to a colleague"), ("end", "End it: nobody takes over")], reveals={"hand_over": "to"}, label_size="m", initial="hand_over"
    )
    to = SelectField(label="Who takes over?", hint="Those with room come first", required=False)
    reason = TextField(label="Why?", hint="Colleagues and the person can read this", max_length=200)

    def __init__(self, *args: object, choices: list[tuple[str, str]], **others: object) -> None:
        super().__init__(*args, **others)
        self.fields["to"].choices = choices

    def clean(self) -> dict[str, object]:
        words = super().clean() or {}
        if words.get("how") == "hand_over" and not words.get("to"):
            self.add_error("to", "Choose who takes over")
        return words


def start_of_day(day: date) -> datetime:
    """The moment at which a day begins in Great Britain."""
    return datetime.combine(day, time(), tzinfo=LONDON).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """The moment at which a day ends in Great Britain, which may have 23 or 25 hours."""
    return start_of_day(day + timedelta(days=1))
