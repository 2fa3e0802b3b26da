"""Whether an objective says all that it must, whether it is on track, and how far partners want the same things in the same order."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations

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
    }  # fmt: skip
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


def kendall(first: Sequence[int], second: Sequence[int]) -> float | None:
    """Kendall's tau between two orders of the same things: 1 the same order, -1 the reverse. Only what both rank counts; None for fewer than two.

    Source: Kendall, Biometrika 30 (1938) 81-93; without ties.
    Example:
        >>> kendall([1, 2, 3, 4], [1, 2, 3, 4]), kendall([1, 2, 3, 4], [4, 3, 2, 1]), round(kendall([1, 2, 3, 4], [2, 1, 3, 4]), 4), kendall([1], [1])
        (1.0, -1.0, 0.6667, None)
    """
    places = [{one: place for place, one in enumerate(order)} for order in (first, second)]
    pairs = list(combinations([one for one in first if one in places[1]], 2))
    if not pairs:
        return None
    agreeing = sum(1 if (places[0][a] < places[0][b]) == (places[1][a] < places[1][b]) else -1 for a, b in pairs)
    return agreeing / len(pairs)


def alignment(orders: Mapping[int, Sequence[int]]) -> float | None:
    """How far bodies want the same things in the same order: the mean of Kendall's tau over all their pairs. None for fewer than two bodies.

    Example:
        >>> alignment({1: [1, 2, 3], 2: [1, 2, 3], 3: [3, 2, 1]})
        -0.3333333333333333
    """
    taus = [tau for a, b in combinations(orders.values(), 2) if (tau := kendall(a, b)) is not None]
    return sum(taus) / len(taus) if taus else None
