"""Record once; the right partners know. One transaction holds the entry, one outcome for every partner, what is owed, the outbox and the ledger lines."""

import logging
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from alongside.agencies.facts import Actor
from alongside.agencies.queries import only_desks
from alongside.common import database
from alongside.common.access import Access
from alongside.common.decisions import NotKnown, Refused
from alongside.confidentiality import gate
from alongside.records.actions.entry_rows import Written, write_entry
from alongside.records.actions.new_entry import REPORTS, NewEntry, OutcomeInWords, Recorded, category_of, in_words, row_in_words
from alongside.records.facts import EntryFacts, NeedFacts, Outcome, PartnerKey, Reached, Share
from alongside.records.models import RoutingOutcome
from alongside.records.queries.scope import Held, Scope, scope_in, scope_of, what_is_held
from alongside.records.rules.corrections import owed_to
from alongside.records.rules.floor import unmet_floor
from alongside.records.rules.kinds import kind_or_plain
from alongside.records.rules.routing import NOTHING_OWED, kept_for_named_readers, route

log = logging.getLogger("alongside.operator")


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
    mine = "author_id = %s" if by.is_practitioner else "author_id IS NULL AND author_person_id IS NOT DISTINCT FROM %s"
    found = database.row(f"SELECT id, reference FROM entry WHERE {mine} AND submission_key = %s", by.practitioner_id or by.own_person_id, key)
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


def chase(entry: Written, corrected: int, outcomes: Iterable[Outcome], *, at: datetime) -> int:
    """What was wrong is marked as corrected, and each practitioner who read it gets one notice. Returns how many."""
    due = min((outcome.due for outcome in outcomes if isinstance(outcome, Share)), default=at)
    return int(database.row("SELECT mark_corrected(%s), chase_readers(%s, %s)", corrected, entry.pk, due)[1])


def who_was_reached(entry_id: int, people: Sequence[int]) -> tuple[Reached, ...]:
    """Every team that was sent any version of a text about one of these people, and every practitioner who read one on their records."""
    return tuple(Reached(PartnerKey(agency, team) if team else None, when, who, purpose) for agency, team, who, when, purpose in database.rows("SELECT agency_id, team_id, practitioner_id, at, purpose FROM reached_by(%s, %s)", entry_id, list(people)))
