"""F2: how far people agree. Beyond chance (kappa), in their ratings (r_wg) and in what they put first (Kendall's tau)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, pairwise
from math import atanh, sqrt, tanh
from statistics import fmean, variance

from alongside.measures.bootstrap import SEED, Interval, drawn_anew, drawn_anew_within
from alongside.measures.result import SURE, Result, Unmeasurable, measured

VERSION = "F2.1"
KAPPA_CAVEAT = "Kappa falls when one category is rare, however well people agree: read it beside the table of counts."
RWG_CAVEAT = (
    "1 is full agreement, 0 what blind answers would give; below 0 the raters stand in camps. High agreement with a high mean is a reason to talk first, not to stop asking."
)
TAU_CAVEAT = (
    "1 is the same order, -1 the reverse. Ties are allowed for (tau-b). The interval is for chance alone in which things were ordered; there is no interval for fewer than five, "
    "or where the orders are the same or the reverse."
)
ALIGNMENT_CAVEAT = (
    "Mean of Kendall's tau-b over all pairs of raters; 1 is one order for all. A pair of which one left everything tied is not counted. "
    "The interval leaves out one rater at a time (jackknife); there is no interval for fewer than three."
)

Table = Sequence[Sequence[float]]


def cohen_kappa(table: Table) -> float | None:
    """Cohen's kappa of a square table of counts, one party's words in the rows, the other's in the columns; None where chance alone decides.

    Raises `Unmeasurable` for a table that is not square, holds a negative count or is empty.

    Source: Cohen, Educational and Psychological Measurement 20 (1960) 37-46.
    Example:
        >>> round(cohen_kappa([[20, 5], [10, 15]]), 10)
        0.4
    """
    size, total = len(table), sum(map(sum, table))
    if any(len(row) != size or min(row) < 0 for row in table) or total == 0:
        raise Unmeasurable("Kappa needs a square table of counts, not all of them zero and none below zero.")
    observed, chance = sum(table[place][place] for place in range(size)) / total, _by_chance(table, total)
    return None if chance == 1 else (observed - chance) / (1 - chance)


def kappa(table: Table) -> Result:
    """Cohen's kappa with the standard error for large samples. n is the cases judged by both.

    Source: Cohen 1960; Fleiss, Cohen and Everitt, Psychological Bulletin 72 (1969) 323-327 for the error.
    Example:
        >>> found = kappa([[20, 5], [10, 15]])
        >>> round(found.value, 6), found.n, round(found.low, 3), round(found.high, 3)
        (0.4, 50, 0.151, 0.649)
    """
    value, total = cohen_kappa(table), sum(map(sum, table))
    se = None if value is None else sqrt(max(0.0, _kappa_variance(table, total, value)))
    return measured("F2 Cohen's kappa", VERSION, value, n=round(total), inputs=map(tuple, table), caveat=KAPPA_CAVEAT, se=se, within=(-1.0, 1.0))


def fleiss_kappa(counts: Table) -> Result:
    """Fleiss' kappa of many raters. Each row is one subject and says how many raters chose each category; every row has the same number of raters, at least two.

    n is the number of subjects. The error is found by leaving out one subject at a time (jackknife).

    Source: Fleiss, Psychological Bulletin 76 (1971) 378-382.
    Example:
        >>> round(fleiss_kappa([[0, 3], [3, 0], [1, 2], [3, 0]]).value, 4)
        0.6571
    """
    raters = {sum(row) for row in counts}
    if not counts or len(raters) != 1 or min(map(min, counts)) < 0 or len({len(row) for row in counts}) != 1:
        raise Unmeasurable("Fleiss' kappa needs the same number of raters for every subject: the counts of each line must add up to the same total, none below zero.")
    if raters.pop() < 2:
        raise Unmeasurable("Fleiss' kappa needs at least two raters for each subject.")
    value = _fleiss(counts)
    se = None if value is None else _left_out([_fleiss([*counts[:place], *counts[place + 1 :]]) for place in range(len(counts))])
    return measured("F2 Fleiss' kappa", VERSION, value, n=len(counts), inputs=map(tuple, counts), caveat=KAPPA_CAVEAT, se=se, within=(-1.0, 1.0))


def r_wg(ratings: Sequence[float], *, options: int) -> Result:
    """Within-group agreement on one statement with `options` possible answers: 1 - s^2 / ((A^2 - 1) / 12), s^2 with n - 1. n is the raters.

    Source: James, Demaree and Wolf, Journal of Applied Psychology 69 (1984) 85-98.
    Example:
        >>> round(r_wg([4, 4, 3, 4], options=4).value, 10)
        0.8
    """
    if len(ratings) < 2:
        raise Unmeasurable("Agreement needs at least two raters.")
    return measured("F2 r_wg", VERSION, 1 - variance(ratings) / _blind(options, ratings), n=len(ratings), inputs=enumerate(sorted(ratings)), caveat=RWG_CAVEAT)


def r_wg_interval(ratings: Sequence[float], *, options: int, seed: int = SEED) -> Interval | None:
    """How sure r_wg is: the raters are drawn anew. None for fewer than three.

    Source: Efron, Annals of Statistics 7 (1979) 1-26.
    Example:
        >>> low, high = r_wg_interval([4, 4, 3, 4, 2, 4], options=4)
        >>> low < 0.5 < high, r_wg_interval([4, 4], options=4), r_wg_interval([3, 3, 3], options=4)
        (True, None, (1.0, 1.0))
    """
    blind = _blind(options, ratings)
    return drawn_anew(ratings, lambda drawn: 1 - variance(drawn) / blind, seed=seed)


def r_wg_of_statements(statements: Mapping[str, Sequence[float]], *, options: int) -> Result:
    """Within-group agreement over J statements together: J a / (J a + 1 - a), where a is 1 - mean s^2 / blind variance. n is the fewest raters of a statement.

    Source: James, Demaree and Wolf 1984.
    Example:
        >>> round(r_wg_of_statements({"aims": [4, 4, 3, 4], "trust": [3, 3, 3, 4]}, options=4).value, 4)
        0.8889
    """
    if not statements or min(map(len, statements.values())) < 2:
        raise Unmeasurable("Agreement needs at least two raters for each statement.")
    everything = [rating for ratings in statements.values() for rating in ratings]
    agreed, many = 1 - fmean(map(variance, statements.values())) / _blind(options, everything), len(statements)
    below = many * agreed + 1 - agreed
    n = min(map(len, statements.values()))
    return measured("F2 r_wg of all statements", VERSION, many * agreed / below if below > 0 else None, n=n, inputs=statements.items(), caveat=RWG_CAVEAT)


def r_wg_of_statements_interval(statements: Mapping[str, Sequence[float]], *, options: int, seed: int = SEED) -> Interval | None:
    """How sure that is: the raters of each statement are drawn anew, each statement by itself. None where one has fewer than three.

    Source: Efron, Annals of Statistics 7 (1979) 1-26.
    Example:
        >>> low, high = r_wg_of_statements_interval({"aims": [4, 4, 3, 4], "trust": [3, 3, 3, 4]}, options=4)
        >>> 0 < low < 0.8889 < high <= 1
        True
    """
    blind, many = _blind(options, [rating for ratings in statements.values() for rating in ratings]), len(statements)

    def together(drawn: Sequence[Sequence[float]]) -> float | None:
        agreed = 1 - fmean(map(variance, drawn)) / blind
        below = many * agreed + 1 - agreed
        return many * agreed / below if below > 0 else None

    return drawn_anew_within(list(statements.values()), together, seed=seed)


def kendall_tau(first: Sequence[float], second: Sequence[float]) -> Result:
    """Kendall's tau-b of two orders of the same things: S11, what one thought were the other's pressures beside what they are. None where one is all ties.

    Source: Kendall, Biometrika 33 (1945) 239-251, with his allowance for ties; the interval by Fieller, Hartley and Pearson, Biometrika 44 (1957) 470-481: tanh(atanh tau +- 1.96 sqrt(0.437 / (n - 4))).
    Example:
        >>> found = kendall_tau([1, 2, 3, 4, 5, 6], [1, 3, 2, 4, 5, 6])
        >>> round(found.value, 6), round(found.low, 4), round(found.high, 4)
        (0.866667, 0.3828, 0.9774)
    """
    if len(first) != len(second) or len(first) < 2:
        raise Unmeasurable("Kendall's tau needs two orders of the same things, at least two of them.")
    value = _tau_b(first, second)
    return measured("F2 Kendall's tau", VERSION, value, n=len(first), inputs=zip(first, second), caveat=TAU_CAVEAT, interval=_around_tau(value, len(first)))


def alignment(orders: Mapping[str, Sequence[float]]) -> Result:
    """S6: mean tau-b over every pair of raters, each of whom ranked the same things in the same sequence. n is the number of raters.

    Source: measure S6 of this product; the error of a mean over pairs by leaving out one at a time: Arvesen, Annals of Mathematical Statistics 40 (1969) 2076-2100.
    Example:
        >>> found = alignment({"council": [1, 2, 3], "trust": [1, 2, 3], "school": [3, 2, 1]})
        >>> round(found.value, 6), round(found.se, 6)
        (-0.333333, 1.333333)
    """
    if len(orders) < 2 or len({len(order) for order in orders.values()}) != 1:
        raise Unmeasurable("Alignment needs at least two raters who each ranked all of the same things.")
    if len(next(iter(orders.values()))) < 2:
        raise Unmeasurable("Alignment needs at least two things that were ranked.")
    taus = {pair: tau for pair in combinations(orders, 2) if (tau := _tau_b(orders[pair[0]], orders[pair[1]])) is not None}
    return measured(
        "F2 alignment", VERSION, fmean(taus.values()) if taus else None, n=len(orders), inputs=orders.items(), caveat=ALIGNMENT_CAVEAT, se=_left_out(_without_each(orders, taus)), within=(-1.0, 1.0)
    )


def _by_chance(table: Table, total: float) -> float:
    expected: float = sum(sum(row) * sum(column) for row, column in zip(table, zip(*table, strict=True), strict=True))
    return expected / total**2


def _kappa_variance(table: Table, total: float, value: float) -> float:
    size, chance = range(len(table)), _by_chance(table, total)
    p = [[count / total for count in row] for row in table]
    rows, columns = [sum(row) for row in p], [sum(column) for column in zip(*p, strict=True)]
    agreeing = sum(p[i][i] * (1 - (rows[i] + columns[i]) * (1 - value)) ** 2 for i in size)
    differing = (1 - value) ** 2 * sum(p[i][j] * (columns[i] + rows[j]) ** 2 for i in size for j in size if i != j)
    spread: float = agreeing + differing - (value - chance * (1 - value)) ** 2
    return spread / (total * (1 - chance) ** 2)


def _fleiss(counts: Table) -> float | None:
    raters, subjects = sum(counts[0]), len(counts)
    chance = sum((sum(column) / (subjects * raters)) ** 2 for column in zip(*counts, strict=True))
    observed = fmean((sum(count * count for count in row) - raters) / (raters * (raters - 1)) for row in counts)
    return None if chance == 1 else (observed - chance) / (1 - chance)


def _without_each(raters: Iterable[str], taus: Mapping[tuple[str, str], float]) -> list[float | None]:
    """The mean tau of the pairs in which one rater has no part, for each rater."""
    own, pairs, total = defaultdict[str, float](float), Counter[str](), sum(taus.values())
    for pair, tau in taus.items():
        for rater in pair:
            own[rater] += tau
            pairs[rater] += 1
    return [(total - own[rater]) / (len(taus) - pairs[rater]) if len(taus) > pairs[rater] else None for rater in raters]


def _left_out(values: Sequence[float | None]) -> float | None:
    """The jackknife's error of a figure, from what it is without each one in turn."""
    known = [value for value in values if value is not None]
    if len(known) < max(3, len(values)):
        return None
    centre = fmean(known)
    return sqrt((len(known) - 1) / len(known) * sum((value - centre) ** 2 for value in known))


def _blind(options: int, ratings: Sequence[float]) -> float:
    if options < 2:
        raise Unmeasurable("Agreement needs a statement with at least two possible answers.")
    if max(ratings) - min(ratings) > options - 1:
        raise Unmeasurable(f"The ratings lie further apart than {options} possible answers allow: check the number of answers.")
    return (options**2 - 1) / 12


def _around_tau(value: float | None, n: int) -> Interval | None:
    if value is None or n < 5 or abs(value) > 1 - 1e-12:
        return None
    half = SURE * sqrt(0.437 / (n - 4))
    return tanh(atanh(value) - half), tanh(atanh(value) + half)


def _tau_b(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Knight's way: sort by the first, count the exchanges that would sort the second; n log n."""
    order = sorted(zip(first, second, strict=True))
    n = len(order)
    pairs = n * (n - 1) // 2
    tied_first, tied_second, tied_both = _tied(sorted(first)), _tied(sorted(second)), _tied(order)
    if tied_first == pairs or tied_second == pairs:
        return None
    exchanges = _exchanges([second for _, second in order])[1]
    return (pairs - tied_first - tied_second + tied_both - 2 * exchanges) / sqrt((pairs - tied_first) * (pairs - tied_second))


def _tied(ordered: Sequence[object]) -> int:
    pairs = run = 0
    for one, other in pairwise(ordered):
        run = run + 1 if one == other else 0
        pairs += run
    return pairs


def _exchanges(values: list[float]) -> tuple[list[float], int]:
    if len(values) < 2:
        return values, 0
    half = len(values) // 2
    (left, some), (right, more) = _exchanges(values[:half]), _exchanges(values[half:])
    merged: list[float] = []
    count, place = some + more, 0
    for value in left:
        while place < len(right) and right[place] < value:
            merged.append(right[place])
            place += 1
        count += place
        merged.append(value)
    return merged + right[place:], count
