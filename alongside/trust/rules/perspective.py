"""How near somebody came to the order in which another partner's pressures truly weigh."""

from collections.abc import Sequence
from statistics import fmean

from alongside.measures.agreement import kendall_tau
from alongside.measures.result import Result

CAVEAT = "1 is the true order, 0 no better than chance, -1 the order turned round. Mean of Kendall's tau over all guesses; never shown below five."


def nearness(truth: Sequence[int], guess: Sequence[int]) -> Result:
    """Kendall's tau of a guess with the true order.

    Example:
        >>> nearness([1, 2, 3], [1, 3, 2]).value
        0.3333333333333333
    """
    return kendall_tau(truth, guess)


def mean_nearness(truth: Sequence[int], guesses: Sequence[Sequence[int]]) -> float | None:
    """The mean over all guesses; None without any.

    Example:
        >>> mean_nearness([1, 2, 3], [[1, 2, 3], [3, 2, 1]])
        0.0
    """
    taus = [float(value) for guess in guesses if (value := kendall_tau(truth, guess).value) is not None]
    return fmean(taus) if taus else None
