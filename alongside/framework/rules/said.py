"""What partners said: mean, spread and agreement for each principle, and where to talk first."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import fsum

from alongside.common.rulebook import rule
from alongside.framework.facts import Counts, Principle, Said, Statement
from alongside.measures.agreement import r_wg

SINCE = date(2026, 9, 1)

SCORES = (1, 2, 3, 4)
HIGH, LOW_AGREEMENT = 3.0, 0.6
WORDS = {1: "Not at all", 2: "A little", 3: "Mostly", 4: "Fully"}


def summed_up(principles: Iterable[Principle], statements: Sequence[Statement], counts: Counts, *, partners: int, answered: Mapping[str, int]) -> list[Said]:
    """For each principle: the mean of all its scores, the lowest and highest, and how far partners agree. `answered` says by principle how many partners scored it.

    Example:
        >>> trust, word = Principle("trust", "Trust", ""), Statement("word", "trust", "Kept", "", "light")
        >>> found = summed_up([trust], [word], {"word": {4: 3, 3: 1}}, partners=5, answered={"trust": 4})[0]
        >>> found.mean, found.low, found.high, round(found.agreement, 2), found.discuss_first
        (3.75, 3, 4, 0.8, False)
    """
    return [_said(principle, [one for one in statements if one.principle == principle.id], counts, partners, answered.get(principle.id, 0)) for principle in principles]


def _said(principle: Principle, statements: Sequence[Statement], counts: Counts, partners: int, n: int) -> Said:
    tally = tuple(sum(counts.get(one.id, {}).get(score, 0) for one in statements) for score in SCORES)
    given = [score for score, times in zip(SCORES, tally, strict=True) for _ in range(times)]
    if not given:
        return Said(principle, 0, partners, None, None, None, None, (0, 0, 0, 0), False)
    mean = fsum(given) / len(given)
    each = [agreement(_flat(counts[one.id])) for one in statements if sum(counts.get(one.id, {}).values()) > 1]
    found = fsum(value for value in each if value is not None) / len(each) if each else None
    return Said(principle, n, partners, mean, min(given), max(given), found, (tally[0], tally[1], tally[2], tally[3]), discuss_first(mean, found))


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
