"""What is written with an entry: a row for each table, handed to the database in one call; and who may read it."""

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alongside.agencies.facts import PRACTITIONER_PRINCIPAL_LIMIT, Actor, team_principal
from alongside.agencies.models import Agency
from alongside.agencies.queries import supervisor_of
from alongside.common import database
from alongside.common.attachments import ALL_TOGETHER, NotSafe, made_safe
from alongside.common.categories import record_key
from alongside.common.decisions import Decision
from alongside.common.decisions import Outcome as Answer
from alongside.common.working_days import Calendar
from alongside.confidentiality.gate import obligations
from alongside.confidentiality.gate.obligations import Happened
from alongside.confidentiality.queries import guardian_for, partnership_lead_for
from alongside.people.queries import released
from alongside.records.actions.new_entry import NewEntry, OutcomeInWords, byline
from alongside.records.facts import EntryFacts, NotNeeded, Outcome, Share, Signature, Withhold
from alongside.records.queries.record import TEXTS
from alongside.records.queries.scope import Scope
from alongside.records.rules import clocks
from alongside.records.rules.clock_names import clock_in_force
from alongside.records.rules.kinds import kind_or_plain


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
    made = database.value("SELECT write_entry(%s, %s)", json.dumps(rows, default=str), [upload.content for upload in uploads])
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
