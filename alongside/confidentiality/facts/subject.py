"""Whom it is about, as far as that decides anything."""

from dataclasses import dataclass

from alongside.confidentiality.facts.words import Word


class Kind(Word):
    """What the record is about."""

    CHILD = "child"
    ADULT = "adult"
    NONE = "none"


class Capacity(Word):
    """Whether the person can decide this for themselves: `competent` and `not_competent` of children, the others of adults."""

    COMPETENT = "competent"
    NOT_COMPETENT = "not_competent"
    HAS = "has"
    LACKS = "lacks"
    UNKNOWN = "unknown"


class Flag(Word):
    """What is protected about the person."""

    ADDRESS_CONCEALED = "address_concealed"
    RESTRICTED_RECORD = "restricted_record"
    IDENTITY_PROTECTED = "identity_protected"
    ADOPTED = "adopted"
    GENDER_RECOGNITION = "gender_recognition"
    PORTAL_UNSAFE = "portal_unsafe"
    STAFF_MEMBER = "staff_member"
    RELATIVE_OF_ACTOR = "relative_of_actor"
    PUBLIC_INTEREST = "public_interest"
    DECEASED = "deceased"


@dataclass(frozen=True, slots=True)
class Subject:
    kind: Kind
    age: int | None
    capacity: Capacity
    flags: frozenset[Flag] = frozenset()
