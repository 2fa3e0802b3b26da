"""Who works with whom, for those who answer for it: caseloads, people whom nobody works with yet, what a leaver still holds."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.common.access import Access
from alongside.confidentiality.models import Relationship


@dataclass(frozen=True, slots=True)
class Count:
    """How many people somebody works with, and of how many they are the lead practitioner."""

    people: int = 0
    leads: int = 0


@dataclass(frozen=True, slots=True)
class CaseloadRow:
    relationship_id: int
    person_id: int
    given_name: str
    family_name: str
    known_as: str
    born: date | None
    kind: str
    lead: bool
    since: datetime
    until: datetime | None

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip() or "Name not known"


@dataclass(frozen=True, slots=True)
class Unallocated:
    """A person whom a team holds and nobody in its agency works with yet."""

    relationship_id: int
    person_id: int
    given_name: str
    family_name: str
    born: date | None
    team_id: int
    team: str
    kind: str
    reason: str
    since: datetime

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip() or "Name not known"


def counts(actor: Actor, practitioner_ids: Iterable[int]) -> dict[int, Count]:
    """For those the actor answers for; whoever works with nobody is not here. Numbers only, and of nobody hidden."""
    return {practitioner: Count(people, leads) for practitioner, people, leads in database.rows("SELECT practitioner, people, leads FROM caseload_counts(%s)", list(practitioner_ids))}


def caseload(actor: Actor, practitioner_id: int) -> list[CaseloadRow]:
    """The people somebody works with, by name. Writes the ledger line that each of them can read. Nothing for whoever does not answer for them."""
    return [CaseloadRow(*row) for row in database.rows("SELECT * FROM caseload(%s, %s)", practitioner_id, json.dumps(_line(f"caseload:{practitioner_id}")))]


def unallocated(actor: Actor) -> list[Unallocated]:
    """Whom the teams that this actor manages hold and nobody works with yet, the longest waiting first. Writes its ledger line."""
    if not actor.manages_team_ids:
        return []
    return [Unallocated(*row) for row in database.rows("SELECT * FROM unallocated(%s)", json.dumps(_line("unallocated")))]


def _line(item: str) -> dict[str, str]:
    return {"verb": "read", "category": "index_entry", "purpose": "supervision", "decision": "permit", "item": item}


def holding(practitioner_id: int) -> dict[str, int]:
    """How many people somebody still works with, and roles in partnerships they still have; empty for whoever may not ask."""
    return database.document("SELECT holding_of(%s)", practitioner_id) or {}


def holding_of_team(team_id: int) -> dict[str, int]:
    """How much a team still holds, before it may end; empty for whoever may not ask."""
    return database.document("SELECT holding_of_team(%s)", team_id) or {}


def involvement(access: Access) -> list[Relationship]:
    """Everybody who is or was involved with a person: those involved now first, the lead practitioner on top; then the latest to end."""
    found = list(Relationship.objects.filter(person_id=access.person_id, starts__lte=access.at).exclude(kind="break_glass").select_related("practitioner", "team", "agency"))
    now = sorted((one for one in found if one.ends is None or one.ends > access.at), key=lambda one: (not one.lead, one.agency.name, one.starts))
    past = sorted((one for one in found if one.ends is not None and one.ends <= access.at), key=lambda one: one.ends or one.starts, reverse=True)
    return [*now, *past]
