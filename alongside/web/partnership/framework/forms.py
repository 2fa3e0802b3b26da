"""What is filled in to test or examine a partnership."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from alongside.framework.facts import Answer, GateState, Option, Principle, Question, Statement
from alongside.web.design.fields import DateField, LongTextField, RadiosField, RetryKeyField, SelectField, TextField
from alongside.web.design.forms import Form
from alongside.web.partnership.framework.wording import ANSWERS, OPTIONS, SCORES

CANNOT_SAY = "0"
LONGEST = 2000


class StartForm(Form):
    key = RetryKeyField()

    def __init__(self, *args: Any, questions: Iterable[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            choices = [(str(place), answer) for place, answer in enumerate(question.answers)]
            self.fields[f"q_{question.id}"] = RadiosField(label=question.asks, choices=choices, small=True, missing=f"Answer: {question.asks}")
        self.fields["scores_due"] = DateField(label="By when must every partner have scored?", hint="What has come in by the end of that day is revealed to all at once")

    @property
    def question_fields(self) -> list[object]:
        return [self[name] for name in self.fields if name.startswith("q_")]

    def answers(self) -> dict[str, int]:
        return {name[2:]: int(value) for name, value in self.cleaned_data.items() if name.startswith("q_")}


class GatesForm(Form):
    def __init__(self, *args: Any, states: Sequence[GateState], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for state in states:
            gate, given = state.gate, state.answer.value if state.answer else None
            stops = " A “no” here stops everything." if gate.red else ""
            self.fields[f"g_{gate.id}"] = RadiosField(
                label=gate.name, hint=gate.asks + stops, choices=[(answer.value, word) for answer, word in ANSWERS.items()], required=False, says_optional=False, inline=True, small=True, initial=given
            )
            self.fields[f"e_{gate.id}"] = TextField(
                label=f"What supports it: {gate.name.lower()}", hint="A link, or a note of where it stands; for a “no”, what is missing", required=False, says_optional=False, initial=state.evidence, max_length=LONGEST,
            )

    @property
    def pairs(self) -> list[tuple[object, object]]:
        return [(self[name], self[f"e_{name[2:]}"]) for name in self.fields if name.startswith("g_")]

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        for name in [name for name in self.fields if name.startswith("g_")]:
            answer, evidence = words.get(name), (words.get(f"e_{name[2:]}") or "").strip()
            if answer and not evidence:
                self.add_error(f"e_{name[2:]}", f"Say what supports your answer: {self.fields[name].label.lower()}")
            if evidence and not answer and name not in self.errors:
                self.add_error(name, f"Choose an answer: {self.fields[name].label.lower()}")
        return words

    def answers(self) -> dict[str, tuple[Answer, str]]:
        words = self.cleaned_data
        return {name[2:]: (Answer(words[name]), words[f"e_{name[2:]}"]) for name in self.fields if name.startswith("g_") and words.get(name)}


class ScoresForm(Form):
    """One private sheet. To be sent in it must be whole; to be kept it need not be."""

    def __init__(self, *args: Any, statements: Sequence[Statement], principles: Iterable[Principle], given: Mapping[str, object], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shelves: list[tuple[Principle, list[str], str]] = []
        for principle in principles:
            own = [one for one in statements if one.principle == principle.id]
            for one in own:
                score = given.get(one.id)
                initial = None if score is None else str(score.value or CANNOT_SAY)
                self.fields[f"s_{one.id}"] = RadiosField(label=one.says, choices=[*((str(value), word) for value, word in SCORES.items()), (CANNOT_SAY, "I cannot say")], required=False, says_optional=False, inline=True, small=True, initial=initial)
            if own:
                note = given.get(own[0].id)
                self.fields[f"n_{own[0].id}"] = TextField(label=f"What makes you say so: {principle.name.lower()}", hint="Shown after the reveal, without your name or your agency’s", required=False, initial=note.note if note else "", max_length=LONGEST)
                self.shelves.append((principle, [f"s_{one.id}" for one in own], f"n_{own[0].id}"))

    @property
    def drawn(self) -> list[tuple[Principle, list[object], object]]:
        return [(principle, [self[name] for name in names], self[note]) for principle, names, note in self.shelves]

    def must_be_whole(self) -> bool:
        for _, names, _ in self.shelves:
            for name in names:
                if not self.cleaned_data.get(name) and name not in self.errors:
                    self.add_error(name, f"Score it, or say that you cannot say: {self.fields[name].label}")
        return not self.errors

    def scores(self) -> dict[str, int | None]:
        return {name[2:]: int(value) or None for name, value in self.cleaned_data.items() if name.startswith("s_") and value}

    def notes(self) -> dict[str, str]:
        return {name[2:]: value for name, value in self.cleaned_data.items() if name.startswith("n_") and value}


class RecommendForm(Form):
    def __init__(self, *args: Any, options: Iterable[Option], possible: Iterable[Option], never: Option, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["option"] = RadiosField(label="What do you recommend?", choices=[(option.value, OPTIONS[option]) for option in possible])
        self.fields["reasons"] = LongTextField(label="Why?", rows=4, max_length=LONGEST)
        for option in options:
            self.fields[f"c_{option.value}"] = LongTextField(
                label=f"“{OPTIONS[option]}”: what speaks for and against it?", rows=2, max_length=LONGEST, required=option is never, says_optional=True,
                missing="Say what speaks for and against not doing it: it is always one of the options",
            )

    @property
    def option_fields(self) -> list[object]:
        return [self[name] for name in self.fields if name.startswith("c_")]

    def considered(self) -> dict[Option, str]:
        return {Option(name[2:]): value for name, value in self.cleaned_data.items() if name.startswith("c_") and value}


class VoteForm(Form):
    answer = RadiosField(
        label="Does your agency agree?", choices=[("yes", "Yes, we agree"), ("no", "No, we do not agree")], reveals={"no": "reason"}, missing="Say whether your agency agrees",
    )
    reason = LongTextField(label="Why not?", hint="It stands beside the decision for good", rows=3, max_length=LONGEST, required=False, says_optional=False)

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        if words.get("answer") == "no" and not (words.get("reason") or "").strip() and "reason" not in self.errors:
            self.add_error("reason", "Say why your agency does not agree")
        return words


class ConditionForm(Form):
    words = LongTextField(label="What must be so?", rows=2, max_length=500)
    agency = SelectField(label="Which partner sees to it?")
    due_on = DateField(label="By when?")

    def __init__(self, *args: Any, partners: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = partners


class MeetForm(Form):
    evidence = LongTextField(label="What shows that it is met?", hint="A link, or where it can be seen", rows=2, max_length=LONGEST)


class BreakOffForm(Form):
    because = TextField(label="Why is it broken off?", max_length=300)
