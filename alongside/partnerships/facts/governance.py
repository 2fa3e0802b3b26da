"""Who sits on its board, and when it can decide."""

from dataclasses import dataclass
from enum import StrEnum


class Seat(StrEnum):
    """Whom somebody sits on the board for."""

    PARTNER = "partner"
    LIVED = "lived_experience"
    INDEPENDENT = "independent"


class SeatRole(StrEnum):
    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    SECRETARY = "secretary"
    MEMBER = "member"


class Nature(StrEnum):
    """What kind of interest a board member has."""

    MONEY = "money"
    OFFICE = "office"
    FAMILY = "family"
    LOYALTY = "loyalty"


class Came(StrEnum):
    PRESENT = "present"
    SUBSTITUTE = "substitute"
    APOLOGIES = "apologies"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class QuorumRule:
    """Who must be there for the board to decide."""

    members: int
    partners: int
    chair: bool = True


@dataclass(frozen=True, slots=True)
class SeatFacts:
    """One seat at one meeting: whom it is for, whether it votes, whether it was filled, and whether its holder has an interest in the point."""

    member_id: int
    agency_id: int | None
    votes: bool
    chairs: bool
    present: bool
    conflicted: bool = False


@dataclass(frozen=True, slots=True)
class Quorum:
    """Whether a board can decide a point: how many are free to vote, and what is missing in words."""

    free_to_vote: int
    missing: tuple[str, ...] = ()

    @property
    def met(self) -> bool:
        return not self.missing
