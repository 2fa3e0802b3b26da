"""What waits in the partnership's voice for somebody who answers: as rows of work, for its own page."""

from collections.abc import Iterable

from django.urls import reverse

from alongside.voice.facts import Route
from alongside.web.design.rows import WorkRow
from alongside.web.partnership.voice.words import ROUTES

BEGINNING = 80


def waiting_rows(found: Iterable[object]) -> list[WorkRow]:
    """Contributions without an answer, by when each is due."""
    return [
        WorkRow(f"Answer: {beginning(one.words)}", reverse("contribution", args=[one.partnership_id, one.pk]), one.due_at, meta=f"{ROUTES[Route(one.route)]}{', ' + one.forum.name if one.forum else ''}")
        for one in found
    ]


def promised_rows(found: Iterable[object]) -> list[WorkRow]:
    """What was promised and of which nobody has said yet that it is done."""
    return [WorkRow(f"Say what changed: {one.heard}", reverse("contribution", args=[one.partnership_id, one.pk]), one.by_when) for one in found]


def beginning(words: str) -> str:
    """
    >>> beginning("The bus  does not run."), len(beginning("word " * 99)) <= BEGINNING + 1
    ('The bus does not run.', True)
    """
    flat = " ".join(words.split())
    return flat if len(flat) <= BEGINNING else f"{flat[:BEGINNING].rsplit(' ', 1)[0]}…"
