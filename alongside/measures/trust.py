"""F4: what partners privately say of each other: trust and value, received and given. Never shown below five raters."""

from collections.abc import Iterable, Sequence
from statistics import fmean, stdev

from alongside.measures.distributions import student_t
from alongside.measures.result import Result, Unmeasurable, measured

VERSION = "F4.1"
CAVEAT = "Mean of each rater's mean over the items, then over raters. Never shown below five raters. It opens a conversation; it ranks nobody."
FEWEST_RATERS = 5
"""Below this many raters a mean could give away what one of them said."""

Rating = tuple[str, str, Sequence[float]]
"""Who rated, who was rated, and the score of each item."""


def trust(raters: Sequence[Sequence[float]], *, name: str = "trust", lowest: float = 1, highest: float = 4, smallest: int = FEWEST_RATERS) -> Result:
    """Mean over raters of each rater's mean over the items (for trust: reliability, shared mission, openness; for value: influence, involvement, resources). n is the raters.

    Fewer than five raters are suppressed, and `smallest` cannot be set lower.

    Source: measure F4 of this product, with own items; the mean of means as in the PARTNER survey's scoring.
    Example:
        >>> trust([[4, 3, 4], [3, 3, 3], [4, 4, 4], [2, 3, 2], [3, 4, 4]]).value
        3.3333333333333335
        >>> trust([[4, 3, 4]] * 4).suppressed
        True
    """
    if any(not items or min(items) < lowest or max(items) > highest for items in raters):
        raise Unmeasurable(f"Each rater must score at least one item, from {lowest:g} to {highest:g}.")
    means = [fmean(items) for items in raters]
    value, error = (fmean(means) if means else None), (stdev(means) / len(means) ** 0.5 if len(means) > 1 else None)
    around = None if value is None or error is None else (student_t(len(means) - 1) * error)
    interval = None if value is None or around is None else (max(lowest, value - around), min(highest, value + around))
    found = measured(f"F4 {name}", VERSION, value, n=len(raters), inputs=map(tuple, raters), caveat=CAVEAT, interval=interval, se=error)
    return found.within("", smallest=max(smallest, FEWEST_RATERS))


def share_of_most(found: Result, *, highest: float = 4) -> float | None:
    """A mean as a share of the highest possible one, which some surveys call '% trust'.

    Example:
        >>> share_of_most(trust([[4, 4, 4]] * 5))
        1.0
    """
    return None if found.value is None else float(found.value) / highest


def trust_in(ratings: Iterable[Rating], *, name: str = "trust received", lowest: float = 1, highest: float = 4) -> dict[str, Result]:
    """How each partner is rated by the others; what it says of itself is left out.

    Source: measure F4 of this product.
    Example:
        >>> said = [(rater, "school", [3, 4, 4]) for rater in "abcde"] + [("a", "trust", [1, 1, 1])]
        >>> {rated: found.suppressed for rated, found in trust_in(said).items()}
        {'school': False, 'trust': True}
    """
    return _by(((rated, items) for rater, rated, items in ratings if rater != rated), name, lowest, highest)


def trust_out(ratings: Iterable[Rating], *, name: str = "trust given", lowest: float = 1, highest: float = 4) -> dict[str, Result]:
    """How each partner rates the others. It is suppressed unless at least five people of that partner rated: else it is one person's private answer.

    Each rater is written as `partner/person`, or as the partner alone where one person answered for it.

    Source: measure F4 of this product.
    Example:
        >>> trust_out([("school/1", "trust", [3, 3, 4]), ("school/2", "trust", [4, 4, 4])])["school"].suppressed
        True
    """
    given: dict[str, dict[str, list[float]]] = {}
    for rater, rated, items in ratings:
        if rater.partition("/")[0] != rated:
            given.setdefault(rater.partition("/")[0], {}).setdefault(rater, []).append(fmean(items))
    return _by(((partner, means) for partner, people in given.items() for means in people.values()), name, lowest, highest)


def _by(ratings: Iterable[tuple[str, Sequence[float]]], name: str, lowest: float, highest: float) -> dict[str, Result]:
    raters: dict[str, list[Sequence[float]]] = {}
    for about, items in ratings:
        raters.setdefault(about, []).append(items)
    return {about: trust(given, name=name, lowest=lowest, highest=highest).within(about, smallest=FEWEST_RATERS) for about, given in raters.items()}
