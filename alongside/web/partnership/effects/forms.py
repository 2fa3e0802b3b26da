"""What is filled in to name what is done, to ask and say what it does, and to take on what works against what all want."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from alongside.trust.facts import End
from alongside.web.design.fields import DateField, LongTextField, RadiosField, SelectField, TextField
from alongside.web.design.forms import Form
from alongside.web.partnership.effects.words import SCALE

LONG = 2_000


class ActivityForm(Form):
    what = TextField(label="What is done?", hint="Something that comes back, such as a letter, a rule or a visit. Name nobody who is helped", max_length=160, missing="Say what is done")
    agency = SelectField(label="Who does it?", required=False, empty="All partners together", says_optional=False)

    def __init__(self, *args: Any, partners: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = partners


class AskForm(Form):
    closes_on = DateField(label="Last day to answer", hint="Once every partner has answered, all is shown at once, also before that day", missing="Enter the last day to answer")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closes_on"].not_before = today


class RateForm(Form):
    """One question for each objective; who leaves one empty cannot say."""

    def __init__(self, *args: Any, titles: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.titles = titles
        for objective, title in titles.items():
            self.fields[f"objective_{objective}"] = SelectField(label=title, choices=[(str(effect), words) for effect, words in SCALE.items()], empty="We cannot say", required=False, says_optional=False)

    def effects(self) -> dict[int, int | None]:
        said = {objective: self.cleaned_data[f"objective_{objective}"] for objective in self.titles}
        return {objective: int(effect) if effect else None for objective, effect in said.items()}


class TakeOnForm(Form):
    owner = SelectField(label="Who sees to it?", missing="Choose who sees to it", search="Find a name")
    change = LongTextField(label="What will change?", hint="Name nobody who is helped", rows=3, max_length=LONG, missing="Say what will change")
    due_on = DateField(label="By which day?", missing="Enter the day by which it has changed")

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = people
        self.fields["due_on"].not_before = today


class EndForm(Form):
    end = RadiosField(label="How does it end?", choices=[(End.SOLVED.value, "It is solved"), (End.ACCEPTED.value, "It stays as it is, and is accepted")], missing="Choose how it ends")
    because = LongTextField(label="How can one tell, or why is it accepted?", rows=3, max_length=LONG, missing="Say how one can tell, or why it is accepted")
