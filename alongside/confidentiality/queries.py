"""Reads of this app: who must hear of a decision, who is involved with a person, what is owed to whom, and who looked."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q

from alongside.agencies.facts import Actor
from alongside.common.access import Access
from alongside.confidentiality.models import BreakGlass, Complaint, Obligation, PersonNotice, Relationship
from alongside.partnerships.models import Partner, Partnership


def allocated_principals(person_id: int) -> list[int]:
    """Practitioners and teams who are allocated to a person now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT allocated_to(%s)", [person_id])
        return list(cursor.fetchone()[0])


def guardian_for(agency_id: int | None) -> int | None:
    """The Caldicott guardian of an agency, or of a partnership it belongs to."""
    own = Partner.objects.filter(agency_id=agency_id, left_at__isnull=True)
    found = own.filter(guardian__isnull=False).values_list("guardian_id", flat=True).first()
    return found or own.filter(partnership__guardian__isnull=False).values_list("partnership__guardian_id", flat=True).first()


def partnership_lead_for(agency_id: int | None) -> int | None:
    """Who hears for the partnership of what climbs past supervisors."""
    return (
        Partnership.objects.filter(partners__agency_id=agency_id, partners__left_at__isnull=True, lead_practitioner__isnull=False)
        .values_list("lead_practitioner_id", flat=True)
        .first()
    )


def relationships(access: Access) -> list[Relationship]:
    """Who is involved with a person now, the lead practitioner first."""
    found = Relationship.objects.filter(person_id=access.person_id, starts__lte=access.at).filter(Q(ends__isnull=True) | Q(ends__gt=access.at))
    return list(found.exclude(kind="break_glass").select_related("practitioner", "team", "agency").order_by("-lead", "agency__name"))


def my_obligations(actor: Actor) -> list[Obligation]:
    """What is owed by this practitioner, or has climbed to them, soonest first."""
    mine = Q(owner__in=actor.principals) | Q(climbed_to__in=actor.principals)
    return list(Obligation.objects.filter(mine, status="open").order_by("due_at", "pk"))


def unjudged_emergencies() -> list[BreakGlass]:
    """Emergency openings that a guardian still has to judge. Row security shows them to guardians, and to whoever broke the glass."""
    return list(BreakGlass.objects.filter(judged_at__isnull=True).select_related("practitioner__agency").order_by("judgement_due_at"))


def open_complaints() -> list[Complaint]:
    return list(Complaint.objects.filter(answered_at__isnull=True).order_by("acknowledge_by"))


def person_notices(access: Access) -> list[PersonNotice]:
    """What the person has been told, newest first; what is still lawfully held back is not here."""
    return list(PersonNotice.objects.filter(person_id=access.person_id, release_at__lte=access.at).order_by("-release_at"))


@dataclass(frozen=True, slots=True)
class Look:
    """One line of who looked, as the person reads it. `on_a_list`: only the name stood on a list somebody opened."""

    line_id: int
    at: datetime
    who: str
    agency: str
    verb: str
    purpose: str
    decision: str
    automatic: bool
    on_a_list: bool


def who_looked(access: Access, *, before: int | None = None, limit: int = 50) -> list[Look]:
    """Ledger lines about one person, newest first, for the person or a reader whose ticket holds the access ledger."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM who_looked_at(%s, %s, %s)", [access.person_id, before, limit])
        return [Look(*row) for row in cursor.fetchall()]
