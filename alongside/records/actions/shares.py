"""Answers to shares. Every change of status is compare-and-set with an event beside it, in one transaction."""

from datetime import datetime
from uuid import UUID

from django.db.models import F

from alongside.agencies.facts import Actor
from alongside.common.decisions import Conflict
from alongside.confidentiality import gate
from alongside.records.actions.entries import byline
from alongside.records.models import Share, ShareEvent
from alongside.records.queries import share as one_share


class ReasonNeeded(ValueError):
    """Declining without a reason the sender can see counts as no answer."""


def read_share(*, by: Actor, reference: UUID, at: datetime) -> Share:
    """
    1. Find the share among those that are this reader's.
    2. Its line in the ledger, then the first reading on the share itself.
    """
    found = one_share(by, reference)
    gate.note(verb="read", category="whole_record" if found.summary is None else "index_entry", purpose=found.purpose, decision="permit", person_id=found.person_id, item=f"share:{found.pk}")
    if found.from_practitioner_id != by.practitioner_id and found.first_read_at is None:
        Share.objects.filter(pk=found.pk, first_read_at__isnull=True).update(first_read_at=at)
        ShareEvent.objects.create(share=found, at=at, by=byline(by), what="read")
    return found


def acknowledge_share(*, by: Actor, reference: UUID, at: datetime, used: bool | None = None) -> Share:
    """We have it and it is ours to act on; its clock stops."""
    return _answer(by, reference, at, "acknowledged", used=used)


def decline_share(*, by: Actor, reference: UUID, reason: str, at: datetime) -> Share:
    """Not for us, because: the sender sees the reason and can challenge it. Raises ReasonNeeded without one; the clock then runs on."""
    if not reason.strip():
        raise ReasonNeeded("Say why this is not for you, so that the sender can send it to the right place.")
    return _answer(by, reference, at, "declined", decline_reason=reason.strip())


def decide_share(*, by: Actor, reference: UUID, decision: str, at: datetime) -> Share:
    """What was asked for has been decided; the referrer is told the outcome."""
    if not decision.strip():
        raise ReasonNeeded("Say what was decided, so that the referrer knows.")
    return _answer(by, reference, at, "decided", decision=decision.strip(), sender_told_at=at)


def record_phone_call(*, by: Actor, reference: UUID, note: str, at: datetime) -> Share:
    """It was told by telephone; the share still waits for its answer."""
    found = one_share(by, reference)
    Share.objects.filter(pk=found.pk).update(phoned_at=at, phone_note=note)
    ShareEvent.objects.create(share=found, at=at, by=byline(by), what="phoned", note=note)
    return one_share(by, reference)


def _answer(by: Actor, reference: UUID, at: datetime, status: str, **details: object) -> Share:
    found = one_share(by, reference)
    gate.note(verb="write", category="whole_record", purpose=found.purpose, decision="permit", person_id=found.person_id, item=f"share:{found.pk}:{status}")
    changed = Share.objects.filter(pk=found.pk, status="awaiting").update(status=status, answered_at=at, answered_by_id=by.practitioner_id, next_step_at=None, due_at=F("due_at"), **details)
    if not changed:
        raise Conflict(str(details.get("decline_reason") or details.get("decision") or status), f"{found.get_status_display()} by {found.answered_by or 'somebody else'}", field="reason")
    ShareEvent.objects.create(share=found, at=at, by=byline(by), what=status, note=str(details.get("decline_reason") or details.get("decision") or ""))
    return one_share(by, reference)
