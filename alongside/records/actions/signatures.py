"""What must not leave before somebody else has looked: second signatures, approvals, and what the gate referred to a named person."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.common.decisions import Conflict, NotKnown
from alongside.common.working_days import Calendar
from alongside.confidentiality import gate
from alongside.records.actions.new_entry import byline
from alongside.records.actions.shares import ReasonNeeded
from alongside.records.models import RoutingOutcome
from alongside.records.queries.record import entry_to_act_on, subjects
from alongside.records.rules import clocks
from alongside.records.rules.kinds import ORDINARY_CLOCK, kind_or_plain


def sign_entry(*, by: Actor, reference: UUID, at: datetime) -> int:
    """
    1. The second signature, by somebody other than the author: whoever it is owed from, or a colleague who has opened the record.
    2. What was held goes, with its event, outbox and readers, in the same transaction. Signed twice, it is signed once.

    Returns how many shares went. Raises NotKnown for who may not sign it.
    """
    found = entry_to_act_on(reference)
    gate.note(verb="write", category=found.category, purpose="direct_care", decision="permit", item=f"entry:{found.pk}:signed", people=subjects(found))
    gone = database.value("SELECT sign_entry(%s, %s)", found.pk, byline(by))
    if gone is None:
        if found.signed_by_id == by.practitioner_id:
            return 0
        raise NotKnown
    return int(gone)


def decide_referred(*, by: Actor, outcome_id: int, goes: bool, because: str, at: datetime) -> RoutingOutcome:
    """
    1. The named person decides what the gate referred, or what it stopped of a duty in law: it goes after all, or it stays, and why.
    2. If it goes, the share starts its clock now. The author sees the decision. Raises Conflict where it was decided already.
    """
    if not because.strip():
        raise ReasonNeeded("Say why, so that the author and the person can understand it.")
    found = RoutingOutcome.objects.select_related("entry", "agency").filter(pk=outcome_id).first()
    if found is None or found.decide_by is None or found.decider not in by.principals:
        raise NotKnown
    gate.note(
        verb="share_to" if goes else "write", category=found.entry.category, purpose=(found.purposes or ["direct_care"])[0], decision="permit" if goes else "deny", rules=found.rules,
        reason=because, item=f"outcome:{found.pk}", people=subjects(found.entry),
    )  # fmt: skip
    made = share_from_now(found, at) if goes and found.outcome != "share" else None
    if not database.value("SELECT decide_outcome(%s, %s, %s, %s)", found.pk, json.dumps(made) if made else None, because.strip(), byline(by)):
        raise Conflict(because, found.decided_because or "Somebody else decided this meanwhile.", field="because")
    return RoutingOutcome.objects.filter(pk=outcome_id).first() or found


def share_from_now(found: RoutingOutcome, at: datetime) -> dict[str, Any]:
    """The clock and the shape of a share that starts now, from the kind of its entry."""
    kind, calendar = kind_or_plain(found.entry.kind), Calendar.of(found.agency.area)
    due = clocks.due(at, kind.clock, calendar=calendar) or clocks.due(at, ORDINARY_CLOCK, calendar=calendar) or at
    return {
        "clock": kind.clock, "due_at": due.isoformat(), "half_at": clocks.half_time(at, max(at, due), kind.clock, calendar=calendar).isoformat(), "in_order": kind.in_order,
        "phone_fallback": kind.phone_fallback, "needs_decision": bool(kind.decision_for), "minimum_fields": list(kind.minimum_fields) if "minimum_fields" in found.obligations else [],
    }  # fmt: skip
