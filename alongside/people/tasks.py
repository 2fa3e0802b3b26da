"""What this app does later."""

from datetime import datetime

from alongside.common import database
from alongside.common.schedule import every


@every(seconds=60)
def forget_tickets(at: datetime) -> int:
    """Tickets of transactions that have ended open nothing any more, and go."""
    return int(database.value("SELECT forget_tickets()"))
