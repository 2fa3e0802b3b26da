"""Reads of the record. The first argument is what lets one read: an Access from the gate, or the actor whose own shares they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from alongside.agencies.facts import Actor
from alongside.common.access import Access
from alongside.common.decisions import NotKnown
from alongside.records.models import Draft, Entry, RoutingOutcome, Share


@dataclass(frozen=True, slots=True)
class ChronologyRow:
    """One line of what happened, from whichever agency wrote it. `corrected`: a later entry puts it right."""

    entry_id: int
    reference: UUID
    kind: str
    category: str
    headline: str
    account: str
    words_of_person: str
    effect: str
    action_taken: str
    no_action_reason: str
    happened_at: datetime
    written_at: datetime
    byline: str
    agency: str
    status: str
    new: bool


CHRONOLOGY = """
    SELECT e.id, e.reference, e.kind, e.category, e.headline, e.account, e.words_of_person, e.effect, e.action_taken, e.no_action_reason, e.happened_at, e.written_at,
           e.byline, g.name, e.status, e.written_at > coalesce(v.before_last_at, v.first_at, e.written_at)
      FROM entry_subject s JOIN entry e ON e.id = s.entry_id JOIN agency g ON g.id = e.agency_id
           LEFT JOIN record_view v ON v.person_id = s.person_id AND v.practitioner_id = %(practitioner)s
     WHERE s.person_id = %(person)s AND (%(agency)s::integer IS NULL OR e.agency_id = %(agency)s) AND (%(kind)s = '' OR e.kind = %(kind)s)
       AND (%(before)s::timestamptz IS NULL OR s.happened_at < %(before)s) AND (%(online)s OR NOT e.not_online)
     ORDER BY s.happened_at DESC, e.id DESC LIMIT %(limit)s
"""


def chronology(
    access: Access, *, agency_id: int | None = None, kind: str = "", before: datetime | None = None, limit: int = 50, for_the_screen_of_the_person: bool = False
) -> list[ChronologyRow]:
    """What happened to a person, newest first, merged from every agency whose entries this access lets through."""
    with connection.cursor() as cursor:
        cursor.execute(
            CHRONOLOGY,
            {
                "practitioner": access.practitioner_id, "person": access.person_id, "agency": agency_id, "kind": kind, "before": before, "limit": limit,
                "online": not for_the_screen_of_the_person,
            },
        )  # fmt: skip
        return [ChronologyRow(*row) for row in cursor.fetchall()]


def inbox(actor: Actor) -> list[Share]:
    """Shares this practitioner or their teams still owe an answer, soonest first. Row security holds the same bounds."""
    mine = Q(owner__in=actor.principals) | Q(to_team_id__in=actor.team_ids)
    return list(Share.objects.filter(mine, status="awaiting").select_related("from_agency", "to_team").order_by("due_at", "pk")[:200])


def sent(actor: Actor, *, limit: int = 50) -> list[Share]:
    """What this practitioner has shared, and how each stands."""
    return list(Share.objects.filter(from_practitioner_id=actor.practitioner_id).select_related("to_agency", "to_team").order_by("-sent_at", "pk")[:limit])


def escalations(actor: Actor) -> list[Share]:
    """What has climbed to this practitioner because nobody answered in time."""
    return list(Share.objects.filter(status="awaiting", escalated_to__in=actor.principals).select_related("from_agency", "to_agency", "to_team").order_by("due_at"))


def share(actor: Actor, reference: UUID) -> Share:
    """One share that is this reader's to answer, or their own. Raises NotKnown for any other, and for none."""
    found = Share.objects.select_related("from_agency", "to_agency", "to_team", "outcome", "answered_by").filter(reference=reference).first()
    if found is None:
        raise NotKnown
    return found


def shared_entry(found: Share) -> Entry | None:
    """The entry behind a share, where the whole of it may be read; under minimum fields there is only the share's summary."""
    return None if found.summary is not None else Entry.objects.select_related("agency").filter(pk=found.entry_id).first()


def outcomes(entry_id: int) -> Sequence[RoutingOutcome]:
    """What became of an entry for each partner, for its author's agency."""
    return list(RoutingOutcome.objects.filter(entry_id=entry_id).select_related("agency", "team", "share").order_by("agency__name", "team__name"))


def draft(actor: Actor, *, form: str, about: str) -> Draft | None:
    return Draft.objects.filter(account_id=actor.account_id, form=form, about=about).first()


def drafts(actor: Actor) -> list[Draft]:
    return list(Draft.objects.filter(account_id=actor.account_id).order_by("-saved_at"))


def entry(actor: Actor, reference: UUID) -> Entry:
    """One entry that this reader wrote or has opened the record of. Raises NotKnown for any other, and for none."""
    found = Entry.objects.select_related("agency").filter(reference=reference).first()
    if found is None:
        raise NotKnown
    return found


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
    found = Entry.objects.select_related("agency").filter(reference=reference, subjects__person_id=access.person_id, not_online=False).first()
    if found is None:
        raise NotKnown
    return found
