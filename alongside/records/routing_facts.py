"""From what the database holds to the facts that routing decides on, and back: the gate asked for every partner, need and person."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection

from alongside.agencies.facts import Actor
from alongside.common.decisions import Decision
from alongside.confidentiality.circumstances import Circumstances, circumstances
from alongside.confidentiality.sharing import decide_share
from alongside.records.facts import DecideShare, EntryFacts, NeedFacts, PartnerFacts, PartnerKey, PersonFacts, Reach


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """What is known of one partner team besides the facts routing weighs: names, who owns what comes in, and what may flow to its agency."""

    agency_id: int
    agency_name: str
    team_id: int
    team_name: str
    owner: int | None
    has_endpoint: bool
    agreement: str
    flows: frozenset[str]


@dataclass(frozen=True, slots=True)
class Scope:
    """Everybody an entry might concern: partners with their facts, and the circumstances of each person as the author's agency stands to them."""

    author_agency_id: int
    partners: tuple[PartnerFacts, ...]
    rows: Mapping[PartnerKey, PartnerRow]
    people: Mapping[int, Circumstances]

    def decider(self, entry: EntryFacts, *, by: Actor, claim: str, at: datetime) -> DecideShare:
        """The gate, bound to this entry: asked once for each partner, need and person."""

        def decide(partner: PartnerFacts, need: NeedFacts, person: PersonFacts) -> Decision:
            row = self.rows[partner.key]
            return decide_share(
                replace(self.people[person.person_id], flags=self.people[person.person_id].flags | person.flags),
                by=by, category=entry.category, purpose=need.purpose, to_agency_kind=partner.agency_kind, agreement=row.agreement,
                covered=f"{need.purpose}:{entry.category}" in row.flows, declared=need.origin.value != "sender", claim=claim, harm=entry.harm.value,
                own_agency=row.agency_id == self.author_agency_id, at=at,
            )  # fmt: skip

        return decide


def scope_of(actor: Actor, people: tuple[int, ...], *, purpose: str, at: datetime, also: tuple[int, ...] = ()) -> Scope:
    """All partners in scope of an entry by this author about these people, and the teams `also` owed something. Raises LookupError when the author belongs to no partnership."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT routing_facts(%s, %s, %s)", [list(people), purpose, list(also)])
        answer = cursor.fetchone()[0]
    held = json.loads(answer) if isinstance(answer, str) else answer
    if held is None:
        raise LookupError("The author belongs to no agency here.")
    return scope_from(held, actor, at=at)


def scope_from(held: Mapping[str, Any], actor: Actor, *, at: datetime) -> Scope:
    return Scope(
        author_agency_id=held["author_agency"],
        partners=tuple(partner_facts(row) for row in held["partners"]),
        rows={partner_key(row): partner_row(row) for row in held["partners"]},
        people={int(person): circumstances(actor, facts, on=at.date()) for person, facts in held["people"].items()},
    )


def partner_key(row: Mapping[str, Any]) -> PartnerKey:
    return PartnerKey(row["agency"], row["team"])


def partner_row(row: Mapping[str, Any]) -> PartnerRow:
    return PartnerRow(
        row["agency"], row["agency_name"], row["team"], row["team_name"], row["owner"], row["endpoint"], row["agreement"], frozenset(row["flows"]),
    )  # fmt: skip


def partner_facts(row: Mapping[str, Any]) -> PartnerFacts:
    return PartnerFacts(
        key=partner_key(row),
        agency_kind=row["kind"],
        role=row["role"],
        duty_desk=row["duty_desk"],
        owner=row["owner"],
        area=row["area"],
        relations={int(person): kind for person, kind in row["relations"].items()},
        needs=tuple(need_facts(need, row) for need in row["needs"]),
    )


def need_facts(need: Mapping[str, Any], row: Mapping[str, Any]) -> NeedFacts:
    return NeedFacts(
        need_id=need["id"],
        tags=frozenset(need["tags"]),
        purpose=need["purpose"],
        how_soon=need["how_soon"],
        what_for=need["what_for"],
        agency_kind=row["kind"],
        role=row["role"],
        situations=frozenset(need["situations"]),
        people=frozenset(need["people"]),
        minimum_fields=tuple(need["minimum_fields"]),
        reach=Reach(need["reach"]),
    )
