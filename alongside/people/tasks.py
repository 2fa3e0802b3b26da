"""What this app does later."""

from datetime import datetime

from django.db import connection

from alongside.common.schedule import every


@every(seconds=60)
def forget_tickets(at: datetime) -> int:
    """Tickets of transactions that have ended open nothing any more, and go."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT forget_tickets()")
        return int(cursor.fetchone()[0])
