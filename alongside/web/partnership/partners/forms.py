"""Joining, changing where things arrive, and leaving."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from alongside.web.design.fields import DateField, LongTextField, SelectField
from alongside.web.design.forms import Form

Choices = Sequence[tuple[object, str]]


class JoinForm(Form):
    agency = SelectField(label="Which agency joins?")

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = agencies


class PartnerForm(Form):
    front_door = SelectField(label="Front door", hint="The team that receives what comes in for nobody in particular", required=False, empty="No front door")
    guardian = SelectField(label="Caldicott guardian", hint="Judges unusual access and answers complaints for this agency", required=False, empty="The partnership’s own guardian")

    def __init__(self, *args: Any, teams: Choices, guardians: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["front_door"].choices = teams
        self.fields["guardian"].choices = guardians


class LeaveForm(Form):
    reason = LongTextField(label="Why does it leave?", hint="All partners can read this", rows=3, max_length=1000)
    owner = SelectField(label="Who sees to what goes back?", search="Find a name")
    due = DateField(label="By when?")

    def __init__(self, *args: Any, people: Choices, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = people
        self.fields["due"].not_before = today
