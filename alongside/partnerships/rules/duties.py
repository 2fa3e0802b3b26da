"""Who answers for what, and what becomes of a dispute about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from alongside.common.rulebook import rule
from alongside.common.working_days import Calendar

SINCE = date(2026, 1, 1)
LEADS_SETTLE_WITHIN, CHAIR_SETTLES_WITHIN = 5, 10

PARTS = {"accountable": "Accountable", "does": "Does it", "consulted": "Asked first", "informed": "Told"}


class Step(StrEnum):
    """With whom a dispute lies."""

    LEADS = "with_the_two_leads"
    CHAIR = "with_the_chair"
    BOARD = "with_the_board"


@dataclass(frozen=True, slots=True)
class DisputeClock:
    """With whom a dispute lies now, and until when."""

    step: Step
    due: datetime


@rule("PTN-150", since=SINCE)
def accountability_wrong(parts: Iterable[str]) -> str | None:
    """Exactly one holder must be accountable for a duty: none means that nobody answers for it, two that each waits for the other.

    Source: a decision of this product, after reviews in which each agency thought that another acted
    Example:
        >>> accountability_wrong(["does", "told"]), accountability_wrong(["accountable", "does"]), accountability_wrong(["accountable", "accountable"])
        ('Nobody is accountable', None, '2 are accountable')
    """
    count = sum(part == "accountable" for part in parts)
    return None if count == 1 else "Nobody is accountable" if not count else f"{count} are accountable"


@rule("PTN-151", since=SINCE)
def dispute_clock(raised: datetime, at: datetime, calendar: Calendar) -> DisputeClock:
    """The leads of two bodies that do not agree who acts must settle it within five working days; then the chair must within ten; after that it is the board's.

    Source: a decision of this product, after the escalation policies of safeguarding partnerships
    Example:
        >>> from datetime import UTC
        >>> raised, england = datetime(2026, 6, 1, 9, tzinfo=UTC), Calendar.of("england")
        >>> [dispute_clock(raised, datetime(2026, 6, day, 9, tzinfo=UTC), england).step.value for day in (8, 9, 15, 16)]
        ['with_the_two_leads', 'with_the_chair', 'with_the_chair', 'with_the_board']
    """
    day = calendar.local_day(raised)
    leads, chair = (calendar.working_day_end(calendar.add_working_days(day, count)) for count in (LEADS_SETTLE_WITHIN, CHAIR_SETTLES_WITHIN))
    if at <= leads:
        return DisputeClock(Step.LEADS, leads)
    return DisputeClock(Step.CHAIR if at <= chair else Step.BOARD, chair)
