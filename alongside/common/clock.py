"""The only place that asks what time it is. Everything else is told."""

from datetime import UTC, date, datetime

from alongside.common.london import london_day


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The calendar day it is in Great Britain."""
    return london_day(now())


def by_database() -> datetime:
    """This moment as the database has it: what several machines do by turns goes by one clock."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        moment: datetime = cursor.fetchone()[0]
    return moment.astimezone(UTC)
