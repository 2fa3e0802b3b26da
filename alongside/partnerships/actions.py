"""Writes of a partnership: who belongs, what is agreed and signed, what each partner must know. What is agreed drives what may flow, at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Q

from alongside.agencies.facts import Actor
from alongside.partnerships.models import AgreementEvent, InformationNeed, Partner, Partnership, Party, SharingAgreement, Term


class NotYours(Exception):
    """Only the named signatory signs, refuses or withdraws for an agency."""


class NeedsNarrowing(Exception):
    """A need must name kinds of thing, a purpose and what it is for; everything about everyone is no need."""


@dataclass(frozen=True, slots=True)
class NewTerm:
    """One line of an agreement: a category for a purpose on a basis; agencies empty means any party."""

    purpose: str
    category: str
    lawful_basis: str
    gateway: str = ""
    from_agency_id: int | None = None
    to_agency_id: int | None = None


@transaction.atomic
def found_partnership(*, name: str, vision: str, lead_agency_id: int, lead_practitioner_id: int, guardian_id: int, starts: date, area: str = "england") -> Partnership:
    return Partnership.objects.create(
        name=name, vision=vision, lead_agency_id=lead_agency_id, lead_practitioner_id=lead_practitioner_id, guardian_id=guardian_id, starts=starts, area=area,
    )  # fmt: skip


def join(*, partnership: Partnership, agency_id: int, front_door_id: int | None, at: datetime, guardian_id: int | None = None) -> Partner:
    return Partner.objects.create(partnership=partnership, agency_id=agency_id, front_door_id=front_door_id, guardian_id=guardian_id, joined_at=at)


@transaction.atomic
def draft_agreement(
    *, by_id: int, partnership: Partnership, title: str, why: str, starts: datetime, ends: datetime, review_on: date, signatories: dict[int, int], terms: Iterable[NewTerm], at: datetime,
) -> SharingAgreement:  # fmt: skip
    """
    1. The agreement, its parties with their named signatories, and its terms.
    2. It is open for signature; nothing flows before both ends of a flow have signed.
    """
    agreement = SharingAgreement.objects.create(
        partnership=partnership, title=title, why=why, status="open_for_signature", starts=starts, ends=ends, review_on=review_on, drafted_by_id=by_id,
    )  # fmt: skip
    Party.objects.bulk_create(Party(agreement=agreement, agency_id=agency, signatory_id=signatory) for agency, signatory in signatories.items())
    Term.objects.bulk_create(
        Term(
            agreement=agreement, purpose=term.purpose, category=term.category, lawful_basis=term.lawful_basis, gateway=term.gateway, from_agency_id=term.from_agency_id,
            to_agency_id=term.to_agency_id,
        )
        for term in terms
    )  # fmt: skip
    AgreementEvent.objects.create(agreement=agreement, at=at, by_id=by_id, what="drafted")
    return agreement


@transaction.atomic
def sign_agreement(*, by: Actor, agreement_id: int, at: datetime) -> SharingAgreement:
    """
    1. The named signatory signs for their agency.
    2. Once two parties have signed, the agreement is in force between those who have.
    3. What may flow is worked out anew.
    """
    party = _party_of(by, agreement_id)
    party.signed_at, party.refused_at = at, None
    party.save(update_fields=["signed_at", "refused_at"])
    agreement = party.agreement
    if agreement.status == "open_for_signature" and Party.objects.filter(agreement=agreement, signed_at__isnull=False, refused_at__isnull=True).count() > 1:
        agreement.status = "in_force"
        agreement.save(update_fields=["status"])
    _note(agreement, by, "signed", at)
    return agreement


@transaction.atomic
def withdraw_from_agreement(*, by: Actor, agreement_id: int, reason: str, at: datetime) -> None:
    """The tap closes at this moment: the next request of anybody in the agency finds it shut, and so does the next share to it."""
    party = _party_of(by, agreement_id)
    party.withdrawn_at, party.reason = at, reason
    party.save(update_fields=["withdrawn_at", "reason"])
    _note(party.agreement, by, "withdrawn", at, reason)


@transaction.atomic
def end_agreement(*, by: Actor, agreement_id: int, reason: str, at: datetime) -> None:
    """End it for everybody at this moment."""
    agreement = _party_of(by, agreement_id).agreement
    agreement.status = "ended"
    agreement.save(update_fields=["status"])
    _note(agreement, by, "ended", at, reason)


def declare_need(
    *, by: Actor, partnership_id: int, team_id: int, tags: Iterable[str], purpose: str, how_soon: str, what_for: str, at: datetime, reach: str = "our_people",
    situations: Iterable[str] = (), people: Iterable[str] = (), minimum_fields: Iterable[str] = (),
) -> InformationNeed:  # fmt: skip
    """A partner's team says what it must know. Raises NeedsNarrowing when it names no kind of thing or does not say what for."""
    kinds = sorted({tag.strip() for tag in tags if tag.strip()})
    if not kinds or not what_for.strip() or {"everything", "all", "whole_record"} & set(kinds):
        raise NeedsNarrowing
    return InformationNeed.objects.create(
        partnership_id=partnership_id, agency_id=by.agency_id, team_id=team_id, tags=kinds, purpose=purpose, how_soon=how_soon, what_for=what_for.strip(), reach=reach,
        situations=list(situations), people=list(people), minimum_fields=list(minimum_fields), declared_by_id=by.practitioner_id, starts=at,
    )  # fmt: skip


def end_need(*, by: Actor, need_id: int, at: datetime) -> bool:
    """End one of one's own agency's needs; a duty in law cannot be ended. True when it was."""
    return bool(InformationNeed.objects.filter(Q(ends__isnull=True), pk=need_id, agency_id=by.agency_id, statutory_floor=False).update(ends=at))


def _party_of(by: Actor, agreement_id: int) -> Party:
    party = Party.objects.select_for_update(of=("self",)).select_related("agreement").filter(agreement_id=agreement_id, agency_id=by.agency_id, signatory_id=by.practitioner_id).first()
    if party is None:
        raise NotYours
    return party


def _note(agreement: SharingAgreement, by: Actor, what: str, at: datetime, note: str = "") -> None:
    AgreementEvent.objects.create(agreement=agreement, at=at, by_id=by.practitioner_id, what=what, note=note)
    with connection.cursor() as cursor:
        cursor.execute("SELECT recompute_flows(%s)", [agreement.pk])
