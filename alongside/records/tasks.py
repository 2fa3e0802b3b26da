"""What this app does later: what is owed is delivered, and what is not answered climbs."""

from datetime import datetime

from django.db import transaction

from alongside.common import database
from alongside.common.schedule import every
from alongside.records.actions import backlog, climbing, delivery


@every(seconds=0.5)
def deliver_to_inboxes(at: datetime) -> int:
    return delivery.deliver_to_inboxes(at=at)


@every(seconds=2)
def deliver_to_endpoints(at: datetime) -> int:
    return delivery.deliver_to_endpoints(at=at)


@every(seconds=5)
def climb_unanswered(at: datetime) -> int:
    return climbing.climb_unanswered(at=at)


@every(seconds=60)
def climb_unoffered(at: datetime) -> int:
    return backlog.climb_unoffered(at=at)


@every(seconds=3600)
def forget_draft_files(at: datetime) -> int:
    """Files of a form that was never sent go when nobody has come back to it for a month."""
    with transaction.atomic():
        return int(database.value("SELECT forget_draft_files()"))
