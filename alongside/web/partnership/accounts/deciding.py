"""What the partnership's own home says of its money: questions that nobody answered in time, what was due and has not come, and a period that waits for a second partner."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from alongside.common.london import london_day
from alongside.open_book import queries
from alongside.open_book.facts import PeriodStatus
from alongside.web.design.formats import plural
from alongside.web.design.rows import WorkRow


def money_decisions(partnership: Any, actor: Any, at: datetime) -> list[WorkRow]:
    """Each climbs to here once it is overdue; what is in order says nothing."""
    today, rows = london_day(at), []
    for one in queries.overdue(queries.waiting(partnership.pk), today):
        rows.append(WorkRow(f"A question on the accounts that {one.agency.name} has not answered", reverse("account_line", args=[partnership.pk, one.line_id]), one.due_on, f"Asked by {one.asked_by.agency.name}", state="Overdue", colour="red"))
    many, oldest = queries.late(partnership.pk, today=today)
    if many:
        rows.append(WorkRow(f"{plural(many, 'contribution')} not there on the day", reverse("account_contributions", args=[partnership.pk]), None, f"The oldest is {plural(oldest, 'day')} late", state="Late", colour="orange"))
    for period in queries.periods(partnership.pk):
        if period.status == PeriodStatus.PROPOSED:
            rows.append(WorkRow(f"Close the books of {period.name}", reverse("close_period", args=[partnership.pk, period.pk]), None, f"Proposed by {period.proposed_by.agency.name}", state="Waits for a second partner", colour="yellow"))
    return rows
