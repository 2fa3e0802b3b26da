"""An agency's own row, its numbers in other registers, and its teams."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from alongside.agencies.actions.changes import must_look_after, own_team, write_change
from alongside.agencies.facts import Actor, CannotBe
from alongside.agencies.models import Agency, AgencyIdentifier, Team, TeamMembership
from alongside.agencies.queries import live
from alongside.agencies.rules.identifiers import agency_identifier


@transaction.atomic
def add_agency(*, kind: str, name: str, starts: date, area: str = "england", identifiers: dict[str, str] | None = None, **details: str) -> Agency:
    """
    1. The agency, from a day.
    2. Its numbers in other registers, each in that register's shape. Raises `NotAnIdentifier`.
    """
    agency = Agency.objects.create(kind_id=kind, name=name, starts=starts, area=area, **details)
    for scheme, value in (identifiers or {}).items():
        AgencyIdentifier.objects.create(agency=agency, scheme=scheme, value=agency_identifier(scheme, value), starts=starts)
    return agency


@transaction.atomic
def change_agency(*, by: Actor, duty_phone: str, identifiers: dict[str, str], at: datetime) -> None:
    """
    1. The telephone number of whoever is on duty.
    2. Each number in another register: a changed one ends and the new one starts, so that both can be looked up by their days.

    Raises CannotBe naming the scheme: wrong shape, or another agency's number.
    """
    agency_id, on = must_look_after(by), at.date()
    Agency.objects.filter(pk=agency_id).update(duty_phone=duty_phone)
    for scheme, typed in identifiers.items():
        value = agency_identifier(scheme, typed) if typed.strip() else ""
        now = AgencyIdentifier.objects.filter(agency_id=agency_id, scheme=scheme, ends__isnull=True).first()
        if (now.value if now else "") == value:
            continue
        if value and AgencyIdentifier.objects.filter(scheme=scheme, value=value).exclude(agency_id=agency_id).exists():
            raise CannotBe("This number belongs to another agency. Check it with them", field=scheme)
        AgencyIdentifier.objects.filter(agency_id=agency_id, scheme=scheme, ends__isnull=True).update(ends=on)
        if value:
            AgencyIdentifier.objects.update_or_create(scheme=scheme, value=value, defaults={"agency_id": agency_id, "starts": on, "ends": None})
    write_change(by, "agency_changed", "Duty telephone or register numbers changed", at=at)


def add_team(*, agency: Agency, name: str, role: str, starts: date, duty_desk: bool = False) -> Team:
    return Team.objects.create(agency=agency, name=name, role=role, starts=starts, duty_desk=duty_desk)


NAME_TAKEN = "Your agency has, or had, a team of this name. Choose another"


@transaction.atomic
def change_team(*, by: Actor, team_id: int | None, name: str, duty_desk: bool, at: datetime) -> Team:
    """A new team of one's own agency (`team_id` None), or another name for one. Raises CannotBe when the agency has a team of that name."""
    agency_id = must_look_after(by)
    if Team.objects.filter(agency_id=agency_id, name__iexact=name).exclude(pk=team_id).exists():
        raise CannotBe(NAME_TAKEN, field="name")
    team = own_team(by, team_id) if team_id else Team(agency_id=agency_id, starts=at.date())
    team.name, team.duty_desk = name, duty_desk
    try:
        with transaction.atomic():
            team.save()
    except IntegrityError as meanwhile:  # two windows at the same moment
        raise CannotBe(NAME_TAKEN, field="name") from meanwhile
    write_change(by, "team_changed", f"Team {name} {'changed' if team_id else 'added'}", at=at)
    return team


@transaction.atomic
def end_team(*, by: Actor, team_id: int, holding: dict[str, int], at: datetime) -> None:
    """
    1. Refuse while it has members, holds anything, or is where its agency's post arrives. Raises CannotBe.
    2. The team ends today; its row stays, because entries and shares name it.
    """
    team = own_team(by, team_id)
    if TeamMembership.objects.filter(live(), team=team).exists():
        raise CannotBe("Move its members to another team first")
    held = {what: count for what, count in holding.items() if count}
    if held:
        raise CannotBe("It still holds " + ", ".join(f"{count} {what}" for what, count in held.items()) + ". Hand them over first")
    if team.duty_desk and not Team.objects.filter(live(), agency_id=team.agency_id, duty_desk=True).exclude(pk=team.pk).exists():
        raise CannotBe("It is the only desk that takes what comes in for nobody in particular. Name another first")
    team.ends = at.date()
    team.save(update_fields=["ends"])
    write_change(by, "team_ended", f"Team {team.name} ended", at=at)
