"""How partners answer each other, as a table with everything needed to check it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alongside.agencies.facts import Actor
from alongside.measures.information_lost import CAVEAT, VERSION
from alongside.measures.result import Result
from alongside.records import queries as records
from alongside.records.queries import Answering
from alongside.web.partnership.wording import duration_in_words, percent

HEAD = ("Partner", "Came in", "Acknowledged", "Sent back", "Late", "Half within", "Information lost")
LATELY, FEWEST_SHOWN = timedelta(days=90), 5
"""A proportion that rests on fewer is not shown: it would speak of single cases."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The table, since when it counts, and what the measure's own formula says of itself."""

    rows: Sequence[Sequence[str]]
    nothing_came_to: Sequence[str]
    since: datetime
    head: Sequence[str] = HEAD
    version: str = VERSION
    caveat: str = CAVEAT


def answers_of(actor: Actor, agencies: Collection[tuple[int, str]], *, at: datetime) -> Answers:
    """How each of these partners answered what came to it lately, for a reader who belongs to a partnership with them."""
    since = at - LATELY
    answering = {one.agency_id: one for one in records.answering(actor, since=since, until=at)}
    lost = {one.to_agency: one.measure.loss for one in records.information_lost(actor, since=since, until=at, smallest=FEWEST_SHOWN) if not one.from_agency}
    rows = [row(name, answering[agency], lost.get(agency)) for agency, name in agencies if agency in answering]
    return Answers(rows, [name for agency, name in agencies if agency not in answering], since)


def row(name: str, found: Answering, lost: Result | None) -> list[str]:
    return [
        name, f"{found.shares:,}", rate(found.acknowledged + found.decided, found.shares), rate(found.declined, found.shares), rate(found.late, found.shares),
        duration_in_words(None if found.median_hours is None else found.median_hours * 60), loss_in_words(lost),
    ]  # fmt: skip


def rate(count: int, n: int) -> str:
    """
    >>> rate(3, 12), rate(1, 4)
    ('25\\xa0%', 'too\\xa0few')
    """
    return percent(count / n if n >= FEWEST_SHOWN else None)


def loss_in_words(lost: Result | None) -> str:
    if lost is None:
        return "–"
    interval = f" ({percent(lost.low)} to {percent(lost.high)})" if lost.value is not None else ""
    return f"{percent(lost.value)}{interval}, n\xa0=\xa0{lost.n}"
