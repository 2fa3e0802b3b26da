"""What somebody writes of a day with another partner."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from alongside.trust.facts import SharedWith
from alongside.web.design.fields import DateField, LongTextField, RadiosField, SelectField, TextField
from alongside.web.design.forms import Form

LONG = 3_000
READERS = {SharedWith.NOBODY: "Only me", SharedWith.HOST: "Those I was with, and me", SharedWith.PARTNERS: "Everybody who works for a partner"}


class ShareForm(Form):
    shared_with = RadiosField(label="Who may read it?", choices=[(one.value, words) for one, words in READERS.items()], small=True, missing="Choose who may read it")


class DayForm(ShareForm):
    host = SelectField(label="With whom were you?", empty="Choose a partner", missing="Choose with whom you were")
    team = TextField(label="In which team?", max_length=120, required=False)
    on = DateField(label="On which day?", missing="Enter the day")
    surprised = LongTextField(label="What surprised you?", hint="Name nobody who is helped", rows=4, max_length=LONG, missing="Say what surprised you")
    differently = LongTextField(label="What will you do differently?", rows=3, max_length=LONG, missing="Say what you will do differently")
    field_order = ["host", "team", "on", "surprised", "differently", "shared_with"]

    def __init__(self, *args: Any, others: Sequence[tuple[int, str]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].choices = others
        self.fields["on"].not_after = today
