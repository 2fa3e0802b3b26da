"""F14: how much of what a partner said it must know never got an answer, and how far sender and receiver agree on what matters."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from alongside.measures.agreement import kappa
from alongside.measures.proportion import wilson
from alongside.measures.result import Period, Result, fingerprint

VERSION = "F14.1"
CAVEAT = (
    "A pair is one entry and one partner whose need it met. Lost means that the clock ran out without an answer; an answer after that still counts as lost. "
    "Withheld for a legal reason, or kept back for a reason the product accepts, is not counted. What no need asked for cannot be seen here. Descriptive: it explains nothing."
)


class End(StrEnum):
    """How a pair ended. An open one has not: its clock still runs."""

    ACKNOWLEDGED = "acknowledged"
    DECLINED = "declined"
    WITHHELD = "withheld"
    EXPIRED = "expired"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Pair:
    """One relevant entry and one partner that declared a need for it.

    `sender_thought_important` and `receiver_used` are what each said of it; None where they said nothing.
    """

    end: End
    sender_thought_important: bool | None = None
    receiver_used: bool | None = None


@dataclass(frozen=True, slots=True)
class InformationLost:
    """The three figures and the counts behind them. `loss` and `mismatch` are proportions from 0 to 1, `kappa` runs from -1 to 1."""

    ends: dict[End, int]
    loss: Result
    mismatch: Result
    kappa: Result


def information_lost(pairs: Iterable[Pair], *, scope: str, period: Period | None, smallest: int = 1) -> InformationLost:
    """Loss rate, importance mismatch and kappa of sender and receiver. Figures that rest on fewer than `smallest` pairs are suppressed.

    loss = expired / (ended pairs - withheld); mismatch = pairs the sender thought unimportant and the receiver used / pairs on which both spoke.

    Source: measure F14 of this product; Wilson's interval for the proportions, Cohen's kappa for the agreement.
    Example:
        >>> from datetime import date
        >>> june = Period(date(2026, 6, 1), date(2026, 6, 30))
        >>> pairs = [Pair(End.ACKNOWLEDGED)] * 15 + [Pair(End.DECLINED)] * 3 + [Pair(End.EXPIRED)] * 2 + [Pair(End.WITHHELD)] * 4 + [Pair(End.OPEN)]
        >>> found = information_lost(pairs, scope="school to council", period=june)
        >>> found.loss.n, found.loss.value, round(found.loss.low, 4), round(found.loss.high, 4)
        (20, 0.1, 0.0279, 0.301)
    """
    pairs = list(pairs)
    ends = Counter(pair.end for pair in pairs)
    owed = len(pairs) - ends[End.OPEN] - ends[End.WITHHELD]
    spoke = [pair for pair in pairs if pair.sender_thought_important is not None and pair.receiver_used is not None]
    table = [[_both(spoke, sender, receiver) for receiver in (True, False)] for sender in (True, False)]

    def result(name: str, n: int, value: float | None, interval: tuple[float, float] | None) -> Result:
        shown = n >= smallest and value is not None
        low, high = interval if shown and interval else (None, None)
        return Result(f"F14 {name}", VERSION, scope, period, n, value if shown else None, low, high, n < smallest and value is not None, fingerprint(pairs), CAVEAT)

    return InformationLost(
        ends={end: ends[end] for end in End},
        loss=result("loss", owed, *_proportion(ends[End.EXPIRED], owed)),
        mismatch=result("mismatch", len(spoke), *_proportion(table[1][0], len(spoke))),
        kappa=result("kappa", len(spoke), *_agreement(table) if spoke else (None, None)),
    )


def _agreement(table: Sequence[Sequence[float]]) -> tuple[float | None, tuple[float, float] | None]:
    found = kappa(table)
    return None if found.value is None else float(found.value), None if found.low is None or found.high is None else (float(found.low), float(found.high))


def _proportion(count: int, n: int) -> tuple[float | None, tuple[float, float] | None]:
    return (count / n, wilson(count, n)) if n else (None, None)


def _both(pairs: Sequence[Pair], sender: bool, receiver: bool) -> int:
    return sum(pair.sender_thought_important is sender and pair.receiver_used is receiver for pair in pairs)
