"""What may happen to a share, by the table of transitions: each change of status is compare-and-set with an event beside it, in one transaction."""

from datetime import datetime
from typing import Any
from uuid import UUID

from alongside.agencies.facts import Actor, team_principal
from alongside.agencies.models import Practitioner, Team
from alongside.agencies.queries import supervisor_of
from alongside.common import database
from alongside.common.decisions import Conflict, NotKnown
from alongside.common.working_days import Calendar
from alongside.confidentiality import gate
from alongside.records.actions.climbing import share_facts
from alongside.records.actions.new_entry import byline
from alongside.records.facts import ShareEvent as Event
from alongside.records.facts import ShareStatus
from alongside.records.models import Delivery, Share, ShareEvent
from alongside.records.queries import receives
from alongside.records.queries import share as one_share
from alongside.records.rules import clocks
from alongside.records.rules.acknowledgement import NotAllowed, after, declined_as
from alongside.records.rules.corrections import answered_too
from alongside.records.rules.kinds import ORDINARY_CLOCK


class ReasonNeeded(ValueError):
    """What was sent lacks a reason, or says nothing that counts; the message says what to write. `field`: where, where that is not the reason."""

    def __init__(self, words: str, *, field: str = "") -> None:
        super().__init__(words)
        self.field = field


class NotThere(ValueError):
    """The new owner must be a practitioner, or a team, of the agency that owes the answer."""


def read_share(*, by: Actor, reference: UUID, at: datetime) -> Share:
    """
    1. Find the share among those that are this reader's.
    2. Its line in the ledger, then the first reading on the share itself.
    """
    found = one_share(by, reference)
    gate.note(
        verb="read", category="whole_record" if found.summary is None else "index_entry", purpose=found.purpose, decision="permit", person_id=found.person_id, item=f"share:{found.pk}",
        people=found.person_ids or [found.person_id],
    )  # fmt: skip
    if found.first_read_at is None and found.status not in ("held", "withdrawn") and receives(by, found):
        Share.objects.filter(pk=found.pk, first_read_at__isnull=True).update(first_read_at=at)
        note(found, Event.READ, by=by, at=at)
    return found


def acknowledge_share(*, by: Actor, reference: UUID, at: datetime, used: bool | None = None) -> Share:
    """
    1. We have it and it is ours to act on; its clock stops, unless a decision is asked for as well.
    2. Who acknowledges a correction has acknowledged the earlier text too (COR-030).
    """
    found = mine_to_answer(by, reference)
    answered = answer(found, Event.ACKNOWLEDGED, by=by, at=at, used=used, next_step_at=found.next_step_at if found.needs_decision else None)
    for earlier in earlier_versions(found):
        answer(earlier, Event.ACKNOWLEDGED, by=by, at=at, next_step_at=None)
    return answered


def say_whether_used(*, by: Actor, reference: UUID, used: bool, at: datetime) -> Share:
    """The receiver says whether it mattered: that is how the partnership learns what it must tell."""
    found = mine_to_answer(by, reference)
    Share.objects.filter(pk=found.pk).update(used=used)
    return one_share(by, reference)


def decline_share(*, by: Actor, reference: UUID, reason: str, at: datetime) -> Share:
    """
    1. Without a reason it counts as no answer: that somebody tried is on record, the clock runs on, and ReasonNeeded is raised.
    2. Not for us, because: the sender is told in the same transaction, and can challenge it.
    """
    found = mine_to_answer(by, reference)
    if declined_as(reason) is Event.DECLINED_WITHOUT_REASON:
        note(found, Event.DECLINED_WITHOUT_REASON, by=by, at=at)
        raise ReasonNeeded("Say why this is not for you, so that the sender can send it to the right place.")
    return tell_referrer(answer(found, Event.DECLINED, by=by, at=at, words=reason, decline_reason=reason.strip(), next_step_at=None), by=by, at=at)


def decide_share(*, by: Actor, reference: UUID, decision: str, at: datetime) -> Share:
    """What was asked for has been decided, and why; the referrer is told in the same transaction."""
    if not decision.strip():
        raise ReasonNeeded("Say what was decided, so that the referrer knows.")
    found = mine_to_answer(by, reference)
    return tell_referrer(answer(found, Event.DECIDED, by=by, at=at, words=decision, decision=decision.strip(), next_step_at=None), by=by, at=at)


def challenge_answer(*, by: Actor, reference: UUID, why: str, at: datetime) -> Share:
    """
    1. The sender disagrees with a decline or a decision, in words the receiver sees.
    2. The share is owed again, on a fresh clock, and at once before the eyes of a supervisor on the other side: not whoever answered.
    """
    if not why.strip():
        raise ReasonNeeded("Say why you disagree, so that the other side can look again.")
    found = mine_as_sender(by, reference)
    calendar = Calendar.of(found.to_agency.area)
    due = clocks.due(at, found.clock, calendar=calendar) or clocks.due(at, ORDINARY_CLOCK, calendar=calendar)
    half = clocks.half_time(at, max(due, at), found.clock, calendar=calendar)
    above = supervisor_of(found.owner) or supervisor_of(team_principal(found.to_team_id))
    return move(
        found, Event.CHALLENGED, by=by, at=at, words=why, challenge=why.strip(), answered_at=None, answered_by_id=None, sender_told_at=None, half_at=half, due_at=due, next_step_at=half,
        escalated_to=above, referred=True,
    )  # fmt: skip


def record_phone_call(*, by: Actor, reference: UUID, note: str, at: datetime) -> Share:
    """It was told by telephone: who was told, and by whom. The share still waits for its answer; its clock takes the call into account."""
    if not note.strip():
        raise ReasonNeeded("Say whom you told.")
    return move(one_share(by, reference), Event.PHONED, by=by, at=at, words=note, phoned_at=at, phone_note=note.strip(), next_step_at=at)


def reassign_share(*, by: Actor, reference: UUID, at: datetime, to_practitioner: int | None = None, to_team: int | None = None) -> Share:
    """
    1. A new owner within the agency that owes the answer: a practitioner or a team. Raises NotThere for anybody else.
    2. Whoever owns it may read it from now on.
    """
    found = mine_to_answer(by, reference)
    if to_practitioner is not None:
        there, owner = Practitioner.objects.filter(pk=to_practitioner, agency_id=found.to_agency_id, ends__isnull=True).exists(), to_practitioner
    else:
        there, owner = Team.objects.filter(pk=to_team, agency_id=found.to_agency_id, ends__isnull=True).exists(), team_principal(to_team or 0)
    if not there:
        raise NotThere("Choose a practitioner or a team of the agency that owes the answer.")
    moved = move(found, Event.REASSIGNED, by=by, at=at, words=f"{found.owner}:{owner}", owner=owner)
    database.value("SELECT readers_follow_shares(%s)", found.entry_id)
    return moved


def withdraw_share(*, by: Actor, reference: UUID, why: str, at: datetime) -> Share:
    """
    1. The sender takes back what was not yet answered, and says why.
    2. What has not gone does not go any more, and what has gone is read no longer.
    """
    found = mine_as_sender(by, reference)
    moved = move(found, Event.WITHDRAWN, by=by, at=at, words=why, next_step_at=None)
    Delivery.objects.filter(share_id=found.pk, delivered_at__isnull=True).update(cancelled_at=at)
    database.value("SELECT readers_follow_shares(%s), end_referral(%s)", found.entry_id, found.pk)
    return moved


# ── the one way in which a share changes ─────────────────────────────────────────────────────────────────────────────


def move(found: Share, event: Event, *, by: Actor, at: datetime, words: str = "", referred: bool = False, **details: Any) -> Share:
    """
    1. Ask the table whether this may happen now; a no is a Conflict that shows what happened meanwhile.
    2. Line in the ledger, compare-and-set of the status, event.
    """
    try:
        to = after(ShareStatus(found.status), event, words)
    except NotAllowed as no:
        if not words.strip() and "Write" in str(no):
            raise ReasonNeeded(str(no)) from None
        raise Conflict(words.strip() or event.value, stands(found), field="reason") from None
    gate.note(verb="write", category="whole_record", purpose=found.purpose, decision="permit", person_id=found.person_id, item=f"share:{found.pk}:{event.value}")
    if not Share.objects.filter(pk=found.pk, status=found.status).update(status=to.value, **details):
        raise Conflict(words.strip() or event.value, stands(one_share(by, found.reference)), field="reason")
    note(found, event, by=by, at=at, words=words)
    if referred:
        database.value("SELECT refer_to_team(%s)", found.pk)
    return one_share(by, found.reference)


def answer(found: Share, event: Event, *, by: Actor, at: datetime, words: str = "", **details: Any) -> Share:
    """The same answer given twice by the same practitioner is given once."""
    if found.status == event.value and found.answered_by_id == by.practitioner_id:
        return found
    answered = move(found, event, by=by, at=at, words=words, answered_at=at, answered_by_id=by.practitioner_id, **details)
    database.value("SELECT end_referral(%s)", found.pk)
    return answered


def tell_referrer(found: Share, *, by: Actor, at: datetime) -> Share:
    """The sender's own list shows the answer from this moment."""
    if found.sender_told_at is None:
        Share.objects.filter(pk=found.pk).update(sender_told_at=at)
        note(found, Event.REFERRER_TOLD, by=by, at=at)
    return one_share(by, found.reference)


def earlier_versions(found: Share) -> list[Share]:
    """Shares of earlier versions of the same text to the same team that are answered along with this one."""
    versions = [version for (version,) in database.rows("SELECT v.id FROM versions_of(%s) v WHERE v.place < (SELECT w.place FROM versions_of(%s) w WHERE w.id = %s)", *[found.entry_id] * 3)]
    if not versions:
        return []
    earlier = {share.pk: share for share in Share.objects.select_related("to_agency").filter(entry_id__in=versions, to_team_id=found.to_team_id)}
    return [earlier[one.share_id] for one in answered_too(share_facts(share) for share in earlier.values()) if one.share_id in earlier]


def mine_to_answer(by: Actor, reference: UUID) -> Share:
    """Only whoever it was sent to, or it climbed to, answers it; the sender does not answer for them."""
    found = one_share(by, reference)
    if not receives(by, found):
        raise NotKnown
    return found


def mine_as_sender(by: Actor, reference: UUID) -> Share:
    found = one_share(by, reference)
    if found.from_practitioner_id not in by.principals:
        raise NotKnown
    return found


def note(found: Share, event: Event, *, by: Actor, at: datetime, words: str = "") -> None:
    ShareEvent.objects.create(share_id=found.pk, at=at, by=byline(by), what=event.value, note=words.strip())


def stands(found: Share) -> str:
    return f"{found.get_status_display()}{f' by {found.answered_by}' if found.answered_by else ''}"
