"""What waits for a Caldicott guardian."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q, QuerySet

from alongside.agencies.facts import Actor
from alongside.confidentiality.models import BreakGlass, Complaint, Obligation
from alongside.confidentiality.queries.owed import my_obligations
from alongside.partnerships.models import Partner, SharingAgreement

WARN_BEFORE_LAPSE = (90, 60, 30)
LOOK_BACK = timedelta(days=7)


def unjudged_emergencies() -> list[BreakGlass]:
    """Emergency openings that a guardian still has to judge. Row security shows each guardian those of their own agencies."""
    return list(BreakGlass.objects.filter(judged_at__isnull=True).select_related("practitioner__agency").order_by("judgement_due_at"))


def my_emergencies(actor: Actor) -> list[BreakGlass]:
    """The emergency accesses of this practitioner, newest first, with what was judged of them."""
    return list(BreakGlass.objects.filter(practitioner_id=actor.practitioner_id).select_related("judged_by").order_by("-opened_at")[:50])


def open_complaints() -> list[Complaint]:
    """Complaints not yet answered, by clock; row security shows each guardian their own agencies'."""
    return list(Complaint.objects.filter(answered_at__isnull=True).select_related("agency").order_by("acknowledge_by"))


@dataclass(frozen=True, slots=True)
class Lapse:
    """An agreement about to lapse: after `ends` nothing flows. `warning` is the last mark it has passed, in days."""

    agreement_id: int
    title: str
    ends: datetime
    days_left: int
    warning: int


def lapsing_agreements(actor: Actor, *, at: datetime) -> list[Lapse]:
    """Agreements of the actor's partnerships that end within 90 days, soonest first."""
    mine = Partner.objects.filter(left_at__isnull=True).filter(Q(agency_id=actor.agency_id) | Q(partnership__guardian_id=actor.practitioner_id)).values("partnership_id")
    ending: QuerySet[SharingAgreement] = SharingAgreement.objects.filter(partnership_id__in=mine, status="in_force", ends__gt=at, ends__lte=at + timedelta(days=WARN_BEFORE_LAPSE[0]))
    return [
        Lapse(one.pk, str(one), one.ends, (one.ends - at).days, min(mark for mark in WARN_BEFORE_LAPSE if one.ends - at <= timedelta(days=mark)))
        for one in ending.order_by("ends")
    ]


@dataclass(frozen=True, slots=True)
class Unusual:
    """A pattern of access worth a question. Evidence for a conversation, never an input to a rule."""

    line_id: int
    at: datetime
    pattern: str
    practitioner_id: int
    who: str
    agency: str
    person_id: int | None
    person: str
    times: int

    @property
    def words(self) -> str:
        return PATTERNS[self.pattern]


PATTERNS = {
    "no_part_in_the_care": "Tried to open a record without any part in the care",
    "ended_case": "Came back to a case that had ended",
    "same_family_name": "Has the same family name as the person",
    "colleague": "The person works for a partner",
    "in_the_news": "The person is in the news",
    "own_tie": "Declared a tie to the person",
    "bulk": "Opened many records in five minutes",
}


def unusual_accesses(actor: Actor, *, since: datetime, limit: int = 100) -> list[Unusual]:
    """What a guardian should ask about, newest first. Nothing for anybody else. Looking writes its own ledger line."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM unusual_accesses(%s, %s)", [since, limit])
        return [Unusual(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class GuardianQueue:
    """Everything that waits for a Caldicott guardian."""

    emergencies: list[BreakGlass]
    complaints: list[Complaint]
    agreements: list[Lapse]
    unusual: list[Unusual]
    owed: list[Obligation]


def guardian_queue(actor: Actor, *, at: datetime) -> GuardianQueue:
    return GuardianQueue(unjudged_emergencies(), open_complaints(), lapsing_agreements(actor, at=at), unusual_accesses(actor, since=at - LOOK_BACK), my_obligations(actor))
