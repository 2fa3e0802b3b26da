"""What the agencies agreed."""

from dataclasses import dataclass

from alongside.confidentiality.facts.words import Word


class AgreementState(Word):
    """How the sharing agreement between the two agencies stands."""

    IN_FORCE = "in_force"
    DRAFT = "draft"
    EXPIRED = "expired"
    WITHDRAWN_BY_AGENCY = "withdrawn_by_agency"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Agreement:
    state: AgreementState
    covers_purpose: bool = True
    covers_category: bool = True
