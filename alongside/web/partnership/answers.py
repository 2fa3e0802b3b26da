"""How partners answer each other, as a table with everything needed to check it. The worker counts; the page says as of when."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from alongside.agencies.facts import Actor
from alongside.framework import queries
from alongside.measures.information_lost import CAVEAT, VERSION
from alongside.measures.proportion import wilson
from alongside.web.partnership.wording import duration_in_words, percent

HEAD = ("Partner", "Came in", "Acknowledged", "Sent back", "Late", "Half within", "Information lost")
FEWEST_SHOWN = 5
"""A proportion that rests on fewer is not shown: it would speak of single cases."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The table, since when it counts, as of when, and what the measure's own formula says of itself. `counted_at` None: nothing has been counted yet."""

    rows: Sequence[Sequence[str]]
    nothing_came_to: Sequence[str]
    since: date | None
    counted_at: datetime | None
    head: Sequence[str] = HEAD
    version: str = VERSION
    caveat: str = CAVEAT


def answers_of(actor: Actor, agencies: Collection[tuple[int, str]], *, at: datetime) -> Answers:
    """How each of these partners answered what came to it lately, for a reader who belongs to a partnership with them."""
    found = queries.partner_answers([agency for agency, _ in agencies])
    rows = [row(name, found[agency]) for agency, name in agencies if agency in found and found[agency].sent]
    silent = [name for agency, name in agencies if agency not in found or not found[agency].sent]
    return Answers(rows, silent, min((one.since for one in found.values()), default=None), min((one.computed_at for one in found.values()), default=None))


def row(name: str, found: object) -> list[str]:
    return [
        name, f"{found.sent:,}", rate(found.acknowledged, found.sent), rate(found.declined, found.sent), rate(found.late, found.sent),
        duration_in_words(None if found.half_hours is None else found.half_hours * 60), loss_in_words(found.lost, found.pairs),
    ]


def rate(count: int, n: int) -> str:
    """
    >>> rate(3, 12), rate(1, 4)
    ('25%', 'too\\xa0few')
    """
    return percent(count / n if n >= FEWEST_SHOWN else None)


def loss_in_words(lost: int, n: int) -> str:
    """
    >>> loss_in_words(1, 10), loss_in_words(0, 3), loss_in_words(0, 0)
    ('10% (2% to 40%), n\\xa0=\\xa010', 'too\\xa0few, n\\xa0=\\xa03', '–')
    """
    if not n:
        return "–"
    if n < FEWEST_SHOWN:
        return f"{percent(None)}, n\xa0=\xa0{n}"
    low, high = wilson(lost, n)
    return f"{percent(lost / n)} ({percent(low)} to {percent(high)}), n\xa0=\xa0{n}"
