"""What is not answered climbs: each step of the ladder is done once, with its event, however many workers look and however often they are killed."""

import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from alongside.agencies.facts import team_principal
from alongside.agencies.queries import supervisor_of
from alongside.common.working_days import Calendar
from alongside.confidentiality.queries import lead_above, partnership_lead_for
from alongside.records.facts import ShareFacts, ShareStatus, Step, StepKind
from alongside.records.models import Share, ShareEvent
from alongside.records.rules import clocks
from alongside.records.rules.acknowledgement import next_step_at, owed_steps

log = logging.getLogger("alongside.operator")
IN_ONE_TURN = 500

EVENT_OF = {StepKind.REMIND: "reminded", StepKind.ESCALATE_SUPERVISOR: "escalated_supervisor", StepKind.ESCALATE_PARTNERSHIP: "escalated_partnership"}
"""The event that a step leaves; every other step leaves its own name."""

STEP_OF = {EVENT_OF.get(kind, kind.value): kind for kind in StepKind}
BEGINS_ANEW = frozenset({"challenged", "signed"})
"""Events after which the ladder is climbed from its foot again."""


def climb_unanswered(*, at: datetime) -> int:
    """
    1. Lock a batch of shares whose next step has come; another worker passes them by.
    2. Read from their events which steps are done.
    3. Do each step that is owed, and write its event; work out when to look again.

    Returns how many shares were looked at.
    """
    with transaction.atomic():
        found = list(Share.objects.select_for_update(skip_locked=True, of=("self",)).select_related("to_agency").filter(next_step_at__lte=at).order_by("next_step_at", "pk")[:IN_ONE_TURN])
        done = steps_done([share.pk for share in found])
        events: list[ShareEvent] = []
        for share in found:
            facts = share_facts(share, done[share.pk])
            steps = owed_steps(facts, at)
            changes: dict[str, Any] = {}
            for step in steps:
                reached = DO[step.kind](share, at, changes) if step.kind in DO else ""
                events.append(ShareEvent(share=share, at=at, by="Alongside", what=EVENT_OF.get(step.kind, step.kind.value), note=told(step, reached)))
            after = share_facts(share, done[share.pk] | {step.kind for step in steps})
            Share.objects.filter(pk=share.pk).update(next_step_at=next_step_at(after), **changes)
        ShareEvent.objects.bulk_create(events)
    return len(found)


def steps_done(share_ids: Iterable[int]) -> dict[int, frozenset[StepKind]]:
    """The steps already carried out for each share, since it last began anew."""
    done: dict[int, set[StepKind]] = defaultdict(set)
    for share_id, what in ShareEvent.objects.filter(share_id__in=list(share_ids)).order_by("pk").values_list("share_id", "what"):
        if what in BEGINS_ANEW:
            done[share_id].clear()
        elif what in STEP_OF:
            done[share_id].add(STEP_OF[what])
    return defaultdict(frozenset, {share_id: frozenset(steps) for share_id, steps in done.items()})


def share_facts(share: Share, done: frozenset[StepKind] = frozenset()) -> ShareFacts:
    """A share as the ladder's rules see it."""
    return ShareFacts(
        kind=share.kind, status=ShareStatus(share.status), clock=share.clock, start=share.sent_at, reminder_at=share.half_at, due=share.due_at,
        climbs_at=clocks.climbs_at(share.due_at, calendar=Calendar.of(share.to_agency.area)), needs_decision=share.needs_decision, phone_fallback=share.phone_fallback,
        delivered_at=share.delivered_at, phoned_at=share.phoned_at, answered_at=share.answered_at, decline_reason=share.decline_reason, done=done, share_id=share.pk,
    )


def told(step: Step, reached: Any) -> str:
    """Who was told, by principal, for the event."""
    return f"{step.reaches}:{reached}" if reached else step.reaches


# ── what each step does ──────────────────────────────────────────────────────────────────────────────────────────────


def remind(share: Share, at: datetime, changes: dict[str, Any]) -> int | None:
    changes["reminded_at"] = at
    return share.signatory if share.status == "held" else share.owner


def escalate_supervisor(share: Share, at: datetime, changes: dict[str, Any]) -> int | None:
    """The supervisor of whoever owes it: of the author while a signature is owed, else of the owner; failing one, of the team; failing that, the lead."""
    late = (share.from_practitioner_id or share.signatory or share.owner) if share.status == "held" else share.owner
    above = supervisor_of(late) or supervisor_of(team_principal(share.to_team_id)) or lead_above(late)
    changes |= {"escalated_at": at, "escalated_to": above}
    if above is None:
        alert_operator(share, at, changes)
    return above


def escalate_partnership(share: Share, at: datetime, changes: dict[str, Any]) -> int | None:
    lead = partnership_lead_for(share.to_agency_id) or partnership_lead_for(share.from_agency_id)
    changes |= {"climbed_at": at, "climbed_to": lead}
    if lead is None:
        alert_operator(share, at, changes)
    return lead


def alert_partnership_lead(share: Share, at: datetime, changes: dict[str, Any]) -> int | None:
    changes["climbed_to"] = partnership_lead_for(share.to_agency_id)
    return changes["climbed_to"]


def show_on_supervision(share: Share, at: datetime, changes: dict[str, Any]) -> None:
    changes["for_supervision_at"] = at


def phone_fallback(share: Share, at: datetime, changes: dict[str, Any]) -> int | None:
    changes["phone_asked_at"] = at
    return share.from_practitioner_id


def alert_operator(share: Share, at: datetime, changes: dict[str, Any]) -> None:
    log.error("share %d to agency %d cannot be delivered or has nobody above it; due %s", share.pk, share.to_agency_id, share.due_at.isoformat())


DO = {
    StepKind.REMIND: remind, StepKind.ESCALATE_SUPERVISOR: escalate_supervisor, StepKind.ESCALATE_PARTNERSHIP: escalate_partnership, StepKind.ALERT_PARTNERSHIP_LEAD: alert_partnership_lead,
    StepKind.SHOW_ON_SUPERVISION: show_on_supervision, StepKind.PHONE_FALLBACK: phone_fallback, StepKind.ALERT_OPERATOR: alert_operator,
}
"""Steps that change something; the others are their event, and the queries that show it."""
