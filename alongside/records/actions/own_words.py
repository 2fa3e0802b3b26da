"""What a person writes in their own record, or a parent in a child's: an entry like any other, sent to those who help, or to one of them alone."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from alongside.agencies.facts import Actor
from alongside.agencies.queries import people_behind
from alongside.confidentiality import gate
from alongside.confidentiality.actions.choices import basis_of
from alongside.records.actions.entries import add_entry
from alongside.records.actions.new_entry import POWERS, NewEntry, Recorded, category_of
from alongside.records.facts import Addition, Harm, KeepBack, PartnerKey, PersonFacts, SenderWish
from alongside.records.queries.scope import Scope, scope_of

PURPOSE = "direct_care"
HELPS = "They help the person who wrote this."
WRITTEN_FOR = "Written for the person by an attorney or deputy whose authority was seen."
ASKED = "The person asked that only one practitioner be told."


@dataclass(frozen=True, slots=True)
class Helper:
    """One practitioner whom a person can tell something alone, and the team through which it reaches them."""

    practitioner_id: int
    name: str
    partner: PartnerKey


def who_can_be_told_alone(by: Actor, person_id: int, *, at: datetime) -> tuple[Helper, ...]:
    """Practitioners who work with this person now, each through the team that would receive it."""
    owners = {row.owner: key for key, row in scope_of(by, (person_id,), purpose=PURPOSE, category=category_of("persons_own_words"), at=at).rows.items() if row.owner}
    names = people_behind(owners)
    return tuple(Helper(owner, names[owner], key) for owner, key in sorted(owners.items(), key=lambda one: names[one[0]]))


def add_own_words(
    *, by: Actor, about: PersonFacts, words: str, key: uuid.UUID, in_danger: bool = False, only_for: int | None = None, corrects: int | None = None,
    headline: str = "", not_online: bool = False, at: datetime,
) -> Recorded:  # fmt: skip
    """
    1. Beside an entry it answers it is a statement: the gate is asked for a correction too, and whoever uses the entry is told.
    2. Find who helps: each agency with somebody allocated, through the team that owns what comes in, else through its duty desk.
    3. Where one practitioner is named, everybody else is kept out at the person's own wish; what the law makes us pass on still goes.
    4. Record it once and route it (see `add_entry`). Words that tell of danger are a concern, and go the way of every concern.

    Raises Refused or NotKnown from the gate. `key` was made when the form was opened: sent twice, it is one entry.
    """
    if corrects is not None:
        gate.open_record(by, about.person_id, verb="correct", category="strengths_needs_plan", purpose="portal_view", claim=basis_of(by, about.person_id, at=at), item=f"entry:{corrects}", reason="A statement in their own words beside it", at=at)
    acts = basis_of(by, about.person_id, at=at) in POWERS
    scope = scope_of(by, (about.person_id,), purpose=PURPOSE, category=category_of("persons_own_words"), at=at)
    danger = "safeguarding_concern" if about.kind == "child" else "safeguarding_adult_concern"
    safety = "safeguarding_child" if about.kind == "child" else "safeguarding_adult"
    return add_entry(
        by=by,
        new=NewEntry(
            submission_key=key, kind=danger if in_danger else "persons_own_words", about=(about,), headline=headline or ("Asks for help to be safe" if in_danger else "What their attorney or deputy says for them" if acts else "In their own words"),
            account="", words_of_person=words, happened_at=at, harm=Harm.SIGNIFICANT if in_danger else Harm.NONE_KNOWN, purpose=safety if in_danger else PURPOSE,
            only_for=None if only_for is None or in_danger else (only_for,), not_online=not_online, wishes=wishes(scope, about.person_id, only_for), corrects=corrects,
            claim=basis_of(by, about.person_id, at=at), correction_reason=(WRITTEN_FOR if acts else "The person's own statement") if corrects else "", tags=frozenset({"own_words"}), no_action_reason=WRITTEN_FOR if acts else "Written by the person.",
        ),
        at=at,
    )  # fmt: skip


def wishes(scope: Scope, person_id: int, only_for: int | None) -> tuple[SenderWish, ...]:
    if only_for is None:
        return tuple(Addition(key, PURPOSE, HELPS) for key in helping(scope, person_id))
    return tuple(
        Addition(key, PURPOSE, ASKED) if row.owner == only_for else KeepBack(key, "person_objects", ASKED) for key, row in scope.rows.items()
    )  # fmt: skip


def helping(scope: Scope, person_id: int) -> list[PartnerKey]:
    """One team of each agency that helps this person: the one whose practitioner is allocated, else the duty desk."""
    found: dict[int, PartnerKey] = {}
    for partner in sorted(scope.partners, key=lambda one: (scope.rows[one.key].owner is None, not one.duty_desk)):
        if person_id in partner.relations and (scope.rows[partner.key].owner or partner.duty_desk):
            found.setdefault(partner.key.agency_id, partner.key)
    return list(found.values())
