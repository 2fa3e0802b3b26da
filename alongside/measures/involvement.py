"""F6a: whether people had the part in decisions that they wished: five roles, from 'I decide alone' (1) to 'others decide' (5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from alongside.measures.distributions import student_t
from alongside.measures.proportion import wilson
from alongside.measures.result import Result, Unmeasurable, measured

VERSION = "F6a.1"
CAVEAT = "What people said they wished, beside what they said happened. Wishes change with the topic and the day: ask again, never infer. Of one answer there is no interval of the shift."
ROLES = {1: "I decide alone", 2: "I decide after hearing others", 3: "we decide together", 4: "others decide after hearing me", 5: "others decide"}


@dataclass(frozen=True, slots=True)
class Involvement:
    """Shares from 0 to 1. `shift` is experienced minus preferred: above 0, people had less say than they wished; below 0, more was asked of them."""

    congruent: Result
    under_involved: Result
    over_asked: Result
    shift: Result


def involvement(preferred: Sequence[float], experienced: Sequence[float]) -> Involvement:
    """Congruence of preferred and experienced role, who had less say and who was asked more than they wished, and the mean shift.

    Source: the idea of the Control Preferences Scale (Degner and Sloan 1992) with our own wording.
    Example:
        >>> found = involvement([1, 2, 3, 5], [1, 4, 3, 3])
        >>> found.congruent.value, found.under_involved.value, found.over_asked.value, found.shift.value
        (0.5, 0.25, 0.25, 0.0)
    """
    if not preferred or len(preferred) != len(experienced):
        raise Unmeasurable("Involvement needs a preferred and an experienced role for each answer, and at least one.")
    if any(role not in ROLES for role in (*preferred, *experienced)):
        raise Unmeasurable("Roles are whole numbers from 1 (I decide alone) to 5 (others decide).")
    shifts = [had - wished for wished, had in zip(preferred, experienced, strict=True)]
    n, inputs = len(shifts), list(zip(preferred, experienced))

    def share(name: str, count: int) -> Result:
        return measured(f"F6 {name}", VERSION, count / n, n=n, inputs=inputs, caveat=CAVEAT, interval=wilson(count, n))

    half = student_t(n - 1) * stdev(shifts) / n**0.5 if n > 1 else None
    around = None if half is None else (fmean(shifts) - half, fmean(shifts) + half)
    return Involvement(
        share("congruent role", sum(shift == 0 for shift in shifts)), share("less say than wished", sum(shift > 0 for shift in shifts)),
        share("asked more than wished", sum(shift < 0 for shift in shifts)),
        measured("F6 mean shift of role", VERSION, fmean(shifts), n=n, inputs=inputs, caveat=CAVEAT, interval=around, within=(-4.0, 4.0)),
    )  # fmt: skip
