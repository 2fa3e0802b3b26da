"""What partners agree, line by line, and what each party has said of it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


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
