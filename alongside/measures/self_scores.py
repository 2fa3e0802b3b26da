"""F1c: what partners say of the partnership, per principle and in all, with how far they differ and who did not answer."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev, stdev

from alongside.measures.agreement import r_wg
from alongside.measures.bootstrap import Interval
from alongside.measures.distributions import student_t
from alongside.measures.result import Result, Unmeasurable, measured

VERSION = "F1c.1"
CAVEAT = "What partners say of themselves, not what they did. Compare the spread before the mean, and see who did not answer. There is no interval for one rater."

Answers = Mapping[str, Mapping[str, Mapping[str, float]]]
"""Rater's role -> principle -> statement -> score."""


@dataclass(frozen=True, slots=True)
class Principle:
    """Mean over raters of the sum of a principle's statements; `spread` is the standard deviation of those sums, `agreement` the mean r_wg of its statements."""

    name: str
    score: Result
    lowest: float
    highest: float
    spread: float
    agreement: float | None


@dataclass(frozen=True, slots=True)
class SelfScores:
    principles: tuple[Principle, ...]
    total: Result
    spread: float
    answered: tuple[str, ...]
    did_not_answer: tuple[str, ...]
    left_gaps: tuple[str, ...]


def self_scores(answers: Answers, *, options: int, asked: Collection[str] = ()) -> SelfScores:
    """Scores per principle and in total. A rater who left a statement out counts for the principles they finished, and not for the total; they are named by role.

    Source: the manner of the Partnership Assessment Tool (Hardy, Hudson and Waddington 2003): partners rate apart, and conflict and consensus are shown. Statements and bands are our own.
    Example:
        >>> said = {"council": {"purpose": {"p1": 4, "p2": 4}}, "trust": {"purpose": {"p1": 2, "p2": 3}}}
        >>> found = self_scores(said, options=4, asked=["council", "trust", "school"])
        >>> found.principles[0].score.value, found.principles[0].spread, found.total.value, found.did_not_answer
        (6.5, 1.5, 6.5, ('school',))
    """
    statements = _statements(answers)
    if not statements:
        raise Unmeasurable("There are no scores: at least one partner must have answered.")
    whole = [rater for rater, said in answers.items() if all(statements[name] <= said.get(name, {}).keys() for name in statements)]
    totals = [sum(sum(answers[rater][name].values()) for name in statements) for rater in whole]
    inputs = [(rater, name, statement, score) for rater, said in answers.items() for name, scores in said.items() for statement, score in scores.items()]
    return SelfScores(
        principles=tuple(_principle(name, answers, statements[name], options) for name in statements),
        total=measured("F1 self-score, total", VERSION, fmean(totals) if totals else None, n=len(totals), inputs=inputs, caveat=CAVEAT, interval=_around(totals), within=_possible(sum(map(len, statements.values())), options)),
        spread=pstdev(totals) if totals else 0.0,
        answered=tuple(answers),
        did_not_answer=tuple(rater for rater in asked if rater not in answers),
        left_gaps=tuple(rater for rater in answers if rater not in whole),
    )


def _statements(answers: Answers) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for said in answers.values():
        for principle, scores in said.items():
            found.setdefault(principle, set()).update(scores)
    return found


def _principle(name: str, answers: Answers, statements: Collection[str], options: int) -> Principle:
    given = {rater: said[name] for rater, said in answers.items() if name in said and set(statements) <= said[name].keys()}
    sums = [sum(scores.values()) for scores in given.values()]
    agreed = [float(r_wg(column, options=options).value or 0) for statement in sorted(statements) if len(column := _column(given, statement)) > 1]
    score = measured(
        f"F1 self-score, {name}", VERSION, fmean(sums) if sums else None, n=len(sums), inputs=[(rater, *sorted(scores.items())) for rater, scores in given.items()], caveat=CAVEAT,
        interval=_around(sums), within=_possible(len(statements), options),
    )  # fmt: skip
    return Principle(name, score, min(sums, default=0), max(sums, default=0), pstdev(sums) if sums else 0.0, fmean(agreed) if agreed else None)


def _around(sums: Sequence[float]) -> Interval | None:
    """The mean and what lies around it, by Student's t."""
    half = student_t(len(sums) - 1) * stdev(sums) / len(sums) ** 0.5 if len(sums) > 1 else None
    return None if half is None else (fmean(sums) - half, fmean(sums) + half)


def _possible(statements: int, options: int) -> Interval:
    return 0.0, float(statements * options)


def _column(given: Mapping[str, Mapping[str, float]], statement: str) -> Sequence[float]:
    return [scores[statement] for scores in given.values()]
