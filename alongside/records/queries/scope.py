"""From what the database holds to the facts that routing decides on, and back: the gate asked for every partner, need and person."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.common.decisions import Decision
from alongside.confidentiality.gate.circumstances import Circumstances, circumstances
from alongside.confidentiality.gate.sharing import decide_share
from alongside.records.facts import DecideShare, EntryFacts, NeedFacts, PartnerFacts, PartnerKey, PersonFacts, Reach


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """What is known of one partner team besides the facts routing weighs: names, who owns what comes in, and what of an entry's category may flow to its agency."""

    agency_id: int
    agency_name: str
    team_id: int
    team_name: str
    owner: int | None
    agreement: str
    flows: frozenset[str]


@dataclass(frozen=True, slots=True)
class Scope:
    """Everybody an entry might concern: partners with their facts, and the circumstances of each person as the author's agency stands to them.

    `conceals`: somebody's address is concealed, these people's or that of who belongs with them, so that texts must be looked through before they leave.
    """

    author_agency_id: int
    partners: tuple[PartnerFacts, ...]
    rows: Mapping[PartnerKey, PartnerRow]
    people: Mapping[int, Circumstances]
    conceals: bool = True

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


@dataclass(frozen=True, slots=True)
class Held:
    """What the database holds, in this transaction, for whoever is about to write something of this category about these people: what the gate must know of
    each of them, for each of these purposes, and everybody who might have to be told. `before`: an entry had been recorded under `key` already.
    """

    people: tuple[int, ...]
    purposes: tuple[str, ...]
    category: str
    facts: Mapping[str, Any]
    key: UUID | None = None
    before: bool = False

    def about(self, person_id: int, purpose: str) -> dict[str, Any]:
        """The gate's facts about one of them, for one of the purposes: what differs from the first purpose stands in place of it."""
        facts: dict[str, Any] = self.facts["people"][str(person_id)]
        return facts if purpose == self.purposes[0] else facts | self.facts["purposes"][purpose]

    def serves(self, people: tuple[int, ...], purpose: str, category: str) -> bool:
        return people == self.people and purpose in self.purposes and category == self.category

    def scope(self, actor: Actor, *, purpose: str, at: datetime) -> Scope:
        return scope_from(self.facts | {"people": {person: self.about(person, purpose) for person in self.people}}, actor, at=at)


def what_is_held(actor: Actor, people: tuple[int, ...], *, purposes: tuple[str, ...], category: str, key: UUID | None = None, also: tuple[int, ...] = ()) -> Held | None:
    """All of it in one round trip, teams `also` owed something among it. None: the author belongs to no agency here."""
    mine = "author_id" if actor.is_practitioner else "author_person_id"
    question = f"SELECT routing_facts(%s, %s, %s, %s), EXISTS (SELECT FROM entry WHERE {mine} = %s AND submission_key = %s)"
    facts, before = database.row(question, list(people), list(purposes), category, list(also), actor.practitioner_id or actor.own_person_id, key)
    return None if facts is None else Held(people, purposes, category, facts, key, before)


def scope_of(actor: Actor, people: tuple[int, ...], *, purpose: str, category: str, at: datetime, also: tuple[int, ...] = ()) -> Scope:
    """All partners in scope of an entry of this category by this author about these people, and the teams `also` owed something. Raises LookupError when the author belongs to no partnership."""
    return scope_in(what_is_held(actor, people, purposes=(purpose,), category=category, also=also), actor, purpose=purpose, at=at)


def scope_in(held: Held | None, actor: Actor, *, purpose: str, at: datetime) -> Scope:
    if held is None:
        raise LookupError("The author belongs to no agency here.")
    return held.scope(actor, purpose=purpose, at=at)


def scope_from(held: Mapping[str, Any], actor: Actor, *, at: datetime) -> Scope:
    return Scope(
        author_agency_id=held["author_agency"],
        partners=tuple(partner_facts(row) for row in held["partners"]),
        rows={partner_key(row): partner_row(row) for row in held["partners"]},
        people={int(person): circumstances(actor, facts, on=at.date()) for person, facts in held["people"].items()},
        conceals=held["concealed"],
    )


def partner_key(row: Mapping[str, Any]) -> PartnerKey:
    return PartnerKey(row["agency"], row["team"])


def partner_row(row: Mapping[str, Any]) -> PartnerRow:
    return PartnerRow(
        row["agency"], row["agency_name"], row["team"], row["team_name"], row["owner"], row["agreement"], frozenset(row["flows"]),
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
