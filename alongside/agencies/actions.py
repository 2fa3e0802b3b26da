"""Writes of the directory: agencies, teams, practitioners, their sessions, leave and cover, and the end of an account."""

import secrets
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from alongside.agencies.facts import Actor
from alongside.agencies.models import Account, Agency, AgencyIdentifier, Cover, Leave, Practitioner, Team, TeamMembership, Training


class StillHolding(Exception):
    """An account cannot end while its owner still holds work; `counts` says how much of what."""

    def __init__(self, counts: dict[str, int]) -> None:
        super().__init__(f"still holds {counts}")
        self.counts = counts


def begin_session(account: Account, *, user_agent: str = "") -> str:
    """Make the identity the database will believe for this session; the token returned is its only key."""
    token = secrets.token_urlsafe(32)
    with connection.cursor() as cursor:
        cursor.execute("SELECT begin_session(%s, %s, %s, %s)", [account.pk, token, settings.SESSION_HOURS, user_agent])
    return token


def end_session(token: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT end_session(%s)", [token])


def end_my_session(handle: str) -> None:
    """Sign out one of one's own other devices."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT end_my_session(%s)", [handle])


def open_account(*, email: str, password: str | None, at: datetime, for_practitioner: bool, is_demo: bool = False) -> Account:
    return Account.objects.create_user(email, password, created_at=at, is_staff_account=for_practitioner, is_demo=is_demo)


def choose_display(*, by: Actor, large_print: bool, single_key_shortcuts: bool) -> None:
    """How whoever is signed in likes their pages."""
    Account.objects.filter(pk=by.account_id).update(large_print=large_print, single_key_shortcuts=single_key_shortcuts)


@transaction.atomic
def add_agency(*, kind: str, name: str, starts: date, area: str = "england", identifiers: dict[str, str] | None = None, **details: str) -> Agency:
    agency = Agency.objects.create(kind_id=kind, name=name, starts=starts, area=area, **details)
    for scheme, value in (identifiers or {}).items():
        AgencyIdentifier.objects.create(agency=agency, scheme=scheme, value=value, starts=starts)
    return agency


def add_team(*, agency: Agency, name: str, role: str, starts: date, duty_desk: bool = False) -> Team:
    return Team.objects.create(agency=agency, name=name, role=role, starts=starts, duty_desk=duty_desk)


@transaction.atomic
def add_practitioner(
    *, agency: Agency, name: str, title: str, role: str, at: datetime, profession: str = "", account: Account | None = None,
    supervisor: Practitioner | None = None, teams: tuple[Team, ...] = (), manages: tuple[Team, ...] = (), trained_on: date | None = None, email: str = "", phone: str = "",
) -> Practitioner:  # fmt: skip
    """
    1. The practitioner, in one agency.
    2. Membership of each team; managing a team is membership too.
    3. Information-governance training, valid for a year: without it no record opens.
    """
    added = Practitioner.objects.create(
        agency=agency, name=name, title=title, role=role, profession=profession, account=account, supervisor=supervisor, starts=at.date(), email=email, phone=phone
    )
    for joined in {*teams, *manages}:
        TeamMembership.objects.create(team=joined, practitioner=added, is_manager=joined in manages, starts=at)
    if trained_on:
        Training.objects.create(practitioner=added, completed_on=trained_on, expires_on=trained_on + timedelta(days=365))
    return added


@transaction.atomic
def arrange_cover(*, by: Actor, absent_id: int, covering_id: int, reason: str, starts: datetime, ends: datetime) -> Cover:
    """
    1. The leave of the absent practitioner.
    2. The cover: from `starts` to `ends` the covering practitioner stands in; it ends by itself.
    """
    Leave.objects.create(practitioner_id=absent_id, starts=starts, ends=ends, reason=reason)
    return Cover.objects.create(absent_id=absent_id, covering_id=covering_id, arranged_by_id=by.practitioner_id, reason=reason, starts=starts, ends=ends)


@transaction.atomic
def end_practitioner(*, practitioner_id: int, holding: dict[str, int], at: datetime) -> None:
    """
    1. Refuse while anything is still held in their name: everything gets a new owner first.
    2. End memberships and the practitioner; their account signs in no more and every session ends.
    """
    if any(holding.values()):
        raise StillHolding({what: count for what, count in holding.items() if count})
    leaver = Practitioner.objects.select_for_update().get(pk=practitioner_id)
    TeamMembership.objects.filter(practitioner=leaver, ends__isnull=True).update(ends=at)
    leaver.ends = at.date()
    leaver.save(update_fields=["ends"])
    Account.objects.filter(practitioner=leaver).update(is_active=False)
