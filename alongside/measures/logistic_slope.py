"""F8 by another road: the gap and the ratio between both ends of a logistic curve, as the WHO's tools mean it."""

from collections.abc import Sequence
from math import exp, sqrt

from alongside.measures.distributions import z
from alongside.measures.ranks import MostDisadvantaged, fractional_ranks
from alongside.measures.result import Result, Unmeasurable, measured
from alongside.measures.slope import LOGIT, VERSION, Kind, Slope, check_groups

CAVEAT = "The gap and ratio between both ends of a logistic curve through all groups, people counted once. Not the English official method."


def logistic_slope_index(
    values: Sequence[float], order: Sequence[float], population: Sequence[float], *, most_disadvantaged: MostDisadvantaged, most: float = 1.0, whole_people: bool = True
) -> Slope:  # fmt: skip
    """SII and RII from a logistic curve on rank, as the WHO's tools mean it, each person counted once. `most` is the value of 100%: 1 or 100. The error is the model's own.

    With `whole_people` value times population is rounded to whole people first, as those tools do; switch it off where populations are shares.

    Source: WHO, Handbook on Health Inequality Monitoring (2013); fitted by iteratively reweighted least squares.
    Example:
        >>> found = logistic_slope_index([20, 30, 40, 50, 60], [1, 2, 3, 4, 5], [100] * 5, most_disadvantaged=MostDisadvantaged.LOWEST, most=100)
        >>> round(found.sii.value, 3), round(found.rii.value, 3)
        (48.198, 3.735)
    """
    check_groups(values, order, population, None, None, Kind.OTHER, False, fewest=3)
    if min(values) < 0 or max(values) > most:
        raise Unmeasurable(f"For a logistic curve values run from 0 to {most:g}: say what value stands for everybody (1 or 100).")
    if len(set(values)) == 1 and values[0] in (0, most):
        raise Unmeasurable("All values are the lowest or the highest possible: there is no curve to fit.")
    ranks = fractional_ranks(order, most_disadvantaged=most_disadvantaged, weights=population)
    shares = [round(value / most * people) / people if whole_people else value / most for value, people in zip(values, population, strict=True)]
    level, lean, (of_level, of_both, of_lean) = _logistic(shares, ranks, population)
    low, high = LOGIT.back(level), LOGIT.back(level + lean)
    at_low, at_high = low * (1 - low), high * (1 - high)
    by_level, by_lean = at_high - at_low, at_high
    of_gap = by_level**2 * of_level + 2 * by_level * by_lean * of_both + by_lean**2 * of_lean
    by_level, by_lean = low - high, 1 - high
    of_ratio = sqrt(max(0.0, by_level**2 * of_level + 2 * by_level * by_lean * of_both + by_lean**2 * of_lean))
    sides, ratio, inputs = z(), high / low, list(zip(values, order, population))

    def result(name: str, value: float, se: float | None = None, limits: tuple[float, float] | None = None) -> Result:
        return measured(f"F8 {name}, logistic", VERSION, value, n=len(values), inputs=inputs, caveat=CAVEAT, se=se, interval=limits)

    return Slope(
        result("slope index of inequality", (high - low) * most, most * sqrt(max(0.0, of_gap))),
        result("relative index of inequality", ratio, None, (ratio * exp(-sides * of_ratio), ratio * exp(sides * of_ratio))),
        result("intercept, the value at the most disadvantaged end", low * most, None, (LOGIT.back(level - sides * sqrt(of_level)) * most, LOGIT.back(level + sides * sqrt(of_level)) * most)),
    )


def _logistic(shares: Sequence[float], ranks: Sequence[float], population: Sequence[float]) -> tuple[float, float, tuple[float, float, float]]:
    mean = min(max(sum(p * w for p, w in zip(shares, population, strict=True)) / sum(population), 1e-6), 1 - 1e-6)
    level, lean = LOGIT.there(mean), 0.0
    for _ in range(100):
        fitted = [1 / (1 + exp(-max(-700.0, min(700.0, level + lean * r)))) for r in ranks]
        weights = [w * p * (1 - p) for w, p in zip(population, fitted, strict=True)]
        total, first, second = sum(weights), sum(a * r for a, r in zip(weights, ranks, strict=True)), sum(a * r * r for a, r in zip(weights, ranks, strict=True))
        off = [w * (y - p) for w, y, p in zip(population, shares, fitted, strict=True)]
        by_level, by_lean = sum(off), sum(a * r for a, r in zip(off, ranks, strict=True))
        below = total * second - first**2
        if below <= 0:
            break
        step = (second * by_level - first * by_lean) / below, (total * by_lean - first * by_level) / below
        level, lean = level + step[0], lean + step[1]
        if max(map(abs, step)) < 1e-12:
            return level, lean, (second / below, -first / below, total / below)
    raise Unmeasurable("No logistic curve fits: one end has nobody or everybody. Use the straight line instead.")
