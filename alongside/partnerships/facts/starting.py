"""Where a partnership stands, why it starts, and what it signs up to."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class Stage(StrEnum):
    """Where a partnership stands. A potential one is being tested: it has aims and those who would join, and nothing flows in it yet."""

    POTENTIAL = "potential"
    ACTIVE = "active"
    REFUSED = "refused"
    ENDED = "ended"


class Level(StrEnum):
    """Who set a partnership going."""

    INDIVIDUAL = "individual"
    LOCAL = "local"
    NATIONAL = "national"


class Mandate(StrEnum):
    """Whether the law demands a partnership or its members chose it."""

    STATUTORY = "statutory"
    CHOSEN = "chosen"


class Answer(StrEnum):
    """What a body's signatory answers to a version of the vision. Only the first signs."""

    SIGNED = "signed"
    CONDITIONAL = "would_sign_if"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer of one body, and when."""

    answer: Answer
    at: datetime
    words: str = ""


@dataclass(frozen=True, slots=True)
class ObjectiveFacts:
    """What an objective says of itself. Numbers are in its own unit; None where nothing was said."""

    title: str
    outcome: str = ""
    unit: str = ""
    baseline: Decimal | None = None
    baseline_on: date | None = None
    target: Decimal | None = None
    target_on: date | None = None
    owner_agency_id: int | None = None
    owner_id: int | None = None


class Track(StrEnum):
    """Where an objective stands against the straight line from its baseline to its target."""

    REACHED = "reached"
    ON = "on_track"
    OFF = "off_track"
    MISSED = "missed"
    NOT_KNOWN = "not_known"
