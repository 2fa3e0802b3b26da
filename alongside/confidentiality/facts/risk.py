"""Who may come to harm, by doing it or by leaving it."""

from dataclasses import dataclass

from alongside.confidentiality.facts.words import Word


class RiskOfNotActing(Word):
    """What may happen if nothing is done."""

    NONE_KNOWN = "none_known"
    POSSIBLE = "possible"
    SIGNIFICANT_HARM = "significant_harm"
    IMMINENT_LIFE = "imminent_life"


class RiskOfActing(Word):
    """Who may come to harm if it is done."""

    NONE_KNOWN = "none_known"
    TO_SUBJECT = "to_subject"
    TO_OTHER = "to_other"


@dataclass(frozen=True, slots=True)
class Risk:
    of_not_acting: RiskOfNotActing = RiskOfNotActing.NONE_KNOWN
    of_acting: RiskOfActing = RiskOfActing.NONE_KNOWN
