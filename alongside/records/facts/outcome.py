"""What became of an entry for each partner."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from alongside.records.facts.entry import PersonFacts, Signature
from alongside.records.facts.need import NeedFacts, Origin
from alongside.records.facts.partner import PartnerFacts, PartnerKey

if TYPE_CHECKING:
    from alongside.common.decisions import Decision


class WithholdReason(StrEnum):
    """Why a partner that needs an entry does not get it. "I thought it unimportant" is not among them."""

    GATE_DENIED = "gate_denied"
    GATE_REFERRED = "gate_referred"
    PERSON_OBJECTS = "person_objects"
    RAISES_RISK = "raises_risk"
    THIRD_PARTY_HARM = "third_party_harm"
    COVERT_ENQUIRY = "covert_enquiry"
    LEGAL_PRIVILEGE = "legal_privilege"
    COURT_ORDER = "court_order"
    NAMED_READERS_ONLY = "named_readers_only"


class NotNeededReason(StrEnum):
    """Why a partner is not told and has lost nothing by it."""

    NO_NEED_DECLARED = "no_need_declared"
    NEED_NOT_IN_FORCE = "need_not_in_force"
    SITUATION_DIFFERS = "situation_differs"
    NOT_KNOWN_TO_PARTNER = "not_known_to_partner"
    RECORDED_BY_THEM = "recorded_by_them"


@dataclass(frozen=True, slots=True)
class KeptBackAbout:
    """Within a share: one of the people the entry is about on whose record it may not show for this partner, and why."""

    person_id: int
    reason: WithholdReason
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """The partner gets the entry, on the records of `person_ids`, by `due`; unanswered, it climbs to the partnership at `climbs_at`.

    `floor` are the codes of the statutory floor it fulfils; `floor_stopped` those the gate stopped for some person though the partner is told for
    another reason: a named person decides about these by `decide_by`. `minimum_fields` empty means the whole entry; `withheld_parts` are parts of it that stay behind under every need that permits the share.
    `reminder_at` is half-time on the clock. A share with a `signature` still owed is held, and counts as unsent until it is given.
    """

    partner: PartnerKey
    person_ids: tuple[int, ...]
    clock: str
    start: datetime
    due: datetime
    reminder_at: datetime
    climbs_at: datetime
    origin: Origin
    need_ids: tuple[int, ...]
    purposes: tuple[str, ...]
    rules: tuple[str, ...]
    floor: tuple[str, ...] = ()
    obligations: frozenset[str] = frozenset()
    minimum_fields: tuple[str, ...] = ()
    withheld_parts: frozenset[str] = frozenset()
    kept_back_about: tuple[KeptBackAbout, ...] = ()
    needs_decision: bool = False
    in_order: bool = False
    phone_fallback: bool = False
    signature: Signature = Signature.NONE
    floor_stopped: tuple[str, ...] = ()
    decide_by: datetime | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Withhold:
    """The partner needs the entry and does not get it: the reason is kept, the author sees it, and it counts in "information lost".

    A `gate_referred` one waits for a named person's decision, due by `decide_by`; so does every withheld item of the statutory floor.
    """

    partner: PartnerKey
    reason: WithholdReason
    origin: Origin
    need_ids: tuple[int, ...]
    purposes: tuple[str, ...]
    rules: tuple[str, ...]
    floor: tuple[str, ...] = ()
    obligations: frozenset[str] = frozenset()
    reveal_existence: bool = True
    explanation: str = ""
    approved_by: int | None = None
    decide_by: datetime | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotNeeded:
    """The partner has no need that this entry meets."""

    partner: PartnerKey
    reason: NotNeededReason
    rules: tuple[str, ...]
    need_ids: tuple[int, ...] = ()


Outcome = Share | Withhold | NotNeeded


class DecideShare(Protocol):
    """The gate, asked once for each partner, need and person: may this go to them, for this purpose, about this person?

    `person` is `NOBODY` for an entry that is about no person, such as a newly declared need.
    """

    def __call__(self, partner: PartnerFacts, need: NeedFacts, person: PersonFacts) -> "Decision": ...
