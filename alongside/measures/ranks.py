"""Where each person or group stands between the most disadvantaged (0) and the least (1). The direction is always said, never guessed."""

from collections.abc import Sequence
from enum import StrEnum

from alongside.measures.result import Unmeasurable


class MostDisadvantaged(StrEnum):
    """Which end of the ranking variable is the most disadvantaged: the lowest income, or the highest deprivation score."""

    LOWEST = "lowest"
    HIGHEST = "highest"


def fractional_ranks(order: Sequence[float], *, most_disadvantaged: MostDisadvantaged, weights: Sequence[float] | None = None) -> list[float]:
    """Share of the population before one, plus half one's own share; those who tie share the middle, whatever the order of the rows.

    Source: Lerman and Yitzhaki, Journal of Econometrics 42 (1989) 43-47; ties as in van Ourti, Journal of Human Resources 39 (2004).
    Example:
        >>> fractional_ranks([1, 2, 3, 4], most_disadvantaged=MostDisadvantaged.LOWEST)
        [0.125, 0.375, 0.625, 0.875]
        >>> fractional_ranks([1, 1, 2], most_disadvantaged=MostDisadvantaged.HIGHEST, weights=[1, 1, 2])
        [0.75, 0.75, 0.25]
    """
    weights = counted(weights, len(order))
    everybody, before = sum(weights), 0.0
    tied: dict[float, float] = {}
    for value, weight in zip(order, weights, strict=True):
        tied[value] = tied.get(value, 0.0) + weight
    middles: dict[float, float] = {}
    for value in sorted(tied, reverse=MostDisadvantaged(most_disadvantaged) is MostDisadvantaged.HIGHEST):
        middles[value] = (before + tied[value] / 2) / everybody
        before += tied[value]
    return [middles[value] for value in order]


def counted(weights: Sequence[float] | None, n: int) -> Sequence[float]:
    """The weights, or 1 for each. Raises `Unmeasurable` where there is nobody, or a weight that is no weight."""
    if n == 0:
        raise Unmeasurable("There are no rows to measure.")
    if weights is None:
        return [1.0] * n
    if len(weights) != n:
        raise Unmeasurable("There must be one weight for each value.")
    if min(weights) <= 0:
        raise Unmeasurable("A weight or population must be above zero: leave empty groups out.")
    return weights
