"""Record once; the right partners know. One transaction holds the entry, one outcome for every partner, what is owed, the outbox and the ledger lines."""

import hashlib
import json
import logging
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from alongside.agencies.facts import PRACTITIONER_PRINCIPAL_LIMIT, Actor, team_principal
from alongside.agencies.models import Agency
from alongside.agencies.queries import only_desks, supervisor_of
from alongside.common.access import Access
from alongside.common.attachments import ALL_TOGETHER, NotSafe, Upload, made_safe
from alongside.common.categories import record_key
from alongside.common.decisions import Decision, NotKnown, Refused
from alongside.common.decisions import Outcome as Answer
from alongside.common.working_days import Calendar
from alongside.confidentiality import gate, obligations
from alongside.confidentiality.obligations import Happened
from alongside.confidentiality.queries import guardian_for, partnership_lead_for
from alongside.people.queries import released
from alongside.records.facts import EntryFacts, Harm, NeedFacts, NotNeeded, Outcome, PartnerKey, PersonFacts, Reached, SenderWish, Share, Signature, Withhold
from alongside.records.models import RoutingOutcome
from alongside.records.queries.record import TEXTS
from alongside.records.routing_facts import Held, Scope, scope_in, scope_of, what_is_held
from alongside.records.rules import clocks
from alongside.records.rules.clock_names import clock_in_force
from alongside.records.rules.corrections import owed_to
from alongside.records.rules.floor import unmet_floor
from alongside.records.rules.kinds import kind_or_plain
from alongside.records.rules.routing import NOTHING_OWED, kept_for_named_readers, route
from alongside.records.wording import not_needed_in_words, why_shared, withheld_in_words

log = logging.getLogger("alongside.operator")
POWERS = frozenset({"lpa_health_welfare", "lpa_property_finance"})
"""The grounds of an attorney or a deputy; the gate has tested them against the paper on file."""
REPORTS = frozenset({"safeguarding_concern", "domestic_abuse", "whereabouts"})
"""Categories of report that are always taken, from anybody, about anybody: reporting a worry needs no right to read."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an entry that fewer may have than the rest."""

    part: str
    category: str
    text: str


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
    files_kept: bool = False
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
    """What became of it: the entry's reference and one outcome for every partner in scope. `again`: it had been recorded before.

    `unmet` are duties in law for which no partner is there to be told: the author must be shown them, and the operator is alerted.
    """

    reference: uuid.UUID
    entry_id: int
    outcomes: tuple["OutcomeInWords", ...]
    again: bool = False
    unmet: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Written:
    """An entry that has just been written."""

    pk: int
    reference: uuid.UUID


@dataclass(frozen=True, slots=True)
class Named:
    """The principals of this entry's second signature and of what the gate referred; nobody where neither is owed."""

    signs: int | None = None
    decides: int | None = None


def category_of(kind: str, chosen: str = "") -> str:
    """What an entry of this kind counts as for the gate, unless its author chose otherwise."""
    return chosen or kind_or_plain(kind).category or "strengths_needs_plan"


def entry_facts(by: Actor, new: NewEntry, *, author_agency_id: int, at: datetime) -> EntryFacts:
    kind = kind_or_plain(new.kind)
    return EntryFacts(
        kind=new.kind, category=category_of(new.kind, new.category), about=new.about, author_agency_id=author_agency_id, author_agency_kind=by.agency_kind,
        author_role=by.role, happened_at=new.happened_at, written_at=at, author_practitioner_id=by.practitioner_id, author_team_id=by.team_ids[0] if by.team_ids else None,
        tags=new.tags, anchors=new.anchors, harm=new.harm, restricted=new.only_for is not None, signature=kind.signature, action_taken=new.action_taken,
        no_action_reason=new.no_action_reason, corrects=new.corrects,
    )  # fmt: skip


def preview(*, by: Actor, new: NewEntry, at: datetime) -> tuple[OutcomeInWords, ...]:
    """Who would be told, who not, and why, if this were saved now: the very routing that saving runs. Writes nothing but its ledger line."""
    scope = scope_of(by, new.person_ids, purpose=new.purpose, category=category_of(new.kind, new.category), at=at)
    facts = entry_facts(by, new, author_agency_id=scope.author_agency_id, at=at)
    scope = with_whom_the_law_names(scope, by, new, facts, at=at)
    gate.note(verb="write", category=facts.category, purpose=new.purpose, decision="permit", person_id=new.person_ids[0], item="preview", automatic=True)
    return tuple(in_words(outcome, scope) for outcome in routed(facts, new, scope, by=by, at=at))


def with_whom_the_law_names(scope: Scope, by: Actor, new: NewEntry, facts: EntryFacts, *, also: tuple[int, ...] = (), at: datetime) -> Scope:
    """The same and, where a duty in law names a body that is no partner of the author's agency, the duty desk of that body: the law asks for no partnership."""
    desks = only_desks(unmet) if (unmet := {duty.agency_kind for duty in unmet_floor(facts, scope.partners, on=at.date())}) else ()
    return scope_of(by, new.person_ids, purpose=new.purpose, category=facts.category, at=at, also=(*also, *desks)) if desks else scope


def routed(facts: EntryFacts, new: NewEntry, scope: Scope, *, by: Actor, at: datetime, owed: Mapping[PartnerKey, tuple[NeedFacts, ...]] = NOTHING_OWED) -> tuple[Outcome, ...]:
    outcomes = route(facts, scope.partners, scope.decider(facts, by=by, claim=new.claim, at=at), at=at, wishes=new.wishes, owed=owed)
    if new.only_for is None:
        return outcomes
    return tuple(kept_for_named_readers(outcome, scope.rows[outcome.partner].owner, new.only_for) for outcome in outcomes)


def add_entry(*, by: Actor, new: NewEntry, held: Held | None = None, at: datetime) -> Recorded:
    """
    1. If this submission was recorded before, answer with what became of it then. `held` is what a page has asked already, in this transaction.
    2. Ask the gate for the right to write about each person; a report is taken even where its sender may not read.
    3. Route: exactly one outcome for every partner in scope, and for whom the law names where no partner is that; a correction is owed to everybody whom the earlier text reached.
    4. Write the entry, whom it is about, its parts and attachments (checked, and without where a picture was taken), its event.
    5. Write every outcome, a share with its clock for each partner told, and the outbox; whoever must sign or decide may read it. The ledger says
       that it was shared, or why not, and what the gate obliges us to by it is owed or told.
    6. A correction chases each reader. Forget the draft. A duty in law that nobody is there to take alerts the operator.

    Raises Refused or NotKnown from the gate, NotSafe for an attachment. Everything happens in the caller's transaction, or not at all.
    """
    facts = entry_facts(by, new, author_agency_id=by.agency_id or 0, at=at)
    held = held if held and held.serves(new.person_ids, new.purpose, facts.category) and held.key == new.submission_key else None
    if (held is None or held.before) and (before := recorded_before(by, new.submission_key)):
        return before
    held = held or what_is_held(by, new.person_ids, purposes=(new.purpose,), category=facts.category)
    for person in new.about:
        may_write(by, person.person_id, facts, new, held, at=at)
    reached = who_was_reached(new.corrects, new.person_ids) if new.corrects else ()
    also = tuple(one.partner.team_id for one in reached if one.partner)
    if also:
        held = what_is_held(by, new.person_ids, purposes=(new.purpose,), category=facts.category, also=also)
    scope = with_whom_the_law_names(scope_in(held, by, purpose=new.purpose, at=at), by, new, facts, also=also, at=at)
    owed = {key: needs for key, needs in owed_to(reached).items() if key in scope.rows}
    outcomes = routed(facts, new, scope, by=by, at=at, owed=owed)
    words = tuple(in_words(outcome, scope) for outcome in outcomes)
    entry = write_entry(by, new, facts, outcomes, words, scope, at=at)
    if entry is None and (before := recorded_before(by, new.submission_key)):
        return before  # sent twice at the very same moment: the other one was first
    if entry is None:
        raise LookupError("An entry was neither written nor recorded before.")
    if new.corrects and by.is_practitioner:
        chase(entry, new.corrects, outcomes, at=at)
    unmet = unmet_floor(facts, scope.partners, on=at.date())
    for duty in unmet:
        log.error("entry %d: nobody is there for the duty %s", entry.pk, duty.floor)
    return Recorded(entry.reference, entry.pk, words, unmet=tuple(duty.what_for for duty in unmet))


def recorded_before(by: Actor, key: uuid.UUID) -> Recorded | None:
    with connection.cursor() as cursor:  # in plain words: Django took longer to put the question than the database to say no
        mine = "author_id = %s" if by.is_practitioner else "author_id IS NULL AND author_person_id IS NOT DISTINCT FROM %s"
        cursor.execute(f"SELECT id, reference FROM entry WHERE {mine} AND submission_key = %s", [by.practitioner_id or by.own_person_id, key])
        found = cursor.fetchone()
    if found is None:
        return None
    rows = RoutingOutcome.objects.filter(entry_id=found[0]).select_related("agency", "team", "share").order_by("agency_id", "team_id")
    return Recorded(found[1], found[0], tuple(row_in_words(row) for row in rows), again=True)


def may_write(by: Actor, person_id: int, facts: EntryFacts, new: NewEntry, held: Held | None, *, at: datetime) -> Access:
    try:
        return gate.open_record(
            by, person_id, verb="write", purpose=new.purpose, category=facts.category, claim=new.claim, write=True, item=new.kind, alone=True, at=at,
            held=held.about(person_id, new.purpose) if held else None,
        )  # fmt: skip
    except (NotKnown, Refused):
        if facts.category not in REPORTS:
            raise
        return gate.open_for_report(by, (person_id,), purpose=new.purpose, category=facts.category, claim=new.claim, item=new.kind, at=at)


def write_entry(by: Actor, new: NewEntry, facts: EntryFacts, outcomes: Sequence[Outcome], words: Sequence[OutcomeInWords], scope: Scope, *, at: datetime) -> Written | None:
    """Everything in one call, its line in the ledger among it, under the author's own rights. None: another request with the same key was first.

    Row by row through the models it took twelve round trips, and building their statements cost more than the database did.
    """
    uploads = [made_safe(upload) for upload in new.attachments]
    if sum(len(upload.content) for upload in uploads) > ALL_TOGETHER:
        raise NotSafe(f"Together the files are larger than {ALL_TOGETHER // 1024 // 1024} MB. Attach the ones that matter, and the rest to another entry.")
    named = Named(who_signs(by) if any(is_held(outcome) for outcome in outcomes) else None, who_decides(by, scope) if any(decided_by(outcome) for outcome in outcomes) else None)
    entry = entry_row(by, new, facts, outcomes, scope, named, at=at)
    told = [outcome for outcome in outcomes if isinstance(outcome, Share)]
    leaving = what_leaves(new, scope) if told else {}
    rows: dict[str, Any] = {
        "entry": entry, "event": "corrected" if new.corrects else "recorded", "subjects": subject_rows(new, facts, told, scope),
        "outcomes": [outcome_row(outcome, said, named) for outcome, said in zip(outcomes, words, strict=True)],
        "shares": [share_row(entry, share, leaving=leaving, new=new, scope=scope, named=named, at=at) for share in told],
    } | line_of_sharing(by, facts, new, outcomes, at=at)  # fmt: skip
    if new.parts:
        rows["parts"] = part_rows(new, told, scope)
    if uploads:
        rows["attachments"] = [
            {"reference": uuid.uuid4(), "name": upload.name, "content_type": upload.content_type, "size": len(upload.content), "sha256": hashlib.sha256(upload.content).hexdigest()} for upload in uploads
        ]  # fmt: skip
    if new.draft_form:
        rows["draft"] = new.draft_form
    if new.files_kept:
        rows["files_kept"] = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT write_entry(%s, %s)", [json.dumps(rows, default=str), [upload.content for upload in uploads]])
        (made,) = cursor.fetchone()
    return None if made is None else Written(made, entry["reference"])


def line_of_sharing(by: Actor, facts: EntryFacts, new: NewEntry, outcomes: Iterable[Outcome], *, at: datetime) -> dict[str, Any]:
    """The line that says it was shared or kept back, and what the gate's answers oblige us to; each learns which entry it is about when that is written.

    An approval that is owed already holds its share.
    """
    asked = [outcome for outcome in outcomes if isinstance(outcome, Share | Withhold)]
    if not asked:
        return {}
    owed = {code for outcome in asked for code in outcome.obligations}
    told = [outcome.partner.team_id for outcome in asked if isinstance(outcome, Share)]
    decision = Decision(
        Answer.PERMIT if told else Answer.DENY, obligations=tuple(sorted(owed - {"second_person_approval"})), reveal_existence=all(getattr(outcome, "reveal_existence", True) for outcome in asked),
    )  # fmt: skip
    items, notice = obligations.called_for(Happened(decision, by, new.person_ids[0], 0, "", at, "share_to", new.purpose, facts.category))
    line = {
        "verb": "share_to", "category": facts.category, "purpose": new.purpose, "basis": new.claim, "decision": decision.outcome.value, "person_id": new.person_ids[0],
        "people": list(new.person_ids), "obligations": sorted(owed), "detail": {"told": told},
    }  # fmt: skip
    return {"line": line} | ({"owed": items} if items else {}) | ({"notice": notice} if notice else {})


def chase(entry: Written, corrected: int, outcomes: Iterable[Outcome], *, at: datetime) -> int:
    """What was wrong is marked as corrected, and each practitioner who read it gets one notice. Returns how many."""
    due = min((outcome.due for outcome in outcomes if isinstance(outcome, Share)), default=at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT mark_corrected(%s), chase_readers(%s, %s)", [corrected, entry.pk, due])
        return int(cursor.fetchone()[1])


def who_was_reached(entry_id: int, people: Sequence[int]) -> tuple[Reached, ...]:
    """Every team that was sent any version of a text about one of these people, and every practitioner who read one on their records."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT agency_id, team_id, practitioner_id, at, purpose FROM reached_by(%s, %s)", [entry_id, list(people)])
        return tuple(Reached(PartnerKey(agency, team) if team else None, when, who, purpose) for agency, team, who, when, purpose in cursor.fetchall())


def entry_row(by: Actor, new: NewEntry, facts: EntryFacts, outcomes: Sequence[Outcome], scope: Scope, named: Named, *, at: datetime) -> dict[str, Any]:
    readers = {principal for outcome in outcomes if reads_it(outcome) for principal in principals_of(outcome, scope)}
    return {
        "reference": uuid.uuid4(), "submission_key": new.submission_key, "kind": new.kind, "category": facts.category, "agency_id": scope.author_agency_id, "author_id": by.practitioner_id,
        "author_person_id": None if by.is_practitioner else by.own_person_id, "byline": byline(by, new.person_ids, new.claim), "tags": sorted(new.tags), "headline": new.headline, "account": new.account,
        "words_of_person": new.words_of_person, "effect": new.effect, "action_taken": new.action_taken, "no_action_reason": new.no_action_reason, "happened_at": new.happened_at, "written_at": at,
        "status": "shared" if facts.signature is Signature.NONE else "awaiting_signature", "risk": new.harm.value, "corrects_id": new.corrects, "correction_reason": new.correction_reason,
        "not_online": new.not_online, "follow_up_due_at": follow_up_due(facts, scope.author_agency_id), "keys": sorted({record_key(person, scope.author_agency_id, facts.category) for person in new.person_ids}),
        "shared_to": sorted(readers), "only_for": named_readers(by, new, outcomes, scope, named),
    }  # fmt: skip


def subject_rows(new: NewEntry, facts: EntryFacts, told: Sequence[Share], scope: Scope) -> list[dict[str, Any]]:
    return [
        {
            "person_id": person.person_id, "link": person.link.value, "key": record_key(person.person_id, scope.author_agency_id, facts.category),
            "shared_to": sorted({principal for share in told if reads_it(share) and person.person_id in share.person_ids for principal in principals_of(share, scope)}),
        }
        for person in {person.person_id: person for person in new.about}.values()
    ]  # fmt: skip


def part_rows(new: NewEntry, told: Sequence[Share], scope: Scope) -> list[dict[str, Any]]:
    return [
        {
            "part": part.part, "category": part.category, "text": part.text, "keys": [record_key(person, scope.author_agency_id, part.category) for person in new.person_ids],
            "shared_to": sorted({
                principal for share in told if reads_it(share) and not {part.part, part.category} & share.withheld_parts for principal in principals_of(share, scope)
            }),
        }
        for part in new.parts
    ]  # fmt: skip


def outcome_row(outcome: Outcome, words: OutcomeInWords, named: Named) -> dict[str, Any]:
    return {
        "agency_id": outcome.partner.agency_id, "team_id": outcome.partner.team_id, "outcome": words.outcome,
        "reason_code": outcome.reason.value if isinstance(outcome, Withhold | NotNeeded) else "", "reason": words.why[:300], "rules": list(outcome.rules),
        "needs": [str(need) for need in outcome.need_ids], "purposes": list(getattr(outcome, "purposes", ())), "origin": str(getattr(outcome, "origin", "")),
        "withheld_parts": sorted(getattr(outcome, "withheld_parts", ())), "obligations": sorted(getattr(outcome, "obligations", ())),
        "decided_by_person": "REC-071" in outcome.rules or "REC-070" in outcome.rules, "decide_by": decided_by(outcome), "decider": named.decides if decided_by(outcome) else None,
    }  # fmt: skip


def share_row(entry: Mapping[str, Any], share: Share, *, leaving: Mapping[str, str], new: NewEntry, scope: Scope, named: Named, at: datetime) -> dict[str, Any]:
    row = scope.rows[share.partner]
    held = is_held(share)
    return {
        "reference": uuid.uuid4(), "to_team_id": row.team_id, "headline": leaving["headline"], "person_id": share.person_ids[0], "person_ids": list(share.person_ids),
        "owner": row.owner or team_principal(row.team_id), "minimum_fields": list(share.minimum_fields), "summary": summary(entry, leaving, new, share) if share.minimum_fields else None,
        "purpose": share.purposes[0], "signature": share.signature.value if held else "", "signatory": named.signs if held else None, "phone_fallback": share.phone_fallback,
        "needs_decision": share.needs_decision, "in_order": share.in_order, "clock": share.clock, "half_at": share.reminder_at, "due_at": share.due,
        "next_step_at": at if held else share.reminder_at, "status": "held" if held else "awaiting",
    }  # fmt: skip


def is_held(outcome: Outcome) -> bool:
    return isinstance(outcome, Share) and outcome.signature is not Signature.NONE


def reads_it(outcome: Outcome) -> bool:
    """Whether a partner reads the entry itself from the start: told, not held for a signature, and not sent a summary alone."""
    return isinstance(outcome, Share) and not is_held(outcome) and not outcome.minimum_fields


def decided_by(outcome: Outcome) -> datetime | None:
    """When a named person must have decided, where one must."""
    return getattr(outcome, "decide_by", None)


def who_signs(by: Actor) -> int | None:
    """The principal that owes the second signature: the author's supervisor, or a manager of a team of theirs; failing both, any colleague of the team."""
    if not by.is_practitioner:
        return None
    return supervisor_of(by.practitioner_id or 0) or (team_principal(by.team_ids[0]) if by.team_ids else None)


def who_decides(by: Actor, scope: Scope) -> int | None:
    """The named person who decides what the gate referred, or stopped of a duty in law: the guardian of the author's agency, else its supervisor, else the lead."""
    return guardian_for(scope.author_agency_id) or (supervisor_of(by.practitioner_id) if by.practitioner_id else None) or partnership_lead_for(scope.author_agency_id)


def named_readers(by: Actor, new: NewEntry, outcomes: Iterable[Outcome], scope: Scope, named: Named) -> list[int] | None:
    """Who alone may read a restricted entry: those named, its author, whoever is told because the law says so or the author asked, and who must sign or decide.

    Practitioners are named in person (as negative principals): whoever supervises or stands in for a named reader is not named.
    """
    if new.only_for is None:
        return None
    shares = [outcome for outcome in outcomes if isinstance(outcome, Share)]
    sent = {principal for share in shares if scope.rows[share.partner].owner not in new.only_for for principal in principals_of(share, scope)}
    readers = {*new.only_for, by.practitioner_id, named.signs, named.decides, *sent}  # where a named reader owns the share, their team is not named with them
    return sorted({-abs(one) if one < PRACTITIONER_PRINCIPAL_LIMIT else one for one in readers if one})  # a correction hands on what was named already


def principals_of(share: Share, scope: Scope) -> set[int]:
    """The team told, and within it whoever works with the person."""
    row = scope.rows[share.partner]
    return {team_principal(row.team_id)} | ({row.owner} if row.owner else set())


def what_leaves(new: NewEntry, scope: Scope) -> dict[str, str]:
    """The texts of an entry and of its parts as they may leave: a concealed address of anybody in it, or of who belongs to them, is taken out."""
    texts = {name: getattr(new, name) for name in TEXTS} | {part.part: part.text for part in new.parts}
    return texts if not scope.conceals else dict(zip(texts, released(new.person_ids, *texts.values()), strict=True))


def summary(entry: Mapping[str, Any], leaving: Mapping[str, str], new: NewEntry, share: Share) -> dict[str, Any]:
    """All that leaves under minimum fields: each field asked for that this entry has, by name. The people come by id; names are read under the reader's own rights."""
    have = {
        "kind": kind_or_plain(new.kind).name, "happened_at": new.happened_at.isoformat(), "contact": entry["byline"], "action_taken": leaving["action_taken"], "effect": leaving["effect"],
        "headline": leaving["headline"], "account": leaving["account"], "words_of_person": leaving["words_of_person"], "tags": sorted(new.tags),
        "child_present": "child_present" in new.tags, "risk": new.harm.value,
    } | {part.part: leaving[part.part] for part in new.parts if part.part not in share.withheld_parts and part.category not in share.withheld_parts}  # fmt: skip
    return {name: have[name] for name in share.minimum_fields if name in have}


def follow_up_due(facts: EntryFacts, agency_id: int) -> datetime | None:
    """When the follow-up of this kind of entry is due, from the moment it names or else from when it happened, in the calendar of the author's area (CLK-100)."""
    kind = kind_or_plain(facts.kind)
    if not kind.follow_up_clock:
        return None
    calendar = Calendar.of(Agency.objects.values_list("area", flat=True).get(pk=agency_id))
    clock = clock_in_force(kind.follow_up_clock, calendar.area.nation, calendar.local_day(facts.happened_at))
    anchors = {kind.happened_is: facts.happened_at, **facts.anchors} if kind.happened_is else facts.anchors
    return clocks.follow_up_due(kind.follow_up_clock, clocks.start_of(clock, anchors, facts.happened_at), calendar=calendar)


def byline(by: Actor, about: Sequence[int] = (), basis: str = "none") -> str:
    if by.is_practitioner:
        return f"{by.name}, {by.title}, {by.agency_name}"
    if by.own_person_id in about:
        return "The person themself"
    return "Somebody who acts for them under a power or a court’s order" if basis in POWERS else "A parent, or somebody who acts for them"


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
