"""Agreements as a Caldicott guardian reads them: what they let through, and which of them are about to lapse."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from alongside.agencies.facts import Actor
from alongside.partnerships.models import Partner, SharingAgreement

WARN_BEFORE_LAPSE = (90, 60, 30)


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
class GuardedAgreement:
    """An agreement as its guardian reads it. `terms` are (purpose, categories)."""

    id: int
    title: str
    version: int
    status: str
    status_words: str
    starts: datetime
    ends: datetime
    review_on: date
    signed: tuple[str, ...]
    waiting: tuple[str, ...]
    withdrawn: tuple[str, ...]
    terms: tuple[tuple[str, tuple[str, ...]], ...]


def agreements_guarded(actor: Actor) -> list[GuardedAgreement]:
    """Agreements of the partnerships this guardian guards, what ends first first; those replaced by a later version are left out."""
    mine = Partner.objects.filter(left_at__isnull=True).filter(Q(guardian_id=actor.practitioner_id) | Q(partnership__guardian_id=actor.practitioner_id)).values("partnership_id")
    found = SharingAgreement.objects.filter(partnership_id__in=mine).exclude(status="replaced").prefetch_related("parties__agency", "terms").order_by("ends", "pk")
    return [_guarded(one) for one in found]


def _guarded(one: SharingAgreement) -> GuardedAgreement:
    parties = sorted(one.parties.all(), key=lambda party: party.agency.name)
    by_purpose: dict[str, list[str]] = {}
    for term in one.terms.all():
        by_purpose.setdefault(term.purpose, []).append(term.category)
    return GuardedAgreement(
        one.pk, one.title, one.version, one.status, one.get_status_display(), one.starts, one.ends, one.review_on,
        signed=tuple(party.agency.name for party in parties if party.signed_at and not party.withdrawn_at), waiting=tuple(party.agency.name for party in parties if not party.signed_at and not party.withdrawn_at),
        withdrawn=tuple(party.agency.name for party in parties if party.withdrawn_at),
        terms=tuple((purpose, tuple(sorted(set(categories)))) for purpose, categories in sorted(by_purpose.items())),
    )  # fmt: skip
