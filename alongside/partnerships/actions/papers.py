"""Papers to a point of an agenda."""

import uuid
from datetime import datetime
from hashlib import sha256

from alongside.agencies.facts import Actor
from alongside.common.attachments import NotSafe, Upload, made_safe
from alongside.partnerships.actions.keeping import keep
from alongside.partnerships.actions.meetings import must_be_open
from alongside.partnerships.models import AgendaItem, AgendaPaper

__all__ = ["WHO_ATTACHES", "NotSafe", "Upload", "attach_paper"]

WHO_ATTACHES = "A paper is attached by whoever keeps the board's books, or to a point of their own by the member who put it down; and only until the meeting is closed."


def attach_paper(*, by: Actor, item: AgendaItem, upload: Upload, at: datetime) -> AgendaPaper:
    """Checked like any attachment, and kept without what it says of whoever made it. Raises NotSafe. Attached twice, it is one."""
    must_be_open(item.meeting)
    safe = made_safe(upload)
    digest = sha256(safe.content).hexdigest()
    there = AgendaPaper.objects.filter(item=item, sha256=digest).first()
    if there:
        return there
    row = AgendaPaper(
        item=item, reference=uuid.uuid4(), name=safe.name, content_type=safe.content_type, size=len(safe.content), sha256=digest, content=safe.content, by_id=by.practitioner_id, at=at,
    )
    return keep(row, "paper_attached", partnership_id=item.meeting.partnership_id, refused=WHO_ATTACHES)
