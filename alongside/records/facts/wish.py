"""What the sender of an entry asks for."""

from dataclasses import dataclass

from alongside.records.facts.partner import PartnerKey


@dataclass(frozen=True, slots=True)
class Addition:
    """The sender asks that a partner be told although it has declared no need. The gate decides as for anyone."""

    partner: PartnerKey
    purpose: str
    why: str


@dataclass(frozen=True, slots=True)
class KeepBack:
    """The sender asks that a partner not be told. `reason` is a word of `WithholdReason` that a sender may use.

    `approved_by` is the practitioner who agreed, never the author; without one nothing of the statutory floor is kept back.
    """

    partner: PartnerKey
    reason: str
    explanation: str
    approved_by: int | None = None


SenderWish = Addition | KeepBack
