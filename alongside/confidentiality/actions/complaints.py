"""Complaining about an access, or about how information was used: acknowledged within thirty days, and answered."""

from dataclasses import replace
from datetime import datetime, timedelta

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.common.decisions import Decision, NotKnown, Outcome
from alongside.confidentiality import gate
from alongside.confidentiality.gate import obligations
from alongside.confidentiality.gate.obligations import Happened
from alongside.confidentiality.models import Complaint, Obligation

ACKNOWLEDGE_WITHIN = timedelta(days=30)
"""Data Protection Act 2018 s164A, in force 19 June 2026."""

OUTCOMES = {"upheld": "You were right.", "partly_upheld": "You were partly right.", "not_upheld": "We looked, and found that it was allowed."}


def complain(*, by: Actor, person_id: int, text: str, line_id: int | None = None, at: datetime) -> Complaint:
    """
    1. Open who looked, as the person or for them: a complaint is made from one's own list.
    2. The same words about the same line sent again are the complaint that was made.
    3. Write it, with its clock. It goes to the guardian of the agency that looked, whose list it is on at once.

    Raises Refused or NotKnown.
    """
    access = gate.open_record(by, person_id, verb="view_ledger", purpose="portal_view", category="access_ledger", item="complaint", at=at)
    database.take_turns(f"complaint:{by.account_id}:{person_id}")
    before = Complaint.objects.filter(person_id=person_id, made_by_id=by.account_id, line_id=line_id, text=text, answered_at__isnull=True).first()
    if before:
        return before
    made = Complaint.objects.get(pk=database.value("SELECT complain(%s, %s, %s, %s, %s)", person_id, access.line_id, line_id, text, at + ACKNOWLEDGE_WITHIN))
    happened = Happened(Decision(Outcome.PERMIT), replace(by, agency_id=made.agency_id), person_id, access.line_id, f"complaint:{made.pk}", at, "view_ledger", "portal_view", "access_ledger")
    obligations.owe(happened, "notify_caldicott_guardian", about=f"complaint:{made.pk}", says="A complaint about an access waits for your answer")
    return made


def acknowledge_complaint(*, by: Actor, complaint_id: int, at: datetime) -> Complaint:
    """
    1. Only the guardian of the agency it is about finds it.
    2. Say that it came in and is being looked at; the person is told. A second press changes nothing.

    Raises NotKnown.
    """
    found = to_answer(by, complaint_id)
    if found.acknowledged_at is None:
        found.acknowledged_at = at
        found.save(update_fields=["acknowledged_at"])
        tell(by, found, "We have your complaint about who looked. Somebody is finding out what happened, and will answer you.", at=at)
    return found


def answer_complaint(*, by: Actor, complaint_id: int, outcome: str, answer: str, at: datetime) -> Complaint:
    """
    1. Only the guardian of the agency it is about finds it.
    2. Write the answer and its reasons; the person is told, in these words. An answer stands: it is not written over.
    3. What the guardian owed for it is done.

    Raises NotKnown.
    """
    found = to_answer(by, complaint_id)
    if found.answered_at is None:
        found.acknowledged_at, found.answered_at, found.answered_by_id, found.outcome, found.answer = found.acknowledged_at or at, at, by.practitioner_id, outcome, answer
        found.save(update_fields=["acknowledged_at", "answered_at", "answered_by", "outcome", "answer"])
        tell(by, found, f"Your complaint about who looked has been answered. {OUTCOMES[outcome]} {answer}", at=at)
        owed = Obligation.objects.filter(code="notify_caldicott_guardian", about=f"complaint:{found.pk}", status="open")
        owed.update(status="done", outcome="answered", done_at=at, done_by_id=by.practitioner_id, next_step_at=None)
    return found


def to_answer(by: Actor, complaint_id: int) -> Complaint:
    found = Complaint.objects.select_for_update().filter(pk=complaint_id).first() if by.is_practitioner else None
    if found is None:
        raise NotKnown
    return found


def tell(by: Actor, about: Complaint, text: str, *, at: datetime) -> None:
    line = gate.note(verb="message", category="access_ledger", purpose="rights_request", person_id=about.person_id, item=f"complaint:{about.pk}", decision=Outcome.PERMIT.value)
    happened = Happened(Decision(Outcome.PERMIT), by, about.person_id, line, f"complaint:{about.pk}", at, "message", "rights_request", "access_ledger")
    obligations.tell_person(happened, text, code="complaint")
