"""What a supervisor does about something late, and how work is shared out."""

from typing import Any

from alongside.web.design.fields import LongTextField, RadiosField, SelectField, TextField
from alongside.web.design.forms import Form


class ReassignForm(Form):
    to = SelectField(label="Who answers it instead?", hint="Those with room come first")

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **others: Any) -> None:
        super().__init__(*args, **others)
        self.fields["to"].choices = choices


class PhoneForm(Form):
    note = LongTextField(label="Whom did you reach, and what was said?", rows=2, max_length=500)


class DeclineForm(Form):
    reason = LongTextField(label="Why is it not for your team?", hint="The sender sees this and can challenge it", rows=2)


class DecideForm(Form):
    decision = LongTextField(label="What is decided, and why?", hint="Whoever referred is told this at once", rows=2)


class EscalateForm(Form):
    why = LongTextField(label="What must the partnership’s lead do about it?", rows=2, max_length=500)


class ShareOutForm(Form):
    to = RadiosField(label="Who will work with them?", label_size="m")
    other = SelectField(label="Somebody else, or the whole team", required=False, empty="Nobody else")

    def __init__(self, *args: Any, suggested: list[tuple[str, str]], others: list[tuple[str, str]], hints: dict[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["to"]
        field.choices = [*suggested, ("other", "Somebody else")]
        field.hints, field.reveals = hints, {"other": "other"}
        self.fields["other"].choices = others
        self.order_fields(["other", "to"])

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        if words.get("to") == "other" and not words.get("other"):
            self.add_error("other", "Choose who")
        return words

    @property
    def chosen(self) -> str:
        return self.cleaned_data["other"] if self.cleaned_data["to"] == "other" else self.cleaned_data["to"]


class HandOverForm(Form):
    to = SelectField(label="Who takes over everything?", hint="Those with room come first")
    reason = TextField(label="Why?", hint="Each person sees who works with them now. For example, new job", max_length=120)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **others: Any) -> None:
        super().__init__(*args, **others)
        self.fields["to"].choices = choices
