"""Reads of the directory of agencies, teams and practitioners. It names no person we help, so it needs no Access."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from alongside.agencies.facts import PRACTITIONER_PRINCIPAL_LIMIT, Actor
from alongside.agencies.models import (
    Account,
    Agency,
    AgencyIdentifier,
    Cover,
    DirectoryChange,
    Expertise,
    Leave,
    Practitioner,
    SecondStepReset,
    Team,
    TeamMembership,
    Training,
)
from alongside.agencies.rules.administration import looks_after_agency

__all__ = [
    "EXPERTISE_KINDS", "SCHEMES", "Listed", "StaffRow", "agencies", "awaits_first_password", "away", "demo_accounts", "directory_changes", "expertise_of", "identifiers", "identify", "invited_account", "listed", "live", "managers_in", "managers_of", "memberships",
    "only_desks", "open_resets", "own_agency", "people_behind", "practitioner", "practitioners", "sessions", "staff", "staff_member", "supervised", "supervisor_of", "team", "teams", "training_ends",
    "who_is_who",
]  # fmt: skip


def live(prefix: str = "") -> Q:
    """Rows that have not ended by now, by the database's clock. `prefix` leads to them, as in `live("team__")`."""
    return Q(**{f"{prefix}ends__isnull": True}) | Q(**{f"{prefix}ends__gt": Now()})


def only_desks(kinds: Iterable[str]) -> tuple[int, ...]:
    """The duty desks of the agency of each of these kinds, where there is one and no more: among several nobody guesses which."""
    found = list(Team.objects.filter(live(), live("agency__"), duty_desk=True, agency__kind_id__in=list(kinds)).values_list("agency__kind_id", "agency_id", "pk"))
    several = {kind for kind, agency, _ in found if any(other == kind and there != agency for other, there, _ in found)}
    return tuple(team for kind, _, team in found if kind not in several)


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
        looks_after_agency=looks_after_agency(
            own_agency=True, system_owner=found["system_owner"], manages_a_team=bool(found["manages_team_ids"]), agency_has_named_one=found["agency_has_owner"]
        ),
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
    return Agency.objects.select_related("kind").filter(live()).order_by("name")


def agency_called(name_or_code: str) -> Agency | None:
    """The agency of that name in any case, or with that identifier (ODS code, URN, charity number)."""
    named = Agency.objects.filter(name__iexact=name_or_code.strip()).first()
    return named or Agency.objects.filter(identifiers__value__iexact=name_or_code.strip()).first()


def team_called(agency_id: int, name: str) -> Team | None:
    return Team.objects.filter(agency_id=agency_id, name__iexact=name.strip(), ends__isnull=True).first()


def agency_names(agency_ids: Iterable[int]) -> dict[int, str]:
    return dict(Agency.objects.filter(pk__in=list(agency_ids)).values_list("pk", "name"))


def teams(agency_id: int | None = None) -> QuerySet[Team]:
    found = Team.objects.select_related("agency").filter(live()).order_by("agency__name", "name")
    return found.filter(agency_id=agency_id) if agency_id else found


def team(team_id: int) -> Team:
    return Team.objects.select_related("agency").get(pk=team_id)


def practitioner(practitioner_id: int) -> Practitioner:
    return Practitioner.objects.select_related("agency", "supervisor").get(pk=practitioner_id)


def practitioners(*, agency_id: int | None = None, team_id: int | None = None) -> QuerySet[Practitioner]:
    found = Practitioner.objects.select_related("agency").filter(live()).order_by("name")
    if agency_id:
        found = found.filter(agency_id=agency_id)
    if team_id:
        found = found.filter(live("memberships__"), memberships__team_id=team_id).distinct()
    return found


def supervised(actor: Actor) -> list[Practitioner]:
    """Whom this actor supervises, and who is in a team they manage, by name; not themself."""
    mine = Q(supervisor_id=actor.practitioner_id) | Q(pk__in=TeamMembership.objects.filter(live(), team_id__in=actor.manages_team_ids).values("practitioner_id"))
    return list(Practitioner.objects.filter(live()).filter(mine).exclude(pk=actor.practitioner_id).order_by("name"))


def memberships(practitioner_ids: Iterable[int]) -> dict[int, list[TeamMembership]]:
    """The teams that each practitioner is in now."""
    found: dict[int, list[TeamMembership]] = {}
    for one in TeamMembership.objects.filter(live(), practitioner_id__in=list(practitioner_ids)).select_related("team").order_by("team__name"):
        found.setdefault(one.practitioner_id, []).append(one)
    return found


def away(practitioner_ids: Iterable[int], *, at: datetime) -> dict[int, tuple[Leave, Cover | None]]:
    """Who is on leave at a moment or has leave to come, the soonest, and who stands in."""
    wanted = list(practitioner_ids)
    covers = {(one.absent_id, one.starts): one for one in Cover.objects.filter(absent_id__in=wanted, ends__gt=at).select_related("covering")}
    leave = Leave.objects.filter(practitioner_id__in=wanted, ends__gt=at).order_by("-starts")
    return {one.practitioner_id: (one, covers.get((one.practitioner_id, one.starts))) for one in leave}


def training_ends(practitioner_ids: Iterable[int]) -> dict[int, date]:
    """The last day on which each one's information-governance training is current; whoever has none is not here."""
    found = Training.objects.filter(practitioner_id__in=list(practitioner_ids), subject="information_governance").order_by("expires_on")
    return dict(found.values_list("practitioner_id", "expires_on"))


def managers_of(team_id: int) -> list[int]:
    """Practitioners who manage a team now, by id."""
    return list(TeamMembership.objects.filter(live(), live("practitioner__"), team_id=team_id, is_manager=True).values_list("practitioner_id", flat=True))


def managers_in(agency_ids: Iterable[int]) -> QuerySet[Practitioner]:
    """Practitioners who manage a team now in any of these agencies: those who may sign for them."""
    managing = TeamMembership.objects.filter(is_manager=True, ends__isnull=True).values("practitioner_id")
    return Practitioner.objects.filter(agency_id__in=list(agency_ids), pk__in=managing, ends__isnull=True).select_related("agency").order_by("agency__name", "name")


def supervisor_of(principal: int) -> int | None:
    """Whoever hears when a principal is late: a practitioner's supervisor, or the manager of a team (and of a practitioner without a supervisor)."""
    if principal > PRACTITIONER_PRINCIPAL_LIMIT:
        return next(iter(managers_of(principal - PRACTITIONER_PRINCIPAL_LIMIT)), None)
    found = Practitioner.objects.filter(live("supervisor__"), pk=principal).values_list("supervisor_id", flat=True).first()
    if found:
        return found
    own_teams = TeamMembership.objects.filter(live(), practitioner_id=principal).values_list("team_id", flat=True)
    return TeamMembership.objects.filter(live(), live("practitioner__"), team_id__in=own_teams, is_manager=True).exclude(practitioner_id=principal).values_list("practitioner_id", flat=True).first()


def people_behind(principals: Iterable[int]) -> dict[int, str]:
    """Principals in words: a practitioner's name and title, or a team's name and agency."""
    wanted = set(principals)
    names: dict[int, str] = {}
    for found in Practitioner.objects.filter(pk__in=[p for p in wanted if 0 < p < PRACTITIONER_PRINCIPAL_LIMIT]).select_related("agency"):
        names[found.pk] = f"{found.name}, {found.title}, {found.agency.name}"
    for group in Team.objects.filter(pk__in=[p - PRACTITIONER_PRINCIPAL_LIMIT for p in wanted if p > PRACTITIONER_PRINCIPAL_LIMIT]).select_related("agency"):
        names[group.principal] = f"{group.name}, {group.agency.name}"
    return names


# -- who's who ----------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Listed:
    """One answer of who's who: somebody who works with people, or a team, and how to reach them. `knows`: their expertise in words."""

    practitioner_id: int | None
    team_id: int | None
    name: str
    title: str
    agency_id: int
    agency: str
    phone: str
    duty_phone: str
    teams: tuple[str, ...] = ()
    knows: tuple[str, ...] = ()
    away_until: datetime | None = None
    covered_by: str = ""


def who_is_who(words: str, *, at: datetime, limit: int = 50) -> list[Listed]:
    """Teams and practitioners of every agency whose name, title, profession, agency, team or expertise holds each of the words typed."""
    people, groups = Practitioner.objects.filter(live(), live("agency__")), Team.objects.filter(live(), live("agency__"))
    for word in words.split()[:8]:
        people = people.filter(
            Q(name__icontains=word) | Q(title__icontains=word) | Q(profession__icontains=word) | Q(agency__name__icontains=word) | Q(expertise__subject__icontains=word)
            | Q(pk__in=TeamMembership.objects.filter(live(), team__name__icontains=word).values("practitioner_id"))
        )  # fmt: skip
        groups = groups.filter(Q(name__icontains=word) | Q(agency__name__icontains=word) | Q(agency__kind__name__icontains=word))
    found = [
        Listed(None, one.pk, one.name, "Team", one.agency_id, one.agency.name, "", one.agency.duty_phone) for one in groups.select_related("agency").order_by("agency__name", "name")[:limit]
    ]
    return [*found, *listed(people.distinct().order_by("name")[:limit], at=at)]


def listed(people: QuerySet[Practitioner], *, at: datetime) -> list[Listed]:
    """Practitioners as who's who shows them, in three more questions however many they are."""
    rows = list(people.select_related("agency").prefetch_related("expertise"))
    ids = [one.pk for one in rows]
    in_teams, absent = memberships(ids), away(ids, at=at)
    return [_listed(one, in_teams.get(one.pk, []), absent.get(one.pk), at) for one in rows]


def _listed(one: Practitioner, in_teams: list[TeamMembership], absence: tuple[Leave, Cover | None] | None, at: datetime) -> Listed:
    leave, cover = absence or (None, None)
    gone = leave is not None and leave.starts <= at
    return Listed(
        one.pk, None, one.name, one.title, one.agency_id, one.agency.name, one.phone, one.agency.duty_phone, tuple(m.team.name for m in in_teams),
        tuple(f"{known.subject} ({known.get_kind_display().lower()})" for known in one.expertise.all()),
        leave.ends if gone and leave else None, cover.covering.name if gone and cover else "",
    )  # fmt: skip


# -- looking after one's own agency -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A practitioner as whoever looks after the agency sees them. `signed_in`: they have used their account at least once."""

    practitioner: Practitioner
    teams: tuple[TeamMembership, ...]
    training_ends: date | None
    leave: Leave | None
    cover: Cover | None
    signed_in: bool

    @property
    def invited(self) -> bool:
        return self.practitioner.account_id is not None and not self.signed_in


def staff(agency_id: int, *, at: datetime) -> list[StaffRow]:
    rows = list(Practitioner.objects.filter(live(), agency_id=agency_id).select_related("account", "supervisor").order_by("name"))
    ids = [one.pk for one in rows]
    in_teams, absent, trained = memberships(ids), away(ids, at=at), training_ends(ids)
    return [
        StaffRow(one, tuple(in_teams.get(one.pk, ())), trained.get(one.pk), *(absent.get(one.pk) or (None, None)), one.account is not None and (one.account.last_login is not None or one.account.is_demo))
        for one in rows
    ]


def staff_member(agency_id: int, practitioner_id: int, *, at: datetime) -> StaffRow | None:
    return next((row for row in staff(agency_id, at=at) if row.practitioner.pk == practitioner_id), None)


def directory_changes(agency_id: int, *, practitioner_id: int | None = None, limit: int = 20) -> list[DirectoryChange]:
    """What was changed in an agency's directory lately, newest first."""
    found = DirectoryChange.objects.filter(agency_id=agency_id).select_related("by").order_by("-at", "-pk")
    return list((found.filter(practitioner_id=practitioner_id) if practitioner_id else found)[:limit])


def open_resets(agency_id: int) -> list[SecondStepReset]:
    return list(SecondStepReset.objects.filter(practitioner__agency_id=agency_id, closed_at__isnull=True).select_related("practitioner", "asked_by").order_by("asked_at"))


def own_agency(actor: Actor) -> Agency:
    return Agency.objects.select_related("kind").get(pk=actor.agency_id)


def identifiers(agency_id: int) -> dict[str, str]:
    """The agency's numbers in other registers today, by scheme."""
    return dict(AgencyIdentifier.objects.filter(live(), agency_id=agency_id).values_list("scheme", "value"))


SCHEMES = tuple(AgencyIdentifier.SCHEMES)
EXPERTISE_KINDS = tuple(Expertise._meta.get_field("kind").choices or ())


def expertise_of(practitioner_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """What each of them knows, in words."""
    found: dict[int, tuple[str, ...]] = {}
    for practitioner_id, subject in Expertise.objects.filter(practitioner_id__in=list(practitioner_ids)).order_by("subject").values_list("practitioner_id", "subject"):
        found[practitioner_id] = (*found.get(practitioner_id, ()), subject)
    return found


def awaits_first_password(account: Account) -> bool:
    """Whether whoever was invited has not begun to use it yet."""
    return account.is_active and not account.is_demo and not account.has_usable_password()


def invited_account(account_id: int) -> Account | None:
    """An account whose owner has not set a first password yet."""
    found = Account.objects.filter(pk=account_id).first()
    return found if found and awaits_first_password(found) else None
