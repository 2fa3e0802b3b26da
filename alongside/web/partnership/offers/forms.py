"""What is filled in to offer something to the other partners, to ask for it, and to answer."""

from datetime import date
from typing import Any

from alongside.trust.facts import OfferKind
from alongside.web.design.fields import DateField, LongTextField, RadiosField, TextField
from alongside.web.design.forms import Form

KINDS = {
    OfferKind.ROOM: "A room", OfferKind.TRANSPORT: "A car or a lift", OfferKind.TRAINING: "Training", OfferKind.LANGUAGE: "An interpreter, or a language", OfferKind.DATA: "Skills with data",
    OfferKind.TIME: "Somebody’s time", OfferKind.THING: "Something else",
}
GIVEN, NOT_GIVEN = "yes", "no"


class OfferForm(Form):
    kind = RadiosField(label="What kind of thing is it?", choices=[(kind.value, words) for kind, words in KINDS.items()], small=True, missing="Choose what kind of thing it is")
    what = TextField(label="What do you offer?", hint="For example: a room for ten with a kitchen, next to the bus", max_length=200, missing="Say what you offer")
    how_much = TextField(label="How much of it?", hint="For example: every Tuesday afternoon, or two days", max_length=120, missing="Say how much of it")
    until = DateField(label="Until when?", missing="Enter the last day on which it can be had")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].not_before = today


class RequestForm(Form):
    what_for = TextField(label="What do you need it for, and when?", hint="Name nobody who is helped", max_length=300, missing="Say what you need it for")


class RequestAnswerForm(Form):
    given = RadiosField(label="Do they get it?", choices=[(GIVEN, "Yes"), (NOT_GIVEN, "No")], missing="Choose whether they get it")
    why = LongTextField(label="What do you tell them?", hint="If they do not get it: why", rows=2, max_length=1000, required=False, says_optional=False)

    def clean(self) -> dict[str, Any]:
        words = super().clean() or self.cleaned_data
        if words.get("given") == NOT_GIVEN and not words.get("why"):
            self.add_error("why", "Say why they do not get it")
        return words
