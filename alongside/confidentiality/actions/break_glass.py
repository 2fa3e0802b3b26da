"""Breaking the glass: the one way into a record for somebody with no part in the care, loud, short and judged by somebody independent."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum

from django.db import transaction

from alongside.agencies.facts import Actor
from alongside.agencies.queries import supervisor_of
from alongside.common import database
from alongside.common.decisions import Conflict, Decision, NotKnown, Outcome
from alongside.common.london import LONDON, london_day
from alongside.confidentiality import gate
from alongside.confidentiality.gate import obligations
from alongside.confidentiality.gate.circumstances import circumstances, describe, held_facts
from alongside.confidentiality.models import BreakGlass

PURPOSE, CLAIM, ASKED_FOR = "emergency_life", "vital_interests", "general_health"
SHORTEST_REASON, SHORTEST_JUDGEMENT = 20, 10


class Danger(StrEnum):
    """What is said to happen if the record stays shut. A claim: the reason, and whoever judges it, bear it out or do not."""

    LIFE = "imminent_life"
    HARM = "significant_harm"
    NONE = "none_known"


class ReasonNotEnough(ValueError):
    """The reason does not describe this emergency; the message says what to write."""


class NotIndependent(ValueError):
    """Nobody judges their own access, or that of a colleague in their own team."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The glass is broken: until when the record is open."""

    emergency_id: int
    ends_at: datetime


WANTING = {
    "reason_too_short": f"Say what the emergency is and what you must find out, in {SHORTEST_REASON} letters or more. The person and a guardian will read it.",
    "reason_repeated": "You gave almost the same reason before. Say what is happening to this person now.",
}


def break_glass(*, by: Actor, person_id: int, danger: Danger, reason: str, at: datetime) -> Broken:
    """
    1. Decide on what is held and on the danger stated, whatever agreements, objections and named lists say.
    2. Write the ledger line, with the reason.
    3. Open the door for four hours; the database refuses a reason that is too short or was used before, and the line then says that nothing was opened.
    4. Carry out what this obliges us to: the guardian has it on their list at once, somebody independent judges it within a day, the person
       is told unless that is unsafe.

    Sent again, it is the same emergency. Raises ReasonNotEnough, Refused, or NotKnown where nobody may know that there is a record.
    """
    held = held_facts(person_id, PURPOSE)
    if held is None:
        raise NotKnown
    claims = {"reason_given": bool(reason.strip()), "reason_describes_emergency": danger is not Danger.NONE}
    seen = replace(circumstances(by, held, on=london_day(at), purpose=PURPOSE, claims=claims), emergency=True, risk_of_not_acting=danger.value)
    decision = gate.decide(describe(seen, verb="break_glass", category=ASKED_FOR, purpose=PURPOSE, claim=CLAIM, shared=True), at=at)
    line = {
        "verb": "break_glass", "category": ASKED_FOR, "purpose": PURPOSE, "basis": CLAIM, "person_id": person_id, "reason": reason.strip(), "decision": decision.outcome.value,
        "rules": list(decision.rules), "obligations": sorted(decision.obligations), "withheld": list(decision.withhold),
        "detail": {"relation": seen.relation, "danger": danger.value, "rulebook": decision.rulebook},
    }  # fmt: skip
    if not decision.permits:
        raise gate.refusal(decision, line)
    try:
        with transaction.atomic():
            line_id = gate.note(**line)
            opened = _door(person_id, reason.strip(), line_id)
            if opened.get("refused") in WANTING:
                raise ReasonNotEnough(WANTING[opened["refused"]])
    except ReasonNotEnough:
        gate.note(**line | {"decision": Outcome.DENY.value, "item": "reason wanting"})
        raise
    if "refused" in opened:
        raise NotKnown(None, line | {"decision": Outcome.DENY.value})
    if not opened["again"]:
        obligations.carry_out(
            decision, actor=by, person_id=person_id, line_id=line_id, about=about(opened["break_glass"]), at=at, verb="break_glass", purpose=PURPOSE, category=ASKED_FOR, reason=reason,
        )  # fmt: skip
    return Broken(opened["break_glass"], datetime.fromisoformat(opened["ends_at"]))


def judge_emergency(*, by: Actor, emergency_id: int, proper: bool, reason: str, at: datetime, tell_on: date | None = None) -> BreakGlass:
    """
    1. Write the ledger line of the judgement.
    2. Judge, behind the database's door: only somebody independent, and only once. Not proper: the access ends at this moment.
    3. Tell the person what was judged; with `tell_on`, not before somebody has looked again on that day whether it is safe.
    4. Not proper: the supervisor of whoever broke the glass has it on their list.

    Raises ReasonNotEnough, NotIndependent, NotKnown, or Conflict when somebody judged it meanwhile.
    """
    if len(reason.strip()) < SHORTEST_JUDGEMENT:
        raise ReasonNotEnough("Say in a sentence why. Whoever opened the record will read it.")
    found = database.the_one(BreakGlass.objects.select_related("practitioner__agency").filter(pk=emergency_id))
    line_id = gate.note(
        verb="write", category="access_ledger", purpose="audit", basis="art5_2_accountability", decision="permit", person_id=found.person_id, item=about(emergency_id), reason=reason.strip(),
        detail={"judged": "proper" if proper else "not_proper"},
    )  # fmt: skip
    answer = database.value("SELECT break_glass_judge(%s, %s, %s)", emergency_id, proper, reason.strip())
    if answer == "same_team":
        raise NotIndependent("Somebody of another team must judge this. You work with whoever opened the record.")
    if answer == "judged_already":
        raise Conflict(reason, found.judgement_reason, field="reason")
    if answer != "judged":
        raise NotKnown
    _tell_outcome(found, by=by, proper=proper, line_id=line_id, at=at, tell_on=tell_on)
    if not proper:
        _tell_supervisor(found, line_id=line_id, at=at)
    return BreakGlass.objects.select_related("practitioner__agency").get(pk=emergency_id)


def about(emergency_id: int) -> str:
    """How ledger lines and obligations name an emergency.

    Example:
        >>> about(3)
        'break_glass:3'
    """
    return f"break_glass:{emergency_id}"


def _door(person_id: int, reason: str, line_id: int) -> dict[str, str | int]:
    return database.document("SELECT break_glass_open(%s, %s, %s)", person_id, reason, line_id)


def _tell_outcome(found: BreakGlass, *, by: Actor, proper: bool, line_id: int, at: datetime, tell_on: date | None) -> None:
    who, when = found.practitioner, found.opened_at.astimezone(LONDON)
    right = "it was right to do so" if proper else "it was not right to do so, and we are sorry. The access was ended and their manager has been told"
    text = f"{who.name}, {who.title}, {who.agency.name}, opened your record in an emergency on {when:%-d %B %Y}. {by.name}, {by.title}, judged that {right}."
    happened = obligations.Happened(Decision(Outcome.PERMIT, obligations=("delayed_release_reviewed",) if tell_on else ()), by, found.person_id, line_id, about(found.pk), at)
    review_at = datetime.combine(tell_on, time(9), tzinfo=LONDON) if tell_on else None
    obligations.tell_person(happened, text, code="emergency_judged", review_at=review_at)


def _tell_supervisor(found: BreakGlass, *, line_id: int, at: datetime) -> None:
    above = supervisor_of(found.practitioner_id)
    if above is None:
        return
    due = obligations.due_at(obligations.WITHIN_A_DAY, at)
    item = {
        "code": "notify_supervisor", "owners": [above], "about": about(found.pk), "due_at": due, "next_step_at": due, "secret": True,
        "summary": f"An emergency access was judged not proper: {found.practitioner.name}, {found.practitioner.title}. Talk with them",
    }  # fmt: skip
    database.value("SELECT owe(%s, %s, %s)", line_id, found.person_id, json.dumps([item], default=str))
