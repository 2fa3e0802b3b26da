"""A share on its way, and what is owed while nobody has answered it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
