"""What tests do to Tarnside before they begin: hide somebody, make a screen unsafe, let somebody sign in, count lines."""

from datetime import date, datetime, timedelta

from django.contrib.postgres.functions import TransactionNow

from alongside.agencies import actions as agencies
from alongside.cli.tarnside.letting_in import let_in
from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.confidentiality import gate
from alongside.confidentiality.models import Relationship, Restriction
from alongside.confidentiality.queries import Look, who_looked
from alongside.people.actions import set_marker
from alongside.people.facts import Flag, Stands
from alongside.people.models import Marker, UnsafeWith


def earlier() -> datetime:
    return now() - timedelta(minutes=5)


WORKS_WITH = {"leah": "amina", "noah": "daniel", "ella": "daniel", "margaret": "megan", "chloe": "megan", "arthur": "joan", "zara": "grace", "jake": "lewis"}


def hide(tarnside: Tarnside, person: str) -> None:
    """Only who works with them may know that they have a record."""
    with tarnside.acting(WORKS_WITH[person], at=now()) as worker:
        gate.open_record(worker, tarnside.people[person], verb="change_access", write=True, at=now())
        Restriction.objects.create(person_id=tarnside.people[person], practitioners=[worker.practitioner_id], reason="In hiding", set_by_id=worker.practitioner_id, starts=earlier())


def mark(tarnside: Tarnside, person: str, flag: str) -> None:
    with tarnside.acting(WORKS_WITH[person], at=now()) as worker:
        gate.open_record(worker, tarnside.people[person], verb="write", write=True, at=now())
        Marker.objects.create(person_id=tarnside.people[person], flag=flag, starts=earlier())


def protect(tarnside: Tarnside, person_id: int, flag: Flag, *, by: str, reason: str = "Court order of 2 May", review_on: date | None = None) -> None:
    """A records office sets a marker whose existence is secret; it has a part with the person for as long as that takes."""
    office = tarnside.practitioners["owen"]
    with tarnside.acting(by, at=now()) as worker:
        gate.open_record(worker, person_id, verb="write", write=True, at=now())
        part = Relationship.objects.create(person_id=person_id, practitioner=office, agency_id=office.agency_id, kind="allocated", starts=earlier())
    with tarnside.acting("owen", at=now()) as owen:
        access = gate.open_record(owen, person_id, verb="write", write=True, at=now())
        set_marker(access=access, role=owen.role, flag=flag, reason=reason, review_on=review_on, at=earlier())
        Relationship.objects.filter(pk=part.pk).update(ends=TransactionNow())


def make_unsafe(tarnside: Tarnside, person: str) -> None:
    """Somebody else may watch their screen."""
    mark(tarnside, person, "portal_unsafe")


def make_unsafe_with(tarnside: Tarnside, person: str, other: str) -> None:
    with tarnside.acting(WORKS_WITH[person], at=now()) as worker:
        gate.open_record(worker, tarnside.people[person], verb="write", write=True, at=now())
        UnsafeWith.objects.create(person_id=tarnside.people[person], other_id=tarnside.people[other], recorded_by_id=worker.practitioner_id, starts=earlier())


def signs_in(tarnside: Tarnside, person: str) -> None:
    """From now on `tarnside.acting(person)` is the person themself."""
    account = agencies.open_account(email=f"{person}@tarnside.example", password=None, at=now(), for_practitioner=False, is_demo=True)
    let_in(tarnside, whose=person, stands=Stands.SELF, name=person.title(), email=account.email, asked_by=WORKS_WITH[person], at=now())
    tarnside.tokens[person] = agencies.begin_session(account, user_agent="Test")


def lines(tarnside: Tarnside, person: str) -> list[Look]:
    """Ledger lines about somebody, as the guardian reads them; the reading is one of them."""
    with tarnside.acting("eleanor", at=now()) as eleanor:
        return who_looked(gate.open_record(eleanor, tarnside.people[person], verb="view_ledger", purpose="audit", category="access_ledger", at=now()), limit=500)


def ledger_lines(tarnside: Tarnside, person: str) -> int:
    return len(lines(tarnside, person))
