"""Words of this app: how two records compare, and what was decided about them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Agrees(StrEnum):
    """How one thing compares between two records. No value travels with it."""

    SAME = "same"
    CLOSE = "close"
    SWAPPED = "swapped"
    DIFFERS = "differs"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two records, told apart by what agrees between them. `first` is the smaller id."""

    first: int
    second: int
    nhs_number: Agrees = Agrees.UNKNOWN
    upn: Agrees = Agrees.UNKNOWN
    born: Agrees = Agrees.UNKNOWN
    given_name: Agrees = Agrees.UNKNOWN
    family_name: Agrees = Agrees.UNKNOWN
    postcode: Agrees = Agrees.UNKNOWN
    contact: Agrees = Agrees.UNKNOWN


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a comparison weighs, and what speaks for it, in words."""

    weight: float
    reasons: tuple[str, ...]
    proposed: bool


@dataclass(frozen=True, slots=True)
class OneOfTwo:
    """One of two records that may be of one person, for the records office: who it says it is, and where it is kept."""

    id: int
    name: str
    date_of_birth: date | None
    nhs_number: str | None
    agency: str
    registered_at: datetime


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records and how the question between them stands."""

    id: int
    status: str
    weight: float
    reasons: tuple[str, ...]
    first: OneOfTwo
    second: OneOfTwo
    decided_at: datetime | None
    decided_by: str
    decision_reason: str
