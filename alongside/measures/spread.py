"""F9: how far groups without an order lie apart: Theil, mean log deviation, between-group variance, index of disparity, gap and ratio."""

from collections.abc import Sequence
from math import exp, log, sqrt

from alongside.measures.ranks import counted
from alongside.measures.result import SURE, Result, Unmeasurable, measured

VERSION = "F9.1"
WIDEST = 50.0
CAVEAT = (
    "0 means that all groups are alike. Value and error are on the same scale (some packages multiply the value by 1000 and not the error). Small groups look far apart by chance. "
    "Where the groups have no standard errors there is no interval."
)


def theil(values: Sequence[float], population: Sequence[float] | None = None, errors: Sequence[float] | None = None) -> Result:
    """T = sum p (y/mean) ln(y/mean). A group at zero counts 0.

    Source: Theil, Economics and Information Theory (1967); error after Borrell and Talih, Statistics in Medicine 30 (2011).
    Example:
        >>> round(theil([1, 1, 2]).value, 6)
        0.058892
    """
    shares, mean = _shares(values, population, "The Theil index")
    q = [y / mean for y in values]
    parts = [a * log(a) if a else 0.0 for a in q]
    value = sum(p * part for p, part in zip(shares, parts, strict=True))
    centre = sum(p * (a + part) for p, a, part in zip(shares, q, parts, strict=True))
    steps = None if 0 in q else [p * (1 + log(a) - centre) / mean for p, a in zip(shares, q, strict=True)]
    return _result("Theil index", value, values, population, errors, steps)


def mean_log_deviation(values: Sequence[float], population: Sequence[float] | None = None, errors: Sequence[float] | None = None) -> Result:
    """MLD = -sum p ln(y/mean). It cannot be said where a group is at zero.

    Source: Theil 1967, his second measure; error after Borrell and Talih 2011.
    Example:
        >>> round(mean_log_deviation([1, 1, 2]).value, 6)
        0.056633
    """
    shares, mean = _shares(values, population, "The mean log deviation")
    if 0 in values:
        raise Unmeasurable("The mean log deviation cannot be said where a group is at zero: use the Theil index, which can.")
    value = sum(p * log(mean / y) for p, y in zip(shares, values, strict=True))
    return _result("mean log deviation", value, values, population, errors, [p * (1 - mean / y) / mean for p, y in zip(shares, values, strict=True)])


def between_group_variance(values: Sequence[float], population: Sequence[float] | None = None, errors: Sequence[float] | None = None) -> Result:
    """BGV = sum p (y - mean)^2, in the square of the values' unit.

    Source: Harper and Lynch, Methods for Measuring Cancer Disparities (2005); error for normal group means.
    Example:
        >>> between_group_variance([1, 3], [1, 1]).value
        1.0
    """
    shares, mean = _shares(values, population, "The between-group variance", zero_mean=True)
    value, se = sum(p * (y - mean) ** 2 for p, y in zip(shares, values, strict=True)), None
    if errors is not None:
        known = list(zip(shares, values, _checked(errors, values), strict=True))
        slope, second = sum(p * p * s * s * (y - mean) ** 2 for p, y, s in known), sum(p * p * s * s for p, _, s in known)
        rest = sum(p * p * (1 - p) ** 2 * s**4 for p, _, s in known) - sum(p**4 * s**4 for p, _, s in known)
        se = sqrt(max(0.0, 4 * slope + 2 * (second**2 + rest)))
    return measured("F9 between-group variance", VERSION, value, n=len(values), inputs=_inputs(values, population), caveat=CAVEAT, se=se)


def index_of_disparity(values: Sequence[float], population: Sequence[float] | None = None, errors: Sequence[float] | None = None) -> Result:
    """100 sum p |y - mean| / mean: how far a group is from the average, in percent of it, each group by its population.

    Source: Pearcy and Keppel, Public Health Reports 117 (2002) 273-280, weighted.
    Example:
        >>> index_of_disparity([8, 12], [1, 1]).value
        20.0
    """
    shares, mean = _shares(values, population, "The index of disparity")
    value = 100 * sum(p * abs(y - mean) for p, y in zip(shares, values, strict=True)) / mean
    lean = [(y > mean) - (y < mean) for y in values]
    steps = [100 * p * (side - sum(a * b for a, b in zip(shares, lean, strict=True)) - value / 100) / mean for p, side in zip(shares, lean, strict=True)]
    return _result("index of disparity", value, values, population, errors, steps)


def index_of_disparity_unweighted(values: Sequence[float], population: Sequence[float] | None = None, errors: Sequence[float] | None = None) -> Result:
    """100 / k sum |y - mean| / mean: the same with each of the k groups counted once; the mean is still that of the population.

    Source: Pearcy and Keppel 2002.
    Example:
        >>> round(index_of_disparity_unweighted([8, 12], [3, 1]).value, 4)
        22.2222
    """
    shares, mean = _shares(values, population, "The index of disparity")
    value, lean = 100 / len(values) * sum(abs(y - mean) for y in values) / mean, [(y > mean) - (y < mean) for y in values]
    steps = [(100 / len(values) * (side - p * sum(lean)) - p * value) / mean for p, side in zip(shares, lean, strict=True)]
    return _result("index of disparity, unweighted", value, values, population, errors, steps)


def gap(values: Sequence[float], errors: Sequence[float] | None = None) -> Result:
    """The highest group minus the lowest, in the values' unit.

    Source: WHO, Handbook on Health Inequality Monitoring (2013), difference.
    Example:
        >>> gap([8, 12, 9]).value
        4
    """
    _shares(values, None, "The gap", zero_mean=True)
    high, low = (values.index(edge(values)) for edge in (max, min))
    known = None if errors is None else _checked(errors, values)
    se = None if known is None else sqrt(known[high] ** 2 + known[low] ** 2)
    return measured("F9 gap between highest and lowest", VERSION, values[high] - values[low], n=len(values), inputs=values, caveat=CAVEAT, se=se)


def ratio(values: Sequence[float], errors: Sequence[float] | None = None) -> Result:
    """The highest group over the lowest; None where the lowest is zero. Its interval is worked out on the log scale.

    Source: WHO 2013, ratio.
    Example:
        >>> found = ratio([8, 12, 9], [1, 1, 1])
        >>> found.value, round(found.low, 3), round(found.high, 3)
        (1.5, 1.117, 2.014)
    """
    _shares(values, None, "The ratio", zero_mean=True)
    high, low = (values.index(edge(values)) for edge in (max, min))
    value, interval = values[high] / values[low] if values[low] else None, None
    if value is not None and value > 0 and errors is not None:
        known = _checked(errors, values)
        around = SURE * sqrt((known[high] / values[high]) ** 2 + (known[low] / values[low]) ** 2)
        interval = (value * exp(-around), value * exp(around)) if around < WIDEST else None
    return measured("F9 ratio of highest to lowest", VERSION, value, n=len(values), inputs=values, caveat=CAVEAT, interval=interval)


def _shares(values: Sequence[float], population: Sequence[float] | None, what: str, *, zero_mean: bool = False) -> tuple[list[float], float]:
    people = counted(population, len(values))
    if len(values) < 2:
        raise Unmeasurable(f"{what} needs at least two groups.")
    everybody = sum(people)
    shares = [each / everybody for each in people]
    mean = sum(p * y for p, y in zip(shares, values, strict=True))
    if not zero_mean and min(values) < 0:
        raise Unmeasurable(f"{what} needs values of zero or more.")
    if not zero_mean and mean == 0:
        raise Unmeasurable(f"{what} cannot be said where the mean is zero.")
    return shares, mean


def _result(name: str, value: float, values: Sequence[float], population: Sequence[float] | None, errors: Sequence[float] | None, steps: Sequence[float] | None) -> Result:
    """`steps` says by how much the value moves with each group's value."""
    se = None if errors is None or steps is None else sqrt(sum((step * s) ** 2 for step, s in zip(steps, _checked(errors, values), strict=True)))
    return measured(f"F9 {name}", VERSION, value, n=len(values), inputs=_inputs(values, population), caveat=CAVEAT, se=se)


def _checked(errors: Sequence[float], values: Sequence[float]) -> Sequence[float]:
    if len(errors) != len(values) or min(errors) < 0:
        raise Unmeasurable("Each group needs its standard error, of zero or more.")
    return errors


def _inputs(values: Sequence[float], population: Sequence[float] | None) -> list[tuple[float, float]]:
    return list(zip(values, population or [1.0] * len(values)))
