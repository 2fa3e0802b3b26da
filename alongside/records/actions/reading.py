"""Reading what hangs on an entry, with its own line in the ledger."""

from datetime import datetime
from uuid import UUID

from alongside.agencies.facts import Actor
from alongside.common.access import Access
from alongside.confidentiality import gate
from alongside.records.models import Attachment, Entry
from alongside.records.queries.readable import readable
from alongside.records.queries.record import attachment, entry, entry_behind, subjects


def read_entry(*, by: Actor, reference: UUID, purpose: str = "direct_care", at: datetime) -> Entry:
    """
    1. An entry that was shared with this reader, or that they wrote, is read as such, with its line in the ledger.
    2. Any other is read by opening the record of a person it is about. Raises Refused or NotKnown from the gate.
    """
    access = None if Entry.objects.filter(readable(by), reference=reference).exists() else open_behind(by, reference, purpose, at)
    found = entry(by, reference, access)
    gate.note(verb="read", category=found.category, purpose=purpose, decision="permit", item=f"entry:{found.pk}", people=subjects(found))
    return found


def read_attachment(*, by: Actor, reference: UUID, entry_reference: UUID, purpose: str = "direct_care", at: datetime) -> Attachment:
    """The same for what is attached: to be sent as a download only, never shown as a page."""
    access = None if Entry.objects.filter(readable(by), reference=entry_reference).exists() else open_behind(by, entry_reference, purpose, at)
    found = attachment(by, reference, access)
    gate.note(verb="read", category=found.entry.category, purpose=purpose, decision="permit", item=f"attachment:{found.pk}", people=subjects(found.entry))
    return found


def open_behind(by: Actor, reference: UUID, purpose: str, at: datetime) -> Access | None:
    """Open the record of the first person an entry is about."""
    return next((gate.open_record(by, person, purpose=purpose, at=at, item="entry") for person in entry_behind(by, reference)[:1]), None)
