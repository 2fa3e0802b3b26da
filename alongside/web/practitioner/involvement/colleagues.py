"""Whom work may be given to: colleagues and teams of one's own agency, those with room first, each with what speaks for or against them."""

from dataclasses import dataclass
from datetime import datetime

from alongside.agencies import queries as agencies
from alongside.agencies.facts import Actor
from alongside.common.london import london_day
from alongside.confidentiality.actions.relationships import Owner
from alongside.confidentiality.queries import caseloads
from alongside.web.design.formats import date_words


@dataclass(frozen=True, slots=True)
class Colleague:
    """One colleague who could take something on. `people` is how many they work with, where the asker answers for them; `against` why not now."""

    practitioner_id: int
    name: str
    title: str
    people: int | None
    knows: tuple[str, ...]
    against: str = ""

    @property
    def words(self) -> str:
        load = "" if self.people is None else f", works with {self.people}"
        return f"{self.name}, {self.title}{load}{f' ({self.against})' if self.against else ''}"


def colleagues(actor: Actor, *, at: datetime, without: int | None = None) -> list[Colleague]:
    """Those who could take it on now stand first, the one with the fewest people on top; whoever is away or may open nothing stands last."""
    rows = [row for row in agencies.staff(actor.agency_id or 0, at=at) if row.practitioner.pk != without and row.practitioner.role != "caldicott_guardian"]
    counts = caseloads.counts(actor, [row.practitioner.pk for row in rows])
    mine = set(actor.manages_team_ids) | set(actor.team_ids)
    known = agencies.expertise_of([row.practitioner.pk for row in rows])
    found = [
        (
            not any(one.team_id in mine for one in row.teams),
            Colleague(
                row.practitioner.pk, row.practitioner.name, row.practitioner.title,
                counts.get(row.practitioner.pk, caseloads.Count()).people if row.practitioner.supervisor_id == actor.practitioner_id or any(one.team_id in actor.manages_team_ids for one in row.teams) else None,
                known.get(row.practitioner.pk, ()), _against(row, at),
            ),
        )
        for row in rows
    ]
    return [one for _, one in sorted(found, key=lambda pair: (bool(pair[1].against), pair[0], pair[1].people is None, pair[1].people or 0, pair[1].name))]


def _against(row: agencies.StaffRow, at: datetime) -> str:
    if row.training_ends is None or row.training_ends < london_day(at):
        return "training not current: can open nothing"
    if row.leave and row.leave.starts <= at:
        return f"away, back on {date_words(row.leave.ends)}"
    return ""


def owner_choices(actor: Actor, *, at: datetime, without: int | None = None) -> list[tuple[str, str]]:
    """For a select: `practitioner:7` and `team:3`, in words."""
    people = [(f"practitioner:{one.practitioner_id}", one.words) for one in colleagues(actor, at=at, without=without)]
    return [*people, *((f"team:{one.pk}", f"The whole team: {one.name}") for one in agencies.teams(actor.agency_id))]


def chosen_owner(value: str) -> Owner:
    kind, _, number = value.partition(":")
    return Owner(practitioner_id=int(number)) if kind == "practitioner" else Owner(team_id=int(number))
