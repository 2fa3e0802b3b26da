"""F1a: gates of a partnership. Each is answered yes, partly or no; one red gate cannot be hidden by any total."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from alongside.measures.result import Result, Unmeasurable, measured

VERSION = "F1a.1"
CAVEAT = "Counts gates; a gate is answered by people and holds as far as its evidence does. One red gate stops the partnership whatever the share. All gates are counted, so there is no interval."
STOPPING = frozenset({"statutory basis", "data sharing", "exit", "owner"})
"""The gates of which a no is red, by the usual names; a council may name its own."""


class Answer(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Gates:
    """The share of gates passed outright, and the gates behind it by name. `red`: a no where a no stops everything."""

    passed: Result
    red: tuple[str, ...]
    no: tuple[str, ...]
    partly: tuple[str, ...]
    without_evidence: tuple[str, ...]

    @property
    def stopped(self) -> bool:
        return bool(self.red)


def gates(answers: Mapping[str, Answer], *, stopping: frozenset[str] = STOPPING, evidence: Mapping[str, str] | None = None) -> Gates:
    """The share of gates answered yes, with those that stop named. A yes without evidence is listed where `evidence` is given.

    Source: Audit Commission, Governing Partnerships (2005), its checklist headings; which gates stop is this product's.
    Example:
        >>> found = gates({"rationale": Answer.YES, "exit": Answer.NO, "finance": Answer.PARTLY})
        >>> found.stopped, found.red, round(found.passed.value, 4)
        (True, ('exit',), 0.3333)
    """
    if not answers:
        raise Unmeasurable("There are no gates to count: answer at least one.")
    named = {answer: tuple(name for name, given in answers.items() if given is answer) for answer in Answer}
    passed = measured("F1 gates passed", VERSION, len(named[Answer.YES]) / len(answers), n=len(answers), inputs=answers.items(), caveat=CAVEAT)
    bare = tuple(name for name in named[Answer.YES] if not evidence.get(name, "").strip()) if evidence is not None else ()
    return Gates(passed, tuple(name for name in named[Answer.NO] if name.lower() in stopping), named[Answer.NO], named[Answer.PARTLY], bare)
