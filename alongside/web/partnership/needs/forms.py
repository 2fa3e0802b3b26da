"""What a team fills in to say what it must know."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from alongside.partnerships.facts import NeedText
from alongside.partnerships.rules.needs import too_wide
from alongside.web.design.fields import CheckboxesField, DateField, LongTextField, RadiosField, RetryKeyField, SelectField, TextField
from alongside.web.design.forms import Form
from alongside.web.partnership.wording import CLOCKS, GROUPS, KINDS_OF_PERSON, REACHES, SITUATIONS, tags_by_group
from alongside.web.words import FIELDS, capital


def choices(words: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(code, capital(text)) for code, text in words.items()]


class NeedForm(Form):
    key = RetryKeyField()
    team = SelectField(label="Which team must know?", empty=None)
    purpose = SelectField(label="For which purpose?")
    what_for = LongTextField(label="What do you do with it?", hint="Whoever records something reads this. For example: we visit the baby and must know what may harm him", rows=2, max_length=300)
    how_soon = RadiosField(label="How soon must you know?", choices=choices(CLOCKS), small=True)
    reach = RadiosField(label="About whom?", choices=choices(REACHES), initial="our_people", small=True)
    people = CheckboxesField(label="Only about", hint="Leave empty for anybody", choices=choices(KINDS_OF_PERSON), required=False, small=True, inline=True)
    situations = CheckboxesField(label="Only where they are", hint="Leave empty for any situation", choices=choices(SITUATIONS), required=False, small=True, inline=True)
    minimum_fields = CheckboxesField(label="What is enough?", hint="Leave empty if you need the whole entry", choices=choices(FIELDS), required=False, small=True, inline=True)
    review_on = DateField(label="Review date")

    def __init__(self, *args: Any, teams: Sequence[tuple[int, str]], purposes: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = teams
        self.fields["purpose"].choices = list(purposes.items())
        for group, tags in tags_by_group().items():
            self.fields[f"tags_{group}"] = CheckboxesField(label=GROUPS[group], choices=tags, required=False, small=True, inline=True)

    @property
    def tag_fields(self) -> list[object]:
        return [self[name] for name in self.fields if name.startswith("tags_")]

    def tags(self) -> tuple[str, ...]:
        return tuple(tag for name in self.fields if name.startswith("tags_") for tag in self.cleaned_data.get(name, ()))

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        wide = too_wide(NeedText(self.tags(), words.get("purpose") or "unsaid", "", words.get("what_for") or "unsaid"))
        if wide:
            self.add_error(next(name for name in self.fields if name.startswith("tags_")), wide)
        return words

    def need(self) -> dict[str, Any]:
        """What the action is given, but for who, when and where."""
        words = self.cleaned_data
        return {"team_id": int(words["team"]), "tags": self.tags()} | {
            name: words[name] for name in ("purpose", "how_soon", "what_for", "reach", "situations", "people", "minimum_fields", "review_on")
        }


def initial_of(need: object, review_on: date) -> dict[str, object]:
    """What the form shows of a need that is to be changed."""
    words = {name: getattr(need, name) for name in ("purpose", "how_soon", "what_for", "reach", "situations", "people", "minimum_fields")}
    return words | {"team": need.team_id, "review_on": review_on} | {f"tags_{group}": chosen(tags, need.tags) for group, tags in tags_by_group().items()}


def chosen(tags: Iterable[tuple[str, str]], of: Iterable[str]) -> list[str]:
    wanted = set(of)
    return [tag for tag, _ in tags if tag in wanted]


class EndForm(Form):
    reason = TextField(label="Why do you no longer need it?", hint="Others can read this", max_length=300)
