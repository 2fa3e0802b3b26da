"""The few distributions the intervals need, worked out here so that no large library must be there: Student's t, Poisson and binomial."""

from collections.abc import Callable
from math import exp, lgamma, log
from statistics import NormalDist

from alongside.measures.result import Unmeasurable

NINETY_FIVE = 0.95
ENOUGH = 1e-15


def z(confidence: float = NINETY_FIVE) -> float:
    """How many standard errors lie to each side in an interval of this confidence.

    Example:
        >>> round(z(), 6), round(z(0.998), 6)
        (1.959964, 3.090232)
    """
    if not 0 < confidence < 1:
        raise Unmeasurable("Confidence is a number between 0 and 1, for example 0.95.")
    return NormalDist().inv_cdf((1 + confidence) / 2)


def student_t(degrees: float, confidence: float = NINETY_FIVE) -> float:
    """The two-sided quantile of Student's t.

    Example:
        >>> round(student_t(4), 6)
        2.776445
    """
    tail = (1 - confidence) / 2
    return _where(lambda t: incomplete_beta(degrees / 2, 0.5, degrees / (degrees + t * t)) / 2 < tail, 0.0, 2.0)


def poisson_limits(count: float, confidence: float = NINETY_FIVE) -> tuple[float, float]:
    """The exact interval of a count: the means that would give so much or more, so few or fewer, with half of what confidence leaves.

    Source: Garwood, Biometrika 28 (1936) 437-442.
    Example:
        >>> tuple(round(limit, 4) for limit in poisson_limits(10))
        (4.7954, 18.3904)
    """
    tail = (1 - confidence) / 2
    low = _where(lambda mean: incomplete_gamma(count, mean) > tail, 0.0, max(1.0, count)) if count > 0 else 0.0
    high = _where(lambda mean: 1 - incomplete_gamma(count + 1, mean) < tail, 0.0, max(1.0, 2 * count + 4))
    return low, high


def binomial_limits(count: float, n: float, confidence: float = NINETY_FIVE) -> tuple[float, float]:
    """The exact interval of a proportion.

    Source: Clopper and Pearson, Biometrika 26 (1934) 404-413.
    Example:
        >>> tuple(round(limit, 4) for limit in binomial_limits(5, 20))
        (0.0866, 0.491)
    """
    tail = (1 - confidence) / 2
    low = _where(lambda p: incomplete_beta(count, n - count + 1, p) > tail, 0.0, 1.0, 1.0) if count > 0 else 0.0
    high = _where(lambda p: 1 - incomplete_beta(count + 1, n - count, p) < tail, 0.0, 1.0, 1.0) if count < n else 1.0
    return low, high


def incomplete_gamma(shape: float, x: float) -> float:
    """The regularised lower incomplete gamma function, by series or by continued fraction.

    Example:
        >>> round(incomplete_gamma(1, 1), 10)
        0.6321205588
    """
    if x <= 0:
        return 0.0
    front = exp(shape * log(x) - x - lgamma(shape))
    if x < shape + 1:
        term = total = 1 / shape
        place = shape
        while abs(term) > abs(total) * ENOUGH:
            place += 1
            term *= x / place
            total += term
        return front * total
    return 1 - front * _fraction(lambda step: (-step * (step - shape), x + 2 * step + 1 - shape), x + 1 - shape)


def incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function, by continued fraction.

    Example:
        >>> round(incomplete_beta(2, 3, 0.4), 10)
        0.5248
    """
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, 1 - x)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x)) / a

    def step(place: int) -> tuple[float, float]:
        half = place // 2
        if place % 2:
            return -(a + half) * (a + b + half) * x / ((a + 2 * half) * (a + 2 * half + 1)), 1.0
        return half * (b - half) * x / ((a + 2 * half - 1) * (a + 2 * half)), 1.0

    return front * _fraction(step, 1.0)


def _fraction(step: Callable[[int], tuple[float, float]], first: float) -> float:
    """1 over a continued fraction, by Lentz's way."""
    tiny = 1e-300
    value = c = first or tiny
    d = 0.0
    for place in range(1, 10_000):
        above, below = step(place)
        d = 1 / (below + above * d or tiny)
        c = below + above / c or tiny
        value *= c * d
        if abs(c * d - 1) < ENOUGH:
            break
    return 1 / value


def _where(beyond: Callable[[float], bool], low: float, high: float, most: float = float("inf")) -> float:
    """Where a condition that is false below and true above begins to hold."""
    while not beyond(high) and high < most:
        low, high = high, high * 2
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (low, middle) if beyond(middle) else (middle, high)
    return (low + high) / 2
