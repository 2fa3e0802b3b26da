"""Partnerships and who belongs to them, and what a reader may do there."""

from dataclasses import dataclass

from django.db.models import BooleanField, F, Q
from django.db.models.expressions import RawSQL

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.partnerships.facts import Stage
from alongside.partnerships.models import Partner, Partnership, PartnershipEvent


def partnerships_of(actor: Actor) -> list[Partnership]:
    """The partnerships that the reader's agency belongs to now, the oldest first."""
    return list(Partnership.objects.filter(partners__agency_id=actor.agency_id, partners__left_at__isnull=True).exclude(stage=Stage.ENDED).select_related("lead_agency", "lead_practitioner", "guardian").order_by("pk").distinct())


def partnership_of_mine(partnership_id: int) -> Partnership:
    """One partnership whose partner the reader works for, or which they lead: asked of the database, which asks again at each row. Raises NotKnown for any other."""
    return _where("belongs(partnership.id)", partnership_id)


def partnership_i_sit_with(partnership_id: int) -> Partnership:
    """One of those, or one on whose board the reader sits with an account of their own. Raises NotKnown for any other."""
    return _where("sits_with(partnership.id)", partnership_id)


def _where(holds: str, partnership_id: int) -> Partnership:
    return database.the_one(Partnership.objects.filter(RawSQL(holds, (), output_field=BooleanField()), pk=partnership_id).select_related("lead_agency", "lead_practitioner", "guardian"))


def partnership(partnership_id: int) -> Partnership:
    """One partnership; anybody may read of it. Raises NotKnown for none."""
    return database.the_one(Partnership.objects.filter(pk=partnership_id).select_related("lead_agency", "lead_practitioner", "guardian"))


def at_work() -> list[Partnership]:
    """Every partnership that is at work, by name; anybody may read of them."""
    return list(Partnership.objects.filter(stage=Stage.ACTIVE).order_by("name"))


def partnership_called(name: str) -> Partnership | None:
    """The partnership of that name, in any case."""
    return Partnership.objects.filter(name__iexact=name.strip()).first()


def partners(partnership_id: int) -> list[Partner]:
    """Who belongs now, by name; once the partnership has ended, who belonged at its end."""
    live = Partner.objects.filter(Q(left_at__isnull=True) | Q(left_at=F("partnership__ends")), partnership_id=partnership_id)
    return list(live.select_related("agency__kind", "guardian", "front_door").order_by("agency__name"))


def former_partners(partnership_id: int) -> list[Partner]:
    """Who left before the partnership ended."""
    gone = Partner.objects.filter(partnership_id=partnership_id, left_at__isnull=False)
    return list(gone.exclude(left_at=F("partnership__ends")).select_related("agency").order_by("-left_at"))


def events(partnership_id: int, *, limit: int = 20) -> list[PartnershipEvent]:
    return list(PartnershipEvent.objects.filter(partnership_id=partnership_id).select_related("agency", "by").order_by("-at", "-pk")[:limit])


@dataclass(frozen=True, slots=True)
class Standings:
    """What a reader may do here: asked of the database, which asks again at each door."""

    leads: bool
    drafts: bool
    speaks: bool
    comments: bool


def standings(actor: Actor, partnership_id: int, *, agreement_id: int | None = None) -> Standings:
    """Whether the reader leads the partnership, drafts its agreements, speaks for their agency, and comments on this agreement."""
    question = "SELECT leads_partnership(%(p)s), may_draft(%(p)s), speaks_for(%(p)s, %(agency)s), may_comment(%(agreement)s)"
    return Standings(*database.row(question, p=partnership_id, agency=actor.agency_id, agreement=agreement_id))
