"""Words of this app: what partners agree, who signs, what each must know. No Django, no clock.

Purposes, categories, lawful bases and clock names are the gate's and the record's own words, as plain strings.
"""

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


class Standing(StrEnum):
    """Where an agreement stands at a moment. The last four let nothing flow."""

    DRAFT = "draft"
    OPEN = "open_for_signature"
    NOT_YET = "not_yet_started"
    IN_FORCE = "in_force"
    LAPSED = "lapsed"
    ENDED = "ended"
    REPLACED = "replaced"


class Signed(StrEnum):
    """What a party has said of an agreement. Only the first is a signature."""

    YES = "signed"
    NOT_YET = "not_yet"
    CONDITIONAL = "would_sign_if"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class NewTerm:
    """One line of an agreement: a category for a purpose on a basis; no agency means any party."""

    purpose: str
    category: str
    lawful_basis: str
    gateway: str = ""
    from_agency_id: int | None = None
    to_agency_id: int | None = None
    minimum_fields: str = ""


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """One agency's place in an agreement."""

    agency_id: int
    signatory_id: int
    signed_at: datetime | None = None
    refused_at: datetime | None = None
    withdrawn_at: datetime | None = None
    condition: str = ""

    @property
    def says(self) -> Signed:
        if self.withdrawn_at:
            return Signed.WITHDRAWN
        if self.refused_at:
            return Signed.REFUSED
        if self.signed_at:
            return Signed.YES
        return Signed.CONDITIONAL if self.condition else Signed.NOT_YET


@dataclass(frozen=True, slots=True)
class AgreementText:
    """All that is written into an agreement: what it is for, between whom, what may flow, how it is kept safe and when it ends."""

    title: str
    starts: datetime
    ends: datetime
    review_on: date
    why: str = ""
    who_sees: str = ""
    safeguards: str = ""
    retention: str = ""
    how_people_are_told: str = ""
    contact: str = ""
    template: str = ""
    parties: tuple[PartyFacts, ...] = ()
    terms: tuple[NewTerm, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """One of the Caldicott principles beside an agreement: met, or what is missing in plain words."""

    number: int
    principle: str
    missing: tuple[str, ...] = ()

    @property
    def met(self) -> bool:
        return not self.missing


@dataclass(frozen=True, slots=True)
class FlowFacts:
    """This category may pass from one agency to another for this purpose."""

    from_agency_id: int
    to_agency_id: int
    purpose: str
    category: str


@dataclass(frozen=True, slots=True)
class NeedText:
    """What a team says it must know: kinds of thing (by tag), about whom, for which purpose, how soon, and what for."""

    tags: tuple[str, ...]
    purpose: str
    how_soon: str
    what_for: str
    reach: str = "our_people"
    situations: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    minimum_fields: tuple[str, ...] = ()
    review_on: date | None = None


# -- why a partnership starts, and what it signs up to ------------------------------------------------------------------------------------


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


# -- governance ---------------------------------------------------------------------------------------------------------------------------


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


# -- endings ------------------------------------------------------------------------------------------------------------------------------


class Resource(StrEnum):
    """What kind of thing goes back when a partnership ends or a partner leaves."""

    MONEY = "money"
    GOODS = "goods"
    PREMISES = "premises"
    STAFF = "staff"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class GoesBack:
    """What goes back to an agency, in words, and in pounds where it is money."""

    kind: Resource
    what: str
    agency_id: int
    amount: Decimal | None = None


# -- benefits and harms -------------------------------------------------------------------------------------------------------------------


class CameBy(StrEnum):
    """How a complaint came in."""

    SPOKEN = "spoken"
    TELEPHONE = "telephone"
    LETTER = "letter"
    EMAIL = "email"
    PAPER_FORM = "paper_form"


class Upheld(StrEnum):
    """What came of a complaint."""

    UPHELD = "upheld"
    PARTLY = "partly_upheld"
    NOT = "not_upheld"


class WhoBenefits(StrEnum):
    PERSON = "person"
    PRACTITIONER = "practitioner"
    ORGANISATION = "organisation"


class Grade(StrEnum):
    """How strong a piece of evidence is, the weakest first."""

    CLAIMED = "claimed"
    OBSERVED = "observed"
    BEFORE_AFTER = "before_after"
    MATCHED = "matched"
    TRIAL = "trial"


class Finding(StrEnum):
    """Which way a piece of evidence points."""

    SUPPORTS = "supports"
    MIXED = "mixed"
    AGAINST = "against"


class Claim(StrEnum):
    """What may be said of a benefit or harm, given all that is known."""

    CLAIMED = "claimed"
    HINTED = "hinted"
    EVIDENCED = "evidenced"
    CONTESTED = "contested"
    REFUTED = "refuted"
