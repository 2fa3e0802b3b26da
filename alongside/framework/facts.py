"""Words of this app: the guidance by which a partnership is tested and examined, what is answered and scored, what was decided. No Django, no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """A potential partnership is tested; an existing one is examined."""

    TEST = "test"
    EXAMINE = "examine"


class Depth(StrEnum):
    """How deep it goes. A deeper one asks everything that a lighter one asks."""

    LIGHT = "light"
    STANDARD = "standard"
    FULL = "full"


class Answer(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Colour(StrEnum):
    """Where a gate stands. Red stops everything, whatever the rest adds up to."""

    RED = "red"
    SHUT = "shut"
    AMBER = "amber"
    GREEN = "green"
    OPEN = "unanswered"


class Option(StrEnum):
    """What may be recommended. The first four of a test, the others of an examination; "do not" is always among them."""

    GO_AHEAD = "go_ahead"
    GO_AHEAD_IF = "go_ahead_if"
    ANOTHER_WAY = "another_way"
    DO_NOT = "do_not"
    CARRY_ON = "carry_on"
    CARRY_ON_IF = "carry_on_if"
    CHANGE = "change"
    END = "end"


OPTIONS = {
    Kind.TEST: (Option.GO_AHEAD, Option.GO_AHEAD_IF, Option.ANOTHER_WAY, Option.DO_NOT),
    Kind.EXAMINE: (Option.CARRY_ON, Option.CARRY_ON_IF, Option.CHANGE, Option.END),
}
GOES_AHEAD = frozenset({Option.GO_AHEAD, Option.GO_AHEAD_IF, Option.CARRY_ON})
"""What no red gate lets through. An existing partnership may carry on under conditions while a red gate is mended."""


@dataclass(frozen=True, slots=True)
class Principle:
    id: str
    name: str
    answers: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question of significance; the place of the answer, 0 to 3, counts `weight` times."""

    id: str
    asks: str
    weight: int
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gate:
    """`red`: a "no" here stops everything. `from_depth`: the lightest test in which it is asked."""

    id: str
    name: str
    asks: str
    answers: str
    from_depth: Depth
    red: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    id: str
    principle: str
    says: str
    answers: str
    from_depth: Depth


@dataclass(frozen=True, slots=True)
class Text:
    """One version of the guidance, word for word. `standard_from` and `full_from` are the totals from which a test goes that deep."""

    edition: str
    title: str
    sources: Mapping[str, str]
    principles: tuple[Principle, ...]
    questions: tuple[Question, ...]
    standard_from: int
    full_from: int
    gates: tuple[Gate, ...]
    statements: tuple[Statement, ...]
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GateState:
    """A gate as it stands in a run, with the last answer and what supports it."""

    gate: Gate
    answer: Answer | None = None
    evidence: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What partners said of one principle, on the scale 1 to 4, after the reveal. `n` is how many partners said something.

    `mean` None: nobody did, or too few to tell it. `low`, `high` and `agreement` None and `counts` all nought: too few to tell how the scores are spread.
    """

    principle: Principle
    n: int
    partners: int
    mean: float | None
    low: int | None
    high: int | None
    agreement: float | None
    counts: tuple[int, int, int, int]
    discuss_first: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured behaviour of a partnership in a period, as the worker last found it. `value` None: not known yet, or too few."""

    behaviour: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    formula: str
    caveat: str
    first: date
    last: date
    computed_at: datetime


@dataclass(frozen=True, slots=True)
class SheetState:
    """Whether one partner has sent in its scores; who is meant by role, never by name."""

    agency_id: int
    agency: str
    role: str
    begun: bool
    sent_in: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a version of the guidance changes: what kind of thing, and how."""

    what: str
    how: str
    words: str


Counts = Mapping[str, Mapping[int, int]]
"""By principle or statement: how often each score from 1 to 4 was given."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the database tells of private scores: by principle how many partners scored it, the mean and how often each score was given; by statement how many gave each score. What too few said is not there."""

    answered: Mapping[str, int]
    means: Mapping[str, float]
    tallies: Counts
    statements: Counts


Rows = Sequence[Sequence[str]]
