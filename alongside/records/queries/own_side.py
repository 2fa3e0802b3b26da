"""What a person sees of their own record on their screen: what they wrote themselves, and single entries that may be shown there."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from alongside.common import database
from alongside.common.access import Access
from alongside.records.models import Entry


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What the person, or somebody for them, wrote: beside an entry it answers, or by itself; and which teams were told of it, with whether they have read it."""

    entry_id: int
    beside: int | None
    words: str
    byline: str
    written_at: datetime
    told: tuple[tuple[str, bool], ...] = ()


def own_words(access: Access) -> dict[int, OwnWords]:
    """All that was written from the person's own side of this record, oldest first, by entry."""
    found: dict[int, OwnWords] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT e.id, e.corrects_id, e.words_of_person, e.byline, e.written_at, t.name || ', ' || g.name, coalesce(s.first_read_at, s.answered_at) IS NOT NULL
                 FROM entry_subject j JOIN entry e ON e.id = j.entry_id LEFT JOIN share s ON s.entry_id = e.id LEFT JOIN team t ON t.id = s.to_team_id LEFT JOIN agency g ON g.id = s.to_agency_id
                WHERE j.person_id = %s AND e.author_id IS NULL ORDER BY e.written_at, e.id, g.name, t.name""",
            [access.person_id],
        )
        for entry_id, beside, words, byline, written_at, team, read in cursor.fetchall():
            before = found.get(entry_id)
            told = (*(before.told if before else ()), *([(team, read)] if team else []))
            found[entry_id] = OwnWords(entry_id, beside, words, byline, written_at, told)
    return found


def own_entry(access: Access, reference: UUID) -> Entry:
    """One entry in this record that its person may see on their screen. Raises NotKnown for any other, and for none."""
    return database.the_one(Entry.objects.select_related("agency").filter(reference=reference, subjects__person_id=access.person_id, not_online=False))
