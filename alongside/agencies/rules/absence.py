"""Leave, and who stands in."""

from datetime import date, datetime, timedelta

from alongside.common.rulebook import rule

SINCE = date(2026, 1, 1)
LONGEST_COVER = timedelta(days=366)


@rule("AGY-050", since=SINCE, topic="agencies")
def why_not_cover(*, absent: int, covering: int, same_agency: bool, both_work_here: bool, starts: datetime, ends: datetime) -> str:
    """Somebody may stand in for a colleague of the same agency, for a time with an end; the answer is why not, or nothing.

    Source: Caldicott principle 4: access on a strict need-to-know basis; continuity of care.
    Example:
        >>> at = datetime(2026, 3, 2)
        >>> why_not_cover(absent=1, covering=2, same_agency=True, both_work_here=True, starts=at, ends=at + timedelta(days=7))
        ''
        >>> why_not_cover(absent=1, covering=1, same_agency=True, both_work_here=True, starts=at, ends=at + timedelta(days=7))
        'Choose somebody else: nobody covers for themselves'
    """
    if absent == covering:
        return "Choose somebody else: nobody covers for themselves"
    if not same_agency:
        return "Choose somebody of the same agency: another agency is asked by a referral"
    if not both_work_here:
        return "Choose somebody who works here now"
    if ends <= starts:
        return "The last day must not be before the first"
    if ends - starts > LONGEST_COVER:
        return "Cover lasts at most a year: hand the work over instead"
    return ""
