"""Reads of a partnership: who belongs, what is agreed, what each must know, and how partners answer each other. They name nobody who is helped."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import BooleanField, F, Prefetch, Q, QuerySet
from django.db.models.expressions import RawSQL

from alongside.agencies.facts import Actor
from alongside.agencies.queries import agency_names
from alongside.common.decisions import NotKnown
from alongside.partnerships.facts import AgreementText, FlowFacts, NewTerm, PartyFacts, Signed, Stage, Standing
from alongside.partnerships.models import AgreementEvent, Flow, InformationNeed, Partner, Partnership, PartnershipEvent, Party, SharingAgreement, Term
from alongside.partnerships.rules.agreements import standing, what_may_flow

LATELY = timedelta(days=90)


# -- partnerships and their members -------------------------------------------------------------------------------------------------------


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
    found = Partnership.objects.filter(RawSQL(holds, (), output_field=BooleanField()), pk=partnership_id).select_related("lead_agency", "lead_practitioner", "guardian").first()
    if found is None:
        raise NotKnown
    return found


def purposes_that_reach(agency_id: int | None, at: datetime) -> set[str]:
    """The purposes for which agreements in force let something through to this agency."""
    return set(Flow.objects.filter(to_agency_id=agency_id, starts__lte=at, ends__gt=at).values_list("purpose", flat=True).distinct())


def partnership(partnership_id: int) -> Partnership:
    """One partnership; anybody may read of it. Raises NotKnown for none."""
    found = Partnership.objects.filter(pk=partnership_id).select_related("lead_agency", "lead_practitioner", "guardian").first()
    if found is None:
        raise NotKnown
    return found


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
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT leads_partnership(%s), may_draft(%s), speaks_for(%s, %s), may_comment(%s)", [partnership_id, partnership_id, partnership_id, actor.agency_id, agreement_id]
        )
        return Standings(*cursor.fetchone())


# -- agreements ---------------------------------------------------------------------------------------------------------------------------


def agreements(partnership_id: int, *, drafts: bool = True, terms: bool = False) -> list[SharingAgreement]:
    """Every agreement with its parties, what lapses next first; what has been replaced or ended comes last."""
    found = SharingAgreement.objects.filter(partnership_id=partnership_id).prefetch_related(Prefetch("parties", Party.objects.select_related("agency", "signatory").order_by("agency__name")))
    found = found if drafts else found.exclude(status="draft")
    found = found.prefetch_related(Prefetch("terms", Term.objects.order_by("pk"))) if terms else found
    return sorted(found, key=lambda one: (one.status in ("ended", "replaced"), one.ends))


def agreement(agreement_id: int) -> SharingAgreement:
    """One agreement with its parties and terms. Raises NotKnown for none."""
    parties = Prefetch("parties", Party.objects.select_related("agency__kind", "signatory").order_by("agency__name"))
    found = SharingAgreement.objects.filter(pk=agreement_id).select_related("partnership").prefetch_related(parties, Prefetch("terms", Term.objects.order_by("pk"))).first()
    if found is None:
        raise NotKnown
    return found


def next_version(one: SharingAgreement) -> SharingAgreement | None:
    """The newest version after this one that is being drafted, signed or kept; one that was taken back is none."""
    later = SharingAgreement.objects.filter(partnership_id=one.partnership_id, title=one.title, version__gt=one.version).exclude(status="ended")
    return later.order_by("-version").first()


def stands(one: SharingAgreement, at: datetime) -> Standing:
    return standing(one.status, one.starts, one.ends, at)


def text_of(agreement_id: int) -> AgreementText:
    """All that stands in an agreement, as the rules take it. Raises NotKnown for none."""
    return text_in(agreement(agreement_id))


def text_in(one: SharingAgreement) -> AgreementText:
    """The same, of an agreement that has been read with its parties and terms."""
    return AgreementText(
        title=one.title, starts=one.starts, ends=one.ends, review_on=one.review_on, why=one.why, who_sees=one.who_sees, safeguards=one.safeguards, retention=one.retention,
        how_people_are_told=one.how_people_are_told, contact=one.contact, template=one.template, parties=tuple(party_facts(party) for party in one.parties.all()),
        terms=tuple(term_facts(term) for term in one.terms.all()),
    )  # fmt: skip


def terms_of(agreement_id: int) -> tuple[NewTerm, ...]:
    return tuple(term_facts(term) for term in Term.objects.filter(agreement_id=agreement_id).order_by("pk"))


def party_facts(party: Party) -> PartyFacts:
    return PartyFacts(party.agency_id, party.signatory_id, party.signed_at, party.refused_at, party.withdrawn_at, party.condition)


def term_facts(term: Term) -> NewTerm:
    return NewTerm(term.purpose, term.category, term.lawful_basis, term.gateway, term.from_agency_id, term.to_agency_id, term.minimum_fields)


def agreement_events(agreement_id: int) -> list[AgreementEvent]:
    """What was done to any version of an agreement, latest first."""
    return list(AgreementEvent.objects.filter(agreement_id__in=RawSQL("SELECT agreement_line(%s)", [agreement_id])).select_related("by__agency", "agreement").order_by("-at", "-pk"))


# -- the effect of a step, before it is taken ---------------------------------------------------------------------------------------------


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
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ARRAY(SELECT agreement_line(%(one)s)), people, shares, waiting, (SELECT count(*) FROM information_need n WHERE n.partnership_id = %(p)s AND n.agency_id = coalesce(%(agency)s, n.agency_id)"
            " AND n.ends IS NULL AND NOT n.statutory_floor) FROM touched_by_closing(%(p)s, %(one)s, %(agency)s)",
            {"one": agreement_id, "p": partnership_id, "agency": agency_id},
        )
        line, people, shares, waiting, needs = cursor.fetchone()
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


def categories_flowing_to(agency_id: int | None, *, purpose: str, at: datetime) -> frozenset[str]:
    """What may come to an agency from anybody for one purpose now."""
    return frozenset(Flow.objects.filter(to_agency_id=agency_id, purpose=purpose, starts__lte=at, ends__gt=at).values_list("category", flat=True))


def line_of(agreement_id: int | None) -> set[int]:
    """Every version of an agreement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT agreement_line(%s)", [agreement_id])
        return {row[0] for row in cursor.fetchall()}


def bundled(flows: Iterable[FlowFacts], known: Mapping[int, str] | None = None) -> tuple[Between, ...]:
    bundles: dict[tuple[int, int, str], set[str]] = defaultdict(set)
    for flow in flows:
        bundles[flow.from_agency_id, flow.to_agency_id, flow.purpose].add(flow.category)
    touched = {agency for sender, receiver, _ in bundles for agency in (sender, receiver)}
    names = known if known and touched <= known.keys() else agency_names(touched)
    return tuple(sorted((Between(names[sender], names[receiver], purpose, tuple(sorted(found))) for (sender, receiver, purpose), found in bundles.items()), key=str))


# -- information needs --------------------------------------------------------------------------------------------------------------------


def needs(partnership_id: int) -> QuerySet[InformationNeed]:
    """What teams must know now, agency by agency."""
    live = InformationNeed.objects.filter(partnership_id=partnership_id, ends__isnull=True)
    return live.select_related("agency", "team", "declared_by").order_by("agency__name", "team__name", "pk")


def not_offered(found: Iterable[InformationNeed]) -> list[InformationNeed]:
    """Of these needs, those whose team has still not been offered what the last three months held, though the partnership's lead was told."""
    return sorted((need for need in found if need.lead_told_at and need.backlog_offered_at is None), key=lambda need: need.lead_told_at)


def need(need_id: int) -> InformationNeed:
    """One need, in force or ended. Raises NotKnown for none."""
    found = InformationNeed.objects.filter(pk=need_id).select_related("agency", "team", "declared_by", "partnership", "replaces").first()
    if found is None:
        raise NotKnown
    return found


def declares_for(found: InformationNeed) -> bool:
    """Whether the reader may change or end this need: they work in the team, or speak for its agency."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT declares_for(%s, %s, %s)", [found.team_id, found.agency_id, found.partnership_id])
        return bool(cursor.fetchone()[0])


@dataclass(frozen=True, slots=True)
class Brought:
    """What a need brought lately: how much came, how much was answered, sent back, said to have mattered, or late."""

    shares: int = 0
    answered: int = 0
    declined: int = 0
    used: int = 0
    late: int = 0


def brought(partnership_id: int, *, since: datetime) -> Mapping[int, Brought]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT need_id, shares, answered, declined, used, late FROM needs_brought(%s, %s)", [partnership_id, since])
        return {need_id: Brought(*counts) for need_id, *counts in cursor.fetchall()}


def entries_of_kinds(partnership_id: int, kinds: Iterable[str], *, reach: str, since: datetime) -> int:
    """How many entries of these kinds other partners wrote: what a need would have been about."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT entries_of_kinds(%s, %s, %s, %s)", [partnership_id, list(kinds), reach, since])
        return int(cursor.fetchone()[0])
