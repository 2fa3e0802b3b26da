"""F9: population-attributable difference and fraction: how much better the average would be if every group did as well as the reference."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from alongside.measures.ranks import counted
from alongside.measures.result import Result, Unmeasurable, measured

VERSION = "F9.1"
CAVEAT = "Shows what equality with the reference group would mean, not what any action would bring. Nothing is claimed of causes. Where it is not said what stands for everybody (1 or 100) there is no interval."


@dataclass(frozen=True, slots=True)
class Attributable:
    """`difference` is in the values' unit, `fraction` in percent of the average; both 0 where no group can gain."""

    difference: Result
    fraction: Result
    reference: int


def attributable(
    values: Sequence[float], population: Sequence[float], *, higher_is_better: bool, reference: int | None = None, most: float | None = None
) -> Attributable:  # fmt: skip
    """Reference value minus average, and that in percent of the average. The reference is the best group unless its place is given.

    `most` is what stands for everybody (1 or 100) where values are proportions: only then is there an error.

    Source: WHO, Handbook on Health Inequality Monitoring (2013); error after Walter, Biometrics 34 (1978) as the WHO's tools give it, on the same scale as the value.
    Example:
        >>> found = attributable([60, 80], [1000, 1000], higher_is_better=True, most=100)
        >>> round(found.difference.value, 6), round(found.fraction.value, 6)
        (10.0, 14.285714)
    """
    people = counted(population, len(values))
    everybody = sum(people)
    mean = sum(p * y for p, y in zip(people, values, strict=True)) / everybody
    if mean <= 0 or min(values) < 0 or (most is not None and max(values) > most):
        raise Unmeasurable("The attributable fraction needs values of zero or more with a mean above zero, none above what stands for everybody.")
    best = reference if reference is not None else values.index(max(values) if higher_is_better else min(values))
    gained = values[best] - mean
    difference = gained if (gained > 0) == higher_is_better else 0.0
    se = None if most is None else _error(values[best] / most * people[best], people[best], mean / most * everybody, everybody)
    inputs = list(zip(values, people))

    def result(name: str, value: float, error: float | None) -> Result:
        return measured(f"F9 {name}", VERSION, value, n=len(values), inputs=inputs, caveat=CAVEAT, se=error)

    of_difference = None if se is None else mean * se
    of_fraction = None if se is None else 100 * se
    return Attributable(
        result("population-attributable difference", difference, of_difference), result("population-attributable fraction (%)", 100 * difference / mean, of_fraction), best
    )  # fmt: skip


def _error(c: float, reference: float, cases: float, everybody: float) -> float | None:
    """Of the fraction as a proportion, from the two-by-two table of reference and rest, cases and others."""
    a, d = cases - c, reference - c
    b = everybody - a - reference
    if (a + c) <= 0 or reference <= 0:
        return None
    return sqrt(max(0.0, c * everybody * (a * d * (everybody - c) + b * c * c) / ((a + c) ** 3 * reference**3)))
