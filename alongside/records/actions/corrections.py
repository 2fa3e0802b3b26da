"""Putting an entry right: its history stays, and everybody whom the earlier text reached is chased."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.common.decisions import Conflict, NotKnown
from alongside.common.london import LONDON
from alongside.confidentiality import gate
from alongside.records.actions.entries import add_entry, recorded_before
from alongside.records.actions.new_entry import NewEntry, Recorded, byline
from alongside.records.actions.shares import ReasonNeeded
from alongside.records.facts import Harm, Link, PersonFacts
from alongside.records.models import CorrectionNotice, Entry
from alongside.records.queries.record import TEXTS, entry, entry_behind, entry_to_act_on, subjects
from alongside.records.rules.corrections import moved, why_it_stays_this_kind
from alongside.records.rules.kinds import kind_or_plain


def correct_entry(
    *, by: Actor, reference: uuid.UUID, changed: Mapping[str, str], reason: str, key: uuid.UUID, happened_at: datetime | None = None, kind: str = "", about: tuple[PersonFacts, ...] = (),
    purpose: str = "direct_care", claim: str = "none", draft_form: str = "", at: datetime,
) -> Recorded:  # fmt: skip
    """
    1. Open each person's record for writing; only the agency that wrote an entry puts it right, and only its latest version.
    2. Record a new version beside the old one, with `changed` texts, when it happened, its `kind` and whom it is `about` in place of the old, and a reason; nothing is overwritten.
    3. Route it: to whoever needs it, and to everybody who received or read any earlier version about the same people, the same working day.
    4. Mark the old one as corrected; each reader gets one notice.
    5. Whoever it was wrongly about: it is taken off their record, which says so and nothing of whom it is about; all who read or received it there are told; what is still asked of
       partners about the wrong person is taken back.

    Raises ReasonNeeded without a reason or a change, or where a rule keeps the kind; Conflict where somebody else corrected it meanwhile; Refused or NotKnown from the gate.
    """
    people = entry_behind(by, reference)
    if not people:
        raise NotKnown
    if before := recorded_before(by, key):
        return before
    seen = {person: gate.judge(by, person, verb="correct", category="whole_record", purpose=purpose, claim=claim, at=at)[0] for person in people}
    opened = [gate.open_record(by, person, verb="correct", purpose=purpose, category="whole_record", claim=claim, write=True, item="correction", reason=reason, at=at) for person in people]
    old = entry(by, reference, opened[0])
    if old.agency_id != by.agency_id or old.author_id is None:
        raise NotKnown
    if old.kind == TAKEN_OFF:
        raise NotKnown
    later = old.corrections.filter(author__isnull=False).first()
    if later is not None:
        raise Conflict("\n".join(changed.values()), later.account, field="account")
    if not reason.strip():
        raise ReasonNeeded("Say what was wrong, so that readers understand the change.")
    decided = bool(database.value("SELECT decided_upon(%s)", old.pk))
    if stays := why_it_stays_this_kind(kind_or_plain(old.kind), kind_or_plain(kind or old.kind), decided=decided):
        raise ReasonNeeded(stays, field="kind")
    fields = {name: value for name, value in changed.items() if name in TEXTS and value.strip() != getattr(old, name).strip()}
    was_about = tuple(
        PersonFacts(person, Link(link), seen[person].kind, seen[person].age, seen[person].flags) for person, link in old.subjects.order_by("pk").values_list("person_id", "link") if person in seen
    )  # fmt: skip
    about = about or was_about
    move = moved((one.person_id for one in was_about), (one.person_id for one in about))
    if not fields and happened_at in (None, old.happened_at) and kind in ("", old.kind) and not (move.added or move.taken_off):
        raise ReasonNeeded("Nothing is different yet. Change what was wrong.")
    if move.taken_off and decided:
        raise ReasonNeeded("A partner has already decided on this. Tell them, and write a new entry about the right person.", field="about")
    known = {one.person_id: one for one in was_about}
    new = replace(
        _new(old, tuple(known.get(one.person_id, one) for one in about), key), **fields, happened_at=happened_at or old.happened_at, purpose=purpose, claim=claim, corrects=old.pk,
        correction_reason=OF_SOMEBODY_ELSE if move.taken_off else reason.strip(), draft_form=draft_form,
    )  # fmt: skip
    if kind not in ("", old.kind):
        new = replace(new, kind=kind, category="")
    recorded = add_entry(by=by, new=new, at=at)
    if move.taken_off:
        _take_off(by, old, tuple(one for one in was_about if one.person_id in move.taken_off), key, purpose=purpose, claim=claim, at=at)
    return recorded


TAKEN_OFF = "correction"
"""The kind of entry that says that another was taken off a record: the product writes it, and nobody corrects it."""
OF_SOMEBODY_ELSE = "It had been recorded about somebody else."
NOT_OF_THEM = "It was about somebody else."


def _take_off(by: Actor, old: Entry, people: tuple[PersonFacts, ...], key: uuid.UUID, *, purpose: str, claim: str, at: datetime) -> None:
    """Beside the old entry stands that it was never about them; who had it learns so. Neither text names anybody."""
    what, when = kind_or_plain(old.kind).name, old.happened_at.astimezone(LONDON)
    add_entry(
        by=by, at=at,
        new=NewEntry(
            submission_key=uuid.uuid5(key, "taken off"), kind=TAKEN_OFF, about=people, headline="Recorded in error: it was about somebody else", happened_at=old.happened_at, category=old.category,
            account=f"The entry “{what}” of {when:%-d %B %Y} was about somebody else and was put on this record by mistake. Nothing in it may be used about this person.",
            action_taken="Whoever read or received it is told. What it asked of anybody about this person is taken back.", harm=Harm(old.risk), purpose=purpose, claim=claim,
            only_for=tuple(old.only_for) if old.only_for is not None else None, not_online=old.not_online, corrects=old.pk, correction_reason=NOT_OF_THEM,
        ),
    )  # fmt: skip
    database.value("SELECT taken_off(%s, %s, %s)", old.pk, [one.person_id for one in people], byline(by))


def see_correction(*, by: Actor, notice_id: int, at: datetime) -> bool:
    """Whoever read the earlier text says that they have seen what is right. True when it was new to them."""
    return bool(CorrectionNotice.objects.filter(pk=notice_id, practitioner_id=by.practitioner_id, seen_at__isnull=True).update(seen_at=at))


def record_follow_up(*, by: Actor, reference: uuid.UUID, note: str, at: datetime) -> bool:
    """The follow-up an entry called for has been done, or why it is not needed. True when it was still owed."""
    if not note.strip():
        raise ReasonNeeded("Say what was done, or why it is not needed.")
    found = entry_to_act_on(reference)
    gate.note(verb="write", category=found.category, purpose="direct_care", decision="permit", item=f"entry:{found.pk}:followed_up", people=subjects(found))
    return bool(database.value("SELECT follow_up_done(%s, %s, %s)", found.pk, byline(by), note.strip()))


def _new(old: Entry, about: tuple[PersonFacts, ...], key: uuid.UUID) -> NewEntry:
    return NewEntry(
        submission_key=key, kind=old.kind, about=about, headline=old.headline, account=old.account, happened_at=old.happened_at, words_of_person=old.words_of_person, effect=old.effect,
        action_taken=old.action_taken, no_action_reason=old.no_action_reason, category=old.category, tags=frozenset(old.tags) | {"corrections"}, harm=Harm(old.risk),
        only_for=tuple(old.only_for) if old.only_for is not None else None, not_online=old.not_online,
    )  # fmt: skip

