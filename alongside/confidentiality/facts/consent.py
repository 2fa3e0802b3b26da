"""What the person agreed to."""

from dataclasses import dataclass

from alongside.confidentiality.facts.words import Word


class ConsentState(Word):
    """Whether it was agreed to."""

    GIVEN = "given"
    GIVEN_LIMITED = "given_limited"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NOT_SOUGHT = "not_sought"
    NOT_SOUGHT_UNSAFE = "not_sought_unsafe"
    CANNOT_CONSENT = "cannot_consent"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class Consent:
    state: ConsentState
    by: str | None = None
