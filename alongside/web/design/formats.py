"""How dates, ages, times, numbers and lists are written, everywhere the same. Dates follow the NHS service manual, the banner the NHS CUI."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from alongside.common.london import LONDON

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class DueGroup(StrEnum):
    OVERDUE = "Overdue"
    TODAY = "Today"
    TOMORROW = "Tomorrow"
    THIS_WEEK = "This week"
    LATER = "Later"


def local(when: datetime) -> datetime:
    """The moment as the clock on the wall shows it."""
    return when.astimezone(LONDON)


def day_of(when: date | datetime) -> date:
    return local(when).date() if isinstance(when, datetime) else when


def date_words(when: date | datetime) -> str:
    """
    >>> date_words(date(1945, 7, 14))
    '14 July 1945'
    """
    day = day_of(when)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def banner_date(when: date | datetime) -> str:
    """
    >>> banner_date(date(1945, 7, 4))
    '04-Jul-1945'
    """
    day = day_of(when)
    return f"{day.day:02} {MONTHS[day.month - 1][:3]} {day.year}".replace(" ", "-")


def banner_born(born: date, at: date | datetime) -> str:
    """
    >>> banner_born(date(1945, 7, 14), date(2026, 11, 24))
    '14-Jul-1945 (81y)'
    """
    return f"{banner_date(born)} ({age(born, at)})"


def age(born: date, at: date | datetime) -> str:
    """Exact where it matters: days to 4 weeks, weeks to a year, months to 2 years, years and months to 18, then years.

    >>> age(date(2026, 11, 14), date(2026, 11, 24)), age(date(2026, 9, 1), date(2026, 11, 24)), age(date(2025, 7, 1), date(2026, 11, 24))
    ('10d', '12w', '16m 23d')
    >>> age(date(2017, 7, 1), date(2026, 11, 24)), age(date(2008, 2, 29), date(2026, 2, 28))
    ('9y 4m', '17y 11m')
    """
    on = day_of(at)
    days = (on - born).days
    if days < 0:
        return "not yet born"
    if days < 28:
        return f"{days}d"
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    if months < 12:
        return _two(days // 7, "w", days % 7, "d")
    if months < 24:
        return _two(months, "m", (on - _months_after(born, months)).days, "d")
    if months < 18 * 12:
        return _two(months // 12, "y", months % 12, "m")
    return f"{months // 12}y"


def _two(many: int, unit: str, few: int, smaller: str) -> str:
    return f"{many}{unit} {few}{smaller}" if few else f"{many}{unit}"


def _months_after(born: date, months: int) -> date:
    year, month = divmod(born.year * 12 + born.month - 1 + months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(born.day, last))


def time_words(when: datetime) -> str:
    """
    >>> from datetime import UTC
    >>> time_words(datetime(2026, 11, 24, 14, 30, tzinfo=UTC)), time_words(datetime(2026, 7, 1, 11, 0, tzinfo=UTC))
    ('2:30pm', 'midday')
    """
    at = local(when)
    if at.minute == 0 and at.hour in (0, 12):
        return "midday" if at.hour else "midnight"
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'pm' if at.hour >= 12 else 'am'}"


def when_words(when: datetime) -> str:
    """
    >>> from datetime import UTC
    >>> when_words(datetime(2026, 11, 24, 14, 30, tzinfo=UTC))
    'Tuesday 24 November 2026, 2:30pm'
    """
    return f"{DAYS[local(when).weekday()]} {date_words(when)}, {time_words(when)}"


def when_short(when: datetime) -> str:
    """
    >>> from datetime import UTC
    >>> when_short(datetime(2026, 11, 24, 14, 30, tzinfo=UTC))
    'Tue 24 Nov 2026, 2:30pm'
    """
    at = local(when)
    return f"{DAYS[at.weekday()][:3]} {at.day} {MONTHS[at.month - 1][:3]} {at.year}, {time_words(when)}"


def due_group(due: date | datetime, at: datetime) -> DueGroup:
    """The shelf of My work on which it lies. A week ends on Sunday; a due day, unlike a due moment, is not late before it is over."""
    today, day = local(at).date(), day_of(due)
    if day < today or (isinstance(due, datetime) and due < at):
        return DueGroup.OVERDUE
    if day == today:
        return DueGroup.TODAY
    if day == today + timedelta(days=1):
        return DueGroup.TOMORROW
    return DueGroup.THIS_WEEK if day <= today + timedelta(days=6 - today.weekday()) else DueGroup.LATER


def due_words(due: date | datetime, at: datetime) -> str:
    """
    >>> from datetime import UTC
    >>> at = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    >>> due_words(datetime(2026, 11, 24, 17, 0, tzinfo=UTC), at), due_words(date(2026, 11, 25), at), due_words(date(2026, 11, 22), at)
    ('Today by 5pm', 'Tomorrow', 'Overdue by 2 days')
    >>> due_words(date(2026, 11, 27), at), due_words(date(2027, 1, 5), at)
    ('Friday', '5 January 2027')
    """
    group, day, today = due_group(due, at), day_of(due), local(at).date()
    by = f" by {time_words(due)}" if isinstance(due, datetime) else ""
    if group is DueGroup.OVERDUE:
        return f"Overdue by {_lateness(due, at)}"
    if group in (DueGroup.TODAY, DueGroup.TOMORROW):
        return f"{group}{by}"
    if day < today + timedelta(days=7):
        return f"{DAYS[day.weekday()]}{by}"
    return date_words(day)


def _lateness(due: date | datetime, at: datetime) -> str:
    days = (local(at).date() - day_of(due)).days
    if days or not isinstance(due, datetime):
        return plural(days, "day")
    minutes = int((at - due).total_seconds() // 60)
    return plural(minutes // 60, "hour") if minutes >= 60 else plural(max(minutes, 1), "minute")


def plural(count: int, noun: str, several: str = "") -> str:
    """
    >>> plural(1, "entry", "entries"), plural(3, "entry", "entries"), plural(0, "day"), plural(1200, "line")
    ('1 entry', '3 entries', '0 days', '1,200 lines')
    """
    return f"{count:,} {noun if count == 1 else several or noun + 's'}"


def plain_number(value: Decimal) -> str:
    """
    >>> plain_number(Decimal("1200.500")), plain_number(Decimal("40.000")), plain_number(Decimal("-0.25"))
    ('1,200.5', '40', '-0.25')
    """
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def sentence_list(parts: Iterable[str], joint: str = "and") -> str:
    """
    >>> sentence_list(["school", "GP", "police"])
    'school, GP and police'
    """
    *first, last = [str(part) for part in parts] or [""]
    return f"{', '.join(first)} {joint} {last}" if first else last
