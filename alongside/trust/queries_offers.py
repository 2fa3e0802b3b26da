"""Reads of what partners offer one another, and of days that somebody spent with another of them."""

from datetime import date

from django.db.models import Prefetch

from alongside.common.decisions import NotKnown
from alongside.trust.models import Offer, OfferRequest, ShadowingDay

MOST_GONE = 20
ASKED_FOR = """
SELECT 'asked_for', q.id, 1, q.asked_at, g.name FROM offer_request q JOIN resource_offer o ON o.id = q.offer_id JOIN agency g ON g.id = q.agency_id
 WHERE o.partnership_id = %(place)s AND o.agency_id = my_agency() AND q.given IS NULL
"""
"""One question for the partnership's home (see `alongside.partnerships.queries.waiting`)."""


def offers(partnership_id: int, *, day: date) -> tuple[list[Offer], list[Offer]]:
    """What is on offer, what ends first on top; and what was, the last first."""
    asked = Prefetch("requests", OfferRequest.objects.select_related("agency", "asked_by", "answered_by").order_by("asked_at", "pk"))
    found = Offer.objects.filter(partnership_id=partnership_id).select_related("agency").prefetch_related(asked)
    return list(found.filter(withdrawn_at=None, until__gte=day).order_by("until", "pk")), list(found.exclude(withdrawn_at=None, until__gte=day).order_by("-until", "-pk")[:MOST_GONE])


def offer(offer_id: int) -> Offer:
    return _one(Offer.objects.filter(pk=offer_id).select_related("agency"))


def offer_request(request_id: int) -> OfferRequest:
    return _one(OfferRequest.objects.filter(pk=request_id).select_related("offer__agency", "agency", "asked_by"))


def shadowing_days(partnership_id: int) -> list[ShadowingDay]:
    """The days that the reader may read of, the newest first."""
    return list(ShadowingDay.objects.filter(partnership_id=partnership_id).select_related("agency", "host", "writer").order_by("-on", "-pk"))


def shadowing_day(day_id: int) -> ShadowingDay:
    return _one(ShadowingDay.objects.filter(pk=day_id).select_related("host"))


def _one(rows):  # type: ignore[no-untyped-def]
    found = rows.first()
    if found is None:
        raise NotKnown
    return found
