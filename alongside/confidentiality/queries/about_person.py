"""What is known of one person that decides who may see and do what, and what a change would do."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from django.contrib.postgres.functions import TransactionNow
from django.db.models import Q

from alongside.common import database
from alongside.common.access import Access
from alongside.common.standing import Standing, Word
from alongside.confidentiality.facts import RELY_ON_CONSENT
from alongside.confidentiality.models import (
    CapacityJudgement,
    Consent,
    Involvement,
    LedgerHold,
    Objection,
    PersonNotice,
    Relationship,
    Restriction,
    Risk,
    VerifiedDocument,
)


def relationships(access: Access) -> list[Relationship]:
    """Who is involved with a person now, the lead practitioner first."""
    return _involved(person=access.person_id, at=access.at)


_involved = Standing(
    lambda: (
        Relationship.objects.filter(Q(ends__isnull=True) | Q(ends__gt=Word("at", "timestamptz")), person_id=Word("person", "bigint"), starts__lte=Word("at", "timestamptz"))
        .exclude(kind="break_glass").select_related("practitioner", "team", "agency").order_by("-lead", "agency__name", "pk")
    )
)  # fmt: skip


def consents(access: Access) -> list[Consent]:
    """What the person was asked and answered, newest first, what has ended among it."""
    return list(Consent.objects.filter(person_id=access.person_id).select_related("recorded_by").order_by("-given_at", "-pk"))


def objections(access: Access) -> list[Objection]:
    """What the person does not want now."""
    return list(Objection.objects.filter(person_id=access.person_id, ended_at__isnull=True).select_related("agency").order_by("-made_at"))


def involvements(access: Access) -> list[Involvement]:
    """How much the person wants to be part of decisions, the latest on each topic, in the order in which topics are asked."""
    order = [code for code, _ in Involvement.TOPICS]
    return sorted(Involvement.objects.filter(person_id=access.person_id, ended_at__isnull=True), key=lambda one: order.index(one.topic))


@dataclass(frozen=True, slots=True)
class AnswerEffect:
    """What a no would change for the agencies that help now: who gets no more of what others write, and who can no longer help at all."""

    gets_no_more: tuple[str, ...] = ()
    may_have_to_stop: tuple[str, ...] = ()


def effect_of_no(helping: Iterable[Relationship]) -> AnswerEffect:
    """For whoever is about to say no. What each agency wrote itself it keeps; what must keep somebody safe still goes."""
    agencies = {one.agency_id: one.agency for one in helping}.values()
    return AnswerEffect(tuple(agency.name for agency in agencies), tuple(agency.name for agency in agencies if agency.kind_id in RELY_ON_CONSENT))


def capacity_judgements(access: Access) -> list[CapacityJudgement]:
    return list(CapacityJudgement.objects.filter(person_id=access.person_id).select_related("judged_by").order_by("-judged_at"))


def risks(access: Access) -> list[Risk]:
    """How the risk was judged, newest first; the first without an end is how it stands."""
    return list(Risk.objects.filter(person_id=access.person_id).select_related("judged_by").order_by("-judged_at", "-pk"))


def restrictions(access: Access) -> list[Restriction]:
    """Who alone may see what, now: by the database's clock, as its own walls count it."""
    found = Restriction.objects.filter(person_id=access.person_id, starts__lte=TransactionNow()).filter(Q(ends__isnull=True) | Q(ends__gt=TransactionNow()))
    return list(found.select_related("set_by").order_by("category", "pk"))


def documents(access: Access) -> list[VerifiedDocument]:
    return list(VerifiedDocument.objects.filter(person_id=access.person_id).select_related("recorded_by", "verified_by", "agency").order_by("-recorded_at", "-pk"))


def ledger_holds(access: Access) -> list[LedgerHold]:
    """Lines of the ledger that the person does not see yet, for those who work with them."""
    found = LedgerHold.objects.filter(person_id=access.person_id, starts__lte=access.at).filter(Q(ends__isnull=True) | Q(ends__gt=access.at))
    return list(found.select_related("agency", "practitioner", "set_by").order_by("review_on"))


def person_notices(access: Access) -> list[PersonNotice]:
    """What the person has been told, newest first; what is still lawfully held back is not here."""
    return list(PersonNotice.objects.filter(person_id=access.person_id, release_at__lte=access.at).order_by("-release_at", "-pk"))


@dataclass(frozen=True, slots=True)
class Affected:
    """Somebody who works with the person, and what a restriction would do to them. `floor`: a duty in law keeps their access."""

    principal: int
    who: str
    agency: str
    agency_kind: str
    loses: bool
    floor: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """What a restriction would do, to be shown before anybody confirms it. `seal` changes when the effect does."""

    affected: tuple[Affected, ...]
    seal: str

    @property
    def loses(self) -> tuple[Affected, ...]:
        return tuple(one for one in self.affected if one.loses and not one.floor)

    @property
    def keeps_by_law(self) -> tuple[Affected, ...]:
        return tuple(one for one in self.affected if one.loses and one.floor)


def effect_of_restriction(access: Access, *, practitioners: tuple[int, ...], category: str = "") -> Effect:
    """Who would no longer see this part of the record (category empty: that the person has a record at all), and who keeps it by law."""
    affected = tuple(Affected(*row) for row in database.rows("SELECT * FROM effect_of_restriction(%s, %s, %s)", access.person_id, list(practitioners), category))
    return Effect(affected, f"{hash_of(access.person_id, category, sorted(practitioners), affected):x}")


def still_here(practitioners: Iterable[int]) -> frozenset[int]:
    """Those of them who still work here and can sign in."""
    return frozenset(database.value("SELECT still_here(%s)", sorted(set(practitioners))))


def hash_of(*parts: object) -> int:
    """A number that stands for these facts; equal facts, equal number."""
    return int.from_bytes(sha256(repr(parts).encode()).digest()[:8])
