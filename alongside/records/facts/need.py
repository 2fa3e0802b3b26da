"""What a team has said it must know."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Origin(StrEnum):
    """Why a partner is considered at all for an entry."""

    DECLARED = "declared"
    STATUTORY = "statutory"
    SENDER = "sender"


class Reach(StrEnum):
    """Whose entries a need is about: people the partner already works with, or anybody in the partnership's area."""

    OUR_PEOPLE = "our_people"
    ANYONE = "anyone"


@dataclass(frozen=True, slots=True)
class NeedFacts:
    """What one team has declared it must know. A need matches an entry that carries any of its `tags` (a kind's code is a tag).

    Every word of `situations` must hold of a person the entry is about; none means any situation. `people` are the kinds of person it is
    about; none means all. `how_soon` is a clock name; empty means the clock of the kind of entry.
    `minimum_fields` are the only fields the partner needs; empty means the whole entry. `valid_until` is the first day it no longer holds.
    `need_id` is the row's id; a need of the statutory floor that is law rather than a row has none, and a `floor` code such as FLR-010.
    """

    tags: frozenset[str]
    purpose: str
    need_id: int | None = None
    floor: str = ""
    how_soon: str = ""
    what_for: str = ""
    agency_kind: str = ""
    role: str = ""
    situations: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    minimum_fields: tuple[str, ...] = ()
    reach: Reach = Reach.OUR_PEOPLE
    origin: Origin = Origin.DECLARED
    source: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
