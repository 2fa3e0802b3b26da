"""F16: providers side by side on a funnel: the limits that chance alone would seldom leave, wide for the small and narrow for the large. Never a league table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import fmean

from alongside.measures.distributions import NINETY_FIVE, incomplete_beta, incomplete_gamma, poisson_limits, z
from alongside.measures.proportion import byar_always, wilson
from alongside.measures.result import Result, Unmeasurable, measured

VERSION = "F16.1"
CAVEAT = "A point outside the outer limits is a reason to ask, not a verdict: case mix, counting and definitions come first. With many providers some fall outside by chance."
Around = Callable[[float, float, float, float], tuple[float, float]]
"""From the centre, a provider's events and size, and a confidence, to the limits."""
MOST_TARGET = 1e6
WARNING, ALARM = NINETY_FIVE, 0.998
"""The confidence of the inner and of the outer limits: two and three standard deviations, in round terms."""


class Limits(StrEnum):
    """How limits are worked out.

    `official` is the English public health method. For proportions: centre +- z sqrt(p(1-p)/n), so that a provider is outside exactly when its own Wilson interval
    misses the centre. For rates: where the exact Poisson interval of the provider's own events would just touch the centre.
    `normal`: centre +- z standard errors. `exact`: quantiles of the binomial or Poisson distribution round the centre. `wilson`, `byar`: that interval of what is expected.
    """

    OFFICIAL = "official"
    NORMAL = "normal"
    EXACT = "exact"
    WILSON = "wilson"
    BYAR = "byar"


class Standing(StrEnum):
    LOW_ALARM = "below the 99.8% limit"
    LOW = "below the 95% limit"
    INSIDE = "inside the limits"
    HIGH = "above the 95% limit"
    HIGH_ALARM = "above the 99.8% limit"


@dataclass(frozen=True, slots=True)
class Point:
    """One provider: its value with the inner limits as its interval, the outer limits, and where it stands. `z` is its distance from the average in standard errors."""

    name: str
    value: Result
    inner: tuple[float, float]
    outer: tuple[float, float]
    z: float
    standing: Standing


@dataclass(frozen=True, slots=True)
class Funnel:
    """`average` is that of all together. `overdispersion` is the mean of z^2: well above 1, the limits are too narrow for what differs between providers anyway."""

    average: Result
    points: tuple[Point, ...]
    overdispersion: float


def proportion_funnel(counts: Mapping[str, tuple[float, float]], *, limits: Limits = Limits.OFFICIAL, target: float | None = None, multiplier: float = 1.0) -> Funnel:
    """A funnel of proportions: for each provider, the events and the cases. The centre is the proportion of all together, or a `target`.

    Source: Spiegelhalter, Statistics in Medicine 24 (2005) 1185-1202; the official limits are those of the English public health technical guidance.
    Example:
        >>> found = proportion_funnel({"A": (40, 100), "B": (20, 100), "C": (240, 800)})
        >>> found.average.value, found.points[0].standing.value, [round(limit, 4) for limit in found.points[0].inner]
        (0.3, 'above the 95% limit', [0.2102, 0.3898])
    """
    if target is not None and not 0 < target < 1:
        raise Unmeasurable("The target of a proportion is between 0 and 1: divide a percentage by 100.")
    if limits is Limits.BYAR:
        raise Unmeasurable("Byar's limits are for counts and rates: use official, normal, exact or wilson for proportions.")
    for name, (events, cases) in counts.items():
        if cases <= 0 or not 0 <= events <= cases:
            raise Unmeasurable(f"{name}: {events:g} of {cases:g} is no proportion: cases must be above zero and events from zero to the cases.")

    def around(centre: float, events: float, cases: float, confidence: float) -> tuple[float, float]:
        match limits:
            case Limits.WILSON:
                return wilson(centre * cases, cases, confidence)
            case Limits.EXACT:
                return binomial_funnel(centre, round(cases), confidence)
            case _:
                half = z(confidence) * sqrt(centre * (1 - centre) / cases)
                return max(0.0, centre - half), min(1.0, centre + half)

    return _funnel(counts, around, lambda centre, cases: sqrt(centre * (1 - centre) / cases), target, multiplier)


def rate_funnel(counts: Mapping[str, tuple[float, float]], *, limits: Limits = Limits.OFFICIAL, target: float | None = None, multiplier: float = 1.0) -> Funnel:
    """A funnel of rates, or of ratios of observed to expected: for each provider, the events and the population (or expected events).

    For observed beside expected events, give `target=1`.

    Source: Spiegelhalter 2005; the official limits are those of the English public health technical guidance, after Garwood, Biometrika 28 (1936) 437-442.
    Example:
        >>> found = rate_funnel({"A": (30, 1000), "B": (10, 1000), "C": (160, 8000)}, multiplier=1000)
        >>> found.average.value, found.points[0].standing.value, [round(limit, 3) for limit in found.points[0].inner]
        (20.0, 'above the 95% limit', [14.01, 29.643])
    """
    if target is not None and not 0 < target < MOST_TARGET:
        raise Unmeasurable("The target of a rate is above zero, for one person (and not for 1,000).")
    if limits is Limits.WILSON:
        raise Unmeasurable("Wilson's limits are for proportions: use official, exact, byar or normal for rates and ratios.")
    for name, (events, population) in counts.items():
        if population <= 0 or events < 0:
            raise Unmeasurable(f"{name}: events must be zero or more, and the population (or expected events) above zero.")

    def around(centre: float, events: float, population: float, confidence: float) -> tuple[float, float]:
        expected = centre * population
        match limits:
            case Limits.NORMAL:
                low, high = max(0.0, expected - z(confidence) * sqrt(expected)), expected + z(confidence) * sqrt(expected)
            case Limits.BYAR:
                low, high = byar_always(expected, confidence)
            case Limits.OFFICIAL if events:
                least, most = poisson_limits(events, confidence)
                return centre * events / most, centre * events / least
            case _:
                low, high = poisson_funnel(expected, confidence)
        return low / population, high / population

    return _funnel(counts, around, lambda centre, population: sqrt(centre / population), target, multiplier)


def binomial_funnel(centre: float, cases: int, confidence: float) -> tuple[float, float]:
    """Limits from the binomial distribution itself, between whole counts by interpolation.

    Source: Spiegelhalter 2005, appendix A.1.1.
    Example:
        >>> [round(limit, 4) for limit in binomial_funnel(0.3, 100, 0.95)]
        [0.2069, 0.3869]
    """
    if not 0 < centre < 1:
        return centre, centre
    low, high = _quantiles(lambda count: 1 - incomplete_beta(count + 1, cases - count, centre) if count < cases else 1.0, cases * centre, confidence)
    return max(0.0, low / cases), min(1.0, high / cases)


def poisson_funnel(expected: float, confidence: float) -> tuple[float, float]:
    """Limits of a count from the Poisson distribution itself, between whole counts by interpolation.

    Source: Spiegelhalter 2005, appendix A.1.2.
    Example:
        >>> [round(limit, 3) for limit in poisson_funnel(20, 0.95)]
        [11.205, 28.746]
    """
    if not expected:
        return 0.0, 0.0
    low, high = _quantiles(lambda count: 1 - incomplete_gamma(count + 1, expected), expected, confidence)
    return max(0.0, low), high


def _quantiles(so_few: Callable[[int], float], mean: float, confidence: float) -> tuple[float, float]:
    """The interpolated counts at both tails: r - a, where r is the first count with chance P(X <= r) at or above the tail and a says how far above it is."""
    found = []
    for wanted in ((1 - confidence) / 2, (1 + confidence) / 2):
        low, high = -1, round(mean + 10 * sqrt(mean) + 20)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if so_few(middle) >= wanted else (middle, high)
        before = so_few(high - 1) if high else 0.0
        found.append(high - (so_few(high) - wanted) / (so_few(high) - before))
    return found[0], found[1]


def _funnel(
    counts: Mapping[str, tuple[float, float]], around: Around, error: Callable[[float, float], float],
    target: float | None, multiplier: float,
) -> Funnel:  # fmt: skip
    if not counts:
        raise Unmeasurable("A funnel needs at least one provider.")
    events, sizes = sum(count for count, _ in counts.values()), sum(size for _, size in counts.values())
    average = events / sizes
    centre = average if target is None else target
    points = tuple(_point(name, count, size, centre, around, error, multiplier) for name, (count, size) in counts.items())
    of_all = measured("F16 average of all", VERSION, average * multiplier, n=len(counts), inputs=counts.items(), caveat=f"{CAVEAT} It is the average of all that there are, so there is no interval.")
    return Funnel(of_all, points, fmean(point.z**2 for point in points))


def _point(
    name: str, count: float, size: float, centre: float, around: Around, error: Callable[[float, float], float],
    multiplier: float,
) -> Point:  # fmt: skip
    value, inner, outer = count / size, around(centre, count, size, WARNING), around(centre, count, size, ALARM)
    spread = error(centre, size)
    away = (value - centre) / spread if spread else 0.0
    if value < inner[0]:
        standing = Standing.LOW_ALARM if value < outer[0] else Standing.LOW
    elif value > inner[1]:
        standing = Standing.HIGH_ALARM if value > outer[1] else Standing.HIGH
    else:
        standing = Standing.INSIDE
    shown_inner, shown_outer = ((low * multiplier, high * multiplier) for low, high in (inner, outer))
    shown = measured("F16 value beside its limits", VERSION, value * multiplier, n=round(size), inputs=[(name, count, size)], caveat=CAVEAT, interval=shown_inner).within(name)
    return Point(name, shown, shown_inner, shown_outer, away, standing)
