"""F5: goal attainment: how far a person's own goals were reached, on five levels in their own words."""

from collections.abc import Sequence
from math import sqrt

from alongside.measures.result import Result, Unmeasurable, measured

VERSION = "F5.1"
CAVEAT = "50 is every goal at the level expected. Show the goals, and T beside them; never rank people by T. It says how far these goals were reached, not how well anybody is. They are all the goals there are, so there is no interval."
RHO = 0.3
LEVELS = (-2, -1, 0, 1, 2)


def attainment(levels: Sequence[float], weights: Sequence[float] | None = None, *, rho: float = RHO) -> Result:
    """T = 50 + 10 sum(w x) / sqrt((1 - rho) sum w^2 + rho (sum w)^2), x from -2 to +2. n is the goals.

    Source: Kiresuk and Sherman, Community Mental Health Journal 4 (1968) 443-453. (The formulas printed in a 2009 practical guide are wrong on two pages, as its erratum says.)
    Example:
        >>> round(attainment([-1, 0, 1], [1, 2, 3]).value, 4)
        54.4065
        >>> round(attainment([-1, -1, -1], [1, 2, 3]).value, 4)
        36.7804
    """
    weights = [1.0] * len(levels) if weights is None else weights
    if not levels or len(weights) != len(levels):
        raise Unmeasurable("Goal attainment needs at least one goal, and one weight for each where weights are given.")
    if any(not LEVELS[0] <= level <= LEVELS[-1] for level in levels):
        raise Unmeasurable("Each goal's level is from -2 (much less than expected) to +2 (much more).")
    if min(weights) < 0 or not sum(weights) or not 0 <= rho < 1:
        raise Unmeasurable("Weights are zero or more, not all zero, and rho is from 0 to below 1.")
    below = (1 - rho) * sum(w * w for w in weights) + rho * sum(weights) ** 2
    value = 50 + 10 * sum(w * x for w, x in zip(weights, levels, strict=True)) / sqrt(below)
    return measured("F5 goal attainment T", VERSION, value, n=len(levels), inputs=zip(levels, weights), caveat=CAVEAT)


def change(baseline: Sequence[float], achieved: Sequence[float], weights: Sequence[float] | None = None, *, rho: float = RHO) -> Result:
    """T achieved minus T at baseline, over the same goals.

    Source: Kiresuk and Sherman 1968.
    Example:
        >>> round(change([-1, -1, -1], [-1, 0, 1], [1, 2, 3]).value, 4)
        17.6261
    """
    before, after = attainment(baseline, weights, rho=rho), attainment(achieved, weights, rho=rho)
    if len(baseline) != len(achieved):
        raise Unmeasurable("Change needs a baseline and an achieved level for each goal.")
    value = float(after.value or 0) - float(before.value or 0)
    return measured("F5 goal attainment, change", VERSION, value, n=len(achieved), inputs=zip(baseline, achieved, weights or achieved), caveat=CAVEAT)
