"""Complaints to a partnership, for those who work for a partner: what waits, by when, and what was answered."""

from alongside.common.decisions import NotKnown
from alongside.partnerships.models import Complaint

MOST_ANSWERED = 50


def waiting(partnership_id: int) -> list[Complaint]:
    """Without an answer, the first to be late on top."""
    return list(Complaint.objects.filter(partnership_id=partnership_id, answered_at=None).select_related("about").order_by("due_on", "pk"))


def answered(partnership_id: int) -> list[Complaint]:
    """The latest first."""
    return list(Complaint.objects.filter(partnership_id=partnership_id).exclude(answered_at=None).select_related("about", "answered_by__agency").order_by("-answered_at", "-pk")[:MOST_ANSWERED])


def complaint(complaint_id: int) -> Complaint:
    """Raises NotKnown for none that the reader may read."""
    found = Complaint.objects.filter(pk=complaint_id).select_related("about", "partnership", "answered_by__agency").first()
    if found is None:
        raise NotKnown
    return found
