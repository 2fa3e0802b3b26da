"""Papers that bear out a claim: a court order, an authority, an approval. One practitioner records it, a second one checks it; until then it is only a claim."""

from dataclasses import dataclass
from datetime import datetime

from alongside.agencies.facts import Actor
from alongside.agencies.queries import practitioners
from alongside.common import database
from alongside.common.decisions import Conflict
from alongside.confidentiality import gate
from alongside.confidentiality.gate import obligations
from alongside.confidentiality.models import Obligation, VerifiedDocument
from alongside.confidentiality.queries import restrictions

PURPOSE = "direct_care"
KINDS = dict(VerifiedDocument.KINDS)


class NotTheSecond(ValueError):
    """Whoever recorded a document cannot be the one who checks it."""


@dataclass(frozen=True, slots=True)
class NewDocument:
    """What is written on the paper. `scope_specific`: it names what may be done, with what, and no more. `agency_id` None: it binds every agency."""

    kind: str
    title: str
    scope: str
    scope_specific: bool = False
    agency_id: int | None = None
    expires_at: datetime | None = None


def record_document(*, by: Actor, person_id: int, new: NewDocument, at: datetime) -> VerifiedDocument:
    """
    1. Ask the gate for the right to write about this person.
    2. Record the paper, not yet verified: the gate does not count it.
    3. The check is on the list of the supervisor of whoever recorded it, within a day; of somebody named, where only those named may open the record.

    Raises Refused or NotKnown.
    """
    access = gate.open_record(by, person_id, verb="write", purpose=PURPOSE, category="strengths_needs_plan", write=True, item=f"document:{new.kind}", at=at)
    made = VerifiedDocument.objects.create(
        person_id=person_id, kind=new.kind, title=new.title.strip(), scope=new.scope.strip(), scope_specific=new.scope_specific, agency_id=new.agency_id, expires_at=new.expires_at,
        recorded_by_id=by.practitioner_id, recorded_at=at,
    )  # fmt: skip
    happened = obligations.Happened(gate.decision_of(access), by, person_id, access.line_id, about(made.pk), at)
    named = second_among({one for restriction in restrictions(access) if not restriction.category for one in restriction.practitioners} - {by.practitioner_id}, by)
    says = f"Check a document before anybody rests on it, {KINDS[new.kind].lower()}"
    obligations.owe(happened, "second_person_approval", about=about(made.pk), says=says, owners=named or None)
    return made


def check_document(*, by: Actor, person_id: int, document_id: int, genuine: bool, note: str, at: datetime) -> VerifiedDocument:
    """
    1. Ask the gate for the right to write about this person.
    2. Only a second practitioner checks: the database refuses the first as well.
    3. Genuine: from this moment the gate counts it. Not genuine: it never counts, and it says why.
    4. The check is off the list.

    Raises NotTheSecond, Refused, NotKnown, or Conflict when somebody checked it meanwhile.
    """
    gate.open_record(by, person_id, verb="write", purpose=PURPOSE, category="strengths_needs_plan", write=True, item=about(document_id), reason=note, at=at)
    found = database.the_one(VerifiedDocument.objects.filter(pk=document_id, person_id=person_id))
    if by.practitioner_id is None or found.recorded_by_id == by.practitioner_id:
        raise NotTheSecond("Somebody else must check this: you recorded it.")
    if found.checked_at is not None:
        raise Conflict(note, found.check_note, field="note")
    found.checked_at, found.check_note = at, note.strip()
    if genuine:
        found.verified_by_id, found.verified_at = by.practitioner_id, at
    found.save(update_fields=["checked_at", "check_note", "verified_by", "verified_at"])
    mine = Obligation.objects.filter(code="second_person_approval", about=about(document_id), status="open")
    mine.update(status="done", outcome="approved" if genuine else "refused", note=note.strip(), done_at=at, done_by_id=by.practitioner_id)
    return found


def second_among(named: set[int | None], by: Actor) -> list[int]:
    """Of those who alone may open the record, who checks: a colleague of the same agency first, then a body with a duty in law."""
    found = practitioners().filter(pk__in=named)
    order = sorted(found, key=lambda one: (one.agency_id != by.agency_id, one.agency.kind_id not in ("council_children", "council_adults", "police"), one.pk))
    return [one.pk for one in order[:1]]


def about(document_id: int) -> str:
    """How ledger lines and obligations name a document.

    Example:
        >>> about(7)
        'document:7'
    """
    return f"document:{document_id}"
