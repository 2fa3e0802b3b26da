"""How a clock's name is read: `same_working_day`, `45_working_days_from_referral`, `24_hours_before_conference`, a statutory code, ..."""

import csv
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

EDITIONS = Path(__file__).parents[1] / "editions"


class Unit(StrEnum):
    """What a clock counts. The last six count nothing: they name a moment."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    WORKING_DAYS = "working_days"
    SCHOOL_DAYS = "school_days"
    SAME_WORKING_DAY = "same_working_day"
    SAME_SCHOOL_DAY = "same_school_day"
    SAME_DAY = "same_day"
    NEXT_WORKING_DAY_START = "start_of_next_working_day"
    NEXT_SCHOOL_DAY_START = "start_of_next_school_day"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock as read. `anchor` names the moment it starts from, if that is not the writing of the entry.

    `before` counts back from the anchor. `by_fallback` says that the partner may be told by another route, such as the telephone, in time.
    `rolls` moves a last day that is no working day to the next one. `has_limit` is false where the law gives no number.
    """

    name: str
    unit: Unit
    count: int = 0
    anchor: str = ""
    before: bool = False
    by_fallback: bool = False
    rolls: bool = False
    has_limit: bool = True


@dataclass(frozen=True, slots=True)
class EditionedClock:
    """One edition of one statutory clock, as found: where it holds, from when until when (first day it no longer does), and how sure we are."""

    code: str
    jurisdictions: frozenset[str]
    edition: str
    effective_from: date | None
    effective_until: date | None
    limit: int | None
    unit: str
    starts: str
    ends: str
    standing: str
    source: str
    confidence: str
    checked_on: date
    rolls: bool

    def holds(self, nation: str, on: date) -> bool:
        return (
            nation in self.jurisdictions
            and (self.effective_from is None or self.effective_from <= on)
            and (self.effective_until is None or on < self.effective_until)
        )

    @property
    def clock(self) -> Clock:
        if self.limit is None:
            return Clock(self.code, Unit.MOMENT, has_limit=False)
        return Clock(self.code, Unit(self.unit), self.limit, rolls=self.rolls)


class UnknownClock(ValueError):
    """The name is not one that can be read. The message lists what can."""


UNDERSTOOD = (
    "same_working_day, same_school_day, same_day, immediately",
    "next_working_day (its end), start_of_next_working_day, next_school_day or start_of_next_school_day, end_of_next_school_day",
    "N_minutes, N_hours, N_days (or N_calendar_days), N_weeks, N_months, N_years, N_working_days, N_school_days",
    "each with _from_, _after_, _of_, _since_ or _before_ and the name of a moment, e.g. 24_hours_from_discharge",
    "at_, on_, by_ or before_ and the name of a moment, e.g. at_account_end",
    "any of them with _by_fallback at the end, or within_ in front",
)

WORDS = {
    word: n for n, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1)
} | {"a": 1, "an": 1}
SINGULAR = {
    "minute": Unit.MINUTES,
    "min": Unit.MINUTES,
    "hour": Unit.HOURS,
    "day": Unit.DAYS,
    "calendar_day": Unit.DAYS,
    "week": Unit.WEEKS,
    "month": Unit.MONTHS,
    "year": Unit.YEARS,
    "working_day": Unit.WORKING_DAYS,
    "business_day": Unit.WORKING_DAYS,
    "school_day": Unit.SCHOOL_DAYS,
}
FIXED = {
    "same_working_day": (Unit.SAME_WORKING_DAY, 0),
    "end_of_working_day": (Unit.SAME_WORKING_DAY, 0),
    "same_school_day": (Unit.SAME_SCHOOL_DAY, 0),
    "end_of_school_day": (Unit.SAME_SCHOOL_DAY, 0),
    "same_day": (Unit.SAME_DAY, 0),
    "end_of_day": (Unit.SAME_DAY, 0),
    "next_day": (Unit.DAYS, 1),
    "next_calendar_day": (Unit.DAYS, 1),
    "end_of_next_day": (Unit.DAYS, 1),
    "next_working_day": (Unit.WORKING_DAYS, 1),
    "end_of_next_working_day": (Unit.WORKING_DAYS, 1),
    "start_of_next_working_day": (Unit.NEXT_WORKING_DAY_START, 0),
    "next_school_day": (Unit.NEXT_SCHOOL_DAY_START, 0),
    "start_of_next_school_day": (Unit.NEXT_SCHOOL_DAY_START, 0),
    "end_of_next_school_day": (Unit.SCHOOL_DAYS, 1),
    "immediately": (Unit.MOMENT, 0),
    "at_once": (Unit.MOMENT, 0),
    "now": (Unit.MOMENT, 0),
}
SIDE = r"(?:_(?P<side>from|after|of|since|following|before)_(?P<anchor>[a-z][a-z0-9_]*))?"
COUNTED = re.compile(rf"(?P<count>\d{{1,4}}|{'|'.join(WORDS)})_(?P<unit>{'|'.join(sorted(SINGULAR, key=len, reverse=True))})s?{SIDE}")
NAMED = re.compile(rf"(?P<fixed>{'|'.join(sorted(FIXED, key=len, reverse=True))}){SIDE}")
AT = re.compile(r"(?:at|on|upon|by|before)_(?P<anchor>[a-z][a-z0-9_]*)")


@cache
def read_clock(name: str) -> Clock:
    """The clock a name stands for. Raises `UnknownClock`, with all that is understood, for any other name.

    Example:
        >>> clock = read_clock("45_working_days_from_referral")
        >>> clock.count, clock.unit.value, clock.anchor
        (45, 'working_days', 'referral')
        >>> read_clock("1_working_day_by_fallback").by_fallback, read_clock("72h_from_return").unit.value
        (True, 'hours')
    """
    plain = re.sub(r"[\s-]+", "_", name.strip().lower()).removeprefix("within_")
    plain = re.sub(r"^(\d+)_?h(?=_|$)", r"\1_hours", plain)
    by_fallback = plain.endswith("_by_fallback")
    plain = plain.removesuffix("_by_fallback")
    if counted := COUNTED.fullmatch(plain):
        count = WORDS.get(counted["count"]) or int(counted["count"])
        return Clock(name, SINGULAR[counted["unit"]], count, counted["anchor"] or "", counted["side"] == "before", by_fallback)
    if named := NAMED.fullmatch(plain):
        unit, count = FIXED[named["fixed"]]
        if named["side"] != "before":
            return Clock(name, unit, count, named["anchor"] or "", by_fallback=by_fallback)
    elif at := AT.fullmatch(plain):
        return Clock(name, Unit.MOMENT, 0, at["anchor"], by_fallback=by_fallback)
    raise UnknownClock(f"No clock is called {name!r}. Understood are: {'; '.join(UNDERSTOOD)}; and the codes of {STATUTORY_FILE}.")


STATUTORY_FILE = "editions/clocks.csv"


@cache
def statutory_clocks() -> tuple[EditionedClock, ...]:
    """Every edition of every statutory clock on file."""
    with (EDITIONS / "clocks.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            EditionedClock(
                code=row["code"],
                jurisdictions=frozenset(row["jurisdictions"].split()),
                edition=row["edition"],
                effective_from=date.fromisoformat(row["effective_from"]) if row["effective_from"] else None,
                effective_until=date.fromisoformat(row["effective_until"]) if row["effective_until"] else None,
                limit=int(row["limit"]) if row["limit"] else None,
                unit=row["unit"],
                starts=row["starts"],
                ends=row["ends"],
                standing=row["standing"],
                source=row["source"],
                confidence=row["confidence"],
                checked_on=date.fromisoformat(row["checked_on"]),
                rolls=row["rolls"] == "yes",
            )
            for row in csv.DictReader(lines)
        )


def statutory_clock(code: str, nation: str, on: date) -> EditionedClock | None:
    """The edition of a statutory clock that holds in a nation on a day; None if no edition does."""
    return next((edition for edition in statutory_clocks() if edition.code == code and edition.holds(nation, on)), None)


def clock_in_force(name: str, nation: str, on: date) -> Clock:
    """A statutory clock by its code, or else any clock by its name. A code that holds only elsewhere or at another time gives no limit.

    Example:
        >>> [clock_in_force("assessment", nation, date(2026, 1, 5)).has_limit for nation in ("england", "scotland")]
        [True, False]
    """
    if edition := statutory_clock(name, nation, on):
        return edition.clock
    if any(edition.code == name for edition in statutory_clocks()):
        return Clock(name, Unit.MOMENT, has_limit=False)
    return read_clock(name)
