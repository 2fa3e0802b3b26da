"""F10: who is heard. Gini with the silent counted, effective voices, influence beside membership, and how concentrated a market of providers is (HHI)."""

from collections.abc import Mapping, Sequence

from alongside.measures.bootstrap import FEWEST, MOST, SEED, Interval, middle, samples_for
from alongside.measures.proportion import wilson
from alongside.measures.result import Result, Unmeasurable, measured

VERSION = "F10.1"
GINI_CAVEAT = "0 is everybody the same, 1 is one has all. Those who said nothing must be among the values, as zeros: left out, the measure looks better than the meeting was."
INFLUENCE_CAVEAT = "1 means as many adopted proposals as seats. Above 2 or below 0.5 is a reason to look, not a finding: few proposals make it jump. The interval is for chance alone among the adopted proposals; there is no interval for counts that are not whole."
HHI_CAVEAT = "Plain: 1/n is an even split, 1 is one provider. Normalised: 0 is even, 1 is one provider. Name which one you quote. Every provider is counted, so there is no interval."
TOO_MUCH, TOO_LITTLE = 2.0, 0.5


def gini(values: Sequence[float], weights: Sequence[float] | None = None) -> Result:
    """Gini coefficient with zeros kept: 2 sum i x_(i) / (n sum x) - (n+1)/n. `weights` say how often each value occurs.

    Raises `Unmeasurable` for values below zero, or all zero.

    Source: Gini (1912) in the form of Sen, On Economic Inequality (1973).
    Example:
        >>> round(gini([40, 25, 20, 10, 5]).value, 10), round(gini([40, 25, 20, 10, 5] + [0] * 15).value, 10)
        (0.34, 0.835)
    """
    value, _ = _gini(values, weights)
    return measured("F10 Gini", VERSION, value, n=len(values), inputs=_pairs(values, weights), caveat=GINI_CAVEAT)


def gini_corrected(values: Sequence[float], weights: Sequence[float] | None = None) -> Result:
    """The same times n / (n - 1), so that one who has all gives 1 even among few.

    Source: Deltas, Review of Economics and Statistics 85 (2003) 226-234.
    Example:
        >>> round(gini_corrected([2] * 5 + [18] * 5).value, 7)
        0.4444444
    """
    value, n = _gini(values, weights)
    if n <= 1:
        raise Unmeasurable("The corrected Gini needs at least two values.")
    return measured("F10 Gini, corrected", VERSION, value * n / (n - 1), n=len(values), inputs=_pairs(values, weights), caveat=GINI_CAVEAT)


def gini_intervals(values: Sequence[float], weights: Sequence[float] | None = None, *, seed: int = SEED) -> tuple[Interval | None, Interval | None, Interval | None]:
    """How sure the Gini, the corrected Gini and the effective voices are: whoever is counted is drawn anew. `weights` must be whole numbers (how often each value occurs), else nothing is said.

    Source: Efron, Annals of Statistics 7 (1979) 1-26; for the Gini: Mills and Zandvakili, Journal of Applied Econometrics 12 (1997) 133-150.
    Example:
        >>> plain, corrected, voices = gini_intervals([40, 25, 20, 10, 5])
        >>> plain[0] < 0.34 < plain[1], gini_intervals([3, 3, 3])[0], gini_intervals([1, 2])
        (True, (0.0, 0.0), (None, None, None))
    """
    import numpy as np  # only here: the rest needs no large library

    counted = _pairs(values, weights)
    people = sum(weight for _, weight in counted)
    if any(weight != int(weight) for _, weight in counted) or not FEWEST <= people <= MOST:
        return None, None, None
    everybody = np.sort(np.repeat(np.array([value for value, _ in counted], float), [int(weight) for _, weight in counted]))
    n, dice, samples = len(everybody), np.random.default_rng(seed), samples_for(int(people))
    places, found, voices = np.arange(1, n + 1), list[float](), list[float]()
    for _ in range(samples):
        drawn = everybody[np.sort(dice.integers(0, n, n))]
        total = float(drawn.sum())
        if total > 0:
            found.append(max(0.0, 2 * float(places @ drawn) / (n * total) - (n + 1) / n))
            voices.append(total**2 / float(drawn @ drawn))
    plain = middle(found, samples)
    return plain, plain and (plain[0] * n / (n - 1), min(1.0, plain[1] * n / (n - 1))), middle(voices, samples)


def effective_voices(turns: Sequence[float]) -> Result:
    """As how many equal voices those who spoke count: 1 / sum p^2.

    Source: Laakso and Taagepera, Comparative Political Studies 12 (1979) 3-27.
    Example:
        >>> round(effective_voices([40, 25, 20, 10, 5]).value, 4)
        3.6364
    """
    return measured("F10 effective voices", VERSION, 1 / _sum_of_squared_shares(turns), n=len(turns), inputs=turns, caveat=GINI_CAVEAT)


def hhi(amounts: Sequence[float]) -> Result:
    """Herfindahl-Hirschman index: sum of squared shares. Times 10,000 it is the figure of competition authorities.

    Source: Hirschman, American Economic Review 54 (1964) 761-762.
    Example:
        >>> round(hhi([50, 30, 20]).value, 6)
        0.38
    """
    return measured("F10 HHI", VERSION, _sum_of_squared_shares(amounts), n=len(amounts), inputs=amounts, caveat=HHI_CAVEAT)


def hhi_normalised(amounts: Sequence[float]) -> Result:
    """The same from 0 to 1 whatever the number of providers: (H - 1/n) / (1 - 1/n).

    Source: measure F10 of this product, after Hirschman 1964.
    Example:
        >>> round(hhi_normalised([50, 30, 20]).value, 6)
        0.07
    """
    n = len(amounts)
    if n < 2:
        raise Unmeasurable("The normalised HHI needs at least two providers.")
    return measured("F10 HHI, normalised", VERSION, (_sum_of_squared_shares(amounts) - 1 / n) / (1 - 1 / n), n=n, inputs=amounts, caveat=HHI_CAVEAT)


def influence_ratio(adopted: float, adopted_of_all: float, members: float, members_of_all: float) -> Result:
    """A group's share of adopted proposals beside its share of members. None where nothing was adopted or the group has no member. n is the adopted proposals.

    Source: measure F10 of this product; the interval is Wilson's of the share of adopted proposals, beside the share of members.
    Example:
        >>> found = influence_ratio(6, 10, 4, 20)
        >>> round(found.value, 10), round(found.low, 3), round(found.high, 3)
        (3.0, 1.563, 4.159)
    """
    if min(adopted, members) < 0 or adopted > adopted_of_all or members > members_of_all:
        raise Unmeasurable("A group's adopted proposals and members cannot be below zero or more than those of all.")
    value = (adopted / adopted_of_all) / (members / members_of_all) if adopted_of_all and members else None
    interval = None
    if value is not None and adopted == int(adopted) and adopted_of_all == int(adopted_of_all):
        low, high = wilson(round(adopted), round(adopted_of_all))
        interval = low * members_of_all / members, high * members_of_all / members
    return measured("F10 influence ratio", VERSION, value, n=round(adopted_of_all), inputs=[(adopted, adopted_of_all, members, members_of_all)], caveat=INFLUENCE_CAVEAT, interval=interval)


def influence_ratios(adopted: Mapping[str, float], members: Mapping[str, float]) -> dict[str, Result]:
    """The influence ratio of each group that has members or adopted proposals.

    Source: measure F10 of this product.
    Example:
        >>> {group: round(found.value, 2) for group, found in influence_ratios({"officers": 9, "residents": 1}, {"officers": 5, "residents": 5}).items()}
        {'officers': 1.8, 'residents': 0.2}
    """
    of_all, all_members = sum(adopted.values()), sum(members.values())
    groups = dict.fromkeys([*members, *adopted])
    return {group: influence_ratio(adopted.get(group, 0), of_all, members.get(group, 0), all_members).within(group) for group in groups}


def worth_a_look(ratio: Result) -> bool:
    """Whether an influence ratio is above 2 or below 0.5.

    Example:
        >>> worth_a_look(influence_ratio(6, 10, 4, 20))
        True
    """
    return ratio.value is not None and not TOO_LITTLE <= ratio.value <= TOO_MUCH


def _gini(values: Sequence[float], weights: Sequence[float] | None) -> tuple[float, float]:
    ordered = sorted(_pairs(values, weights))
    if not ordered:
        raise Unmeasurable("The Gini coefficient needs at least one value.")
    if ordered[0][0] < 0 or min(weight for _, weight in ordered) < 0:
        raise Unmeasurable("The Gini coefficient needs values (and weights) that are zero or more.")
    n, total = sum(weight for _, weight in ordered), sum(value * weight for value, weight in ordered)
    if total == 0:
        raise Unmeasurable("The Gini coefficient of values that are all zero cannot be said: at least one must be above zero.")
    before = lean = 0.0
    for value, weight in ordered:
        lean += value * weight * (2 * before + weight)
        before += weight
    return lean / (n * total) - 1, n


def _pairs(values: Sequence[float], weights: Sequence[float] | None) -> list[tuple[float, float]]:
    if weights is not None and len(weights) != len(values):
        raise Unmeasurable("There must be one weight for each value.")
    return list(zip(values, weights if weights is not None else [1.0] * len(values)))


def _sum_of_squared_shares(amounts: Sequence[float]) -> float:
    total = sum(amounts)
    if any(amount < 0 for amount in amounts) or total <= 0:
        raise Unmeasurable("Shares need amounts of zero or more, at least one of them above zero.")
    return sum((amount / total) ** 2 for amount in amounts)
