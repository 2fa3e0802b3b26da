"""The register of benefits and harms, level by level, each with what was found about it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from alongside.common import database
from alongside.partnerships.facts import Claim, Finding, Grade
from alongside.partnerships.models import Benefit, Evidence
from alongside.partnerships.rules.benefits import STRENGTH, what_stands


@dataclass(frozen=True, slots=True)
class BenefitNow:
    """A benefit or harm with its evidence, the strongest first, and what may be said of it."""

    benefit: Benefit
    evidence: tuple[Evidence, ...]
    stands: Claim


def benefits(partnership_id: int) -> list[BenefitNow]:
    found = Benefit.objects.filter(partnership_id=partnership_id, closed_at=None).select_related("agency").prefetch_related(_evidence()).order_by("harm", "pk")
    return [_now(one) for one in found]


def benefit(benefit_id: int) -> BenefitNow:
    """One benefit or harm. Raises NotKnown for none that the reader sits at the table of."""
    found = database.the_one(Benefit.objects.filter(pk=benefit_id).select_related("partnership", "agency").prefetch_related(_evidence()))
    return _now(found)


def counts(rows: Iterable[BenefitNow]) -> Counter[Claim]:
    return Counter(row.stands for row in rows)


def _evidence() -> Prefetch:
    return Prefetch("evidence", Evidence.objects.select_related("by").order_by("pk"))


def _now(one: Benefit) -> BenefitNow:
    pieces = sorted(one.evidence.all(), key=lambda row: -STRENGTH[Grade(row.grade)])
    return BenefitNow(one, tuple(pieces), what_stands((Grade(row.grade), Finding(row.finding)) for row in pieces))
