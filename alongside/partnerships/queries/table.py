"""At whose table the reader sits, and what they may do there. The database's own functions say so; row security asks the same ones."""

from dataclasses import dataclass

from django.db import connection

from alongside.common.decisions import NotKnown
from alongside.partnerships.models import Partnership


@dataclass(frozen=True, slots=True)
class Place:
    """What a reader may do at one table. `seats` are their own seats on its board."""

    partnership: Partnership
    partner: bool
    governs: bool
    drafts: bool
    speaks: bool
    seats: frozenset[int]
    winds_up: bool = False
    """Sees to what goes back, once it is over too."""
    settles: bool = False
    """Answers what people said and complained of, once it is over too."""


def place_at(partnership: Partnership | int, *, agency_id: int | None) -> Place:
    """The partnership, with the reader's place at its table. Raises NotKnown for whoever does not sit at it."""
    found = Partnership.objects.filter(pk=partnership).select_related("lead_agency", "lead_practitioner").first() if isinstance(partnership, int) else partnership
    if found is None:
        raise NotKnown
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT %(p)s IN (SELECT my_tables()), is_partner(%(p)s), governs(%(p)s), may_draft(%(p)s), speaks_for(%(p)s, %(agency)s), ARRAY(SELECT my_seats()), winds_up(%(p)s), settles_what_is_left(%(p)s)", {"p": found.pk, "agency": agency_id}
        )
        sits, partner, governs, drafts, speaks, seats, winds_up, settles = cursor.fetchone()
    if not sits:
        raise NotKnown
    return Place(found, partner, governs, drafts or governs, bool(speaks), frozenset(seats), bool(winds_up), bool(settles))


def may_found() -> bool:
    """Whether the reader may found a partnership for their agency."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT may_found()")
        return bool(cursor.fetchone()[0])
