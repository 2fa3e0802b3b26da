"""Section 3: what somebody does by themselves. Tasks they never did count neither for nor against them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, stdev

from alongside.measures.bands import banded
from alongside.measures.distributions import student_t
from alongside.measures.result import Result, Unmeasurable, measured

VERSION = "IADL.1"
CAVEAT = "A task never done is left out, not scored as dependence: scored otherwise, the measure says of many men that they lost what they never did. The text of the scale is not part of this product. Of one person there is no interval."
TASKS = 8
BARTHEL = banded("Barthel bands v1", 100, (0, "total dependence"), (21, "severe dependence"), (61, "moderate dependence"), (91, "slight dependence"), (100, "independent"))


class Does(StrEnum):
    YES = "yes"
    NO = "no"
    NEVER_DID = "never"


@dataclass(frozen=True, slots=True)
class DailyLiving:
    """`share` is the mean over people of tasks done / tasks ever done; `uncorrected` the mean count of tasks done, `corrected` that share times eight."""

    share: Result
    uncorrected: Result
    corrected: Result
    never_did_one: int


def daily_living(people: Mapping[str, Sequence[Does]]) -> DailyLiving:
    """Tasks done of those ever done, for each person, and the mean over people; somebody who never did any is left out. n is the people counted.

    Source: the correction proposed for the eight tasks of Lawton and Brody (1969): divide by tasks ever done.
    Example:
        >>> found = daily_living({"p1": [Does.YES] * 4 + [Does.NEVER_DID] * 4, "p2": [Does.YES] * 4 + [Does.NO] * 4})
        >>> found.share.value, found.uncorrected.value, found.corrected.value, found.never_did_one
        (0.75, 4.0, 6.0, 1)
    """
    ever = {person: [does for does in tasks if does is not Does.NEVER_DID] for person, tasks in people.items()}
    counted = {person: tasks for person, tasks in ever.items() if tasks}
    if not counted:
        raise Unmeasurable("There is nobody with a task they ever did.")
    shares = [sum(does is Does.YES for does in tasks) / len(tasks) for tasks in counted.values()]
    done = [float(sum(does is Does.YES for does in tasks)) for tasks in counted.values()]
    inputs = [(person, *tasks) for person, tasks in people.items()]

    def mean(name: str, values: Sequence[float], most: float) -> Result:
        half = student_t(len(values) - 1) * stdev(values) / len(values) ** 0.5 if len(values) > 1 else None
        around = None if half is None else (fmean(values) - half, fmean(values) + half)
        return measured(name, VERSION, fmean(values), n=len(values), inputs=inputs, caveat=CAVEAT, interval=around, within=(0.0, most))

    return DailyLiving(
        mean("Tasks done of those ever done", shares, 1.0), mean("Tasks done, uncorrected", done, float(max(map(len, people.values())))),
        mean("Tasks done, corrected to eight", [TASKS * share for share in shares], float(TASKS)),
        sum(Does.NEVER_DID in tasks for tasks in people.values()),
    )  # fmt: skip
