"""Benefits and harms: for whom, on what evidence."""

from enum import StrEnum


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
