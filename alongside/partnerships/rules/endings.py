"""When a partnership may end, and at which moment."""

from datetime import date, datetime, time

from alongside.common.london import LONDON, london_day
from alongside.common.rulebook import rule

SINCE = date(2026, 1, 1)


@rule("PTN-170", since=SINCE)
def not_decided(in_favour: int, against: int, *, ends_partnership: bool, used: bool) -> str | None:
    """A partnership may be ended only by a decision of its board that says so, with more votes for it than against; each such decision ends it once.

    Source: Audit Commission, Governing Partnerships: Bridging the Accountability Gap (2005): an exit strategy that is agreed
    Example:
        >>> not_decided(5, 1, ends_partnership=True, used=False)
        >>> not_decided(3, 3, ends_partnership=True, used=False)
        'There were not more votes for it than against.'
        >>> not_decided(5, 1, ends_partnership=True, used=True)
        'The end that it decided was called off. The board must decide anew.'
    """
    if not ends_partnership:
        return "It does not decide that the partnership ends."
    if in_favour <= against:
        return "There were not more votes for it than against."
    return "The end that it decided was called off. The board must decide anew." if used else None


@rule("PTN-171", since=SINCE)
def moment_of_the_end(on: date, at: datetime) -> datetime | None:
    """A partnership must end at once, or with the first moment of a day that is still to come; None for a day that is past.

    Source: a decision of this product: what flowed yesterday was let flow by what was agreed yesterday
    Example:
        >>> from datetime import UTC
        >>> at = datetime(2026, 11, 26, 15, 30, tzinfo=UTC)
        >>> moment_of_the_end(date(2026, 11, 26), at) == at, str(moment_of_the_end(date(2027, 7, 1), at)), moment_of_the_end(date(2026, 11, 25), at)
        (True, '2027-07-01 00:00:00+01:00', None)
    """
    today = london_day(at)
    if on < today:
        return None
    return at if on == today else datetime.combine(on, time(), tzinfo=LONDON)
