"""Putting an entry right: its history stays, and everybody whom the earlier text reached is chased."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from alongside.agencies.facts import Actor
from alongside.common.decisions import Conflict, NotKnown
from alongside.confidentiality import gate
from alongside.records.actions.entries import NewEntry, Recorded, add_entry, recorded_before
from alongside.records.actions.shares import ReasonNeeded, call
from alongside.records.facts import Harm, Link, PersonFacts
from alongside.records.models import CorrectionNotice, Entry
from alongside.records.queries.record import TEXTS, entry, entry_behind, entry_to_act_on, subjects


def correct_entry(
    *, by: Actor, reference: uuid.UUID, changed: Mapping[str, str], reason: str, key: uuid.UUID, happened_at: datetime | None = None,
    purpose: str = "direct_care", claim: str = "none", draft_form: str = "", at: datetime,
) -> Recorded:  # fmt: skip
    """
    1. Open each person's record for writing; only the agency that wrote an entry puts it right, and only its latest version.
    2. Record a new version beside the old one, with `changed` texts in place of the old and a reason; nothing is overwritten.
    3. Route it: to whoever needs it, and to everybody who received or read any earlier version, the same working day.
    4. Mark the old one as corrected; each reader gets one notice.

    Raises ReasonNeeded without a reason or a change, Conflict where somebody else corrected it meanwhile, Refused or NotKnown from the gate.
    """
    people = entry_behind(by, reference)
    if not people:
        raise NotKnown
    if before := recorded_before(by, key):
        return before
    seen = {person: gate.judge(by, person, verb="correct", category="whole_record", purpose=purpose, claim=claim, at=at)[0] for person in people}
    opened = [gate.open_record(by, person, verb="correct", purpose=purpose, category="whole_record", claim=claim, write=True, item="correction", at=at) for person in people]
    old = entry(by, reference, opened[0])
    if old.agency_id != by.agency_id or old.author_id is None:
        raise NotKnown
    later = old.corrections.filter(author__isnull=False).first()
    if later is not None:
        raise Conflict("\n".join(changed.values()), later.account, field="account")
    if not reason.strip():
        raise ReasonNeeded("Say what was wrong, so that readers understand the change.")
    fields = {name: value for name, value in changed.items() if name in TEXTS and value.strip() != getattr(old, name).strip()}
    if not fields and happened_at in (None, old.happened_at):
        raise ReasonNeeded("Nothing is different yet. Change what was wrong.")
    about = tuple(
        PersonFacts(person, Link(link), seen[person].kind, seen[person].age, seen[person].flags) for person, link in old.subjects.order_by("pk").values_list("person_id", "link") if person in seen
    )  # fmt: skip
    new = _new(old, about, key)
    return add_entry(
        by=by, new=replace(new, **fields, happened_at=happened_at or old.happened_at, purpose=purpose, claim=claim, corrects=old.pk, correction_reason=reason.strip(), draft_form=draft_form), at=at,
    )  # fmt: skip


def see_correction(*, by: Actor, notice_id: int, at: datetime) -> bool:
    """Whoever read the earlier text says that they have seen what is right. True when it was new to them."""
    return bool(CorrectionNotice.objects.filter(pk=notice_id, practitioner_id=by.practitioner_id, seen_at__isnull=True).update(seen_at=at))


def record_follow_up(*, by: Actor, reference: uuid.UUID, note: str, at: datetime) -> bool:
    """The follow-up an entry called for has been done, or why it is not needed. True when it was still owed."""
    if not note.strip():
        raise ReasonNeeded("Say what was done, or why it is not needed.")
    found = entry_to_act_on(reference)
    gate.note(verb="write", category=found.category, purpose="direct_care", decision="permit", item=f"entry:{found.pk}:followed_up", people=subjects(found))
    return bool(call("SELECT follow_up_done(%s, %s, %s)", found.pk, f"{by.name}, {by.title}, {by.agency_name}", note.strip()))


def _new(old: Entry, about: tuple[PersonFacts, ...], key: uuid.UUID) -> NewEntry:
    return NewEntry(
        submission_key=key, kind=old.kind, about=about, headline=old.headline, account=old.account, happened_at=old.happened_at, words_of_person=old.words_of_person, effect=old.effect,
        action_taken=old.action_taken, no_action_reason=old.no_action_reason, category=old.category, tags=frozenset(old.tags) | {"corrections"}, harm=Harm(old.risk),
        only_for=tuple(old.only_for) if old.only_for is not None else None, not_online=old.not_online,
    )  # fmt: skip

