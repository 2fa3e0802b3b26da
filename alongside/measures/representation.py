"""F11: whether those who take part are like those they speak for (dissimilarity, R-indicator), and whether who pays is who gains."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import sqrt

from alongside.measures.bootstrap import FEWEST, SAMPLES, SEED, Interval, middle
from alongside.measures.result import Result, Unmeasurable, measured

VERSION = "F11.1"
MOST_COUNTED = 2_000_000_000
D_CAVEAT = "The share of one side that would have to belong to another group for both to be alike. Small panels differ by chance alone: look which groups are missing, by name."
R_CAVEAT = "1 means that every group was as likely to answer; it says nothing of differences inside a group. Small groups make it look worse than it is: see the adjusted figure."
GAP_CAVEAT = (
    "0 means that each partner's share of the cost is its share of the benefit, 1 that those who pay gain nothing. Benefits here are what was claimed in money, with the grade of evidence they have. "
    "All partners are counted, so there is no interval."
)


def dissimilarity(one: Sequence[float], other: Sequence[float]) -> Result:
    """D = half the sum of |a_i/A - b_i/B| over the same groups: 0 alike, 1 wholly apart. n is the count of the first (the panel).

    Source: Duncan and Duncan, American Sociological Review 20 (1955) 210-217.
    Example:
        >>> dissimilarity([100, 50, 10], [100, 50, 90]).value
        0.3125
    """
    return measured("F11 dissimilarity", VERSION, _half_of_differences(one, other), n=round(sum(one)), inputs=zip(one, other), caveat=D_CAVEAT)


def dissimilarity_interval(one: Sequence[float], other: Sequence[float], *, seed: int = SEED) -> Interval | None:
    """How sure D is: the first side is drawn anew, the other stands as it is. None for fewer than three on it, and for counts that are not whole.

    Source: Efron, Annals of Statistics 7 (1979) 1-26; Carrington and Troske, Journal of Business and Economic Statistics 15 (1997) 402-409, for chance in small groups.
    Example:
        >>> low, high = dissimilarity_interval([100, 50, 10], [100, 50, 90])
        >>> 0.2 < low < 0.3125 < high < 0.4
        True
    """
    import numpy as np  # only here: the rest needs no large library

    n = sum(one)
    if not FEWEST <= n <= MOST_COUNTED or any(count != int(count) for count in one):
        return None
    drawn = np.random.default_rng(seed).multinomial(int(n), [count / n for count in one], SAMPLES) / n
    return middle((np.abs(drawn - np.array(other) / sum(other)).sum(1) / 2).tolist(), SAMPLES)


def missing_groups(panel: Mapping[str, float], population: Mapping[str, float]) -> list[str]:
    """Groups that live here and that nobody on the panel belongs to, largest first.

    Source: measure F11 of this product.
    Example:
        >>> missing_groups({"65 and over": 8}, {"under 25": 900, "65 and over": 400, "25 to 64": 2000})
        ['25 to 64', 'under 25']
    """
    return sorted((group for group, count in population.items() if count > 0 and not panel.get(group)), key=lambda group: (-population[group], group))


def r_indicator(population: Sequence[float], respondents: Sequence[float]) -> Result:
    """R = 1 - 2 S, S the standard deviation of the groups' response rates over the population. n is the respondents.

    Source: Schouten, Cobben and Bethlehem, Survey Methodology 35 (2009) 101-113.
    Example:
        >>> round(r_indicator([300, 400, 300], [30, 60, 10]).value, 4)
        0.9034
    """
    spread, _ = _spread_of_response(population, respondents)
    return measured("F11 R-indicator", VERSION, 1 - 2 * sqrt(spread), n=round(sum(respondents)), inputs=zip(population, respondents), caveat=R_CAVEAT)


def r_indicator_adjusted(population: Sequence[float], respondents: Sequence[float]) -> Result:
    """R with the part of S^2 taken off that chance alone puts there in groups of this size (never below zero).

    Source: measure F11 of this product, by moments; in the spirit of Shlomo, Skinner and Schouten, Journal of Statistical Planning and Inference 142 (2012) 201-211.
    Example:
        >>> round(r_indicator_adjusted([300, 400, 300], [30, 60, 10]).value, 4)
        0.9068
    """
    spread, by_chance = _spread_of_response(population, respondents)
    value = 1 - 2 * sqrt(max(0.0, spread - by_chance))
    return measured("F11 R-indicator, adjusted for chance", VERSION, value, n=round(sum(respondents)), inputs=zip(population, respondents), caveat=R_CAVEAT)


def r_indicator_intervals(population: Sequence[float], respondents: Sequence[float], *, seed: int = SEED) -> tuple[Interval | None, Interval | None]:
    """How sure R and the adjusted R are: who answered is drawn anew, group by group. None for fewer than three respondents, and for counts that are not whole.

    Source: Efron, Annals of Statistics 7 (1979) 1-26.
    Example:
        >>> plain, adjusted = r_indicator_intervals([300, 400, 300], [30, 60, 10])
        >>> plain[0] < 0.9034 < plain[1], adjusted[0] < 0.9068 < adjusted[1]
        (True, True)
    """
    import numpy as np  # only here: the rest needs no large library

    if sum(respondents) < FEWEST or sum(population) > MOST_COUNTED or any(count != int(count) for count in (*population, *respondents)):
        return None, None
    people = np.array(population, int)
    shares, rates = people / people.sum(), np.random.default_rng(seed).binomial(people, np.array(respondents) / people, (SAMPLES, len(people))) / people
    spread = (shares * (rates - (shares * rates).sum(1, keepdims=True)) ** 2).sum(1)
    chance = ((shares - shares**2) * rates * (1 - rates) / np.maximum(1, people - 1)).sum(1)
    plain, adjusted = (1 - 2 * np.sqrt(np.maximum(0, each)) for each in (spread, spread - chance))
    return middle(plain.tolist(), SAMPLES), middle(adjusted.tolist(), SAMPLES)


def burden_benefit_gap(costs: Mapping[str, Decimal] | Mapping[str, float], benefits: Mapping[str, Decimal] | Mapping[str, float]) -> Result:
    """Half the sum of |share of the cost - share of the benefit| over the partners. n is the partners.

    Source: measure F11 of this product.
    Example:
        >>> burden_benefit_gap({"council": Decimal(80), "trust": Decimal(20)}, {"council": Decimal(10), "trust": Decimal(10)}).value
        0.3
    """
    partners = list(dict.fromkeys([*costs, *benefits]))
    paid, gained = ([float(side.get(partner, 0)) for partner in partners] for side in (costs, benefits))
    if any(amount < 0 for amount in (*paid, *gained)) or not sum(paid) or not sum(gained):
        raise Unmeasurable("The gap needs costs and benefits of zero or more, with at least one of each above zero.")
    return measured("F11 burden-benefit gap", VERSION, round(_half_of_differences(paid, gained), 12), n=len(partners), inputs=zip(partners, paid, gained), caveat=GAP_CAVEAT)


def _half_of_differences(one: Sequence[float], other: Sequence[float]) -> float:
    if len(one) != len(other) or not one:
        raise Unmeasurable("Both sides need a count for each of the same groups.")
    if min(*one, *other) < 0 or not sum(one) or not sum(other):
        raise Unmeasurable("Counts cannot be below zero, and each side needs at least one above zero.")
    all_one, all_other = sum(one), sum(other)
    return sum(abs(a / all_one - b / all_other) for a, b in zip(one, other, strict=True)) / 2


def _spread_of_response(population: Sequence[float], respondents: Sequence[float]) -> tuple[float, float]:
    if len(population) != len(respondents) or not population:
        raise Unmeasurable("Each group needs its population and its respondents.")
    if any(people <= 0 or not 0 <= answered <= people for people, answered in zip(population, respondents, strict=True)):
        raise Unmeasurable("Each group needs a population above zero, and respondents from zero to that population.")
    everybody = sum(population)
    shares, rates = [people / everybody for people in population], [answered / people for answered, people in zip(respondents, population, strict=True)]
    mean = sum(share * rate for share, rate in zip(shares, rates, strict=True))
    spread = sum(share * (rate - mean) ** 2 for share, rate in zip(shares, rates, strict=True))
    chance = [rate * (1 - rate) / max(1.0, people - 1) for rate, people in zip(rates, population, strict=True)]
    return spread, sum((share - share**2) * each for share, each in zip(shares, chance, strict=True))
