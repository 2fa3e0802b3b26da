"""What happened to a person, and single entries: their versions, parts, attachments, and what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.common.access import Access
from alongside.common.decisions import NotKnown
from alongside.people.queries import released
from alongside.records.models import Attachment, Entry, EntryPart, EntrySubject, RoutingOutcome, Share
from alongside.records.queries.readable import readable
from alongside.records.rules.corrections import Change, changes
from alongside.records.rules.kinds import entry_kinds, kind_or_plain, meets


@dataclass(frozen=True, slots=True)
class ChronologyRow:
    """One line of what happened, from whichever agency wrote it. `corrected`: a later entry puts it right; `corrects`: it puts an earlier one right."""

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
    agency_id: int = 0
    corrects: bool = False
    by_person: bool = False
    tags: tuple[str, ...] = ()

    @property
    def corrected(self) -> bool:
        return self.status == "corrected"


CHRONOLOGY = """
    SELECT e.id, e.reference, e.kind, e.category, e.headline, e.account, e.words_of_person, e.effect, e.action_taken, e.no_action_reason, e.happened_at, e.written_at,
           e.byline, g.name, e.status, e.written_at > coalesce(v.before_last_at, v.first_at, e.written_at), e.agency_id, e.corrects_id IS NOT NULL, e.author_id IS NULL, e.tags
      FROM entry_subject s JOIN entry e ON e.id = s.entry_id JOIN agency g ON g.id = e.agency_id
           LEFT JOIN record_view v ON v.person_id = s.person_id AND v.practitioner_id = %(practitioner)s
     WHERE s.person_id = %(person)s AND (%(agency)s::integer IS NULL OR e.agency_id = %(agency)s) AND (%(kinds)s::text[] IS NULL OR e.kind = ANY (%(kinds)s) OR e.tags && %(tags)s::varchar[])
       AND (%(before)s::timestamptz IS NULL OR (s.happened_at, e.id) < (%(before)s, %(before_id)s)) AND (%(since)s::timestamptz IS NULL OR s.happened_at >= %(since)s)
       AND (%(until)s::timestamptz IS NULL OR s.happened_at < %(until)s) AND (NOT %(new)s OR e.written_at > coalesce(v.before_last_at, v.first_at, e.written_at))
       AND (%(online)s OR NOT e.not_online)
       AND (e.author_id = %(practitioner)s OR %(mine)s::integer IS NULL AND e.author_id IS NULL OR (e.only_for IS NULL OR e.only_for && %(principals)s::integer[])
            AND (e.shared_to && %(principals)s::integer[] OR e.category = ANY (%(shared)s) OR e.category = ANY (%(own)s) AND (%(mine)s::integer IS NULL OR e.agency_id = %(mine)s OR e.author_id IS NULL)))
     ORDER BY s.happened_at DESC, e.id DESC LIMIT %(limit)s
"""

def chronology(
    access: Access, *, agency_id: int | None = None, kind: str = "", kinds: Sequence[str] = (), tag: str = "", since: datetime | None = None, until: datetime | None = None,
    new_only: bool = False, before: datetime | None = None, before_id: int = 0, limit: int = 50, for_the_screen_of_the_person: bool = False,
) -> list[ChronologyRow]:  # fmt: skip
    """What happened to a person, newest first, merged from every agency whose entries this access lets through.

    `since` and `until` bound when it happened (until: the first moment not shown); `new_only` is what was written since the reader last looked;
    `tag` is a word that a kind or an author puts on an entry, singular or plural; `before` with `before_id` is the last row of the page before.
    """
    wanted = [*kinds, *([kind] if kind else ())]
    if tag:
        wanted += [found.code for found in entry_kinds().values() if meets({tag}, found.tags | {found.code})]
    with connection.cursor() as cursor:
        cursor.execute(
            CHRONOLOGY,
            {
                "practitioner": access.practitioner_id, "person": access.person_id, "agency": agency_id, "kinds": wanted if wanted or tag else None, "tags": [tag] if tag else [],
                "before": before, "before_id": before_id, "since": since, "until": until, "new": new_only, "limit": limit, "online": not for_the_screen_of_the_person,
                "principals": list(access.principals), "own": list(access.categories), "shared": list(access.shared_categories), "mine": access.agency_id if access.practitioner_id else None,
            },
        )  # fmt: skip
        rows = [ChronologyRow(*row[:-1], tags=tuple(row[-1])) for row in cursor.fetchall()]
    return rows if access.allows("whereabouts") else [replace(row, **left) for row, left in zip(rows, as_released([access.person_id], rows), strict=True)]


@dataclass(frozen=True, slots=True)
class Pressing:
    """What presses on whoever opens a record: whether there is any. Most records have none of it, and then nobody asks further."""

    shares: bool
    told: bool
    obligations: bool
    markers: bool
    unsafe: bool


def pressing(access: Access) -> Pressing:
    """One question for all of it: what this reader may owe about the person, what their teams were told, and what one must know before acting."""
    return Pressing(*database.row("SELECT * FROM pressing(%s)", access.person_id))


def earlier_with_tag(access: Access, found: Entry, tag: str, *, limit: int = 20) -> list[ChronologyRow]:
    """Earlier entries about the same person that carry a tag, as injuries: a bruise is read beside the bruises before it."""
    rows = chronology(access, tag=tag, until=found.happened_at, limit=limit + 1)
    return [row for row in rows if row.entry_id != found.pk][:limit]


def outcomes(entry_id: int) -> Sequence[RoutingOutcome]:
    """What became of an entry for each partner, for its author's agency."""
    return list(RoutingOutcome.objects.filter(entry_id=entry_id).select_related("agency", "team", "share").order_by("agency__name", "team__name"))


# ── one entry ────────────────────────────────────────────────────────────────────────────────────────────────────────


def entry(actor: Actor, reference: UUID, access: Access | None = None) -> Entry:
    """One entry that this reader wrote, was sent, or that the record they have opened lets through. Raises NotKnown for any other, and for none."""
    return database.the_one(Entry.objects.select_related("agency", "author", "signed_by").filter(readable(actor, access), reference=reference))


def entry_to_act_on(reference: UUID) -> Entry:
    """An entry for a door of the database that asks by itself who may act on it; nothing of it is shown. Raises NotKnown for none."""
    return database.the_one(Entry.objects.filter(reference=reference))


def entry_behind(actor: Actor, reference: UUID) -> tuple[int, ...]:
    """The people an entry is about, so that the right record can be opened before the entry is read; empty where this reader may not know."""
    return tuple(database.value("SELECT people_of_entry(%s)", reference) or ())


def subjects(found: Entry) -> list[int]:
    return list(EntrySubject.objects.filter(entry_id=found.pk).order_by("pk").values_list("person_id", flat=True))


def parts(found: Entry) -> list[EntryPart]:
    """The parts of an entry that this reader may have besides the rest."""
    return list(EntryPart.objects.filter(entry_id=found.pk).order_by("part"))


def attachments(found: Entry) -> list[Attachment]:
    """What is attached, without the content."""
    return list(Attachment.objects.filter(entry_id=found.pk).defer("content").order_by("name", "pk"))


def attachment(actor: Actor, reference: UUID, access: Access | None = None) -> Attachment:
    """One attachment with its content, under the same walls as its entry. Raises NotKnown for any other, and for none. (See `actions.read_attachment`.)"""
    found = Attachment.objects.select_related("entry").filter(reference=reference).first()
    if found is None or not Entry.objects.filter(readable(actor, access), pk=found.entry_id).exists():
        raise NotKnown
    return found


def shared_entry(found: Share) -> Entry | None:
    """The entry behind a share, where the whole of it may be read; under minimum fields there is only the share's summary."""
    entry = None if found.summary is not None else Entry.objects.select_related("agency").filter(pk=found.entry_id).first()
    if entry is not None and not carries_whereabouts(found):
        for name, text in as_released(found.person_ids or [found.person_id], [entry])[0].items():
            setattr(entry, name, text)
    return entry


def carries_whereabouts(found: Share) -> bool:
    """Whether an agreement in force lets whereabouts through to the receiver for the share's purpose."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM flow WHERE from_agency_id = %s AND to_agency_id = %s AND purpose = %s AND category = 'whereabouts' AND starts <= now() AND ends > now())",
            [found.from_agency_id, found.to_agency_id, found.purpose],
        )
        return bool(cursor.fetchone()[0])


def as_released(people: Sequence[int], rows: Sequence[ChronologyRow] | Sequence[Entry]) -> list[dict[str, str]]:
    """The texts of each row as they may be shown to somebody who may not know where these people are."""
    texts = released(people, *(getattr(row, name) for row in rows for name in TEXTS))
    return [dict(zip(TEXTS, texts[place : place + len(TEXTS)], strict=True)) for place in range(0, len(texts), len(TEXTS))]


# ── corrections ──────────────────────────────────────────────────────────────────────────────────────────────────────

TEXTS = ("headline", "account", "words_of_person", "effect", "action_taken", "no_action_reason")


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a text: the entry, and what it changed in the one before, old and new side by side; nothing for the first."""

    entry: Entry
    changed: tuple[Change, ...]

    @property
    def reason(self) -> str:
        return self.entry.correction_reason


def versions(found: Entry) -> list[Version]:
    """Every version of an entry that this reader may read and that is about one of the same people, the first first, each with what it changed (COR-020). Not in it: what the person wrote beside it."""
    ids = [version for (version,) in database.rows("SELECT id FROM versions_of(%s)", found.pk)]
    rows = {row.pk: row for row in Entry.objects.select_related("agency").filter(Q(author__isnull=False) | Q(corrects__isnull=True), pk__in=ids)}
    about: dict[int, set[int]] = {}
    for version, person in EntrySubject.objects.filter(entry_id__in=rows).values_list("entry_id", "person_id"):
        about.setdefault(version, set()).add(person)
    chain = [rows[version] for version in ids if version in rows and about.get(version, set()) & about.get(found.pk, set())]
    chain.sort(key=lambda row: row.kind != "correction" and row.corrects_id is not None)  # that it was taken off somebody's record comes before what took its place
    before: dict[int, Entry] = {row.pk: row for row in chain}
    return [Version(row, changes(texts(before[row.corrects_id]), texts(row)) if row.corrects_id in before else ()) for row in chain]


def texts(row: Entry) -> dict[str, str]:
    words: dict[str, Any] = {name: getattr(row, name) for name in TEXTS}
    return words | {"happened_at": row.happened_at.isoformat(), "kind": kind_or_plain(row.kind).name}
