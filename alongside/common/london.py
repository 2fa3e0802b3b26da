"""Which day it is where the law counts days: Great Britain's, not UTC's."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def london_day(at: datetime) -> date:
    """The calendar day it is in Great Britain at a moment; near midnight in summer that is not UTC's.

    Example:
        >>> from datetime import UTC
        >>> london_day(datetime(2026, 7, 1, 23, 30, tzinfo=UTC))
        datetime.date(2026, 7, 2)
    """
    if at.tzinfo is None:
        raise ValueError("A moment without a time zone could be either side of midnight.")
    return at.astimezone(LONDON).date()
