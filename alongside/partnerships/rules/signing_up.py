"""Signing up to a version of the vision: who has, on which conditions, how long it took, and when it must be said again."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from statistics import median

from alongside.common.rulebook import rule
from alongside.partnerships.facts import Answer, Answered

SINCE = date(2026, 1, 1)
HOLDS_FOR, REMIND_BEFORE = timedelta(days=365), timedelta(days=30)
EXPECTED_WITHIN = timedelta(days=42)


def standing_answer(answers: Iterable[Answered]) -> Answered | None:
    """The answer that counts: the last.

    Example:
        >>> from datetime import UTC
        >>> day = datetime(2026, 3, 1, tzinfo=UTC)
        >>> standing_answer([Answered(Answer.SIGNED, day), Answered(Answer.CONDITIONAL, day - timedelta(days=3), "Money first")]).answer.value
        'signed'
        >>> standing_answer([])
    """
    return max(answers, key=lambda one: one.at, default=None)


def conditions_outstanding(answers: Iterable[Answered | None]) -> tuple[str, ...]:
    """What must still be so before those who would sign do.

    Example:
        >>> from datetime import UTC
        >>> conditions_outstanding([Answered(Answer.CONDITIONAL, datetime(2026, 3, 1, tzinfo=UTC), "Money first"), None])
        ('Money first',)
    """
    return tuple(one.words for one in answers if one and one.answer is Answer.CONDITIONAL)


def days_to_sign(opened: datetime, answers: Iterable[Sequence[Answered]]) -> float | None:
    """Half of those who signed did so within this many days of being asked; None while nobody has. The first signature of each counts.

    Example:
        >>> from datetime import UTC
        >>> opened = datetime(2026, 3, 1, tzinfo=UTC)
        >>> days_to_sign(opened, [[Answered(Answer.SIGNED, opened + timedelta(days=days))] for days in (2, 5, 20)])
        5.0
    """
    firsts = [min((one.at for one in own if one.answer is Answer.SIGNED), default=None) for own in answers]
    waited = [(first - opened).total_seconds() / 86400 for first in firsts if first]
    return float(median(waited)) if waited else None


@rule("PTN-110", since=SINCE)
def reaffirm_by(signed_at: datetime) -> datetime:
    """A signature under a vision must be said again within a year, or the partnership must ask whether it still holds.

    Source: a decision of this product: people change, and a signature in a drawer binds nobody.
    Example:
        >>> from datetime import UTC
        >>> reaffirm_by(datetime(2026, 3, 1, tzinfo=UTC)).date().isoformat()
        '2027-03-01'
    """
    return signed_at + HOLDS_FOR


@rule("PTN-111", since=SINCE)
def reminded(signed_at: datetime, at: datetime) -> bool:
    """A signatory must be reminded from 30 days before their signature is a year old.

    Source: a decision of this product, as for agreements that lapse.
    Example:
        >>> from datetime import UTC
        >>> signed = datetime(2026, 3, 1, tzinfo=UTC)
        >>> [reminded(signed, signed + timedelta(days=days)) for days in (334, 335, 400)]
        [False, True, True]
    """
    return at >= reaffirm_by(signed_at) - REMIND_BEFORE


@rule("PTN-112", since=SINCE)
def late_to_answer(opened: datetime, at: datetime) -> bool:
    """Whoever is asked to sign a version should answer within six weeks; after that the partnership shows who has not.

    Source: a decision of this product: long enough for a committee, short enough to notice.
    Example:
        >>> from datetime import UTC
        >>> late_to_answer(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 13, tzinfo=UTC))
        True
    """
    return at > opened + EXPECTED_WITHIN
