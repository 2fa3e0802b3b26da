"""Whether an objective says all that it must, and whether it is on track."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from alongside.common.rulebook import rule
from alongside.partnerships.facts import ObjectiveFacts, Track

SINCE = date(2026, 1, 1)
TOLERANCE = Decimal("0.1")


@rule("PTN-120", since=SINCE)
def fields_missing(one: ObjectiveFacts) -> tuple[str, ...]:
    """An objective must have an outcome, a baseline, a target, an owner and a date; what it lacks is named.

    Source: Audit Commission, Governing Partnerships (2005): without aims that can be measured nobody can say what a partnership adds.
    Example:
        >>> fields_missing(ObjectiveFacts("Fewer falls", outcome="Older people fall less", target=Decimal(10)))
        ('baseline', 'owner', 'date')
    """
    said = {
        "outcome": bool(one.outcome.strip()), "baseline": one.baseline is not None and one.baseline_on is not None, "target": one.target is not None and one.target != one.baseline,
        "owner": one.owner_id is not None, "date": one.target_on is not None,
    }
    return tuple(name for name, there in said.items() if not there)


def expected(one: ObjectiveFacts, on: date) -> Decimal | None:
    """Where the straight line from baseline to target stands on a day.

    Example:
        >>> falls = ObjectiveFacts("Falls", baseline=Decimal(100), baseline_on=date(2026, 1, 1), target=Decimal(80), target_on=date(2026, 1, 11))
        >>> expected(falls, date(2026, 1, 6))
        Decimal('90')
    """
    if one.baseline is None or one.target is None or one.baseline_on is None or one.target_on is None or one.target_on <= one.baseline_on:
        return None
    gone = min(max((on - one.baseline_on).days, 0), (one.target_on - one.baseline_on).days)
    return one.baseline + (one.target - one.baseline) * gone / (one.target_on - one.baseline_on).days


@rule("PTN-121", since=SINCE)
def track(one: ObjectiveFacts, readings: Sequence[tuple[date, Decimal]], day: date) -> Track:
    """An objective is on track while its last reading has come at least as far as the straight line from baseline to target on the day it was read, less a tenth of the whole way.

    Source: a decision of this product, so that "on track" is worked out and not chosen.
    Example:
        >>> falls = ObjectiveFacts("Falls", baseline=Decimal(100), baseline_on=date(2026, 1, 1), target=Decimal(80), target_on=date(2026, 12, 31))
        >>> [track(falls, [(date(2026, 7, 2), Decimal(value))], date(2026, 8, 1)).value for value in (80, 90, 92, 93)]
        ['reached', 'on_track', 'on_track', 'off_track']
        >>> track(falls, [(date(2026, 7, 2), Decimal(90))], date(2027, 1, 1)).value, track(falls, [], date(2026, 8, 1)).value
        ('missed', 'not_known')
    """
    if not readings or one.baseline is None or one.target is None:
        return Track.NOT_KNOWN
    on, value = max(readings)
    whole, gone = one.target - one.baseline, value - one.baseline
    if not whole:
        return Track.NOT_KNOWN
    if gone / whole >= 1:
        return Track.REACHED
    if one.target_on and one.target_on < day:
        return Track.MISSED
    line = expected(one, on)
    if line is None:
        return Track.NOT_KNOWN
    return Track.ON if gone / whole >= (line - one.baseline) / whole - TOLERANCE else Track.OFF
