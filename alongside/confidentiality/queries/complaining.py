"""Complaints about an access: one's own, and for whoever has to answer them with the access itself as it stands in the ledger."""

from dataclasses import dataclass
from datetime import datetime

from alongside.common import database
from alongside.common.access import Access
from alongside.confidentiality.models import Complaint


def complaints(access: Access) -> list[Complaint]:
    """What this account complained about in this record, newest first."""
    return list(Complaint.objects.filter(person_id=access.person_id, made_by_id=access.account_id).select_related("agency").order_by("-made_at"))


def open_complaints() -> list[Complaint]:
    """Complaints not yet answered, by clock; row security shows each guardian their own agencies'."""
    return list(Complaint.objects.filter(answered_at__isnull=True).select_related("agency").order_by("acknowledge_by"))


@dataclass(frozen=True, slots=True)
class ComplainedOf:
    """The access that a complaint is about, as it stands in the ledger."""

    line_id: int
    at: datetime
    who: str
    agency: str
    verb: str
    category: str
    purpose: str
    decision: str
    automatic: bool
    reason: str
    relation: str
    on_a_list: bool


@dataclass(frozen=True, slots=True)
class ComplaintToAnswer:
    """A complaint as its guardian sees it. `person` is empty where the record is hidden; `line` is None where it is about no single access."""

    id: int
    text: str
    made_at: datetime
    made_by: str
    acknowledge_by: datetime
    acknowledged_at: datetime | None
    answered_at: datetime | None
    outcome: str
    answer: str
    agency: str
    person: str
    line: ComplainedOf | None


def complaint_to_answer(complaint_id: int) -> ComplaintToAnswer | None:
    """The complaint with the access it is about. None: it is not this guardian's. Looking writes its own ledger line."""
    found = database.document("SELECT complaint_to_answer(%s)", complaint_id)
    if found is None:
        return None
    line = ComplainedOf(**(found["line"] | {"at": datetime.fromisoformat(found["line"]["at"])})) if found["line"] else None
    moments = {name: datetime.fromisoformat(found[name]) if found[name] else None for name in ("made_at", "acknowledge_by", "acknowledged_at", "answered_at")}
    return ComplaintToAnswer(**(found | moments | {"line": line, "made_by": found["made_by"] or "", "agency": found["agency"] or ""}))
