"""What was lost before a need was declared is lost no longer: its team is offered what the last three months held, each item gated anew."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.common.decisions import NotKnown
from alongside.common.working_days import Calendar
from alongside.confidentiality import gate
from alongside.confidentiality.queries import guardian_for
from alongside.partnerships.models import InformationNeed
from alongside.records.actions.new_entry import byline, in_words
from alongside.records.facts import EntryFacts, Harm, Link, PersonFacts, Share, Withhold
from alongside.records.queries.scope import need_facts, partner_facts, scope_from
from alongside.records.rules import clocks
from alongside.records.rules.kinds import entry_kinds, kind_or_plain, meets
from alongside.records.rules.routing import BACKLOG, backlog

IN_ONE_TURN = 500


@dataclass(frozen=True, slots=True)
class Offered:
    """What became of a backlog: how many items were found, now shared, and kept back."""

    looked_at: int
    shared: int
    kept_back: int


def offer_backlog(*, by: Actor, need_id: int, at: datetime) -> Offered:
    """
    1. Find entries of the last three months that this need is about and its team was never sent; it must be a live need of the actor's own agency.
    2. Ask the gate about each anew, as its author's agency stands to the person today (REC-100).
    3. Share what may go, on a clock that starts now; keep a withhold with its reason for what may not. A line in the ledger for each.
    4. Note that it was offered, so that nobody has to remind anybody of it.

    May be called again: what was offered is not offered twice. Raises NotKnown for another agency's need.
    """
    need = InformationNeed.objects.filter(pk=need_id, agency_id=by.agency_id).first()
    if need is None:
        raise NotKnown
    words, kinds = about(need)
    found = database.document("SELECT jsonb_agg(f) FROM backlog_facts(%s, %s, %s, %s) f", need_id, words, kinds, at - BACKLOG) or []
    results = [offer(need, item, by=by, at=at) for item in found]
    database.value("SELECT backlog_offered(%s)", need_id)
    return Offered(len(found), results.count("share"), results.count("withhold"))


def about(need: InformationNeed) -> tuple[list[str], list[str]]:
    """The words, in singular and plural, and the kinds of entry that a need is about."""
    tags = frozenset(need.tags)
    kinds = [kind.code for kind in entry_kinds().values() if meets(tags, kind.tags | {kind.code, "siblings" if "siblings" in tags else kind.code})]
    return sorted(tags | {f"{tag}s" for tag in tags} | {tag.removesuffix("s") for tag in tags}), kinds


def climb_unoffered(*, at: datetime) -> int:
    """
    1. Find needs that were declared, and whose team was not offered what the last three months held within the time for it, in the calendar of its area.
    2. Where there was something, tell the partnership's lead, once, with an event; where there was nothing, look no more.

    Returns how many leads were told.
    """
    waiting = InformationNeed.objects.filter(backlog_offered_at=None, lead_told_at=None, ends=None, statutory_floor=False, starts__lt=at).select_related("agency").order_by("starts")
    return sum(forgotten(need, at=at) for need in waiting[:IN_ONE_TURN] if offered_by(need) <= at)


def offered_by(need: InformationNeed) -> datetime:
    """By when a new need is offered its backlog: the clock of the kind of entry that a declaration is (CLK-010)."""
    found = clocks.due(need.starts, kind_or_plain("declaration").clock, calendar=Calendar.of(need.agency.area))
    return found or need.starts


def forgotten(need: InformationNeed, *, at: datetime) -> bool:
    with transaction.atomic():
        return bool(database.value("SELECT backlog_forgotten(%s, %s, %s, %s, %s)", need.pk, *about(need), need.starts - BACKLOG, at))


def offer(need: InformationNeed, item: dict[str, Any], *, by: Actor, at: datetime) -> str:
    """One item through the gate, and what the gate said written down. Returns share, withhold, or nothing where the need is not about it after all."""
    written, author = item["entry"], author_of(item["entry"])
    scope = scope_from(item, author, at=at)
    row = next(partner for partner in item["partners"] if partner["team"] == need.team_id)
    said = next((one for one in row["needs"] if one["id"] == need.pk), None)
    if said is None:
        return ""
    partner = partner_facts(row)
    facts = EntryFacts(
        kind=written["kind"], category=written["category"],
        about=tuple(PersonFacts(person, Link(link), scope.people[person].kind, scope.people[person].age, scope.people[person].flags) for person, link in written["people"]),
        author_agency_id=written["agency"], author_agency_kind=written["agency_kind"], author_role=author.role, happened_at=datetime.fromisoformat(written["happened_at"]),
        written_at=datetime.fromisoformat(written["written_at"]), author_practitioner_id=written["author"], tags=frozenset(written["tags"]), harm=Harm(written["risk"]), entry_id=written["id"],
    )  # fmt: skip
    for _, outcome in backlog(need_facts(said, row), partner, [facts], scope.decider(facts, by=author, claim="none", at=at), at=at):
        words = in_words(outcome, scope)
        gate.note(
            verb="share_to", category=facts.category, purpose=need.purpose, decision="permit" if isinstance(outcome, Share) else "deny", rules=list(outcome.rules), automatic=True,
            item=f"entry:{written['id']}:backlog", people=[person.person_id for person in facts.about],
        )  # fmt: skip
        kept = {
            "outcome": words.outcome, "reason_code": outcome.reason.value if isinstance(outcome, Withhold) else "", "reason": words.why[:300], "rules": list(outcome.rules),
            "needs": [str(need.pk)], "purposes": list(getattr(outcome, "purposes", ())), "origin": str(getattr(outcome, "origin", "")), "withheld_parts": sorted(words.withheld_parts),
            "obligations": sorted(getattr(outcome, "obligations", ())), "decide_by": getattr(outcome, "decide_by", None),
            "decider": guardian_for(written["agency"]) if getattr(outcome, "decide_by", None) else None,
        }  # fmt: skip
        made = clocked(outcome) if isinstance(outcome, Share) else None
        if database.value("SELECT offer_item(%s, %s, %s, %s, %s)", need.pk, written["id"], json.dumps(kept, default=str), json.dumps(made, default=str) if made else None, byline(by)):
            return words.outcome
    return ""


def clocked(share: Share) -> dict[str, Any]:
    return {
        "person_id": share.person_ids[0], "person_ids": list(share.person_ids), "clock": share.clock, "due_at": share.due, "half_at": share.reminder_at, "in_order": share.in_order,
        "phone_fallback": share.phone_fallback, "needs_decision": share.needs_decision, "minimum_fields": list(share.minimum_fields),
    }  # fmt: skip


def author_of(written: dict[str, Any]) -> Actor:
    """Whoever wrote it, as the gate must see the sender; without a session, and so without any right."""
    return Actor(
        account_id=0, token="", name=written["byline"], practitioner_id=written["author"], agency_id=written["agency"], agency_kind=written["agency_kind"],
        role=written["author_role"] or "person",
    )  # fmt: skip
