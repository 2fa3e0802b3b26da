"""Words of this app: an entry, who has said they need it, and what became of it for each partner. No Django, no clock.

Categories, purposes, relations, roles, flags, risks and obligations are the gate's own words, as plain strings.
Moments are aware datetimes in UTC. Clock names are the ones `records.rules.clocks` reads.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from alongside.common.decisions import Decision

# ── the entry ────────────────────────────────────────────────────────────────────────────────────────────────────────


class Link(StrEnum):
    """How an entry touches a person. It reaches siblings and household by needs that ask for them, and nobody who is only mentioned."""

    SUBJECT = "subject"
    SIBLING = "sibling"
    HOUSEHOLD = "household"
    MENTIONED = "mentioned"


class Harm(StrEnum):
    """What is at stake if nobody acts, in the gate's words and in rising order."""

    NONE_KNOWN = "none_known"
    POSSIBLE = "possible"
    SIGNIFICANT = "significant_harm"
    LIFE = "imminent_life"


class Signature(StrEnum):
    """What an entry still waits for before it may leave its author's agency."""

    NONE = "none"
    SECOND_SIGNATURE = "second_signature"
    SECOND_PERSON_APPROVAL = "second_person_approval"


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One person an entry is about. `kind` is child, adult or unborn; `situations` are words such as looked_after or in_hospital."""

    person_id: int
    link: Link = Link.SUBJECT
    kind: str = "adult"
    age: int | None = None
    flags: frozenset[str] = frozenset()
    situations: frozenset[str] = frozenset()


NOBODY = PersonFacts(0, kind="nobody")


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """Everything routing may know of an entry. `tags` are words the author adds to the ones its kind brings.

    `anchors` are the moments some clocks start from, by name: discharge, referral, recovery, account_end, conference, ...
    `corrects` is the entry this one puts right. `action_taken` or `no_action_reason` is never empty once an entry is saved.
    """

    kind: str
    category: str
    about: tuple[PersonFacts, ...]
    author_agency_id: int
    author_agency_kind: str
    author_role: str
    happened_at: datetime
    written_at: datetime
    author_practitioner_id: int | None = None
    author_team_id: int | None = None
    tags: frozenset[str] = frozenset()
    anchors: Mapping[str, datetime] = field(default_factory=dict)
    harm: Harm = Harm.NONE_KNOWN
    restricted: bool = False
    signature: Signature = Signature.NONE
    action_taken: str = ""
    no_action_reason: str = ""
    entry_id: int | None = None
    corrects: int | None = None


# ── the partners and what they have said they need ───────────────────────────────────────────────────────────────────


class Origin(StrEnum):
    """Why a partner is considered at all for an entry."""

    DECLARED = "declared"
    STATUTORY = "statutory"
    SENDER = "sender"


class Reach(StrEnum):
    """Whose entries a need is about: people the partner already works with, or anybody in the partnership's area."""

    OUR_PEOPLE = "our_people"
    ANYONE = "anyone"


@dataclass(frozen=True, slots=True)
class NeedFacts:
    """What one team has declared it must know. A need matches an entry that carries any of its `tags` (a kind's code is a tag).

    Every word of `situations` must hold of a person the entry is about; none means any situation. `people` are the kinds of person it is
    about; none means all. `how_soon` is a clock name; empty means the clock of the kind of entry.
    `minimum_fields` are the only fields the partner needs; empty means the whole entry. `valid_until` is the first day it no longer holds.
    `need_id` is the row's id; a need of the statutory floor that is law rather than a row has none, and a `floor` code such as FLR-010.
    """

    tags: frozenset[str]
    purpose: str
    need_id: int | None = None
    floor: str = ""
    how_soon: str = ""
    what_for: str = ""
    agency_kind: str = ""
    role: str = ""
    situations: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    minimum_fields: tuple[str, ...] = ()
    reach: Reach = Reach.OUR_PEOPLE
    origin: Origin = Origin.DECLARED
    source: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, order=True)
class PartnerKey:
    """A partner is a team of an agency, or the agency as a whole (team 0)."""

    agency_id: int
    team_id: int = 0


@dataclass(frozen=True, slots=True)
class PartnerFacts:
    """One partner in scope. `relations` gives, by person id, the gate's word for the partner's relation to that person now.

    `owner` is the practitioner to whom what comes in about these people goes, if one is named.
    `role` is the role the team acts in; `duty_desk` says that it takes what comes in for nobody in particular.
    `agreements` are the ids of agreement lines in force between author and partner at this moment: evidence for the gate, never a rule here.
    """

    key: PartnerKey
    agency_kind: str
    role: str = ""
    duty_desk: bool = False
    owner: int | None = None
    area: str = "england"
    relations: Mapping[int, str] = field(default_factory=dict)
    needs: tuple[NeedFacts, ...] = ()
    agreements: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody the text of an entry has reached: a partner that received it, a practitioner who read it, or both.

    `partner` is None for a reader who belongs to no partner, such as the person on their own pages.
    """

    partner: PartnerKey | None
    at: datetime
    practitioner_id: int | None = None
    purpose: str = "direct_care"
    person_ids: tuple[int, ...] = ()


# ── what the sender asks for ─────────────────────────────────────────────────────────────────────────────────────────


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

# ── the outcome for each partner ─────────────────────────────────────────────────────────────────────────────────────


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


# ── a share on its way ───────────────────────────────────────────────────────────────────────────────────────────────


class ShareStatus(StrEnum):
    """Where a share stands. The transitions are the table in `records.rules.acknowledgement`.

    Delivery, reminders, telephone calls and escalations do not answer a share, so they are events beside an awaiting one.
    """

    HELD = "held"
    AWAITING = "awaiting"
    ACKNOWLEDGED = "acknowledged"
    DECIDED = "decided"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class ShareEvent(StrEnum):
    """What can happen to a share. Each is one line beside the row, written in the same transaction as the status."""

    SIGNED = "signed"
    DELIVERED = "delivered"
    READ = "read"
    REMINDED = "reminded"
    PHONED = "phoned"
    ESCALATED_SUPERVISOR = "escalated_supervisor"
    ESCALATED_PARTNERSHIP = "escalated_partnership"
    REASSIGNED = "reassigned"
    ACKNOWLEDGED = "acknowledged"
    DECIDED = "decided"
    REFERRER_TOLD = "referrer_told"
    DECLINED = "declined"
    DECLINED_WITHOUT_REASON = "declined_without_reason"
    CHALLENGED = "challenged"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


class StepKind(StrEnum):
    """What the worker does for a share that is not yet answered."""

    REMIND = "remind"
    SHOW_UNSENT = "show_unsent"
    COUNT_UNSENT = "count_unsent"
    PHONE_FALLBACK = "phone_fallback"
    ESCALATE_SUPERVISOR = "escalate_supervisor"
    SHOW_ON_SUPERVISION = "show_on_supervision"
    SHOW_REFERRER_OVERDUE = "show_referrer_overdue"
    OFFER_ESCALATION = "offer_escalation"
    ALERT_OPERATOR = "alert_operator"
    ALERT_PARTNERSHIP_LEAD = "alert_partnership_lead"
    ESCALATE_PARTNERSHIP = "escalate_partnership"


@dataclass(frozen=True, slots=True)
class ShareFacts:
    """A share as the worker sees it at one moment. `done` are the steps already carried out, from its events.

    `paused` says the clock stands still now; then nothing is owed. `decline_reason` is what the partner wrote, if it declined.
    """

    kind: str
    status: ShareStatus
    clock: str
    start: datetime
    reminder_at: datetime
    due: datetime | None
    climbs_at: datetime | None
    needs_decision: bool = False
    phone_fallback: bool = False
    delivered_at: datetime | None = None
    phoned_at: datetime | None = None
    answered_at: datetime | None = None
    decline_reason: str = ""
    done: frozenset[StepKind] = frozenset()
    share_id: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the worker owes now: what, since when, whom it reaches, and the rule that says so."""

    kind: StepKind
    owed_since: datetime
    reaches: str
    rule: str
