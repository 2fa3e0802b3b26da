"""Words of this app: what is known of a person, what somebody asks the finder, and what decides whether a person may be reached."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

__all__ = [
    "PROTECTING_FLAGS", "AddressKind", "AddressRow", "Channel", "ContactChoice", "ContactFacts", "ContactKind", "ContactRow", "FamilyRow", "FinderQuestion", "Flag", "FoundText",
    "ImportRow", "MarkerRow", "NameKind", "NameRow", "PersonDetails", "Protection", "RelationKind", "SafeContactFacts", "UnsafeRow",
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


class Stands(StrEnum):
    """How whoever reads a record as their own stands to it; a helper is whom the person chose, for stated parts until a day. An attorney or deputy over money alone reads nothing here, and is not among them."""

    SELF = "self"
    PARENT = "parent"
    ATTORNEY = "attorney"
    DEPUTY = "deputy"
    HELPER = "helper"


class NameKind(StrEnum):
    PREVIOUS = "previous"
    ALIAS = "alias"
    BIRTH = "birth"


class Protection(StrEnum):
    """Under which category a name is kept that is no ordinary alias; its rows open with that category and are never searched."""

    NONE = ""
    ADOPTION = "adoption_history"
    GENDER = "gender_history"
    HIDDEN_IDENTITY = "whereabouts"


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


@dataclass(frozen=True, slots=True)
class FinderQuestion:
    """What the finder asks. `born_from` to `born_until` is a year or a month; `problems` are what could not be used, in words for whoever typed it."""

    words: str = ""
    sounds: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    born: date | None = None
    born_from: date | None = None
    born_until: date | None = None
    nhs_number: str | None = None
    upn: str | None = None
    day_and_month_could_swap: bool = False
    problems: tuple[str, ...] = ()

    @property
    def asks_something(self) -> bool:
        """Whether there is anything to look for at all."""
        return bool(self.nhs_number or self.upn or self.words or self.born)


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
class ContactFacts:
    """What is known, at the moment of sending, of one person, one channel and one address. Only yes or no: no address travels with it."""

    known: bool = False
    ended: bool = False
    marked_safe: bool = False
    heard_by_others: bool = False
    choice: ContactChoice = ContactChoice.SAFE_ONLY
    no_voicemail: bool = False
    hours_from: time | None = None
    hours_until: time | None = None
    days: frozenset[int] = frozenset()
    leads_to_somebody_unsafe: bool = False
    portal_unsafe: bool = False
    died: bool = False


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One row of a register: a person to be made, or the reasons why not. `number` counts the rows of the file from 1, its heading left out."""

    number: int
    person: PersonDetails | None = None
    reasons: tuple[str, ...] = ()
    address: str = ""
    postcode: str = ""
    contacts: tuple[tuple[str, str], ...] = ()
    other_names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FoundText:
    """A stretch of text that would give something away: where it is, and what it is (address, postcode, phone or email)."""

    start: int
    end: int
    what: str


# ── rows that queries hand out ──────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class NameRow:
    id: int
    kind: str
    given_name: str
    family_name: str
    protected_as: str

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


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
    allowed: ContactChoice = ContactChoice.SAFE_ONLY
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
    born: date | None = None


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
    id: int
    flag: str
    reason: str
    starts: datetime
    review_on: date | None
