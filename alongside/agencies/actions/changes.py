"""Who may change a directory, and the event that each change leaves."""

from datetime import datetime

from alongside.agencies.facts import Actor
from alongside.agencies.models import DirectoryChange, Practitioner, Team
from alongside.agencies.queries import live
from alongside.common import database
from alongside.common.decisions import NotKnown


def must_look_after(by: Actor) -> int:
    """The agency whose directory this actor looks after. Raises NotKnown for anybody else: there is no such page for them."""
    if not by.looks_after_agency or by.agency_id is None:
        raise NotKnown
    return by.agency_id


def own_practitioner(by: Actor, practitioner_id: int) -> Practitioner:
    """One of the practitioners that this actor looks after, locked until the change is made. Raises NotKnown for any other, and for none."""
    return database.the_one(Practitioner.objects.select_for_update(of=("self",)).filter(live(), pk=practitioner_id, agency_id=must_look_after(by)))


def own_team(by: Actor, team_id: int) -> Team:
    return database.the_one(Team.objects.select_for_update(of=("self",)).filter(live(), pk=team_id, agency_id=must_look_after(by)))


def write_change(by: Actor, what: str, words: str, *, at: datetime, practitioner_id: int | None = None, agency_id: int | None = None) -> None:
    DirectoryChange.objects.create(at=at, by_id=by.practitioner_id, agency_id=agency_id or by.agency_id, practitioner_id=practitioner_id, what=what, words=words[:300])
