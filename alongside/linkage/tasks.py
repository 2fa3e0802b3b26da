"""What this app does later: compares people who are new or changed with everybody who could be the same."""

from datetime import datetime

from django.db import transaction

from alongside.common.schedule import every
from alongside.linkage.actions import propose_doubles

BATCH = 200


@every(seconds=20, aside=True)
def look_for_doubles(at: datetime) -> int:
    """A batch of those who wait, in one transaction: killed in the middle, they wait again."""
    with transaction.atomic():
        return propose_doubles(at_most=BATCH)
