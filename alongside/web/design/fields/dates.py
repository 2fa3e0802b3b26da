"""A day in three boxes, a time in one: as people write them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from alongside.web.design.fields.drawn import BoundField, DatePart, Drawn, DrawnField
from alongside.web.design.fields.text import TextField
from alongside.web.design.formats import MONTHS, date_words, sentence_list


class DateBoxes(forms.Widget):
    """Day, month and year as three inputs `name_day`, `name_month`, `name_year`; the value is what was typed in each."""

    PARTS = ("day", "month", "year")

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        return {part: str(data.get(f"{name}_{part}", "")).strip() for part in self.PARTS}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return all(f"{name}_{part}" not in data for part in self.PARTS)


class DateField(DrawnField):
    """Three boxes. `not_before` and `not_after` are days, or ask for one when the form is sent. The year is four digits: nobody must guess a century."""

    macro = "date"
    widget = DateBoxes

    def __init__(
        self,
        *,
        hint: str = "For example, 27 3 2026",
        not_before: date | Callable[[], date] | None = None,
        not_after: date | Callable[[], date] | None = None,
        birthday: bool = False,
        **others: Any,
    ) -> None:
        super().__init__(hint=hint, **others)
        self.not_before, self.not_after, self.birthday = not_before, not_after, birthday

    def first_id(self, bound: BoundField) -> str:
        wrong = self._wrong(bound) or set(DateBoxes.PARTS)
        return f"{bound.auto_id}_{next(part for part in DateBoxes.PARTS if part in wrong)}"

    def clean(self, value: Any) -> date | None:
        typed = self._typed(value)
        missing = [part for part in DateBoxes.PARTS if not typed[part]]
        if len(missing) == 3:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        if missing:
            raise ValidationError(f"{self.named} must include a {sentence_list(missing)}", code="missing")
        if not re.fullmatch(r"[0-9]{4}", typed["year"]):
            raise ValidationError(f"{self.named} must have a year of 4 numbers", code="year")
        day = _real_day(typed)
        if day is None:
            raise ValidationError(f"{self.named} must be a real date", code="unreal")
        earliest, latest = _asked(self.not_before) or FIRST_DAY, _asked(self.not_after) or LAST_DAY
        if day < earliest:
            raise ValidationError(f"{self.named} must be {date_words(earliest)} or later", code="early")
        if day > latest:
            raise ValidationError(f"{self.named} must be {date_words(latest)} or earlier", code="late")
        return day

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self._typed(initial) != self._typed(data)

    def drawn(self, bound: BoundField) -> Drawn:
        typed, wrong = self._typed(bound.value()), self._wrong(bound)
        parts = [
            DatePart(
                id=f"{bound.auto_id}_{part}",
                name=f"{bound.html_name}_{part}",
                label=part.capitalize(),
                value=typed[part],
                width=4 if part == "year" else 2,
                wrong=part in wrong,
                autocomplete=f"bday-{part}" if self.birthday else "off",
            )
            for part in DateBoxes.PARTS
        ]
        return replace(super().drawn(bound), value="", parts=parts)

    def _typed(self, value: Any) -> dict[str, str]:
        if isinstance(value, date):
            return {
                "day": str(value.day),
                "month": str(value.month),
                "year": str(value.year),
            }
        return {part: str((value or {}).get(part, "")) for part in DateBoxes.PARTS}

    def _wrong(self, bound: BoundField) -> set[str]:
        if not bound.errors:
            return set()
        typed = self._typed(bound.value())
        missing = {part for part in DateBoxes.PARTS if not typed[part]}
        if missing and len(missing) < 3:
            return missing
        code = bound.errors.as_data()[0].code
        return {"year"} if code == "year" else set(DateBoxes.PARTS)


FIRST_DAY = date(1800, 1, 1)
LAST_DAY = date(2199, 12, 31)
"""Beyond it nobody plans anything; near the calendar's own end a day has no evening."""


def _real_day(typed: Mapping[str, str]) -> date | None:
    """The month may be a number or a name."""
    named = {name.lower()[:3]: number for number, name in enumerate(MONTHS, start=1)}
    month = typed["month"].lower().rstrip(".")
    spelt = named.get(month[:3]) if month.isalpha() and any(name.lower().startswith(month) for name in MONTHS) and len(month) >= 3 else None
    numbers = (typed["year"], str(spelt or typed["month"]), typed["day"])
    if not all(re.fullmatch(r"[0-9]{1,4}", number) for number in numbers):
        return None
    year, number, day = (int(part) for part in numbers)
    try:
        return date(year, number, day)
    except ValueError:
        return None


def _asked(day: date | Callable[[], date] | None) -> date | None:
    return day() if callable(day) else day


class TimeField(TextField):
    """A time of day in one box, as people write it: 14:30, 2.30pm, 9am, midday."""

    def __init__(self, *, hint: str = "For example, 9am or 14:30", **others: Any) -> None:
        super().__init__(hint=hint, width=5, **others)

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        return _time_of_day(typed) if typed else None

    def shown(self, value: object) -> str:
        return value.strftime("%H:%M") if isinstance(value, (time, datetime)) else super().shown(value)


def _time_of_day(typed: str) -> time:
    plain = typed.lower().replace(" ", "")
    if plain in ("midday", "noon"):
        return time(12)
    if plain == "midnight":
        return time(0)
    found = re.fullmatch(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?(am|pm)?", plain)
    if found and (found[2] or found[3]):
        hour, minute = int(found[1]), int(found[2] or 0)
        if found[3] and 1 <= hour <= 12:
            hour = hour % 12 + (12 if found[3] == "pm" else 0)
        elif found[3]:
            hour = 99
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise ValidationError("Enter a time, like 9am or 14:30", code="invalid")
