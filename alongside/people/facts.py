"""Words of this app: what is known of a person, what somebody asks the finder, and what decides whether a person may be reached."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Protocol

__all__ = [
    "CASELOAD_PAGE", "PROTECTING_FLAGS", "AddressKind", "AddressRow", "CaseloadRow", "Channel", "ContactChoice", "ContactFacts", "ContactKind", "ContactRow", "FamilyRow",
    "FinderQuestion", "Flag", "FoundText", "HouseholdRow", "MarkerRow", "MayRead", "NameKind", "PersonDetails", "PersonFacts", "ProfileFacts", "Registered",
    "RelationKind", "RepresentationRow", "SafeContactFacts", "UnsafeRow", "WithoutReading",
]  # fmt: skip


class Flag(StrEnum):
    """A protecting fact about a person, in the gate's words."""

    ADDRESS_CONCEALED = "address_concealed"
    RESTRICTED_RECORD = "restricted_record"
    IDENTITY_PROTECTED = "identity_protected"
    ADOPTED = "adopted"
    GENDER_RECOGNITION = "gender_recognition"
    PORTAL_UNSAFE = "portal_unsafe"
    STAFF_MEMBER = "staff_member"
    PUBLIC_INTEREST = "public_interest"


PROTECTING_FLAGS = frozenset({Flag.IDENTITY_PROTECTED, Flag.ADOPTED, Flag.GENDER_RECOGNITION})
"""Whoever bears one is never matched with another record, and the marker itself is shown to nobody."""


class Channel(StrEnum):
    """A way out to a person. Every one passes `may_contact` at the moment of sending."""

    LETTER = "letter"
    EMAIL = "email"
    TEXT_MESSAGE = "text_message"
    CALL = "call"
    VOICEMAIL = "voicemail"
    CALENDAR_INVITE = "calendar_invite"
    PORTAL = "portal"
    VISIT = "visit"
    THROUGH_WORKER = "through_worker"


class ContactChoice(StrEnum):
    """How a person lets themself be reached."""

    ANY = "any"
    SAFE_ONLY = "safe_only"
    THROUGH_WORKER = "through_worker"
    NONE = "none"


class ContactKind(StrEnum):
    MOBILE = "mobile"
    PHONE = "phone"
    EMAIL = "email"
    POST = "post"
    THROUGH_WORKER = "through_worker"


class AddressKind(StrEnum):
    HOME = "home"
    TEMPORARY = "temporary"
    PLACEMENT = "placement"
    REFUGE = "refuge"
    CORRESPONDENCE = "correspondence"
    PREVIOUS = "previous"


class NameKind(StrEnum):
    PREVIOUS = "previous"
    ALIAS = "alias"
    BIRTH = "birth"


class RelationKind(StrEnum):
    MOTHER = "mother"
    FATHER = "father"
    PARENT = "parent"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    PARTNER = "partner"
    FORMER_PARTNER = "former_partner"
    CHILD = "child"
    CARER = "carer"
    FOSTER_CARER = "foster_carer"
    FRIEND = "friend"
    NEIGHBOUR = "neighbour"
    OTHER_RELATIVE = "other_relative"
    HOUSEHOLD = "household"


class MayRead(Protocol):
    """What a query needs of whoever asks: the gate's Access, or the loan of a person's own new record to whoever registers them."""

    @property
    def person_id(self) -> int: ...
    @property
    def write(self) -> bool: ...
    @property
    def withheld(self) -> tuple[str, ...]: ...
    def allows(self, category: str) -> bool: ...


class WithoutReading(Exception):
    """A query was asked for more than its Access holds, or an action for writing without the right to write: a fault of ours."""


@dataclass(frozen=True, slots=True)
class FinderQuestion:
    """What the finder asks. `problems` are what could not be used, in words for whoever typed it."""

    words: str = ""
    sounds: tuple[str, ...] = ()
    born: date | None = None
    nhs_number: str | None = None
    day_and_month_could_swap: bool = False
    problems: tuple[str, ...] = ()

    @property
    def asks_something(self) -> bool:
        """Whether there is anything to look for: a number, or a name; a birth date alone would list strangers."""
        return self.nhs_number is not None or bool(self.words)


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """Who a person is, checked and tidied by `rules.registration.checked`. Everything may be missing but something to call them by."""

    given_name: str = ""
    family_name: str = ""
    known_as: str = ""
    pronouns: str = ""
    date_of_birth: date | None = None
    birth_date_estimated: bool = False
    died_on: date | None = None
    nhs_number: str | None = None
    upn: str | None = None
    warnings: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Registered:
    """A person who was just registered, on loan to whoever did it until the transaction ends: to write down what belongs to the record.

    It is no Access: it opens nothing that existed before. Whoever shall go on working with the person is allocated, and opens the record.
    """

    person_id: int
    line_id: int
    at: datetime
    write: bool = True
    withheld: tuple[str, ...] = ()

    def allows(self, category: str) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """What is known, at the moment of sending, of one person, one channel and one address. Only yes or no: no address travels with it."""

    known: bool = False
    ended: bool = False
    marked_safe: bool = False
    heard_by_others: bool = False
    choice: ContactChoice = ContactChoice.ANY
    no_voicemail: bool = False
    hours_from: time | None = None
    hours_until: time | None = None
    days: frozenset[int] = frozenset()
    leads_to_somebody_unsafe: bool = False
    portal_unsafe: bool = False
    died: bool = False


@dataclass(frozen=True, slots=True)
class FoundText:
    """A stretch of text that would give something away: where it is, and what it is (address, postcode, phone or email)."""

    start: int
    end: int
    what: str


# ── rows that queries hand out ──────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class PersonFacts:
    id: int
    given_name: str
    family_name: str
    known_as: str
    pronouns: str
    date_of_birth: date | None
    birth_date_estimated: bool
    died_on: date | None
    nhs_number: str | None
    nhs_number_status: str
    upn: str | None
    registered_by: str
    registered_at: datetime
    other_names: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.given_name, self.family_name) if part) or self.known_as


@dataclass(frozen=True, slots=True)
class ProfileFacts:
    how_to_treat_me: str = ""
    what_matters: str = ""
    communication_needs: str = ""
    access_needs: str = ""
    language: str = ""
    interpreter: bool = False
    large_print: bool = False
    involvement: str = "ask_each_time"
    written_by_person: bool = False
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AddressRow:
    id: int
    kind: str
    lines: str
    postcode: str
    concealed: bool
    starts: date | None
    ends: date | None


@dataclass(frozen=True, slots=True)
class ContactRow:
    id: int
    kind: str
    value: str
    safe: bool
    shared_with_others: bool
    note: str


@dataclass(frozen=True, slots=True)
class SafeContactFacts:
    allowed: ContactChoice = ContactChoice.ANY
    times: str = ""
    days: frozenset[int] = frozenset()
    hours_from: time | None = None
    hours_until: time | None = None
    code_word: str = ""
    no_voicemail: bool = False
    chosen_by_person: bool = False


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """A relative. `relative_id` only where the reader may know that the relative has a record."""

    id: int
    kind: str
    name: str
    relative_id: int | None
    parental_responsibility: bool
    natural_support: bool
    starts: date | None
    ends: date | None


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """Somebody who lives where the person lives, as far as the reader may know them."""

    name: str
    relative_id: int | None
    kind: str


@dataclass(frozen=True, slots=True)
class UnsafeRow:
    id: int
    name: str
    other_id: int | None
    address_lines: str
    postcode: str
    reason: str
    alleged_perpetrator: bool
    starts: datetime
    ends: datetime | None
    review_on: date | None


@dataclass(frozen=True, slots=True)
class MarkerRow:
    flag: str
    reason: str
    starts: datetime
    review_on: date | None


@dataclass(frozen=True, slots=True)
class RepresentationRow:
    id: int
    account_id: int
    name: str
    relation: str
    role: str
    authority: str
    authority_verified: bool
    limited_to: str
    barred_by_court_order: bool
    starts: datetime
    ends: datetime | None


@dataclass(frozen=True, slots=True)
class CaseloadRow:
    """One of my people. `changed_at` is when my own agency last wrote about them, or when the relationship began."""

    id: int
    given_name: str
    family_name: str
    known_as: str
    date_of_birth: date | None
    role: str
    lead: bool
    through_team: str
    since: datetime | None
    changed_at: datetime | None


CASELOAD_PAGE = 50
