"""What is filled in to raise, judge and close a risk, and to start a register with the barriers that partnerships are known to fail by."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from alongside.partnerships.rules.risks import IMPACTS, LIKELIHOODS, Barrier
from alongside.web.design.fields import CheckboxesField, DateField, LongTextField, RadiosField, RetryKeyField, SelectField, TextField
from alongside.web.design.forms import Form


def scale(words: dict[int, str]) -> list[tuple[str, str]]:
    return [(str(number), f"{number}: {text}") for number, text in words.items()]


class JudgeForm(Form):
    key = RetryKeyField()
    likelihood = RadiosField(label="How likely is it?", choices=scale(LIKELIHOODS), small=True, missing="Choose how likely it is")
    impact = RadiosField(label="How bad would it be?", choices=scale(IMPACTS), small=True, missing="Choose how bad it would be")
    mitigation = LongTextField(label="What is done about it?", rows=3, max_length=2000, missing="Say what is done about it")
    next_review = DateField(label="Review date")

    def __init__(self, *args: Any, after: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["next_review"].not_before = after


class RaiseForm(JudgeForm):
    title = TextField(label="What is the risk?", hint="A few words", max_length=200)
    what = LongTextField(label="What could happen, and why?", hint="Nobody who is helped is named here", rows=3, max_length=2000, missing="Say what could happen")
    owner = SelectField(label="Who watches it?", required=False, empty="Nobody yet")
    field_order = ("key", "title", "what", "likelihood", "impact", "mitigation", "owner", "next_review")

    def __init__(self, *args: Any, owners: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = owners


class StartForm(Form):
    codes = CheckboxesField(label="Which of them could happen here?", small=True, missing="Choose at least one")

    def __init__(self, *args: Any, known: Sequence[Barrier], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = [(one.code, one.name) for one in known]
        self.fields["codes"].hints = {one.code: one.what for one in known}


class CloseForm(Form):
    because = LongTextField(label="Why is it closed?", rows=2, max_length=1000, missing="Say why it is closed")
