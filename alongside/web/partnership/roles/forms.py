"""What is filled in to say who answers for what, who may cover, and to raise or settle a dispute about it."""

from collections.abc import Sequence
from typing import Any

from alongside.partnerships.rules.duties import PARTS
from alongside.web.design.fields import LongTextField, RadiosField, RetryKeyField, SelectField, TextField
from alongside.web.design.forms import Form

Choices = Sequence[tuple[int, str]]


class DutyForm(Form):
    key = RetryKeyField()
    name = TextField(label="What must be done?", hint="For example: answer what comes in out of hours", max_length=200)
    source = TextField(label="Where does that stand?", hint="A statute, an agreement, a decision of the board", required=False, max_length=200)


class HoldForm(Form):
    key = RetryKeyField()
    agency = SelectField(label="Which partner?")
    practitioner = SelectField(label="Who, by name?", required=False, empty="Nobody named", search="Find a name")
    part = RadiosField(label="Which part do they have?", choices=list(PARTS.items()), hints={"accountable": "Answers for it. Exactly one holder should be"}, small=True, missing="Choose which part they have")

    def __init__(self, *args: Any, agencies: Choices, people: Choices, homes: dict[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices, self.fields["practitioner"].choices, self.homes = agencies, people, homes

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        if words.get("practitioner") and words.get("agency") and self.homes.get(int(words["practitioner"])) != int(words["agency"]):
            self.add_error("practitioner", "Choose somebody who works for that partner")
        return words


class TaskForm(Form):
    key = RetryKeyField()
    task = TextField(label="Which task?", hint="For example: change a simple dressing", max_length=200)
    must = TextField(label="Who must do it?", hint="The profession that has to, or “nobody in particular”", max_length=200)
    may = TextField(label="Who else may do it?", required=False, max_length=200)
    cover = TextField(label="Who may cover when they cannot?", required=False, max_length=200)
    competence = TextField(label="What must whoever does it have shown they can do?", required=False, max_length=300)


class DisputeForm(Form):
    key = RetryKeyField()
    against = SelectField(label="With which partner do you not agree?")
    duty = SelectField(label="About which duty?", required=False, empty="None on the map")
    what = LongTextField(label="What do you not agree about?", hint="Nobody who is helped is named here", rows=3, max_length=2000, missing="Say what you do not agree about")
    meanwhile = RadiosField(label="Who acts until it is settled?", choices=[("us", "We do"), ("them", "They do")], hints={"them": "Only if they have said so"}, small=True, missing="Choose who acts until it is settled")

    def __init__(self, *args: Any, agencies: Choices, duties: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["against"].choices, self.fields["duty"].choices = agencies, duties


class SettleForm(Form):
    settlement = LongTextField(label="What was settled?", hint="Who acts from now on, and on what grounds", rows=3, max_length=2000, missing="Say what was settled")
