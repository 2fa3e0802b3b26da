"""A supervisor, or whoever sent it, need not wait for the clock: the partnership's lead can have it now."""

from datetime import datetime
from uuid import UUID

from alongside.agencies.facts import Actor, CannotBe
from alongside.common.decisions import NotKnown
from alongside.confidentiality.queries import partnership_lead_for
from alongside.records.actions.shares import move
from alongside.records.facts import ShareEvent
from alongside.records.models import Share
from alongside.records.queries import receives
from alongside.records.queries import share as one_share


def escalate_share(*, by: Actor, reference: UUID, why: str, at: datetime) -> Share:
    """
    1. By whoever it is owed by or has climbed to, their supervisor, or its sender. Raises NotKnown for anybody else.
    2. The lead of the partnership finds it among what climbed, with the reason; the clock runs on. Raises CannotBe where nobody leads.
    """
    found = one_share(by, reference)
    if not (receives(by, found) or found.from_practitioner_id in by.principals):
        raise NotKnown
    lead = partnership_lead_for(found.to_agency_id) or partnership_lead_for(found.from_agency_id)
    if lead is None:
        raise CannotBe("No partnership of these agencies has a lead. Telephone instead", field="why")
    return move(found, ShareEvent.ESCALATED_PARTNERSHIP, by=by, at=at, words=why, climbed_at=at, climbed_to=lead)
