"""Nobody learns from a closed tap that an agreement had an end."""

from datetime import datetime

from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from alongside.common import database
from alongside.common.london import london_day
from alongside.partnerships.rules.agreements import WARN_BEFORE_LAPSE


def warn_of_lapse(*, at: datetime) -> int:
    """
    1. Of each agreement in force that has come 90, 60 or 30 days before its end, note that its keepers are warned.
    2. Write to the lead, the guardian and whoever signed it; only when the letters are taken does the note stand.

    Gives how many agreements were warned of. Run twice, or killed half way, it may write twice; it never fails to write.
    """
    with transaction.atomic():
        due = database.rows("SELECT * FROM lapse_warnings_due(%s, %s)", list(WARN_BEFORE_LAPSE), at)
        get_connection().send_messages([_letter(title, partnership, ends, at, addresses) for _, title, partnership, ends, addresses in due if addresses])
    return len(due)


def _letter(title: str, partnership: str, ends: datetime, at: datetime, addresses: list[str]) -> EmailMessage:
    left, day = (ends - at).days, london_day(ends)
    return EmailMessage(
        f"Alongside: an agreement lapses in {left} days",
        f"“{title}” of {partnership} ends on {day:%d %B %Y}. From then on nothing flows under it between its parties.\n\n"
        "Sign in to Alongside, open the partnership and its agreements, and renew it, change it or let it end.\n",
        bcc=addresses,
    )  # fmt: skip
