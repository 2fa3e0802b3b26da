"""Dates as people type them and as files hold them, and which birth dates can be true."""

import re
from dataclasses import dataclass
from datetime import date

EARLIEST_BIRTH = 1880
"""Nobody born before this year can be alive: the longest life on record ended at 122 years."""

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)
_GAP = r"\s*[/.\-\s]\s*"
_TIME = r"(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}}){_GAP}(\d{{1,2}}){_GAP}(\d{{1,2}}){_TIME}", re.ASCII)
_YEAR_LAST = re.compile(rf"(\d{{1,2}}){_GAP}(\d{{1,2}}){_GAP}(\d{{4}}|\d{{2}})(?: 00:00(?::00)?)?", re.ASCII)
_EIGHT = re.compile(r"(\d{8})", re.ASCII)
_WORDED = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?(?:{_GAP}|,)\s*([a-z]{{3,9}})\.?,?(?:{_GAP}|)(\d{{4}}|\d{{2}})", re.ASCII | re.IGNORECASE)
_WORD_FIRST = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.ASCII | re.IGNORECASE)


class NotADate(ValueError):
    """What was given is no date that can be used; the message says why in plain words."""


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date that was read. `either_way`: day and month could also be meant the other way round."""

    day: date
    either_way: bool = False


def read_date(text: str, *, today: date, month_first: bool = False, strict: bool = False) -> ReadDate:
    """A date must be read with the day first, as British people write it, unless the year comes first or only the other order is a day.

    With `strict` (files) the other order is never tried, because one date that only fits it means that the whole file uses it.
    Two digits of a year are the latest such year that is not in the future.

    Source: Government Digital Service style guide, dates; ISO 8601.

    Example:
        >>> read_date("3/4/1985", today=date(2026, 1, 1)).day, read_date("1985-04-03", today=date(2026, 1, 1)).day
        (datetime.date(1985, 4, 3), datetime.date(1985, 4, 3))
        >>> read_date("31 Feb 1985", today=date(2026, 1, 1))
        Traceback (most recent call last):
        alongside.people.rules.dates.NotADate: “31 Feb 1985” is not a day in the calendar: February 1985 has 28 days.
    """
    typed = " ".join(text.split())
    if found := _YEAR_FIRST.fullmatch(typed):
        year, month, day = map(int, found.groups())
        return ReadDate(_calendar_day(typed, year, month, day))
    if found := _EIGHT.fullmatch(typed):
        digits = found[1]
        if 1800 <= int(digits[:4]) <= today.year and int(digits[4:6]) <= 12:
            return ReadDate(_calendar_day(typed, int(digits[:4]), int(digits[4:6]), int(digits[6:])))
        found = re.fullmatch(r"(\d\d)(\d\d)(\d{4})", digits)
    else:
        found = _YEAR_LAST.fullmatch(typed)
    if found:
        first, second = int(found[1]), int(found[2])
        year = _full_year(found[3], today)
        day, month = (second, first) if month_first else (first, second)
        if month > 12 >= day and not strict:
            day, month = month, day
        if month > 12 >= day:
            named = "month" if month_first else "day"
            raise NotADate(f"“{typed}” is no date when the {named} comes first, and this file is read with the {named} first.")
        return ReadDate(_calendar_day(typed, year, month, day), either_way=day <= 12 and day != month)
    if found := _WORDED.fullmatch(typed):
        return ReadDate(_calendar_day(typed, _full_year(found[3], today), _month(found[2], typed), int(found[1])))
    if found := _WORD_FIRST.fullmatch(typed):
        return ReadDate(_calendar_day(typed, int(found[3]), _month(found[1], typed), int(found[2])))
    raise NotADate(f"“{typed[:40]}” is not a date. Write it like 27 3 2007 or 2007-03-27.")


def birth_date(day: date, *, today: date, earliest: int = EARLIEST_BIRTH) -> date:
    """A birth date must not lie in the future, nor so long ago that nobody born then can be alive.

    Source: the longest confirmed human life, 122 years (Jeanne Calment, 1875 to 1997).

    Example:
        >>> birth_date(date(1865, 4, 3), today=date(2026, 1, 1))
        Traceback (most recent call last):
        alongside.people.rules.dates.NotADate: Nobody born in 1865 can be alive. Check the year.
    """
    if day > today:
        raise NotADate(f"A birth date cannot be in the future ({day.day} {MONTH_NAMES[day.month - 1]} {day.year}).")
    if day.year < earliest:
        raise NotADate(f"Nobody born in {day.year} can be alive. Check the year.")
    return day


def death_date(day: date, *, born: date | None, today: date) -> date:
    """A date of death must not lie in the future, nor before the birth.

    Source: calendar.

    Example:
        >>> death_date(date(2020, 1, 1), born=date(2021, 1, 1), today=date(2026, 1, 1))
        Traceback (most recent call last):
        alongside.people.rules.dates.NotADate: Nobody dies before they are born.
    """
    if day > today:
        raise NotADate("A date of death cannot be in the future.")
    if born is not None and day < born:
        raise NotADate("Nobody dies before they are born.")
    return day


def _calendar_day(typed: str, year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise NotADate(f"“{typed}” is not a day in the calendar: there is no month {month}.")
    try:
        return date(year, month, day)
    except ValueError:
        if not year:
            raise NotADate(f"“{typed}” is not a day in the calendar: there is no year 0.") from None
        last = (date(year + month // 12, month % 12 + 1, 1) - date(year, month, 1)).days if (year, month) != (9999, 12) else 31
        raise NotADate(f"“{typed}” is not a day in the calendar: {MONTH_NAMES[month - 1]} {year} has {last} days.") from None


def _full_year(digits: str, today: date) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    century = today.year - today.year % 100
    return century + year if century + year <= today.year else century - 100 + year


def _month(word: str, typed: str) -> int:
    for number, name in enumerate(MONTH_NAMES, 1):
        if name.lower().startswith(word.lower()) or word.lower() == "sept" and number == 9:
            return number
    raise NotADate(f"“{typed}” is not a date: there is no month called {word}.")
