"""An entry, and the people it touches."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Link(StrEnum):
    """How an entry touches a person. It reaches siblings and household by needs that ask for them, and nobody who is only mentioned."""

    SUBJECT = "subject"
    SIBLING = "sibling"
    HOUSEHOLD = "household"
    MENTIONED = "mentioned"


class Harm(StrEnum):
    """What is at stake if nobody acts, in the gate's words and in rising order."""

    NONE_KNOWN = "none_known"
    POSSIBLE = "possible"
    SIGNIFICANT = "significant_harm"
    LIFE = "imminent_life"


class Signature(StrEnum):
    """What an entry still waits for before it may leave its author's agency."""

    NONE = "none"
    SECOND_SIGNATURE = "second_signature"
    SECOND_PERSON_APPROVAL = "second_person_approval"


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One person an entry is about. `kind` is child, adult or unborn; `situations` are words such as looked_after or in_hospital."""

    person_id: int
    link: Link = Link.SUBJECT
    kind: str = "adult"
    age: int | None = None
    flags: frozenset[str] = frozenset()
    situations: frozenset[str] = frozenset()


NOBODY = PersonFacts(0, kind="nobody")


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """Everything routing may know of an entry. `tags` are words the author adds to the ones its kind brings.

    `anchors` are the moments some clocks start from, by name: discharge, referral, recovery, account_end, conference, ...
    `corrects` is the entry this one puts right. `action_taken` or `no_action_reason` is never empty once an entry is saved.
    """

    kind: str
    category: str
    about: tuple[PersonFacts, ...]
    author_agency_id: int
    author_agency_kind: str
    author_role: str
    happened_at: datetime
    written_at: datetime
    author_practitioner_id: int | None = None
    author_team_id: int | None = None
    tags: frozenset[str] = frozenset()
    anchors: Mapping[str, datetime] = field(default_factory=dict)
    harm: Harm = Harm.NONE_KNOWN
    restricted: bool = False
    signature: Signature = Signature.NONE
    action_taken: str = ""
    no_action_reason: str = ""
    entry_id: int | None = None
    corrects: int | None = None
