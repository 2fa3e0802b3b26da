"""Answering what is owed: done, or no longer needed, with what came of it; and looking again at what was held back."""

from datetime import date, datetime

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.common.decisions import Conflict, NotKnown
from alongside.confidentiality import gate
from alongside.confidentiality.models import Obligation
from alongside.confidentiality.queries import obligation

ANSWERED_ELSEWHERE = {"break_glass": "Judge the emergency itself; that answers this.", "document": "Check the document itself; that answers this.", "ending": "Answer whether the marker shall end; that answers this.", "readers": "Name who may open the record; that answers this."}
HELD_THINGS = frozenset({"notice", "ledger_hold", "restriction"})


class AnswerWanting(ValueError):
    """What was answered is not enough; the message says what to write."""


def answer_obligation(*, by: Actor, obligation_id: int, needed: bool, note: str, at: datetime) -> Obligation:
    """
    1. Find it among what this practitioner, or a team of theirs, owes.
    2. Write the ledger line: an answer about a person is an act about a person.
    3. End it: done, or no longer needed with the reason. Once; a second answer is shown the first.

    Raises AnswerWanting, NotKnown or Conflict.
    """
    found = _found(by, obligation_id)
    thing = found.about.partition(":")[0]
    if found.code in ("review_within_24h", "second_person_approval", "name_readers") and thing in ANSWERED_ELSEWHERE:
        raise AnswerWanting(ANSWERED_ELSEWHERE[thing])
    if not needed and not note.strip():
        raise AnswerWanting("Say why this is no longer needed. Whoever looks back must be able to understand it.")
    _line(found, note)
    changed = Obligation.objects.filter(pk=found.pk, status="open").update(
        status="done" if needed else "lapsed", outcome="done" if needed else "no_longer_needed", note=note.strip(), done_at=at, done_by_id=by.practitioner_id,
    )  # fmt: skip
    if not changed:
        raise Conflict(note, f"{found.get_status_display()}. {found.note}".strip(), field="note")
    return _found(by, obligation_id)


def look_again(*, by: Actor, obligation_id: int, let_go: bool, note: str, until: date | None = None, at: datetime) -> Obligation:
    """
    1. Find the review among what this practitioner owes.
    2. Write the ledger line with the reason.
    3. Let go: the person is told, the lines appear, or the restriction ends. Keep: with a new day on which somebody looks again.

    The database lets nothing go that facts on file still forbid. Raises AnswerWanting, NotKnown or Conflict.
    """
    found = _found(by, obligation_id)
    if found.about.partition(":")[0] not in HELD_THINGS:
        raise NotKnown
    if not let_go and (until is None or until <= at.date()):
        raise AnswerWanting("Give the day on which somebody looks again. It must be after today.")
    if not note.strip():
        raise AnswerWanting("Say why.")
    line_id = _line(found, note)
    answer = database.value("SELECT look_again(%s, %s, %s, %s, %s)", found.pk, let_go, until, note.strip(), line_id)
    if answer == "must_wait":
        raise AnswerWanting("Facts on file still forbid it: somebody may watch the person’s screen, or an enquiry runs. Keep it, with a new day.")
    if answer == "answered":
        raise Conflict(note, f"{found.get_status_display()}. {found.note}".strip(), field="note")
    return _found(by, obligation_id)


def _found(by: Actor, obligation_id: int) -> Obligation:
    found = obligation(by, obligation_id)
    if found is None:
        raise NotKnown
    return found


def _line(found: Obligation, note: str) -> int:
    return gate.note(verb="write", category="index_entry", purpose="service_management", decision="permit", person_id=found.person_id, item=f"obligation:{found.pk}", reason=note.strip())
