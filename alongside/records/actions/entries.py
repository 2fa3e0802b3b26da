"""Record once; the right partners know. One transaction holds the entry, one outcome for every partner, what is owed, the outbox and the ledger lines."""

import hashlib
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from alongside.agencies.facts import Actor, team_principal
from alongside.common.access import Access
from alongside.common.categories import record_key
from alongside.common.decisions import NotKnown, Refused
from alongside.common.working_days import Calendar
from alongside.confidentiality import gate
from alongside.records.facts import EntryFacts, Harm, NotNeeded, Outcome, PersonFacts, SenderWish, Share, Signature, Withhold
from alongside.records.models import Attachment, Delivery, Draft, Entry, EntryEvent, EntryPart, EntrySubject, RoutingOutcome, ShareEvent
from alongside.records.models import Share as ShareRow
from alongside.records.routing_facts import PartnerRow, Scope, scope_of
from alongside.records.rules import clocks
from alongside.records.rules.kinds import kind_or_plain
from alongside.records.rules.routing import route
from alongside.records.wording import not_needed_in_words, why_shared, withheld_in_words

REPORTS = frozenset({"safeguarding_concern", "domestic_abuse", "whereabouts"})
"""Categories of report that are always taken, from anybody, about anybody: reporting a worry needs no right to read."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an entry that fewer may have than the rest."""

    part: str
    category: str
    text: str


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What an author sends. `submission_key` was made when the form was opened: sent twice, it is one entry."""

    submission_key: uuid.UUID
    kind: str
    about: tuple[PersonFacts, ...]
    headline: str
    account: str
    happened_at: datetime
    words_of_person: str = ""
    effect: str = ""
    action_taken: str = ""
    no_action_reason: str = ""
    category: str = ""
    tags: frozenset[str] = frozenset()
    harm: Harm = Harm.NONE_KNOWN
    purpose: str = "direct_care"
    claim: str = "none"
    anchors: Mapping[str, datetime] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    attachments: tuple[Upload, ...] = ()
    only_for: tuple[int, ...] | None = None
    not_online: bool = False
    wishes: tuple[SenderWish, ...] = ()
    corrects: int | None = None
    correction_reason: str = ""
    draft_form: str = ""

    @property
    def person_ids(self) -> tuple[int, ...]:
        return tuple(person.person_id for person in self.about)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of it: the entry's reference and one outcome for every partner in scope. `again`: it had been recorded before."""

    reference: uuid.UUID
    entry_id: int
    outcomes: tuple["OutcomeInWords", ...]
    again: bool = False


@dataclass(frozen=True, slots=True)
class OutcomeInWords:
    """One partner's outcome as a page shows it: told, kept from, or not needed, and why."""

    agency: str
    team: str
    outcome: str
    why: str
    rules: tuple[str, ...]
    due_at: datetime | None = None
    minimum_fields: tuple[str, ...] = ()
    withheld_parts: tuple[str, ...] = ()
    held: bool = False
    agency_id: int = 0
    team_id: int = 0


def entry_facts(by: Actor, new: NewEntry, *, author_agency_id: int, at: datetime) -> EntryFacts:
    kind = kind_or_plain(new.kind)
    return EntryFacts(
        kind=new.kind, category=new.category or kind.category or "strengths_needs_plan", about=new.about, author_agency_id=author_agency_id, author_agency_kind=by.agency_kind,
        author_role=by.role, happened_at=new.happened_at, written_at=at, author_practitioner_id=by.practitioner_id, author_team_id=by.team_ids[0] if by.team_ids else None,
        tags=new.tags, anchors=new.anchors, harm=new.harm, restricted=new.only_for is not None, signature=kind.signature, action_taken=new.action_taken,
        no_action_reason=new.no_action_reason, corrects=new.corrects,
    )  # fmt: skip


def preview(*, by: Actor, new: NewEntry, at: datetime) -> tuple[OutcomeInWords, ...]:
    """Who would be told, who not, and why, if this were saved now: the very routing that saving runs. Writes nothing but its ledger line."""
    scope = scope_of(by, new.person_ids, purpose=new.purpose, at=at)
    facts = entry_facts(by, new, author_agency_id=scope.author_agency_id, at=at)
    gate.note(verb="write", category=facts.category, purpose=new.purpose, decision="permit", person_id=new.person_ids[0], item="preview", automatic=True)
    return tuple(in_words(outcome, scope) for outcome in routed(facts, new, scope, by=by, at=at))


def routed(facts: EntryFacts, new: NewEntry, scope: Scope, *, by: Actor, at: datetime) -> tuple[Outcome, ...]:
    return route(facts, scope.partners, scope.decider(facts, by=by, claim=new.claim, at=at), at=at, wishes=new.wishes)


def add_entry(*, by: Actor, new: NewEntry, at: datetime) -> Recorded:
    """
    1. If this submission was recorded before, answer with what became of it then.
    2. Ask the gate for the right to write about each person; a report is taken even where its sender may not read.
    3. Route: exactly one outcome for every partner in scope.
    4. Write the entry, whom it is about, its parts and attachments, its event.
    5. Write every outcome, a share with its clock for each partner told, and the outbox.
    6. Forget the draft.

    Raises Refused or NotKnown from the gate. Everything happens in the caller's transaction, or not at all.
    """
    if before := recorded_before(by, new.submission_key):
        return before
    facts = entry_facts(by, new, author_agency_id=by.agency_id or 0, at=at)
    for person in new.about:
        may_write(by, person.person_id, facts, new, at=at)
    scope = scope_of(by, new.person_ids, purpose=new.purpose, at=at)
    outcomes = routed(facts, new, scope, by=by, at=at)
    try:
        with transaction.atomic():
            entry = write_entry(by, new, facts, outcomes, scope, at=at)
    except IntegrityError as twice:
        if "submitted_once" in str(twice) and (before := recorded_before(by, new.submission_key)):
            return before
        raise
    write_outcomes(by, entry, facts, new, outcomes, scope, at=at)
    if new.draft_form:
        Draft.objects.filter(account_id=by.account_id, form=new.draft_form, submission_key=new.submission_key).delete()
    return Recorded(entry.reference, entry.pk, tuple(in_words(outcome, scope) for outcome in outcomes))


def recorded_before(by: Actor, key: uuid.UUID) -> Recorded | None:
    author = {"author_id": by.practitioner_id} if by.is_practitioner else {"author_person_id": by.own_person_id}
    found = Entry.objects.filter(submission_key=key, **author).values_list("pk", "reference").first()
    if found is None:
        return None
    rows = RoutingOutcome.objects.filter(entry_id=found[0]).select_related("agency", "team", "share").order_by("agency_id", "team_id")
    return Recorded(found[1], found[0], tuple(row_in_words(row) for row in rows), again=True)


def may_write(by: Actor, person_id: int, facts: EntryFacts, new: NewEntry, *, at: datetime) -> Access:
    try:
        return gate.open_record(
            by, person_id, verb="write", purpose=new.purpose, category=facts.category, claim=new.claim, write=True, item=new.kind, at=at,
        )  # fmt: skip
    except (NotKnown, Refused):
        if facts.category not in REPORTS:
            raise
        return gate.open_for_report(by, (person_id,), purpose=new.purpose, category=facts.category, claim=new.claim, item=new.kind, at=at)


def write_entry(by: Actor, new: NewEntry, facts: EntryFacts, outcomes: Sequence[Outcome], scope: Scope, *, at: datetime) -> Entry:
    told = [o for o in outcomes if isinstance(o, Share) and o.signature is Signature.NONE]
    readers = {principal for o in told if not o.minimum_fields for principal in principals_of(o, scope)}
    keys = {person: record_key(person, scope.author_agency_id, facts.category) for person in new.person_ids}
    limits: dict[str, Any] = {"only_for": named_readers(by, new.only_for)}
    waiting = facts.signature is not Signature.NONE
    entry = Entry(
        reference=uuid.uuid4(), submission_key=new.submission_key, kind=new.kind, category=facts.category, agency_id=scope.author_agency_id, author_id=by.practitioner_id,
        author_person_id=None if by.is_practitioner else by.own_person_id, byline=byline(by), tags=sorted(new.tags), headline=new.headline, account=new.account,
        words_of_person=new.words_of_person, effect=new.effect, action_taken=new.action_taken, no_action_reason=new.no_action_reason, happened_at=new.happened_at, written_at=at,
        status="awaiting_signature" if waiting else "shared", risk=new.harm.value, corrects_id=new.corrects, correction_reason=new.correction_reason, not_online=new.not_online,
        follow_up_due_at=follow_up_due(facts, at), keys=sorted(keys.values()), shared_to=sorted(readers), **limits,
    )  # fmt: skip
    entry.save(force_insert=True)
    EntrySubject.objects.bulk_create(
        EntrySubject(
            entry=entry, person_id=person, happened_at=new.happened_at, key=key,
            shared_to=sorted({p for o in told if person in o.person_ids and not o.minimum_fields for p in principals_of(o, scope)}), **limits,
        )
        for person, key in keys.items()
    )  # fmt: skip
    EntryPart.objects.bulk_create(
        EntryPart(
            entry=entry, part=part.part, category=part.category, text=part.text, keys=[record_key(p, scope.author_agency_id, part.category) for p in new.person_ids],
            shared_to=sorted({p for o in told if not o.minimum_fields and part.part not in o.withheld_parts and part.category not in o.withheld_parts for p in principals_of(o, scope)}),
            **limits,
        )
        for part in new.parts
    )  # fmt: skip
    Attachment.objects.bulk_create(
        Attachment(
            reference=uuid.uuid4(), entry=entry, name=upload.name, content_type=upload.content_type, size=len(upload.content), content=upload.content,
            sha256=hashlib.sha256(upload.content).hexdigest(), keys=entry.keys, shared_to=entry.shared_to, **limits,
        )
        for upload in new.attachments
    )  # fmt: skip
    EntryEvent.objects.create(entry=entry, at=at, by=entry.byline, what="corrected" if new.corrects else "recorded")
    return entry


def named_readers(by: Actor, only_for: tuple[int, ...] | None) -> list[int] | None:
    """Named personally, as negative principals: whoever supervises or stands in for a named reader is not named. The author always is."""
    return None if only_for is None else sorted({-practitioner for practitioner in (*only_for, by.practitioner_id) if practitioner})


def write_outcomes(by: Actor, entry: Entry, facts: EntryFacts, new: NewEntry, outcomes: Iterable[Outcome], scope: Scope, *, at: datetime) -> list[ShareRow]:
    outcomes = list(outcomes)
    rows = RoutingOutcome.objects.bulk_create(outcome_row(entry, outcome, by=by, scope=scope, at=at) for outcome in outcomes)
    shares = ShareRow.objects.bulk_create(
        share_row(entry, outcome, row, facts=facts, new=new, by=by, scope=scope, at=at) for outcome, row in zip(outcomes, rows, strict=True) if isinstance(outcome, Share)
    )
    ShareEvent.objects.bulk_create(ShareEvent(share=share, at=at, by=entry.byline, what="held" if share.status == "held" else "sent") for share in shares)
    Delivery.objects.bulk_create(delivery_of(share, scope, at=at) for share in shares if share.status != "held")
    return shares


def outcome_row(entry: Entry, outcome: Outcome, *, by: Actor, scope: Scope, at: datetime) -> RoutingOutcome:
    words = in_words(outcome, scope)
    return RoutingOutcome(
        entry=entry, agency_id=outcome.partner.agency_id, team_id=outcome.partner.team_id, outcome=words.outcome,
        reason_code=outcome.reason.value if isinstance(outcome, Withhold | NotNeeded) else "", reason=words.why[:300], rules=list(outcome.rules),
        needs=[str(need) for need in outcome.need_ids], purposes=list(getattr(outcome, "purposes", ())), origin=str(getattr(outcome, "origin", "")),
        withheld_parts=sorted(getattr(outcome, "withheld_parts", ())), obligations=sorted(getattr(outcome, "obligations", ())),
        decided_by_person="REC-071" in outcome.rules or "REC-070" in outcome.rules, decide_by=getattr(outcome, "decide_by", None), recorded_at=at,
        from_practitioner=by.practitioner_id, from_agency=scope.author_agency_id,
    )  # fmt: skip


def share_row(entry: Entry, share: Share, outcome: RoutingOutcome, *, facts: EntryFacts, new: NewEntry, by: Actor, scope: Scope, at: datetime) -> ShareRow:
    row = scope.rows[share.partner]
    held = share.signature is not Signature.NONE
    return ShareRow(
        reference=uuid.uuid4(), entry=entry, outcome=outcome, kind=entry.kind, headline=entry.headline, person_id=share.person_ids[0], from_agency_id=scope.author_agency_id,
        from_practitioner_id=by.practitioner_id, to_agency_id=row.agency_id, to_team_id=row.team_id, owner=row.owner or team_principal(row.team_id), why=outcome.reason,
        withheld_parts=sorted(share.withheld_parts), obligations=sorted(share.obligations), minimum_fields=list(share.minimum_fields),
        summary=summary(entry, facts, new, share) if share.minimum_fields else None, purpose=share.purposes[0], signature=share.signature.value if held else "",
        phone_fallback=share.phone_fallback, needs_decision=share.needs_decision, in_order=share.in_order, clock=share.clock, sent_at=at, half_at=share.reminder_at,
        due_at=share.due, next_step_at=share.reminder_at, status="held" if held else "awaiting",
    )  # fmt: skip


def delivery_of(share: ShareRow, scope: Scope | None, *, at: datetime, has_endpoint: bool = False) -> Delivery:
    row: PartnerRow | None = scope.rows.get(partner_key_of(share)) if scope else None
    endpoint = row.has_endpoint if row else has_endpoint
    return Delivery(
        share=share, key=uuid.uuid4(), channel="endpoint" if endpoint else "inbox", agency_id=share.to_agency_id, person_id=share.person_id,
        payload={"share": str(share.reference), "kind": share.kind, "due_at": share.due_at.isoformat()} if endpoint else None, created_at=at, next_attempt_at=at,
    )  # fmt: skip


def partner_key_of(share: ShareRow):
    from alongside.records.facts import PartnerKey

    return PartnerKey(share.to_agency_id, share.to_team_id)


def principals_of(share: Share, scope: Scope) -> set[int]:
    """The team told, and within it whoever works with the person."""
    row = scope.rows[share.partner]
    return {team_principal(row.team_id)} | ({row.owner} if row.owner else set())


def summary(entry: Entry, facts: EntryFacts, new: NewEntry, share: Share) -> dict[str, Any]:
    """All that leaves under minimum fields: each field asked for that this entry has, by name. The people come by id; names are read under the reader's own rights."""
    have = {
        "kind": kind_or_plain(entry.kind).name, "happened_at": entry.happened_at.isoformat(), "contact": entry.byline, "action_taken": entry.action_taken, "effect": entry.effect,
        "headline": entry.headline, "account": entry.account, "words_of_person": entry.words_of_person, "tags": sorted(new.tags),
        "child_present": "child_present" in new.tags, "risk": entry.risk,
    } | {part.part: part.text for part in new.parts if part.part not in share.withheld_parts and part.category not in share.withheld_parts}  # fmt: skip
    return {name: have[name] for name in share.minimum_fields if name in have}


def follow_up_due(facts: EntryFacts, at: datetime) -> datetime | None:
    kind = kind_or_plain(facts.kind)
    return clocks.due(at, kind.follow_up_clock, calendar=Calendar.of("england")) if kind.follow_up_clock else None


def byline(by: Actor) -> str:
    return f"{by.name}, {by.title}, {by.agency_name}" if by.is_practitioner else (by.name or "The person themself")


def in_words(outcome: Outcome, scope: Scope) -> OutcomeInWords:
    row = scope.rows[outcome.partner]
    common = {"agency": row.agency_name, "team": row.team_name, "rules": outcome.rules, "agency_id": row.agency_id, "team_id": row.team_id}
    if isinstance(outcome, Share):
        needs = [need for partner in scope.partners if partner.key == outcome.partner for need in partner.needs if need.need_id in outcome.need_ids]
        return OutcomeInWords(
            outcome="share", why=why_shared(outcome, needs), due_at=outcome.due, minimum_fields=outcome.minimum_fields, withheld_parts=tuple(sorted(outcome.withheld_parts)),
            held=outcome.signature is not Signature.NONE, **common,
        )  # fmt: skip
    if isinstance(outcome, Withhold):
        return OutcomeInWords(outcome="withhold", why=withheld_in_words(outcome), **common)
    return OutcomeInWords(outcome="not_needed", why=not_needed_in_words(outcome), **common)


def row_in_words(row: RoutingOutcome) -> OutcomeInWords:
    share = getattr(row, "share", None)
    return OutcomeInWords(
        agency=row.agency.name, team=row.team.name, outcome=row.outcome, why=row.reason, rules=tuple(row.rules), due_at=share.due_at if share else None,
        minimum_fields=tuple(share.minimum_fields) if share else (), withheld_parts=tuple(row.withheld_parts), held=bool(share and share.status == "held"),
        agency_id=row.agency_id, team_id=row.team_id,
    )  # fmt: skip
