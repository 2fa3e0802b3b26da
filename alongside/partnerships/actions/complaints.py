"""Complaints to the partnership: written down by whoever hears them, answered by somebody who was not involved."""

import uuid
from datetime import date, datetime

from alongside.agencies.facts import Actor
from alongside.partnerships.actions.doors import NotNow
from alongside.partnerships.actions.keeping import change, keep
from alongside.partnerships.facts import CameBy, Upheld
from alongside.partnerships.models import Complaint
from alongside.partnerships.rules.complaints import answer_due, may_answer

HEARERS = "A complaint is written down by somebody who works for a partner."
ANSWERERS = "A complaint is answered by the partnership's lead or by whoever speaks for a partner, once it has ended by those who did, and never by the partner that it is about."


def write_down_complaint(
    *, by: Actor, partnership_id: int, about_id: int | None, came_by: CameBy, words: str, received_on: date, at: datetime, key: uuid.UUID | None = None
) -> Complaint:  # fmt: skip
    """In the words of whoever complained, and naming nobody; its clock runs from the day on which it came in."""
    row = Complaint(
        partnership_id=partnership_id, about_id=about_id, came_by=came_by.value, words=words, received_on=received_on, due_on=answer_due(received_on), by_id=by.practitioner_id, at=at, key=key
    )
    return keep(row, "complaint_received", partnership_id=partnership_id, agency_id=by.agency_id, refused=HEARERS)


def answer_complaint(*, by: Actor, complaint: Complaint, outcome: Upheld, answer: str, at: datetime) -> None:
    """
    1. Not by the partner that it is about, and once: an answer stands.
    2. The same answer by the same person, sent twice, is one.
    """
    if complaint.answered_at and complaint.answered_by_id == by.practitioner_id and (complaint.outcome, complaint.answer) == (outcome.value, answer):
        return
    if complaint.answered_at:
        raise NotNow("This has been answered; the answer stands.")
    if not may_answer(by.agency_id, complaint.about_id):
        raise NotNow("It is about your own agency, so somebody of another partner answers it.")
    change(
        Complaint.objects.filter(pk=complaint.pk, answered_at=None), "complaint_answered", partnership_id=complaint.partnership_id, at=at, refused=ANSWERERS, answered_at=at,
        answered_by_id=by.practitioner_id, outcome=outcome.value, answer=answer,
    )  # fmt: skip
