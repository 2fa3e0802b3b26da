"""What waits in the partnership's voice for somebody who answers: as rows of work, for its own page and for the partnership's home."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from alongside.voice import queries
from alongside.voice.facts import Route
from alongside.web.design.rows import WorkRow
from alongside.web.partnership.voice.words import ROUTES

MOST_AT_HOME = 5
BEGINNING = 80


def waiting_rows(found: Iterable[object]) -> list[WorkRow]:
    """Contributions without an answer, by when each is due."""
    return [
        WorkRow(f"Answer: {beginning(one.words)}", reverse("contribution", args=[one.partnership_id, one.pk]), one.due_at, meta=f"{ROUTES[Route(one.route)]}{', ' + one.forum.name if one.forum else ''}")
        for one in found
    ]  # fmt: skip


def promised_rows(found: Iterable[object]) -> list[WorkRow]:
    """What was promised and of which nobody has said yet that it is done."""
    return [WorkRow(f"Say what changed: {one.heard}", reverse("contribution", args=[one.partnership_id, one.pk]), one.by_when) for one in found]


def late_at_home(partnership_id: int, at: datetime) -> list[WorkRow]:
    """For the partnership's home: contributions whose answer is late, the latest first, and how many more there are."""
    late = [one for one in queries.waiting(partnership_id) if one.due_at < at]
    rows = [
        WorkRow("Answer what somebody told us", row.href, row.due, row.meta, state="Unanswered", colour="red") for row in waiting_rows(late[:MOST_AT_HOME])
    ]  # fmt: skip
    if len(late) > MOST_AT_HOME:
        rows.append(WorkRow(f"{len(late) - MOST_AT_HOME} more that nobody has answered in time", reverse("contributions", args=[partnership_id]), None, state="Unanswered", colour="red"))
    return rows


def beginning(words: str) -> str:
    """
    >>> beginning("The bus  does not run."), len(beginning("word " * 99)) <= BEGINNING + 1
    ('The bus does not run.', True)
    """
    flat = " ".join(words.split())
    return flat if len(flat) <= BEGINNING else f"{flat[:BEGINNING].rsplit(' ', 1)[0]}…"
