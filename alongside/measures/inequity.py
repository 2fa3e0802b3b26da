"""F7: horizontal inequity: whether people with the same need use the same, whatever their rank."""

from collections.abc import Sequence
from dataclasses import dataclass

from alongside.measures.concentration import Error, concentration_index
from alongside.measures.ranks import MostDisadvantaged, counted
from alongside.measures.result import Result, Unmeasurable, measured

VERSION = "F7.1"
CAVEAT = "Above 0 the better-off use more at equal need. It holds as far as the need variables hold all of need, and by a straight line."


@dataclass(frozen=True, slots=True)
class Inequity:
    """C of use, C of the use that need alone would bring, and the difference. `standardised` is each row's use with the part due to need taken out."""

    use: Result
    need: Result
    inequity: Result
    standardised: tuple[float, ...]


def horizontal_inequity(
    use: Sequence[float], order: Sequence[float], need: Sequence[Sequence[float]], *, most_disadvantaged: MostDisadvantaged, others: Sequence[Sequence[float]] = (),
    weights: Sequence[float] | None = None, error: Error = Error.KAKWANI,
) -> Inequity:
    """HI = C of use - C of needed use. Needed use: fit use on need and others by least squares, predict with the others at their means. `need` and `others` are columns.

    The interval is that of C of the standardised use, which equals HI.

    Source: Wagstaff and van Doorslaer, Handbook of Health Economics (2000), chapter 34; O'Donnell and others (2008), chapter 15.
    Example:
        >>> found = horizontal_inequity([1, 2, 3, 6], [1, 2, 3, 4], [[1, 1, 2, 2]], most_disadvantaged=MostDisadvantaged.LOWEST)
        >>> round(found.inequity.value, 6)
        0.083333
    """
    import numpy as np  # only here: the rest needs no large library

    n = len(use)
    weight = np.array(counted(weights, n), float)
    if not need or any(len(column) != n for column in (order, *need, *others)):
        raise Unmeasurable("Horizontal inequity needs use, rank and at least one need variable for every row.")
    y, columns = np.array(use, float), np.array([[1.0] * n, *need, *others], float).T
    if n <= columns.shape[1]:
        raise Unmeasurable(f"There are {n} rows for {columns.shape[1] - 1} variables: add rows or leave variables out.")
    root = np.sqrt(weight)
    found, _, rank, _ = np.linalg.lstsq(columns * root[:, None], y * root, rcond=None)
    if rank < columns.shape[1]:
        raise Unmeasurable("One of the need or other variables is the same for everybody, or follows from the rest: leave it out.")
    first_other = 1 + len(need)
    columns[:, first_other:] = np.average(columns[:, first_other:], axis=0, weights=weight)
    needed = columns @ found
    standardised = y - needed + np.average(needed, weights=weight)

    def index(values: object) -> Result:
        return concentration_index([float(value) for value in np.asarray(values)], order, most_disadvantaged=most_disadvantaged, weights=weights, error=error)

    of_use, of_need, of_rest = index(y), index(needed), index(standardised)
    hi = float(of_use.value or 0) - float(of_need.value or 0)
    inputs = zip(use, order, *need, *others)
    result = measured("F7 horizontal inequity", VERSION, hi, n=n, inputs=inputs, caveat=CAVEAT, se=of_rest.se)
    return Inequity(of_use, of_need, result, tuple(float(value) for value in standardised))
