"""What is agreed, with its parties, terms and history."""

from datetime import datetime

from django.db.models import Prefetch
from django.db.models.expressions import RawSQL

from alongside.common import database
from alongside.partnerships.facts import AgreementText, NewTerm, PartyFacts, Standing
from alongside.partnerships.models import AgreementEvent, Party, SharingAgreement, Term
from alongside.partnerships.rules.agreements import standing


def agreements(partnership_id: int, *, drafts: bool = True, terms: bool = False) -> list[SharingAgreement]:
    """Every agreement with its parties, what lapses next first; what has been replaced or ended comes last."""
    found = SharingAgreement.objects.filter(partnership_id=partnership_id).prefetch_related(Prefetch("parties", Party.objects.select_related("agency", "signatory").order_by("agency__name")))
    found = found if drafts else found.exclude(status="draft")
    found = found.prefetch_related(Prefetch("terms", Term.objects.order_by("pk"))) if terms else found
    return sorted(found, key=lambda one: (one.status in ("ended", "replaced"), one.ends))


def agreement(agreement_id: int) -> SharingAgreement:
    """One agreement with its parties and terms. Raises NotKnown for none."""
    parties = Prefetch("parties", Party.objects.select_related("agency__kind", "signatory").order_by("agency__name"))
    return database.the_one(SharingAgreement.objects.filter(pk=agreement_id).select_related("partnership").prefetch_related(parties, Prefetch("terms", Term.objects.order_by("pk"))))


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


def line_of(agreement_id: int | None) -> set[int]:
    """Every version of an agreement."""
    return {row[0] for row in database.rows("SELECT agreement_line(%s)", agreement_id)}
