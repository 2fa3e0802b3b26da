"""Fields for choosing among a few things, or one among many."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from alongside.web.design.fields.drawn import BoundField, Drawn, DrawnField, Option


class _Choosing(DrawnField):
    """`hints`: a line under a choice; `reveals`: another field shown while it is chosen (by name); `or_before`: a divider; `alone`: excludes the others."""

    missing_verb = "Choose"

    def __init__(
        self,
        *,
        hints: Mapping[str, str] | None = None,
        reveals: Mapping[str, str] | None = None,
        or_before: str = "",
        alone: str = "",
        small: bool = False,
        inline: bool = False,
        **others: Any,
    ) -> None:
        super().__init__(**others)
        self.error_messages["invalid_choice"] = self.error_messages["required"]
        (
            self.hints,
            self.reveals,
            self.or_before,
            self.alone,
            self.small,
            self.inline,
        ) = hints or {}, reveals or {}, or_before, alone, small, inline

    def drawn(self, bound: BoundField) -> Drawn:
        now = bound.value()
        chosen = {str(value) for value in now} if isinstance(now, (list, tuple, set)) else {"" if now is None else str(now)}
        options = [self._option(bound, number, str(value), str(text), chosen) for number, (value, text) in enumerate(self._pairs(), start=1)]
        return replace(
            super().drawn(bound),
            value="",
            options=options,
            small=self.small,
            inline=self.inline,
        )

    def _option(self, bound: BoundField, number: int, value: str, text: str, chosen: set[str]) -> Option:
        return Option(
            id=bound.auto_id if number == 1 else f"{bound.auto_id}-{number}",
            value=value,
            text=text,
            chosen=value in chosen,
            hint=self.hints.get(value, ""),
            reveals=str(bound.form[self.reveals[value]]) if value in self.reveals else "",
            divider="or" if value == self.or_before else "",
            exclusive=value == self.alone,
        )

    def _pairs(self) -> Iterable[tuple[object, object]]:
        return self.choices  # type: ignore[attr-defined,no-any-return]


class RadiosField(_Choosing, forms.ChoiceField):
    macro = "radios"
    widget = forms.RadioSelect


class CheckboxesField(_Choosing, forms.MultipleChoiceField):
    macro = "checkboxes"
    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> list[str]:
        chosen: list[str] = super().clean(value)
        if self.alone in chosen and len(chosen) > 1:
            raise ValidationError(
                f"Choose either “{dict(self._pairs())[self.alone]}” or the others, not both",
                code="alone",
            )
        return chosen


class SelectField(_Choosing, forms.ChoiceField):
    """For long lists only; a handful of choices are radios. The first line is empty unless `empty` is None.

    A choice whose text is itself a list of choices is a heading. `search` is the label of a box, drawn by script, that keeps only the lines
    holding what is typed; `words` gives by value further words it finds them by.
    """

    macro = "select"

    def __init__(self, *, empty: str | None = "Choose one", search: str = "", words: Mapping[str, str] | None = None, **others: Any) -> None:
        super().__init__(**others)
        self.empty, self.words = empty, words or {}
        if search:
            self.attributes = self.attributes | {"data-search": search}

    def _pairs(self) -> Iterable[tuple[object, object]]:
        return [*([] if self.empty is None else [("", self.empty)]), *(pair for _, pairs in self._shelves() for pair in pairs)]

    def _shelves(self) -> Iterable[tuple[str, Iterable[tuple[object, object]]]]:
        return [(str(value), text) if isinstance(text, (list, tuple)) else ("", [(value, text)]) for value, text in super()._pairs()]

    def drawn(self, bound: BoundField) -> Drawn:
        drawn = super().drawn(bound)
        groups = {str(value): group for group, pairs in self._shelves() for value, _ in pairs}
        return replace(drawn, options=[replace(option, group=groups.get(option.value, ""), words=self.words.get(option.value, "")) for option in drawn.options])


class TickField(DrawnField, forms.BooleanField):
    """One box to tick."""

    macro = "tick"
    missing_verb = "Tick the box:"

    def drawn(self, bound: BoundField) -> Drawn:
        return replace(
            super().drawn(bound),
            label=str(bound.label),
            value="on" if bound.value() else "",
        )
