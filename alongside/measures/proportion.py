"""F16: how sure a proportion, a count and a rate are: Wilson's and Byar's intervals."""

from math import sqrt

from alongside.measures.distributions import NINETY_FIVE, poisson_limits, z
from alongside.measures.result import Result, Unmeasurable, measured

VERSION = "F16.1"
CAVEAT = "The interval is for chance alone. It does not say that the cases were counted well."
FEW = 10
"""Below this count Byar's approximation is no longer good and the exact Poisson interval is used."""


def wilson(count: float, n: float, confidence: float = NINETY_FIVE) -> tuple[float, float]:
    """Wilson's score interval of a proportion, without continuity correction. Raises `Unmeasurable` for no cases or an impossible count.

    Source: Wilson (1927); worked values in Newcombe, Statistics in Medicine 17 (1998) 857-872, from memory.
    Example:
        >>> tuple(round(edge, 4) for edge in wilson(15, 148))
        (0.0624, 0.1605)
    """
    if n <= 0 or not 0 <= count <= n:
        raise Unmeasurable(f"{count:g} of {n:g} is no proportion.")
    square = z(confidence) ** 2 / n
    p = count / n
    centre = (p + square / 2) / (1 + square)
    half = z(confidence) * sqrt(p * (1 - p) / n + square / (4 * n)) / (1 + square)
    return max(0.0, centre - half), min(1.0, centre + half)


def byar(count: float, confidence: float = NINETY_FIVE) -> tuple[float, float]:
    """Byar's interval of a count; for counts below 10 the exact Poisson interval, as English public health practice has it.

    Source: Breslow and Day, Statistical Methods in Cancer Research II (1987) 69.
    Example:
        >>> tuple(round(edge, 4) for edge in byar(65))
        (50.1632, 82.8491)
        >>> tuple(round(edge, 4) for edge in byar(5))
        (1.6235, 11.6683)
    """
    return poisson_limits(_counted(count), confidence) if count < FEW else byar_always(count, confidence)


def byar_always(count: float, confidence: float = NINETY_FIVE) -> tuple[float, float]:
    """Byar's approximation whatever the count; a count of zero has the lower limit zero.

    Source: Breslow and Day 1987.
    Example:
        >>> tuple(round(edge, 4) for edge in byar_always(5))
        (1.6113, 11.6682)
    """
    sides, more = z(confidence), _counted(count) + 1
    low = count * (1 - 1 / (9 * count) - sides / (3 * sqrt(count))) ** 3 if count else 0.0
    return low, more * (1 - 1 / (9 * more) + sides / (3 * sqrt(more))) ** 3


def proportion(count: float, n: float, confidence: float = NINETY_FIVE) -> Result:
    """A proportion from 0 to 1 with Wilson's interval.

    Source: Wilson 1927.
    Example:
        >>> proportion(82, 100).value
        0.82
    """
    return measured("F16 proportion", VERSION, count / n if n else None, n=round(n), inputs=[(count, n)], caveat=CAVEAT, interval=wilson(count, n, confidence))


def rate(count: float, population: float, *, per: float = 1.0, confidence: float = NINETY_FIVE) -> Result:
    """Events per so many people (or person-years), with Byar's interval. n is the count of events.

    Source: Breslow and Day 1987.
    Example:
        >>> found = rate(65, 20_000, per=1000)
        >>> found.value, round(found.low, 4), round(found.high, 4)
        (3.25, 2.5082, 4.1425)
    """
    if population <= 0:
        raise Unmeasurable("A rate needs a population above zero.")
    low, high = (edge / population * per for edge in byar(count, confidence))
    return measured("F16 rate", VERSION, count / population * per, n=round(count), inputs=[(count, population)], caveat=CAVEAT, interval=(low, high))


def _counted(count: float) -> float:
    if count < 0:
        raise Unmeasurable("A count cannot be below zero.")
    return count
