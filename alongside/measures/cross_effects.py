"""F13: help that undoes other help: how partners rate the effect of each activity on each objective, from -3 (undoes it) to +3 (it cannot be reached without)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from alongside.measures.result import Result, Unmeasurable, measured

VERSION = "F13.1"
CAVEAT = "What partners think, not what was measured. A cell counts as counter-productive when two partners rate it below zero, or one person reports contradictory advice. All cells are counted, so there is no interval."
STRONGEST, AGREEING = 3, 2


@dataclass(frozen=True, slots=True)
class Rating:
    """One partner's view. `reported`: a person said that they were told contradictory things by these two."""

    activity: str
    objective: str
    partner: str
    effect: float
    reported: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    activity: str
    objective: str
    mean: float
    raters: int
    against: int
    counter_productive: bool


@dataclass(frozen=True, slots=True)
class CrossEffects:
    """The share of cells that are counter-productive, and every cell, the worst first."""

    counter_productive: Result
    cells: tuple[Cell, ...]


def cross_effects(ratings: Iterable[Rating]) -> CrossEffects:
    """Each activity on each objective: mean effect, how many rated it, how many below zero; two must concur. n is the cells.

    Source: the seven-point scale of interactions of Nilsson, Griggs and Visbeck, Nature 534 (2016) 320-322; that two must concur is this product's.
    Example:
        >>> said = [Rating("eviction", "stable home", "council", -2), Rating("eviction", "stable home", "trust", -3), Rating("advice", "stable home", "trust", -1)]
        >>> found = cross_effects(said)
        >>> found.counter_productive.value, found.cells[0].mean
        (0.5, -2.5)
    """
    cells: dict[tuple[str, str], list[Rating]] = defaultdict(list)
    for rating in ratings:
        if not -STRONGEST <= rating.effect <= STRONGEST:
            raise Unmeasurable("Each effect is from -3 (undoes it) to +3 (cannot do without).")
        cells[rating.activity, rating.objective].append(rating)
    if not cells:
        raise Unmeasurable("There are no ratings to look at.")
    found = sorted((_cell(*key, given) for key, given in cells.items()), key=lambda cell: (cell.mean, cell.activity, cell.objective))
    against = sum(cell.counter_productive for cell in found)
    inputs = [rating for given in cells.values() for rating in given]
    return CrossEffects(measured("F13 counter-productive cells", VERSION, against / len(found), n=len(found), inputs=inputs, caveat=CAVEAT), tuple(found))


def _cell(activity: str, objective: str, given: list[Rating]) -> Cell:
    against = {rating.partner for rating in given if rating.effect < 0}
    concur = len(against) >= AGREEING or any(rating.reported for rating in given)
    return Cell(activity, objective, fmean(rating.effect for rating in given), len({rating.partner for rating in given}), len(against), concur)
