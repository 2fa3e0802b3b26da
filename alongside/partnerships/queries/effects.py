"""What flows, and the effect of a step before it is taken: what begins and what stops, for whom."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q

from alongside.agencies.queries import agency_names
from alongside.common import database
from alongside.partnerships.facts import FlowFacts, Signed
from alongside.partnerships.models import Flow, Partner
from alongside.partnerships.queries.agreed import agreement, line_of, text_in
from alongside.partnerships.rules.agreements import what_may_flow


@dataclass(frozen=True, slots=True)
class Between:
    """What passes from one agency to another for one purpose."""

    sender: str
    receiver: str
    purpose: str
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """Which flows stop, how many people, shares of the last three months and unanswered shares that touches, and how many information needs such teams have."""

    stops: tuple[Between, ...]
    people: int
    shares: int
    waiting: int
    needs: int


def effect_of_closing(partnership_id: int, *, at: datetime, agreement_id: int | None = None, agency_id: int | None = None, names: Mapping[int, str] | None = None) -> Effect:
    """What stops if these taps close: an agreement's for everybody, one agency's in an agreement, or all of an agency's. What another agreement lets through stays. `names` are the partners', where they are at hand."""
    line, people, shares, waiting, needs = database.row(
        "SELECT ARRAY(SELECT agreement_line(%(one)s)), people, shares, waiting, (SELECT count(*) FROM information_need n WHERE n.partnership_id = %(p)s AND n.agency_id = coalesce(%(agency)s, n.agency_id)"
        " AND n.ends IS NULL AND NOT n.statutory_floor) FROM touched_by_closing(%(p)s, %(one)s, %(agency)s)",
        one=agreement_id, p=partnership_id, agency=agency_id,
    )  # fmt: skip
    here, elsewhere = flows_around(partnership_id, at)
    closing = {flow for agreement, flow in here if (not line or agreement in line) and agency_id in (None, flow.from_agency_id, flow.to_agency_id)}
    kept = {flow for agreement, flow in here if (line and agreement not in line) or flow not in closing}
    return Effect(bundled(closing - kept - elsewhere, names), people, shares, waiting, needs)


@dataclass(frozen=True, slots=True)
class EffectOfSigning:
    """What begins and what stops for one agency when it signs, given who has signed so far."""

    begins: tuple[Between, ...]
    stops: tuple[Between, ...]


def effect_of_signing(agreement_id: int, *, agency_id: int, at: datetime) -> EffectOfSigning:
    """What would begin at once between this agency and those who have signed; and what the former version lets through now that this one does not."""
    one = agreement(agreement_id)
    text = text_in(one)
    parties = tuple(replace(party, signed_at=at, refused_at=None, withdrawn_at=None) if party.agency_id == agency_id else party for party in text.parties)
    new = {flow for flow in what_may_flow(parties, text.terms) if agency_id in (flow.from_agency_id, flow.to_agency_id)}
    live = live_flows(one.partnership_id, at)
    former = line_of(agreement_id) - {agreement_id}
    signed = {party.agency_id for party in parties if party.says is Signed.YES}
    replaced = {flow for held_by, flow in live if held_by in former and agency_id in (flow.from_agency_id, flow.to_agency_id) and {flow.from_agency_id, flow.to_agency_id} <= signed and new}
    elsewhere = {flow for held_by, flow in live if held_by not in former}
    return EffectOfSigning(bundled(new - {flow for _, flow in live}), bundled(replaced - new - elsewhere))


def live_flows(partnership_id: int, at: datetime) -> list[tuple[int, FlowFacts]]:
    """What flows now or will, with the agreement that lets it."""
    found = Flow.objects.filter(agreement__partnership_id=partnership_id, ends__gt=at).values_list("agreement_id", "from_agency_id", "to_agency_id", "purpose", "category")
    return [(agreement, FlowFacts(*flow)) for agreement, *flow in found]


def flows_around(partnership_id: int, at: datetime) -> tuple[list[tuple[int, FlowFacts]], set[FlowFacts]]:
    """What flows in this partnership now or will, with the agreement that lets it; and what agreements of other partnerships let flow among its partners."""
    ours = Partner.objects.filter(partnership_id=partnership_id, left_at=None).values("agency_id")
    found = Flow.objects.filter(Q(agreement__partnership_id=partnership_id) | Q(from_agency_id__in=ours, to_agency_id__in=ours), ends__gt=at)
    rows = found.values_list("agreement__partnership_id", "agreement_id", "from_agency_id", "to_agency_id", "purpose", "category")
    return [(agreement, FlowFacts(*flow)) for place, agreement, *flow in rows if place == partnership_id], {FlowFacts(*flow) for place, _, *flow in rows if place != partnership_id}


def bundled(flows: Iterable[FlowFacts], known: Mapping[int, str] | None = None) -> tuple[Between, ...]:
    bundles: dict[tuple[int, int, str], set[str]] = defaultdict(set)
    for flow in flows:
        bundles[flow.from_agency_id, flow.to_agency_id, flow.purpose].add(flow.category)
    touched = {agency for sender, receiver, _ in bundles for agency in (sender, receiver)}
    names = known if known and touched <= known.keys() else agency_names(touched)
    return tuple(sorted((Between(names[sender], names[receiver], purpose, tuple(sorted(found))) for (sender, receiver, purpose), found in bundles.items()), key=str))


def purposes_that_reach(agency_id: int | None, at: datetime) -> set[str]:
    """The purposes for which agreements in force let something through to this agency."""
    return set(Flow.objects.filter(to_agency_id=agency_id, starts__lte=at, ends__gt=at).values_list("purpose", flat=True).distinct())


def categories_flowing_to(agency_id: int | None, *, purpose: str, at: datetime) -> frozenset[str]:
    """What may come to an agency from anybody for one purpose now."""
    return frozenset(Flow.objects.filter(to_agency_id=agency_id, purpose=purpose, starts__lte=at, ends__gt=at).values_list("category", flat=True))
