"""The register of risks and barriers, the gravest first."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from alongside.common import database
from alongside.partnerships.models import Risk, RiskReview
from alongside.partnerships.rules.risks import band, past_review


@dataclass(frozen=True, slots=True)
class RiskNow:
    """A risk as it was judged last."""

    risk: Risk
    judged: RiskReview
    reviews: tuple[RiskReview, ...]
    band: str
    past_review: bool

    @property
    def score(self) -> int:
        return self.judged.likelihood * self.judged.impact


def risks(partnership_id: int, *, day: date, closed: bool = False) -> list[RiskNow]:
    found = Risk.objects.filter(partnership_id=partnership_id, closed_at__isnull=not closed).select_related("owner__agency").prefetch_related(_reviews())
    return sorted((_now(one, day) for one in found), key=lambda one: (-one.score, one.risk.title))


def risk(risk_id: int, *, day: date) -> RiskNow:
    """One risk. Raises NotKnown for none that the reader sits at the table of."""
    found = database.the_one(Risk.objects.filter(pk=risk_id).select_related("partnership", "owner__agency", "by").prefetch_related(_reviews()))
    return _now(found, day)


def _reviews() -> Prefetch:
    return Prefetch("reviews", RiskReview.objects.select_related("by").order_by("-at", "-pk"))


def _now(one: Risk, day: date) -> RiskNow:
    reviews = tuple(one.reviews.all())
    judged = reviews[0]
    return RiskNow(one, judged, reviews, band(judged.likelihood, judged.impact), one.closed_at is None and past_review(judged.next_review, day))
