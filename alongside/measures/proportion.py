"""How sure a proportion is: Wilson's interval."""

from math import sqrt
from statistics import NormalDist

NINETY_FIVE = 0.95


def wilson(count: int, n: int, confidence: float = NINETY_FIVE) -> tuple[float, float]:
    """Wilson's score interval of a proportion, without continuity correction. Raises `ValueError` for no cases or an impossible count.

    Source: Wilson (1927); worked values in Newcombe, Statistics in Medicine 17 (1998) 857-872, from memory.
    Example:
        >>> tuple(round(edge, 4) for edge in wilson(15, 148))
        (0.0624, 0.1605)
    """
    if n <= 0 or not 0 <= count <= n:
        raise ValueError(f"{count} of {n} is no proportion.")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    p, square = count / n, z * z / n
    centre = (p + square / 2) / (1 + square)
    half = z * sqrt(p * (1 - p) / n + square / (4 * n)) / (1 + square)
    return max(0.0, centre - half), min(1.0, centre + half)
