from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from alongside.common.clock import today
from alongside.trust.facts import Item, Kept, Level, Settled
from alongside.web.design.fields import DateField, LongTextField, RadiosField, SelectField, TextField, TickField
from alongside.web.design.forms import Form
from alongside.web.partnership.trust.words import HOW_OFTEN, ITEMS, LEVELS

LONG, MOST_PRESSURES = 2_000, 5


def tomorrow() -> Any:
    return today() + timedelta(days=1)


class OpenPulseForm(Form):
    closes_on = DateField(label="Last day to answer", hint="Two to four weeks is usual. What was said comes out the day after", missing="Enter the last day to answer", not_before=today)


class PulseForm(Form):
    """The six items, in the order in which they are kept."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item, words in ITEMS.items():
            self.fields[item.value] = RadiosField(label=words, choices=HOW_OFTEN, inline=True, small=True, missing=f"Answer “{words}”")

    def answers(self) -> dict[Item, int]:
        return {item: int(self.cleaned_data[item.value]) for item in Item}


class PromiseForm(Form):
    to = SelectField(label="Who is it given to?", required=False, empty="All partners", says_optional=False)
    what = LongTextField(label="What do you promise?", hint="One thing, so plain that somebody else can say whether it was done. Name nobody who is helped", rows=3, max_length=LONG, missing="Say what you promise")
    due_on = DateField(label="By which day?", missing="Enter the day by which it will be done", not_before=today)

    def __init__(self, *args: Any, others: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = others  # type: ignore[attr-defined]


class SayDoneForm(Form):
    note = LongTextField(label="What was done?", rows=2, max_length=LONG, missing="Say what was done")


class SettleForm(Form):
    kept = RadiosField(
        label="Was it kept?", choices=[(Kept.KEPT.value, "Yes, it was done"), (Kept.NOT_KEPT.value, "No"), (Kept.RELEASED.value, "We let them go from it")], reveals={Kept.KEPT.value: "done_on"},
        missing="Say whether it was kept",
    )
    done_on = DateField(label="On which day was it done?", required=False, says_optional=False, not_after=today)
    word = LongTextField(label="What do you want to say of it?", required=False, rows=2, max_length=LONG)

    def clean(self) -> dict[str, Any]:
        words = super().clean() or self.cleaned_data
        if words.get("kept") == Kept.KEPT.value and not words.get("done_on") and "done_on" not in self.errors:
            self.add_error("done_on", "Enter the day on which it was done")
        return words


class PressuresForm(Form):
    """What weighs on us, heaviest first."""

    what_was_done = LongTextField(label="What have you done with one another since the last one?", hint="Who spent a day with whom, for example", required=False, rows=2, max_length=LONG)
    closes_on = DateField(label="Last day to guess", missing="Enter the last day to guess", not_before=today)
    field_order = [*(f"pressure_{place}" for place in range(1, MOST_PRESSURES + 1)), "what_was_done", "closes_on"]

    def __init__(self, *args: Any, again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(1, MOST_PRESSURES + 1):
            label = f"{place}. What weighs on you {'most' if place == 1 else 'next'}?"
            self.fields[f"pressure_{place}"] = TextField(label=label, required=place <= 3, max_length=120, missing="Write down at least three")
        if not again:
            del self.fields["what_was_done"]
        self.order_fields(self.field_order)

    def pressures(self) -> list[str]:
        return [words for place in range(1, MOST_PRESSURES + 1) if (words := self.cleaned_data.get(f"pressure_{place}", "").strip())]


class GuessForm(Form):
    """A place for each pressure, as shown."""

    def __init__(self, *args: Any, pressures: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = len(pressures)
        for number, words in enumerate(pressures):
            places = [(str(place), "1, the heaviest" if place == 1 else str(place)) for place in range(1, self.count + 1)]
            self.fields[f"place_{number}"] = SelectField(label=words, choices=places, empty="Choose its place", missing=f"Choose a place for “{words}”")

    def clean(self) -> dict[str, Any]:
        words = super().clean() or self.cleaned_data
        if not self.errors and len({*self.places()}) < self.count:
            self.add_error(None, "Give each a place of its own. Two have the same")
        return words

    def places(self) -> list[int]:
        return [int(self.cleaned_data[f"place_{number}"]) for number in range(self.count)]


class QuestionForm(Form):
    question = LongTextField(label="On what do you differ?", hint="Ask it so that it could be about anybody. Name nobody who is helped", rows=3, max_length=LONG, missing="Write the question down")
    is_threshold = TickField(label="It is about thresholds: each view also says what that profession would do", required=False)
    view = LongTextField(label="How do you see it?", hint="It stands under your name, title and profession", max_length=LONG, missing="Write your view down")
    level = SelectField(label="If it is about thresholds: what would you do?", required=False, says_optional=False, choices=[(level.value, words) for level, words in LEVELS.items()], empty="It is not about thresholds")

    def clean(self) -> dict[str, Any]:
        words = super().clean() or self.cleaned_data
        if words.get("is_threshold") and not words.get("level"):
            self.add_error("level", "Choose what you would do")
        return words


class ViewForm(Form):
    view = LongTextField(label="How do you see it?", hint="It stands under your name, title and profession", max_length=LONG, missing="Write your view down")
    level = RadiosField(label="What would you do?", choices=[(level.value, words) for level, words in LEVELS.items()], missing="Choose what you would do")

    def __init__(self, *args: Any, is_threshold: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_threshold:
            del self.fields["level"]

    def chosen(self) -> Level | None:
        return Level(self.cleaned_data["level"]) if self.cleaned_data.get("level") else None


class JointForm(Form):
    settled = RadiosField(
        label="How does it end?", choices=[(Settled.AGREED.value, "We agree"), (Settled.NOT_AGREED.value, "We stay apart, and know why"), (Settled.ESCALATED.value, "Hand it up to the partnership’s lead")],
        missing="Say how it ends",
    )
    joint_view = LongTextField(label="What do you hold together, or what stays apart and why?", max_length=LONG, missing="Write it down")


class DecisionForm(Form):
    what = LongTextField(label="What was decided?", hint="Name nobody who is helped", rows=3, max_length=LONG, missing="Say what was decided")
    expertise = TextField(label="Whose knowledge did it call for?", hint="For example: domestic abuse, money, living with dementia", max_length=120, missing="Say which knowledge it called for")
    asked = SelectField(label="Who was asked?", required=False, says_optional=False, empty="Nobody", search="Find a name")
    why_not = LongTextField(label="If nobody was asked: why not?", required=False, says_optional=False, rows=2, max_length=LONG)
    decided_on = DateField(label="When was it decided?", missing="Enter the day of the decision", not_after=today)

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked"].choices = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        words = super().clean() or self.cleaned_data
        if not words.get("asked") and not words.get("why_not"):
            self.add_error("why_not", "Choose who was asked, or say why nobody was")
        return words
