"""Section 3: four questions on personal wellbeing, 0 to 10, each by itself: they are never added up."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, stdev

from alongside.measures.bands import Bands, banded
from alongside.measures.distributions import student_t
from alongside.measures.proportion import wilson
from alongside.measures.result import Result, Unmeasurable, measured

VERSION = "ONS4.1"
CAVEAT = "One question by itself: the four are not added up. Of those who answered; of one answer there is no interval of the mean."
FEELING = banded("ONS4 v1", 10, (0, "low"), (5, "medium"), (7, "high"), (9, "very high"))
ANXIETY = banded("ONS4 anxiety v1", 10, (0, "very low"), (2, "low"), (4, "medium"), (6, "high"))


class Question(StrEnum):
    SATISFIED = "satisfied"
    WORTHWHILE = "worthwhile"
    HAPPY = "happy"
    ANXIOUS = "anxious"

    @property
    def bands(self) -> Bands:
        return ANXIETY if self is Question.ANXIOUS else FEELING


@dataclass(frozen=True, slots=True)
class Wellbeing:
    question: Question
    mean: Result
    shares: dict[str, Result]


def wellbeing(question: Question, answers: Sequence[float]) -> Wellbeing:
    """The mean answer and the share in each band: 0-4 low, 5-6 medium, 7-8 high, 9-10 very high; anxiety 0-1 very low, 2-3 low, 4-5 medium, 6-10 high.

    Source: Office for National Statistics, personal wellbeing harmonised standard (Open Government Licence).
    Example:
        >>> found = wellbeing(Question.ANXIOUS, [0, 1, 3, 7])
        >>> found.mean.value, {band: share.value for band, share in found.shares.items()}
        (2.75, {'very low': 0.5, 'low': 0.25, 'medium': 0.0, 'high': 0.25})
    """
    if not answers or any(not 0 <= answer <= 10 or answer != int(answer) for answer in answers):
        raise Unmeasurable("Answers are whole numbers from 0 to 10, and there must be at least one.")
    n, named = len(answers), [question.bands.of(answer).name for answer in answers]
    half = student_t(n - 1) * stdev(answers) / n**0.5 if n > 1 else None
    around = None if half is None else (fmean(answers) - half, fmean(answers) + half)

    def result(name: str, value: float, interval: tuple[float, float] | None) -> Result:
        inputs = enumerate(sorted(answers))
        return measured(f"Wellbeing, {question.value}: {name}", VERSION, value, n=n, inputs=inputs, caveat=CAVEAT, interval=interval, within=(0.0, 10.0))

    counts = {band.name: named.count(band.name) for band in question.bands.bands}
    return Wellbeing(question, result("mean", fmean(answers), around), {name: result(name, count / n, wilson(count, n)) for name, count in counts.items()})
