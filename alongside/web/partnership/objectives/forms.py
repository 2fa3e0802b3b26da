"""What is filled in to word, measure, rank and end an objective, and to say what one gains or fears."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from alongside.partnerships.facts import ObjectiveFacts
from alongside.web.design.fields import DateField, LongTextField, RetryKeyField, SelectField, TextField
from alongside.web.design.formats import plain_number
from alongside.web.design.forms import Form


class NumberField(TextField):
    """A number as people write it: 12, 1,200.5 or -3. Up to three digits after the point."""

    WRITTEN = re.compile(r"[-+\u2212]?[0-9]{1,10}(\.[0-9]{1,3})?")

    def __init__(self, **others: Any) -> None:
        super().__init__(width=10, inputmode="decimal", **others)

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value).replace(",", "").replace(" ", "")
        if not typed:
            return None
        if not self.WRITTEN.fullmatch(typed):
            raise ValidationError(f"{self.named} must be a number, like 12 or 3.5", code="invalid")
        return Decimal(typed.replace("\u2212", "-"))

    def shown(self, value: object) -> str:
        return plain_number(value) if isinstance(value, Decimal) else super().shown(value)


class WordingForm(Form):
    key = RetryKeyField()
    title = TextField(label="What is it called?", hint="A few words", max_length=200)
    outcome = LongTextField(label="What will be different, and for whom?", hint="The outcome, not what you do", rows=3, required=False, max_length=2000)
    unit = TextField(label="What do you count?", hint="For example: falls a year, % seen within 5 days", required=False, max_length=60)
    baseline = NumberField(label="Where do you start?", hint="The number now", required=False)
    baseline_on = DateField(label="As of which day?", required=False)
    target = NumberField(label="Where do you want to be?", hint="The number you aim for", required=False)
    target_on = DateField(label="By when?", required=False)
    owner = SelectField(label="Who answers for it?", hint="One named person", required=False, empty="Nobody yet")

    def __init__(self, *args: Any, owners: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = owners

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        starts, ends = words.get("baseline_on"), words.get("target_on")
        if starts and ends and ends <= starts:
            self.add_error("target_on", "By when? must be after the day you start from")
        return words

    def facts(self, agencies: dict[int, int]) -> ObjectiveFacts:
        words = self.cleaned_data
        owner = int(words["owner"]) if words["owner"] else None
        return ObjectiveFacts(
            words["title"], words["outcome"], words["unit"], words["baseline"], words["baseline_on"], words["target"], words["target_on"], agencies.get(owner) if owner else None, owner
        )


class ReadingForm(Form):
    key = RetryKeyField()
    on = DateField(label="Which day does it speak of?")
    value = NumberField(label="What was measured?")
    note = TextField(label="How was it measured?", hint="Or why it is what it is", required=False, max_length=300)

    def __init__(self, *args: Any, until: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].not_after = until


class InterestForm(Form):
    key = RetryKeyField()
    gains = LongTextField(label="What does your agency hope to gain?", rows=2, required=False, max_length=1000)
    fears = LongTextField(label="What does it fear?", rows=2, required=False, max_length=1000)
    conflict = LongTextField(label="Does it gain anything that may pull against this objective?", hint="For example, income that would fall", rows=2, required=False, max_length=1000)

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        if not self.errors and not any(str(words.get(name) or "").strip() for name in ("gains", "fears", "conflict")):
            self.add_error("gains", "Say what your agency hopes for, fears, or gains")
        return words


class RankForm(Form):
    """A place for each objective: 1 is the most important."""

    key = RetryKeyField()

    def __init__(self, *args: Any, objectives: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.objectives = objectives
        places = [(str(place), f"{place}") for place in range(1, len(objectives) + 1)]
        for pk, title in objectives:
            self.fields[f"place_{pk}"] = SelectField(label=title, choices=places, empty="Choose a place", missing=f"Choose a place for “{title}”")

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        seen: dict[str, str] = {}
        for pk, title in self.objectives:
            place = words.get(f"place_{pk}")
            if place and place in seen:
                self.add_error(f"place_{pk}", f"“{seen[place]}” has place {place} already. Give each a place of its own")
            elif place:
                seen[place] = title
        return words

    def order(self) -> list[int]:
        return [pk for pk, _ in sorted(self.objectives, key=lambda pair: int(self.cleaned_data[f"place_{pair[0]}"]))]


class EndForm(Form):
    because = LongTextField(label="Why does it end?", hint="Reached, given up, or in the way of another", rows=2, max_length=1000, missing="Say why it ends")
