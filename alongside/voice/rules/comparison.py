"""Whether those who take part are like those who live here, group by group."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from alongside.common.rulebook import rule
from alongside.measures.bootstrap import told
from alongside.measures.representation import dissimilarity, dissimilarity_interval, missing_groups, r_indicator, r_indicator_intervals
from alongside.measures.result import Result
from alongside.voice.facts import NOT_SAID
from alongside.voice.rules.suppression import kept_back, too_few_to_compare

SINCE = date(2026, 1, 1)
OTHERS_TOGETHER = "others_together"
ENOUGH_OF_ALL = 0.01
HALF = 0.5


class Standing(StrEnum):
    """How a group stands in a forum beside its share of those who live here."""

    AS_EXPECTED = ""
    MISSING = "missing"
    NONE_EXPECTED = "none_expected"
    FEW = "few"
    KEPT_BACK = "kept_back"


@dataclass(frozen=True, slots=True)
class GroupHeard:
    """One group: members (None: kept back), its share of the forum and of the population from 0 to 1."""

    group: str
    members: int | None
    share: float | None
    of_population: float
    standing: Standing


@dataclass(frozen=True, slots=True)
class Comparison:
    """A forum beside the population by one characteristic. Measures are None where they would say nothing, or point at somebody."""

    groups: tuple[GroupHeard, ...]
    members: int
    not_said: int
    dissimilarity: Result | None
    r_indicator: Result | None
    missing: tuple[str, ...]


@rule("VCE-012", since=SINCE)
def standing(members: int | None, all_members: int, of_population: float) -> Standing:
    """A group that lives here and has nobody in a forum must be named: as missing where its share would come to at least one member, else as one of whom none was to be expected.

    A group with less than half its share has few. A number that is kept back says nothing either way.

    Source: this product's mission, representativeness; measure F11 of this product
    Example:
        >>> [standing(*one).value for one in ((0, 20, 0.14), (0, 20, 0.02), (2, 50, 0.2), (9, 20, 0.5), (None, 20, 0.5))]
        ['missing', 'none_expected', 'few', '', 'kept_back']
    """
    if members is None:
        return Standing.KEPT_BACK
    if members == 0 and of_population > 0:
        return Standing.MISSING if of_population * all_members >= 1 else Standing.NONE_EXPECTED
    return Standing.FEW if members < HALF * of_population * all_members else Standing.AS_EXPECTED


@rule("VCE-013", since=SINCE)
def says_how_likely(members: int, population: int) -> bool:
    """The R-indicator must be shown only where at least one person in a hundred took part: beside fewer it is close to 1, whoever they are.

    Source: Schouten, Cobben and Bethlehem, Survey Methodology 35 (2009) 101-113; arithmetic of the measure
    Example:
        >>> says_how_likely(20, 60_000), says_how_likely(640, 58_000)
        (False, True)
    """
    return population > 0 and members >= ENOUGH_OF_ALL * population


def compare(panel: Mapping[str, int], population: Mapping[str, int]) -> Comparison:
    """Each group of the population beside the forum's, small counts kept back, and the measures over what may be shown (what is kept back counts as one group).

    Example:
        >>> found = compare({"north": 8, "mid": 12, "not_said": 1}, {"north": 500, "mid": 300, "south": 200})
        >>> [one.standing.value for one in found.groups], round(found.dissimilarity.value, 2), found.missing
        (['', '', 'missing'], 0.3, ('south',))
    """
    counts = {group: panel.get(group, 0) for group in population}
    members, everybody = sum(counts.values()), sum(population.values())
    hidden = frozenset(counts) if too_few_to_compare(counts) else kept_back(counts)
    groups = []
    for group, people in population.items():
        shown, of_population = None if group in hidden else counts[group], people / everybody if everybody else 0.0
        groups.append(GroupHeard(group, shown, None if shown is None or not members else shown / members, of_population, standing(shown, members, of_population)))
    pairs = [(counts[group], people) for group, people in population.items() if group not in hidden and people]
    if hidden:
        pairs.append((sum(counts[group] for group in hidden), sum(population[group] for group in hidden)))
    comparable = members > 0 and everybody > 0 and len(pairs) > 1
    ours, theirs = [one for one, _ in pairs], [other for _, other in pairs]
    likely = comparable and says_how_likely(members, everybody) and all(one <= other for one, other in pairs)
    missing = set(missing_groups(counts, population)) if members else set()
    return Comparison(
        tuple(groups), members, panel.get(NOT_SAID, 0), told(dissimilarity(ours, theirs), dissimilarity_interval(ours, theirs)) if comparable else None,
        told(r_indicator(theirs, ours), r_indicator_intervals(theirs, ours)[0]) if likely else None,
        tuple(one.group for one in groups if one.group in missing and one.standing is Standing.MISSING),
    )  # fmt: skip
