"""Reads of the directory of agencies, teams and practitioners. It names no person we help, so it needs no Access."""

import json
from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.db.models import F, QuerySet

from alongside.agencies.facts import PRACTITIONER_PRINCIPAL_LIMIT, Actor
from alongside.agencies.models import Account, Agency, Practitioner, Team, TeamMembership

__all__ = ["agencies", "demo_accounts", "identify", "managers_in", "managers_of", "people_behind", "practitioner", "practitioners", "sessions", "supervisor_of", "team", "teams"]


def identify(token: str) -> Actor | None:
    """Whose session this is, as of now; from here to the end of the transaction the database acts as them. None: nobody's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT identify(%s)", [token])
        answer = cursor.fetchone()[0]
    if answer is None:
        return None
    found = json.loads(answer) if isinstance(answer, str) else answer
    return Actor(
        account_id=found["account_id"],
        token=token,
        name=found["name"],
        practitioner_id=found["practitioner_id"],
        agency_id=found["agency_id"],
        agency_kind=found["agency_kind"],
        agency_name=found["agency_name"],
        role=found["role"],
        title=found["title"],
        own_person_id=found["own_person_id"],
        team_ids=tuple(found["team_ids"]),
        principals=tuple(found["principals"]),
        manages_team_ids=tuple(found["manages_team_ids"]),
        supervises=found["supervises"],
        training_current=found["training_current"],
        large_print=found["large_print"],
        single_key_shortcuts=found["single_key_shortcuts"],
        signed_in_at=datetime.fromisoformat(found["signed_in_at"]),
    )


def sessions(actor: Actor) -> list[dict[str, object]]:
    """The account's sessions that are still open, newest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT started_at, seen_at, user_agent, is_this_one, handle FROM my_sessions()")
        return [dict(zip(("started_at", "seen_at", "user_agent", "is_this_one", "handle"), row, strict=True)) for row in cursor.fetchall()]


def demo_accounts() -> list[Account]:
    """The accounts of the demo's invented people, agency by agency; people who are helped come last."""
    found = Account.objects.filter(is_demo=True, is_active=True).select_related("practitioner__agency")
    return list(found.order_by(F("practitioner__agency__name").asc(nulls_last=True), "practitioner__name", "email"))


def agencies() -> QuerySet[Agency]:
    return Agency.objects.select_related("kind").filter(ends__isnull=True).order_by("name")


def agency_names(agency_ids: Iterable[int]) -> dict[int, str]:
    return dict(Agency.objects.filter(pk__in=list(agency_ids)).values_list("pk", "name"))


def teams(agency_id: int | None = None) -> QuerySet[Team]:
    found = Team.objects.select_related("agency").filter(ends__isnull=True).order_by("agency__name", "name")
    return found.filter(agency_id=agency_id) if agency_id else found


def team(team_id: int) -> Team:
    return Team.objects.select_related("agency").get(pk=team_id)


def practitioner(practitioner_id: int) -> Practitioner:
    return Practitioner.objects.select_related("agency", "supervisor").get(pk=practitioner_id)


def practitioners(*, agency_id: int | None = None, team_id: int | None = None) -> QuerySet[Practitioner]:
    found = Practitioner.objects.select_related("agency").filter(ends__isnull=True).order_by("name")
    if agency_id:
        found = found.filter(agency_id=agency_id)
    if team_id:
        found = found.filter(memberships__team_id=team_id, memberships__ends__isnull=True)
    return found


def managers_of(team_id: int) -> list[int]:
    """Practitioners who manage a team now, by id."""
    return list(TeamMembership.objects.filter(team_id=team_id, is_manager=True, ends__isnull=True).values_list("practitioner_id", flat=True))


def managers_in(agency_ids: Iterable[int]) -> QuerySet[Practitioner]:
    """Practitioners who manage a team now in any of these agencies: those who may sign for them."""
    managing = TeamMembership.objects.filter(is_manager=True, ends__isnull=True).values("practitioner_id")
    return Practitioner.objects.filter(agency_id__in=list(agency_ids), pk__in=managing, ends__isnull=True).select_related("agency").order_by("agency__name", "name")


def supervisor_of(principal: int) -> int | None:
    """Whoever hears when a principal is late: a practitioner's supervisor, or the manager of a team (and of a practitioner without a supervisor)."""
    if principal > PRACTITIONER_PRINCIPAL_LIMIT:
        return next(iter(managers_of(principal - PRACTITIONER_PRINCIPAL_LIMIT)), None)
    found = Practitioner.objects.filter(pk=principal).values_list("supervisor_id", flat=True).first()
    if found:
        return found
    own_teams = TeamMembership.objects.filter(practitioner_id=principal, ends__isnull=True).values_list("team_id", flat=True)
    return TeamMembership.objects.filter(team_id__in=own_teams, is_manager=True, ends__isnull=True).exclude(practitioner_id=principal).values_list("practitioner_id", flat=True).first()


def people_behind(principals: Iterable[int]) -> dict[int, str]:
    """Principals in words: a practitioner's name and title, or a team's name and agency."""
    wanted = set(principals)
    names: dict[int, str] = {}
    for found in Practitioner.objects.filter(pk__in=[p for p in wanted if 0 < p < PRACTITIONER_PRINCIPAL_LIMIT]).select_related("agency"):
        names[found.pk] = f"{found.name}, {found.title}, {found.agency.name}"
    for group in Team.objects.filter(pk__in=[p - PRACTITIONER_PRINCIPAL_LIMIT for p in wanted if p > PRACTITIONER_PRINCIPAL_LIMIT]).select_related("agency"):
        names[group.principal] = f"{group.name}, {group.agency.name}"
    return names
