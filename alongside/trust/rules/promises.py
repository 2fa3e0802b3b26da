"""Promises kept: of those whose day has come, how many were kept by it."""

from collections.abc import Iterable
from datetime import date

from alongside.common.rulebook import rule
from alongside.measures.proportion import proportion
from alongside.measures.result import Result
from alongside.trust.facts import Kept, PromiseFacts

SINCE = date(2026, 1, 1)


@rule("TRU-010", since=SINCE)
def is_kept(promise: PromiseFacts, on: date) -> bool | None:
    """A promise counts as kept only if whom it was given to says so and it was done by its day; before its day, and where it was released, it counts as neither.

    Source: a decision of this product: whoever promised does not judge.
    Example:
        >>> promise = PromiseFacts(date(2026, 6, 1), date(2026, 6, 3), Kept.KEPT)
        >>> is_kept(promise, date(2026, 7, 1)), is_kept(PromiseFacts(date(2026, 6, 1), None, Kept.OPEN), date(2026, 5, 1)), is_kept(PromiseFacts(date(2026, 6, 1), None, Kept.OPEN), date(2026, 7, 1))
        (False, None, False)
    """
    if promise.kept is Kept.RELEASED or (promise.kept is Kept.OPEN and on <= promise.due_on):
        return None
    return promise.kept is Kept.KEPT and (promise.done_on or promise.due_on) <= promise.due_on


def promises_kept(promises: Iterable[PromiseFacts], on: date) -> Result | None:
    """The share kept by their day, of those that can be judged; None where none can.

    Example:
        >>> promises_kept([PromiseFacts(date(2026, 6, 1), date(2026, 6, 1), Kept.KEPT), PromiseFacts(date(2026, 6, 1), None, Kept.NOT_KEPT)], date(2026, 7, 1)).value
        0.5
    """
    judged = [kept for kept in (is_kept(promise, on) for promise in promises) if kept is not None]
    return proportion(sum(judged), len(judged)) if judged else None
