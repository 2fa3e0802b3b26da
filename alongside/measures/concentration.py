"""F7: concentration index: how far something lies with the better-off or the worse-off. Plain, generalised, and corrected for outcomes with a floor and a ceiling."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from math import sqrt

from alongside.measures.ranks import MostDisadvantaged, counted, fractional_ranks
from alongside.measures.result import Result, Unmeasurable, measured

VERSION = "F7.1"
CAVEAT = "Below 0: more with the most disadvantaged; above 0: more with the least. For yes/no outcomes use Erreygers. An association with rank, not an effect of it."
SAMPLES, MOST_SAMPLES, SEED = 1000, 100_000, 20261126


class Index(StrEnum):
    """Which concentration index. Erreygers and Wagstaff are for outcomes between a floor and a ceiling (0 and 1 for yes/no)."""

    PLAIN = "plain"
    GENERALISED = "generalised"
    ERREYGERS = "erreygers"
    WAGSTAFF = "wagstaff"


class Error(StrEnum):
    """How the standard error is found. Kakwani and the bootstrap count that the mean, too, is uncertain; the regression does not and is some 10% too small."""

    KAKWANI = "kakwani"
    DELTA = "delta"
    REGRESSION = "regression"
    BOOTSTRAP = "bootstrap"


@dataclass(frozen=True, slots=True)
class Ranked:
    """Outcomes in rows (people, or groups with their population) with where they rank. `spreads` are standard deviations inside groups, `errors` standard errors of group means."""

    outcome: Sequence[float]
    weights: Sequence[float]
    ranks: Sequence[float]
    shares: Sequence[float]
    mean: float
    weighted: bool
    spreads: Sequence[float] | None = None
    errors: Sequence[float] | None = None

    @property
    def people(self) -> float:
        """On how many independent observations the error rests: all people where it is known how they differ inside groups, else the rows."""
        return sum(self.weights) if self.spreads or self.errors else float(len(self.outcome))


def concentration_index(
    outcome: Sequence[float], order: Sequence[float], *, most_disadvantaged: MostDisadvantaged, weights: Sequence[float] | None = None, index: Index = Index.PLAIN,
    error: Error = Error.KAKWANI, floor: float = 0.0, ceiling: float = 1.0, spreads: Sequence[float] | None = None, errors: Sequence[float] | None = None,
    clusters: Sequence[str] | None = None, samples: int = SAMPLES, seed: int = SEED,
) -> Result:
    """C = (2 / mean) sum f y r - 1, or one of its kin: generalised mean C; Erreygers 4 mean C / (b - a); Wagstaff C (b - a) mean / ((b - mean) (mean - a)).

    `order` is the ranking variable; `weights` the population of each row. `floor` and `ceiling` bound the outcome for Erreygers and Wagstaff.
    Errors of the kin are those of C times the same factor, as in published packages; the bootstrap draws rows, or whole `clusters`, and works each index out anew.

    Source: Wagstaff, Paci and van Doorslaer 1991; Kakwani, Wagstaff and van Doorslaer, Journal of Econometrics 77 (1997) 87-103; Erreygers, Journal of Health Economics 28 (2009)
    504-515; Wagstaff, Health Economics 14 (2005) 429-432; O'Donnell and others, Analyzing Health Equity Using Household Survey Data (2008), chapter 8.
    Example:
        >>> found = concentration_index([2, 4, 6, 8], [1, 2, 3, 4], most_disadvantaged=MostDisadvantaged.LOWEST)
        >>> found.value, found.n
        (0.25, 4)
    """
    if len(order) != len(outcome):
        raise Unmeasurable("Each row needs an outcome and a rank.")
    rows = _ranked(outcome, order, most_disadvantaged, weights, spreads, errors)
    if rows.mean == 0:
        raise Unmeasurable("The mean of the outcome is zero, so there is no share of it to concentrate.")
    factor = _factor(Index(index), rows.mean, floor, ceiling, outcome)
    se, interval = _error(rows, Error(error), Index(index), factor, (floor, ceiling), clusters, samples, seed)
    caveat = CAVEAT if rows.mean > 0 else CAVEAT + " The mean of the outcome is below zero, which turns the sign round."
    inputs = zip(outcome, rows.ranks, rows.weights)
    name = "concentration index" if index == Index.PLAIN else f"concentration index, {Index(index).value}"
    return measured(f"F7 {name}", VERSION, factor * _plain(rows), n=len(outcome), inputs=inputs, caveat=caveat, se=se, interval=interval)


def _ranked(
    outcome: Sequence[float], order: Sequence[float], most_disadvantaged: MostDisadvantaged, weights: Sequence[float] | None, spreads: Sequence[float] | None,
    errors: Sequence[float] | None,
) -> Ranked:
    people = counted(weights, len(outcome))
    for each in (spreads, errors):
        if each is not None and (len(each) != len(outcome) or min(each) < 0):
            raise Unmeasurable("Where groups have a standard deviation or standard error, each must have one, of zero or more.")
    everybody = sum(people)
    shares = [each / everybody for each in people]
    mean = sum(share * y for share, y in zip(shares, outcome, strict=True))
    ranks = fractional_ranks(order, most_disadvantaged=most_disadvantaged, weights=weights)
    return Ranked(outcome, people, ranks, shares, mean, weights is not None, spreads, errors)


def _plain(rows: Ranked) -> float:
    return 2 / rows.mean * sum(f * y * r for f, y, r in zip(rows.shares, rows.outcome, rows.ranks, strict=True)) - 1


def _factor(index: Index, mean: float, floor: float, ceiling: float, outcome: Sequence[float]) -> float:
    if index in (Index.ERREYGERS, Index.WAGSTAFF) and not (floor <= min(outcome) and max(outcome) <= ceiling and floor < ceiling):
        raise Unmeasurable(f"The outcome runs from {min(outcome):g} to {max(outcome):g}, outside its bounds {floor:g} to {ceiling:g}: give the lowest and highest possible value.")
    match index:
        case Index.GENERALISED:
            return mean
        case Index.ERREYGERS:
            return 4 * mean / (ceiling - floor)
        case Index.WAGSTAFF:
            if mean in (floor, ceiling):
                raise Unmeasurable("Wagstaff's index cannot be said where everybody has the lowest or everybody the highest value.")
            return (ceiling - floor) * mean / ((ceiling - mean) * (mean - floor))
        case _:
            return 1.0


def _error(
    rows: Ranked, error: Error, index: Index, factor: float, bounds: tuple[float, float], clusters: Sequence[str] | None, samples: int, seed: int
) -> tuple[float | None, tuple[float, float] | None]:
    if len(set(rows.ranks)) < 2 or len(rows.outcome) < 3:
        return None, None
    if error is Error.BOOTSTRAP:
        se, low, high = _bootstrap(rows, index, bounds, clusters, samples, seed)
        return se, (low, high)
    found = {Error.KAKWANI: _kakwani, Error.DELTA: _delta, Error.REGRESSION: _regression}[error](rows)
    return abs(factor) * sqrt(max(0.0, found)), None


def _kakwani(rows: Ranked) -> float:
    """Equation 14 of Kakwani and others 1997, with the part for spread inside groups. Those who tie share one step of the curve, so that the order of rows does not count."""
    c, mean, people = _plain(rows), rows.mean, rows.people
    had: dict[float, float] = defaultdict(float)
    for share, y, r in zip(rows.shares, rows.outcome, rows.ranks, strict=True):
        had[r] += share * y / mean
    after = dict(zip(sorted(had), accumulate(had[r] for r in sorted(had)), strict=True))
    squares = inside = 0.0
    for place, (share, y, r) in enumerate(zip(rows.shares, rows.outcome, rows.ranks, strict=True)):
        squares += share * (y / mean * (2 * r - 1 - c) + 2 - 2 * after[r] + had[r]) ** 2
        lean = (2 * r - 1 - c) ** 2 / mean**2
        if rows.spreads:
            inside += share * rows.spreads[place] ** 2 * lean / people
        elif rows.errors:
            inside += share**2 * rows.errors[place] ** 2 * lean
    return (squares - (1 + c) ** 2) / people + inside


def _variance_of_ranks(rows: Ranked) -> float:
    """Of people: with n - 1. Of groups with a population: of that population, as the World Bank's and the WHO's tools have it."""
    spread = sum(f * (r - 0.5) ** 2 for f, r in zip(rows.shares, rows.ranks, strict=True))
    return spread if rows.weighted else spread * len(rows.outcome) / (len(rows.outcome) - 1)


def _line(rows: Ranked, values: Sequence[float]) -> tuple[float, float, tuple[float, float, float]]:
    """Weighted least squares of values on rank: intercept, slope and the three parts of their covariance."""
    w, r = rows.weights, rows.ranks
    total, first, second = sum(w), sum(a * b for a, b in zip(w, r, strict=True)), sum(a * b * b for a, b in zip(w, r, strict=True))
    level, product = sum(a * b for a, b in zip(w, values, strict=True)), sum(a * b * c for a, b, c in zip(w, r, values, strict=True))
    below = total * second - first**2
    intercept, slope = (second * level - first * product) / below, (total * product - first * level) / below
    left = sum(a * (c - intercept - slope * b) ** 2 for a, b, c in zip(w, r, values, strict=True)) / (len(values) - 2)
    return intercept, slope, (left * second / below, -left * first / below, left * total / below)


def _regression(rows: Ranked) -> float:
    spread = _variance_of_ranks(rows)
    return _line(rows, [2 * spread * y / rows.mean for y in rows.outcome])[2][2]


def _delta(rows: Ranked) -> float:
    intercept, slope, (of_intercept, of_both, of_slope) = _line(rows, rows.outcome)
    step = 8 * _variance_of_ranks(rows) / (2 * intercept + slope) ** 2
    by_intercept, by_slope = -slope * step, intercept * step
    return by_intercept**2 * of_intercept + 2 * by_intercept * by_slope * of_both + by_slope**2 * of_slope


def _bootstrap(rows: Ranked, index: Index, bounds: tuple[float, float], clusters: Sequence[str] | None, samples: int, seed: int) -> tuple[float, float, float]:
    """Draw rows (or clusters) anew; the percentiles of what comes are the interval."""
    import numpy as np  # only here: the rest needs no large library

    if not 100 <= samples <= MOST_SAMPLES:
        raise Unmeasurable(f"A bootstrap needs 100 to {MOST_SAMPLES:,} samples.")
    of_cluster = np.unique(np.array(clusters), return_inverse=True)[1] if clusters else np.arange(len(rows.outcome))
    many = int(of_cluster.max()) + 1
    if many < 3:
        raise Unmeasurable("A bootstrap needs at least three rows or clusters to draw from.")
    order = np.argsort(np.array(rows.ranks), kind="stable")
    y, w, of_cluster = np.array(rows.outcome, float)[order], np.array(rows.weights, float)[order], of_cluster[order]
    starts = np.flatnonzero(np.r_[True, np.diff(np.array(rows.ranks)[order]) > 0])
    lengths = np.diff(np.r_[starts, len(y)])
    draw, found = np.random.default_rng(seed), np.empty(samples)
    for sample in range(samples):
        drawn = w * np.bincount(draw.integers(0, many, many), minlength=many)[of_cluster]
        tied = np.add.reduceat(drawn, starts)
        ranks = np.repeat((np.cumsum(tied) - tied / 2) / drawn.sum(), lengths)
        mean = float((drawn * y).sum() / drawn.sum())
        spread = float((drawn * y * ranks).sum() / drawn.sum())
        found[sample] = _factor(index, mean, *bounds, rows.outcome) * (2 * spread / mean - 1) if mean else np.nan
    low, high = np.nanpercentile(found, [2.5, 97.5])
    return float(np.nanstd(found, ddof=1)), float(low), float(high)
