"""Practitioners: their accounts, teams, expertise and training."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from alongside.agencies.actions.changes import must_look_after, own_practitioner, own_team, write_change
from alongside.agencies.facts import Actor, CannotBe
from alongside.agencies.models import Account, Agency, Expertise, Practitioner, Team, TeamMembership, Training
from alongside.agencies.queries import live
from alongside.agencies.rules.administration import must_have_supervisor, supervises_in_a_ring

TRAINING_LASTS = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Details:
    """What is said of a practitioner to partners and to the people helped, and who hears when they are late."""

    name: str
    title: str
    role: str
    profession: str = ""
    phone: str = ""
    supervisor_id: int | None = None


def open_account(*, email: str, password: str | None, at: datetime, for_practitioner: bool, is_demo: bool = False) -> Account:
    return Account.objects.create_user(email, password, created_at=at, is_staff_account=for_practitioner, is_demo=is_demo)


@transaction.atomic
def add_practitioner(
    *, agency: Agency, name: str, title: str, role: str, at: datetime, profession: str = "", account: Account | None = None,
    supervisor: Practitioner | None = None, teams: tuple[Team, ...] = (), manages: tuple[Team, ...] = (), trained_on: date | None = None, email: str = "", phone: str = "",
    expertise: tuple[tuple[str, str], ...] = (),
) -> Practitioner:
    """
    1. The practitioner, in one agency.
    2. Membership of each team; managing a team is membership too.
    3. Information-governance training, valid for a year: without it no record opens.
    4. What they know: subjects, each with its kind.
    """
    added = Practitioner.objects.create(
        agency=agency, name=name, title=title, role=role, profession=profession, account=account, supervisor=supervisor, starts=at.date(), email=email, phone=phone
    )
    for joined in {*teams, *manages}:
        TeamMembership.objects.create(team=joined, practitioner=added, is_manager=joined in manages, starts=at)
    if trained_on:
        Training.objects.create(practitioner=added, completed_on=trained_on, expires_on=trained_on + TRAINING_LASTS)
    Expertise.objects.bulk_create([Expertise(practitioner=added, subject=subject, kind=kind) for subject, kind in expertise])
    return added


@transaction.atomic
def invite_practitioner(*, by: Actor, email: str, details: Details, team_id: int, manages: bool, at: datetime) -> Practitioner:
    """
    1. An account without a password: only the link in the invitation can set one.
    2. The practitioner in the actor's own agency, in one team.

    Raises CannotBe: an address that signs in already, no supervisor where one is due.
    """
    agency_id = must_look_after(by)
    if Account.objects.filter(email=email.lower()).exists():
        raise CannotBe("Somebody signs in with this address already. Use the address of their work for your agency", field="email")
    team = own_team(by, team_id)
    supervisor = _supervisor(agency_id, None, details, manages_a_team=manages)
    account = open_account(email=email, password=None, at=at, for_practitioner=True)
    added = add_practitioner(
        agency=team.agency, name=details.name, title=details.title, role=details.role, profession=details.profession, phone=details.phone, email=email, at=at, account=account,
        supervisor=supervisor, teams=(team,), manages=(team,) if manages else (),
    )
    write_change(by, "account_opened", f"Account opened for {added.name}", at=at, practitioner_id=added.pk)
    return added


@transaction.atomic
def change_practitioner(*, by: Actor, practitioner_id: int, details: Details, at: datetime) -> None:
    """Name, title, role, profession, telephone and supervisor. Raises CannotBe for a supervisor who cannot be."""
    found = own_practitioner(by, practitioner_id)
    supervisor = _supervisor(found.agency_id, found.pk, details, manages_a_team=TeamMembership.objects.filter(live(), practitioner=found, is_manager=True).exists())
    found.name, found.title, found.role, found.profession, found.phone, found.supervisor = details.name, details.title, details.role, details.profession, details.phone, supervisor
    found.save(update_fields=["name", "title", "role", "profession", "phone", "supervisor"])
    write_change(by, "practitioner_changed", f"Details of {found.name} changed", at=at, practitioner_id=found.pk)


def _supervisor(agency_id: int, practitioner_id: int | None, details: Details, *, manages_a_team: bool) -> Practitioner | None:
    if details.supervisor_id is None:
        if must_have_supervisor(manages_a_team=manages_a_team):
            raise CannotBe("Choose a supervisor: somebody must hear what is late", field="supervisor")
        return None
    found = Practitioner.objects.filter(live(), pk=details.supervisor_id, agency_id=agency_id).first()
    if found is None:
        raise CannotBe("Choose somebody who works here now", field="supervisor")
    above = dict(Practitioner.objects.filter(live(), agency_id=agency_id).values_list("pk", "supervisor_id"))
    if practitioner_id and supervises_in_a_ring(above, practitioner=practitioner_id, supervisor=found.pk):
        raise CannotBe("Choose somebody else: this person is below them", field="supervisor")
    return found


@transaction.atomic
def join_team(*, by: Actor, practitioner_id: int, team_id: int, manages: bool, at: datetime) -> None:
    """Membership of one more team, or of the same as its manager; what the team may see opens at this moment."""
    found, team = own_practitioner(by, practitioner_id), own_team(by, team_id)
    TeamMembership.objects.filter(team=team, practitioner=found, ends__isnull=True).update(ends=at)
    TeamMembership.objects.create(team=team, practitioner=found, is_manager=manages, starts=at)
    write_change(by, "team_joined", f"{found.name} joined {team.name}{' as its manager' if manages else ''}", at=at, practitioner_id=found.pk)


@transaction.atomic
def leave_team(*, by: Actor, practitioner_id: int, team_id: int, at: datetime) -> None:
    """
    1. Refuse when a team would lose its only manager, or a practitioner their only team. Raises CannotBe.
    2. The membership ends, and with it at this moment what only the team may see.
    """
    found, team = own_practitioner(by, practitioner_id), own_team(by, team_id)
    mine = TeamMembership.objects.filter(live(), practitioner=found)
    managers = TeamMembership.objects.filter(live(), team=team, is_manager=True)
    if not mine.exclude(team=team).exists():
        raise CannotBe("Add them to another team first: everybody is in one")
    if managers.filter(practitioner=found).exists() and not managers.exclude(practitioner=found).exists():
        raise CannotBe(f"Name another manager of {team.name} first")
    mine.filter(team=team).update(ends=at)
    write_change(by, "team_left", f"{found.name} left {team.name}", at=at, practitioner_id=found.pk)


@transaction.atomic
def note_training(*, by: Actor, practitioner_id: int, completed_on: date, at: datetime) -> None:
    """Information-governance training, current for a year. One's own is noted by somebody else. Raises CannotBe."""
    if practitioner_id == by.practitioner_id:
        raise CannotBe("Somebody else who looks after the agency must note your own training", field="completed_on")
    found = own_practitioner(by, practitioner_id)
    Training.objects.create(practitioner=found, completed_on=completed_on, expires_on=completed_on + TRAINING_LASTS)
    write_change(by, "training_noted", f"Training of {found.name} noted, current until {completed_on + TRAINING_LASTS:%d %B %Y}", at=at, practitioner_id=found.pk)


@transaction.atomic
def note_expertise(*, by: Actor, practitioner_id: int, subject: str, kind: str, add: bool, at: datetime) -> None:
    """What somebody knows, so that colleagues find them. Everybody may say it of themselves; for others, whoever looks after the agency."""
    found = Practitioner.objects.get(pk=practitioner_id) if practitioner_id == by.practitioner_id else own_practitioner(by, practitioner_id)
    if add:
        Expertise.objects.get_or_create(practitioner=found, subject=subject, kind=kind)
    else:
        Expertise.objects.filter(practitioner=found, subject=subject, kind=kind).delete()
    write_change(by, "expertise_changed", f"Expertise of {found.name}: {subject} {'added' if add else 'taken off'}", at=at, practitioner_id=found.pk)


@transaction.atomic
def name_system_owner(*, by: Actor, practitioner_id: int, owner: bool, at: datetime) -> None:
    """Who looks after the agency's accounts. The last named one cannot be taken off by this. Raises CannotBe."""
    found = own_practitioner(by, practitioner_id)
    if not owner and not Practitioner.objects.filter(live(), agency_id=found.agency_id, system_owner=True).exclude(pk=found.pk).exists():
        raise CannotBe("Name another system owner first")
    Practitioner.objects.filter(pk=found.pk).update(system_owner=owner)
    write_change(by, "system_owner_named", f"{found.name} {'is now' if owner else 'is no longer'} a system owner", at=at, practitioner_id=found.pk)
