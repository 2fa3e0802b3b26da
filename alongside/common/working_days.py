"""Working days, school days and office hours of an area, from dated and sourced rows in `calendars/`.

Everything takes and gives aware moments in UTC; days are the area's own local dates. Nothing here asks the time.
"""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

DATA = Path(__file__).parent / "calendars"
LAST_SECOND = time(23, 59, 59)
ONE_DAY = timedelta(days=1)
SATURDAY = 5


class AreaNotKnown(ValueError):
    """No calendar is kept for this area."""


class BeyondCalendar(ValueError):
    """The day lies outside the years whose bank holidays are on file, so no honest answer exists."""


@dataclass(frozen=True, slots=True)
class Area:
    """Where a clock runs: whose bank holidays, which zone, and when its offices and schools open and close."""

    code: str
    name: str
    nation: str
    zone: str
    working_day_starts: time
    working_day_ends: time
    school_day_starts: time
    school_day_ends: time


@dataclass(frozen=True, slots=True)
class BankHoliday:
    """One public holiday. `standing` is published (an official list has it) or by_rule (worked out ahead of any list)."""

    nation: str
    day: date
    name: str
    standing: str
    source: str
    checked_on: date


@dataclass(frozen=True, slots=True)
class Term:
    """One unbroken stretch of school, first and last day included. `standing` is published, invented or assumed."""

    area: str
    name: str
    first: date
    last: date
    standing: str


@dataclass(frozen=True)
class Calendar:
    """One area's calendar: `Calendar.of("scotland")`. The rows may be handed in where an operator keeps them elsewhere.

    Example:
        >>> Calendar.of("scotland").is_working_day(date(2026, 6, 15)), Calendar.of("england").is_working_day(date(2026, 6, 15))
        (False, True)
    """

    area: Area
    bank_holidays: frozenset[date]
    known_years: range
    terms: tuple[Term, ...] = ()
    good_fridays: frozenset[date] = frozenset()

    @staticmethod
    def of(area: str) -> "Calendar":
        """The area's calendar from the rows on file. Raises `AreaNotKnown` for an area that has none."""
        return _calendar_on_file(area)

    @staticmethod
    def from_rows(area: Area, holidays: Iterable[BankHoliday], terms: Iterable[Term] = ()) -> "Calendar":
        """A calendar from rows; those of other nations and areas are left aside."""
        own = [row for row in holidays if row.nation == area.nation]
        if not own:
            raise AreaNotKnown(f"No bank holidays are on file for {area.nation!r}.")
        return Calendar(
            area=area,
            bank_holidays=frozenset(row.day for row in own),
            known_years=range(min(row.day.year for row in own), max(row.day.year for row in own) + 1),
            terms=tuple(sorted((term for term in terms if term.area == area.code), key=lambda term: term.first)),
            good_fridays=frozenset(row.day for row in own if row.name == "Good Friday"),
        )

    # ── days and moments ─────────────────────────────────────────────────────────────────────────────────────────────

    def local_day(self, moment: datetime) -> date:
        """The area's own date at a moment."""
        return moment.astimezone(_zone(self.area.zone)).date()

    def moment(self, day: date, at: time) -> datetime:
        """A local wall-clock time as a moment in UTC."""
        return datetime.combine(day, at, tzinfo=_zone(self.area.zone)).astimezone(UTC)

    def end_of_day(self, day: date) -> datetime:
        """The last second of a local day."""
        return self.moment(day, LAST_SECOND)

    # ── working days ─────────────────────────────────────────────────────────────────────────────────────────────────

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday and no bank holiday here. Raises `BeyondCalendar` outside the years on file."""
        if day.year not in self.known_years:
            raise BeyondCalendar(
                f"Bank holidays of {self.area.nation} are on file for {self.known_years[0]} to {self.known_years[-1]}, not for {day.year}."
            )
        return day.weekday() < SATURDAY and day not in self.bank_holidays

    def add_working_days(self, day: date, count: int) -> date:
        """The count-th working day after `day` (before it, if negative). The day itself is never counted; 0 gives it back.

        Example:
            >>> Calendar.of("england").add_working_days(date(2026, 4, 2), 1)     # Maundy Thursday
            datetime.date(2026, 4, 7)
        """
        return self._step(day, count, self.is_working_day)

    def working_day_start(self, day: date) -> datetime:
        return self.moment(day, self.area.working_day_starts)

    def working_day_end(self, day: date) -> datetime:
        return self.moment(day, self.area.working_day_ends)

    def same_working_day_end(self, moment: datetime) -> datetime:
        """When the working day closes in which something was recorded; after hours or on a day off, when the next one closes.

        Example:
            >>> saturday_noon = datetime(2026, 7, 4, 11, tzinfo=UTC)
            >>> Calendar.of("england").same_working_day_end(saturday_noon).isoformat()
            '2026-07-06T16:00:00+00:00'
        """
        day = self.local_day(moment)
        if self.is_working_day(day) and moment <= (close := self.working_day_end(day)):
            return close
        return self.working_day_end(self.add_working_days(day, 1))

    def next_working_day_start(self, moment: datetime) -> datetime:
        """When offices next open, strictly after a moment."""
        day = self.local_day(moment)
        if self.is_working_day(day) and moment < (opens := self.working_day_start(day)):
            return opens
        return self.working_day_start(self.add_working_days(day, 1))

    # ── school days ──────────────────────────────────────────────────────────────────────────────────────────────────

    def is_school_day(self, day: date) -> bool:
        """A working day inside a term."""
        return self.is_working_day(day) and any(term.first <= day <= term.last for term in self.terms_around(day))

    def terms_are_assumed(self, day: date) -> bool:
        """Whether nobody has entered this area's terms for that school year, so that the assumed ones answer."""
        return any(term.standing == "assumed" for term in self.terms_around(day))

    def terms_around(self, day: date) -> tuple[Term, ...]:
        """The terms of the school year a day falls in (August to July): the area's own, or else the assumed ones."""
        begins = day.year if day.month >= 8 else day.year - 1
        own = tuple(term for term in self.terms if date(begins, 8, 1) <= term.first < date(begins + 1, 8, 1))
        return own or _assumed_terms(self.area.code, begins, next((d for d in self.good_fridays if d.year == begins + 1), None))

    def add_school_days(self, day: date, count: int) -> date:
        """The count-th school day after `day` (before it, if negative)."""
        return self._step(day, count, self.is_school_day)

    def next_school_day_start(self, moment: datetime) -> datetime:
        """When schools here next open, strictly after a moment. At two in the morning of a school day that is the same morning."""
        day = self.local_day(moment)
        if self.is_school_day(day) and moment < (opens := self.moment(day, self.area.school_day_starts)):
            return opens
        return self.moment(self.add_school_days(day, 1), self.area.school_day_starts)

    def school_day_end(self, day: date) -> datetime:
        return self.moment(day, self.area.school_day_ends)

    # ── office hours ─────────────────────────────────────────────────────────────────────────────────────────────────

    def office_hours(self, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        """The stretches of office hours between two moments, in order."""
        stretches, day, last = [], self.local_day(start), self.local_day(end)
        while day <= last:
            if self.is_working_day(day):
                opens, closes = max(start, self.working_day_start(day)), min(end, self.working_day_end(day))
                if opens < closes:
                    stretches.append((opens, closes))
            day += ONE_DAY
        return stretches

    def _step(self, day: date, count: int, counts: Callable[[date], bool]) -> date:
        one, left = (ONE_DAY if count > 0 else -ONE_DAY), abs(count)
        while left:
            day += one
            left -= counts(day)
        return day


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _rows(file: str) -> list[dict[str, str]]:
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def areas() -> dict[str, Area]:
    """Every area that has a calendar, by code."""
    return {
        row["area"]: Area(
            row["area"],
            row["name"],
            row["nation"],
            row["zone"],
            *(time.fromisoformat(row[f"{what}_day_{edge}"]) for what in ("working", "school") for edge in ("starts", "ends")),
        )
        for row in _rows("areas.csv")
    }


@cache
def bank_holidays() -> tuple[BankHoliday, ...]:
    """Every bank holiday on file."""
    return tuple(
        BankHoliday(
            row["nation"],
            date.fromisoformat(row["date"]),
            row["name"],
            row["standing"],
            row["source"],
            date.fromisoformat(row["checked_on"]),
        )
        for row in _rows("bank_holidays.csv")
    )


@cache
def school_terms() -> tuple[Term, ...]:
    """Every school term on file."""
    return tuple(
        Term(row["area"], row["term"], date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"]), row["standing"])
        for row in _rows("school_terms.csv")
    )


@cache
def _calendar_on_file(code: str) -> Calendar:
    if code not in areas():
        raise AreaNotKnown(f"No calendar is kept for the area {code!r}; there are {', '.join(sorted(areas()))}.")
    return Calendar.from_rows(areas()[code], bank_holidays(), school_terms())


@cache
def _assumed_terms(area: str, begins: int, good_friday: date | None) -> tuple[Term, ...]:
    """Six half-terms in the usual English pattern, for an area that has entered none. An assumption, and marked as one."""
    spring = date(begins + 1, 1, 1)
    easter_break = _monday_of(good_friday or date(begins + 1, 4, 5))
    may_break = _last_monday(begins + 1, 5)
    february_break = _monday_of(date(begins + 1, 2, 21))
    october_break = _last_monday(begins, 10)
    stretches = (
        ("Autumn, first half", date(begins, 9, 3), october_break - 3 * ONE_DAY),
        ("Autumn, second half", october_break + 7 * ONE_DAY, _friday_by(date(begins, 12, 21))),
        ("Spring, first half", _monday_of(spring + 7 * ONE_DAY), february_break - 3 * ONE_DAY),
        ("Spring, second half", february_break + 7 * ONE_DAY, easter_break - 3 * ONE_DAY),
        ("Summer, first half", easter_break + 14 * ONE_DAY, may_break - 3 * ONE_DAY),
        ("Summer, second half", may_break + 7 * ONE_DAY, date(begins + 1, 7, 21)),
    )
    return tuple(Term(area, name, first, last, "assumed") for name, first, last in stretches)


def _monday_of(day: date) -> date:
    return day - day.weekday() * ONE_DAY


def _last_monday(year: int, month: int) -> date:
    return _monday_of(date(year, month, 31))


def _friday_by(day: date) -> date:
    return day - ((day.weekday() - 4) % 7) * ONE_DAY
