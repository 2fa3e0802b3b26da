"""What partners said: mean, spread and agreement for each principle, and where to talk first."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import fsum

from alongside.common.rulebook import rule
from alongside.framework.facts import Principle, Said, Statement, Told
from alongside.measures.agreement import r_wg

SINCE = date(2026, 9, 1)

SCORES = (1, 2, 3, 4)
HIGH, LOW_AGREEMENT = 3.0, 0.6
FEWEST_FOR_MEAN, FEWEST_FOR_SPREAD = 3, 5
WORDS = {1: "Not at all", 2: "A little", 3: "Mostly", 4: "Fully"}


@rule("FRW-021", since=date(2026, 11, 26))
def tells(raters: int) -> tuple[bool, bool]:
    """The mean of private scores may be told from three raters, how they are spread from five: with fewer, whoever knows their own score knows another's.

    Source: a decision of this product, five being the smallest number of people that any of its pages speaks of.
    Example:
        >>> tells(2), tells(3), tells(5)
        ((False, False), (True, False), (True, True))
    """
    return raters >= FEWEST_FOR_MEAN, raters >= FEWEST_FOR_SPREAD


def summed_up(principles: Iterable[Principle], statements: Sequence[Statement], told: Told, *, partners: int) -> list[Said]:
    """For each principle: the mean of all its scores, the lowest and highest, and how far partners agree, as far as that is told.

    Example:
        >>> trust, word = Principle("trust", "Trust", ""), Statement("word", "trust", "Kept", "", "light")
        >>> five = Told({"trust": 5}, {"trust": 3.8}, {"trust": {4: 4, 3: 1}}, {"word": {4: 4, 3: 1}})
        >>> found = summed_up([trust], [word], five, partners=5)[0]
        >>> found.mean, found.low, found.high, round(found.agreement, 2), found.discuss_first
        (3.8, 3, 4, 0.84, False)
        >>> found = summed_up([trust], [word], Told({"trust": 3}, {"trust": 3.7}, {}, {}), partners=3)[0]
        >>> found.mean, found.low, found.agreement
        (3.7, None, None)
    """
    return [_said(principle, [one for one in statements if one.principle == principle.id], told, partners) for principle in principles]


def _said(principle: Principle, statements: Sequence[Statement], told: Told, partners: int) -> Said:
    n, mean, tally = told.answered.get(principle.id, 0), told.means.get(principle.id), told.tallies.get(principle.id, {})
    each = [agreement(_flat(told.statements[one.id])) for one in statements if sum(told.statements.get(one.id, {}).values()) > 1]
    found = fsum(value for value in each if value is not None) / len(each) if each else None
    counts = tuple(tally.get(score, 0) for score in SCORES)
    return Said(principle, n, partners, mean, min(tally, default=None), max(tally, default=None), found, (counts[0], counts[1], counts[2], counts[3]), discuss_first(mean, found))


def _flat(counts: Mapping[int, int]) -> list[int]:
    return [score for score, times in counts.items() for _ in range(times)]


def agreement(scores: Sequence[int]) -> float | None:
    """How far raters agree: 1 when all say the same, 0 when they scatter as if at random, or worse. None for fewer than two.

    Source: measure F2 of this product, r_wg.
    Example:
        >>> round(agreement([4, 4, 3, 4]), 2), agreement([1, 4, 1, 4]), agreement([3])
        (0.8, 0.0, None)
    """
    return None if len(scores) < 2 else max(0.0, float(r_wg(scores, options=len(SCORES)).value or 0.0))


@rule("FRW-020", since=SINCE)
def discuss_first(mean: float | None, found: float | None) -> bool:
    """A high mean on which partners do not agree is talked about first: it hides somebody's no.

    Source: measure F2 of this product.
    Example:
        >>> discuss_first(3.2, 0.4), discuss_first(3.2, 0.9), discuss_first(1.5, 0.2)
        (True, False, False)
    """
    return mean is not None and found is not None and mean >= HIGH - 0.5 and found < LOW_AGREEMENT
