"""F8: slope and relative index of inequality: the gap between the most and the least disadvantaged, along the whole population, by the English official method."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp, log, sqrt

from alongside.measures.distributions import NINETY_FIVE, z
from alongside.measures.ranks import MostDisadvantaged, counted, fractional_ranks
from alongside.measures.result import Result, Unmeasurable, measured

VERSION = "F8.1"
CAVEAT = "SII: the least disadvantaged end minus the most disadvantaged end of a straight line through all groups; RII: their ratio. Look whether a straight line fits. An association, not an effect. There is no interval of the intercept, and none at all where the groups have neither errors nor limits."
SAMPLES, MOST_SAMPLES, SEED = 100_000, 1_000_000, 20261126
LIMITS_ARE = z(NINETY_FIVE)
"""Limits of groups are always taken as 95% limits, as in the official method."""


class Kind(StrEnum):
    """What the values are: it decides on which scale their limits are even."""

    OTHER = "other"
    RATE = "rate"
    PROPORTION = "proportion"


class Interval(StrEnum):
    SIMULATED = "simulated"
    ANALYTIC = "analytic"


@dataclass(frozen=True, slots=True)
class Slope:
    """`intercept` is the value at the most disadvantaged end."""

    sii: Result
    rii: Result
    intercept: Result


@dataclass(frozen=True, slots=True)
class Scale:
    """There and back: where a line is fitted or values are drawn."""

    there: Callable[[float], float]
    back: Callable[[float], float]
    slope: Callable[[float], float]
    """How fast `back` grows, at a value on the natural scale."""


STRAIGHT = Scale(lambda y: y, lambda y: y, lambda y: 1.0)
LOG = Scale(log, exp, lambda y: y)
LOGIT = Scale(lambda y: log(y / (1 - y)), lambda y: 1 / (1 + exp(-y)), lambda y: y * (1 - y))
SCALES = {Kind.OTHER: STRAIGHT, Kind.RATE: LOG, Kind.PROPORTION: LOGIT}


def slope_index(
    values: Sequence[float], order: Sequence[float], population: Sequence[float], *, most_disadvantaged: MostDisadvantaged,
    errors: Sequence[float] | None = None, limits: Sequence[tuple[float, float]] | None = None, kind: Kind = Kind.OTHER, transform: bool = False,
    multiplier: float = 1.0, confidence: float = NINETY_FIVE, interval: Interval = Interval.SIMULATED, samples: int = SAMPLES, seed: int = SEED,
) -> Slope:  # fmt: skip
    """SII and RII of 5 to 100 groups. Regress y sqrt(a) on sqrt(a) and r sqrt(a), a the population share and r the mid-rank: SII the slope, RII (intercept + SII) / intercept.

    Errors come from `errors`, or from 95% `limits`: for rates on the log scale, for proportions on the logit scale. With `transform` the line is fitted on that scale
    too, and brought back. A negative `multiplier` turns the polarity: the RII is then inverted. Without errors there is no interval.

    Source: Low and Low, Journal of Public Health 26 (2004) 388-395; the method of the English public health indicators (Fingertips technical guidance).
    Example:
        >>> found = slope_index([10, 12, 14, 16, 18], [1, 2, 3, 4, 5], [100] * 5, most_disadvantaged=MostDisadvantaged.LOWEST)
        >>> round(found.sii.value, 10), round(found.rii.value, 10), round(found.intercept.value, 10)
        (10.0, 2.1111111111, 9.0)
    """
    kind, interval, _ = Kind(kind), Interval(interval), z(confidence)
    check_groups(values, order, population, errors, limits, kind, transform)
    scale = SCALES[kind]
    fitted_on = scale if transform else STRAIGHT
    parts = _parts(fractional_ranks(order, most_disadvantaged=most_disadvantaged, weights=population), population)
    intercept, slope = _fit(parts, [fitted_on.there(value) for value in values])
    ends = fitted_on.back(intercept), fitted_on.back(intercept + slope)
    drawn_on = _errors(values, errors, limits, scale, kind)
    both = drawn_on and _interval(parts, values, drawn_on, (intercept, slope), scale, fitted_on, confidence, interval, samples, seed)
    sii, rii = multiplier * (ends[1] - ends[0]), (ends[1] / ends[0] if ends[0] else None)
    if rii and multiplier < 0:
        rii = 1 / rii
    inputs = list(zip(values, order, population))

    def result(name: str, value: float | None, limits: tuple[float, float] | None) -> Result:
        return measured(f"F8 {name}", VERSION, value, n=len(values), inputs=inputs, caveat=CAVEAT, interval=limits)

    return Slope(
        result("slope index of inequality", sii, _turned(both[0], multiplier) if both else None),
        result("relative index of inequality", rii, _inverted(both[1], multiplier) if both and rii is not None else None),
        result("intercept, the value at the most disadvantaged end", ends[0] * (abs(multiplier) if transform else 1.0), None),
    )


Parts = Sequence[tuple[float, float]]
"""For each group, how much its value counts for the intercept and for the slope: both are sums of values times these."""


def _parts(ranks: Sequence[float], population: Sequence[float]) -> Parts:
    everybody = sum(population)
    shares = [people / everybody for people in population]
    mean = sum(a * r for a, r in zip(shares, ranks, strict=True))
    spread = sum(a * (r - mean) ** 2 for a, r in zip(shares, ranks, strict=True))
    return [(a - mean * a * (r - mean) / spread, a * (r - mean) / spread) for a, r in zip(shares, ranks, strict=True)]


def _fit(parts: Parts, values: Sequence[float]) -> tuple[float, float]:
    return sum(part[0] * y for part, y in zip(parts, values, strict=True)), sum(part[1] * y for part, y in zip(parts, values, strict=True))


def _errors(values: Sequence[float], errors: Sequence[float] | None, limits: Sequence[tuple[float, float]] | None, scale: Scale, kind: Kind) -> Sequence[float] | None:
    """Standard errors on the scale on which values are drawn. Given errors are on the natural scale and are brought there."""
    if limits is not None:
        return [(scale.there(high) - scale.there(low)) / (2 * LIMITS_ARE) for low, high in limits]
    return None if errors is None else [error / scale.slope(value) for value, error in zip(values, errors, strict=True)]


def _interval(
    parts: Parts, values: Sequence[float], errors: Sequence[float], line: tuple[float, float], scale: Scale, fitted_on: Scale, confidence: float, interval: Interval,
    samples: int, seed: int,
) -> tuple[tuple[float, float], tuple[float, float]]:  # fmt: skip
    """The interval of SII and of RII. On a transformed scale the slope's interval turns about the middle of the line, as in the official method."""
    slopes, ratios = (_drawn if interval is Interval.SIMULATED else _worked_out)(parts, values, errors, line, scale, fitted_on, confidence, samples, seed)
    if fitted_on is STRAIGHT:
        return slopes, ratios
    middle = line[0] + line[1] / 2
    ends = [(fitted_on.back(middle - slope / 2), fitted_on.back(middle + slope / 2)) for slope in slopes]
    return (ends[0][1] - ends[0][0], ends[1][1] - ends[1][0]), (ends[0][1] / ends[0][0], ends[1][1] / ends[1][0])


def _drawn(
    parts: Parts, values: Sequence[float], errors: Sequence[float], line: tuple[float, float], scale: Scale, fitted_on: Scale, confidence: float, samples: int, seed: int
) -> tuple[tuple[float, float], tuple[float, float]]:  # fmt: skip
    import numpy as np  # only here: the rest needs no large library

    if not 1000 <= samples <= MOST_SAMPLES:
        raise Unmeasurable(f"The simulated interval needs 1,000 to {MOST_SAMPLES:,} samples.")
    drawn = np.random.default_rng(seed).normal([scale.there(value) for value in values], errors, (samples, len(values)))
    if fitted_on is STRAIGHT and scale is LOG:
        drawn = np.exp(drawn)
    elif fitted_on is STRAIGHT and scale is LOGIT:
        drawn = 1 / (1 + np.exp(-drawn))
    found = np.array(parts).T @ drawn.T
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = 1 + found[1] / found[0]
    edges = [(1 - confidence) / 2, (1 + confidence) / 2]
    (low, high), (least, most) = np.quantile(found[1], edges), np.quantile(ratios, edges)
    return (float(low), float(high)), (float(least), float(most))


def _worked_out(
    parts: Parts, values: Sequence[float], errors: Sequence[float], line: tuple[float, float], scale: Scale, fitted_on: Scale, confidence: float, samples: int, seed: int
) -> tuple[tuple[float, float], tuple[float, float]]:  # fmt: skip
    natural = [error * scale.slope(value) for value, error in zip(values, errors, strict=True)] if fitted_on is STRAIGHT else errors
    sides, (intercept, slope) = z(confidence), line
    of_slope = sqrt(sum((part[1] * error) ** 2 for part, error in zip(parts, natural, strict=True)))
    if not intercept:
        return (slope - sides * of_slope, slope + sides * of_slope), (0.0, 0.0)
    ratio = 1 + slope / intercept
    of_ratio = sqrt(sum(((part[1] - slope / intercept * part[0]) / intercept * error) ** 2 for part, error in zip(parts, natural, strict=True)))
    return (slope - sides * of_slope, slope + sides * of_slope), (ratio - sides * of_ratio, ratio + sides * of_ratio)


def _turned(limits: tuple[float, float], multiplier: float) -> tuple[float, float]:
    low, high = sorted(limit * multiplier for limit in limits)
    return low, high


def _inverted(limits: tuple[float, float], multiplier: float) -> tuple[float, float]:
    if multiplier >= 0 or 0 in limits:
        return limits
    low, high = sorted(1 / limit for limit in limits)
    return low, high


def check_groups(
    values: Sequence[float], order: Sequence[float], population: Sequence[float], errors: Sequence[float] | None, limits: Sequence[tuple[float, float]] | None,
    kind: Kind, transform: bool, fewest: int = 5,
) -> None:  # fmt: skip
    """Raises `Unmeasurable` where these are no groups to draw a line through."""
    n = len(values)
    counted(population, n)
    if not fewest <= n <= 100 or len(set(order)) != n:
        raise Unmeasurable(f"The slope index needs {fewest} to 100 groups, each with a rank of its own; there are {n} rows and {len(set(order))} different ranks.")
    if any(len(one) != n for one in (order, errors or order, limits or order)):
        raise Unmeasurable("Each group needs a value, a rank and a population, and its error or limits where any group has them.")
    if kind is Kind.OTHER and transform:
        raise Unmeasurable("Only rates (by logarithm) and proportions (by logit) can be transformed: say which the values are.")
    everything = [*values, *(edge for pair in limits or () for edge in pair)]
    if kind is Kind.RATE and min(everything) <= 0:
        raise Unmeasurable("A rate and its limits must be above zero for the logarithm.")
    if kind is Kind.PROPORTION and not (min(everything) > 0 and max(everything) < 1):
        raise Unmeasurable("A proportion and its limits must be between 0 and 1, both left out: divide percentages by 100.")
    if any(error < 0 for error in errors or ()) or any(low > high for low, high in limits or ()):
        raise Unmeasurable("A standard error cannot be below zero, and a lower limit not above the upper one.")
