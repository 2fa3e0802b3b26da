"""A day as spreadsheets and ledgers write it. The day stands before the month, as in Britain, unless only the other way is a day at all."""

import re
from datetime import date, timedelta
from functools import lru_cache

MONTHS = {name: number for number, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1)}
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
NUMBERS = re.compile(r"(\d{1,2})\s?[-/. ]\s?(\d{1,2})\s?[-/. ]\s?(\d{4}|\d{2})(?:[T ,].*)?")
WORDS = re.compile(r"(?:[a-z]{3,9},? )?(\d{1,2})(?:st|nd|rd|th)?[-/ .]?([a-z]{3,9})[-/ .,]{0,2}(\d{4}|\d{2})(?: .*)?", re.I)
MONTH_WORD_FIRST = re.compile(r"([a-z]{3,9})[-/ .](\d{1,2})(?:st|nd|rd|th)?[-/ ,.]{1,2}(\d{4}|\d{2})(?: .*)?", re.I)
TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})")
SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
EXCEL_BEGINS = date(1899, 12, 30)
EARLIEST = date(1990, 1, 1)


class NotADay(ValueError):
    """This is no day; the message says why."""


@lru_cache(maxsize=20_000)
def read_day(cell: str, month_first: bool = False) -> date:
    """A day may be written in numbers, with the month in words, with the year first, as a spreadsheet's count of days, or with a time behind it. Raises NotADay.

    Source: spend over £500 as English councils publish it.
    Example:
        >>> [read_day(cell).isoformat() for cell in ("03/04/2025", "3.4.25", "2025-04-03", "3 April 2025", "03-Apr-25", "45750", "20250403", "04/25/2025", "2025-04-03 00:00:00")]
        ['2025-04-03', '2025-04-03', '2025-04-03', '2025-04-03', '2025-04-03', '2025-04-03', '2025-04-03', '2025-04-25', '2025-04-03']
    """
    words = cell.strip()
    if not words:
        raise NotADay("It has no date.")
    try:
        day = _day(words, month_first)
    except (ValueError, OverflowError):
        day = None
    if day is None:
        raise NotADay(f"“{words[:40]}” is not a date.")
    return day


def _day(words: str, month_first: bool) -> date | None:
    if found := YEAR_FIRST.fullmatch(words) or TOGETHER.fullmatch(words):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := NUMBERS.fullmatch(words):
        first, second = int(found[1]), int(found[2])
        day, month = (second, first) if month_first else (first, second)
        if month > 12 and day <= 12:
            day, month = month, day
        return date(_year(found[3]), month, day)
    if found := WORDS.fullmatch(words):
        return date(_year(found[3]), MONTHS[found[2][:3].lower()], int(found[1])) if found[2][:3].lower() in MONTHS else None
    if found := MONTH_WORD_FIRST.fullmatch(words):
        return date(_year(found[3]), MONTHS[found[1][:3].lower()], int(found[2])) if found[1][:3].lower() in MONTHS else None
    if found := SERIAL.fullmatch(words):
        return EXCEL_BEGINS + timedelta(days=int(found[1]))
    return None


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)
