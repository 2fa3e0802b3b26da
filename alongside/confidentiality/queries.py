"""Reads of this app: who must hear of a decision, who is involved with a person, what is owed to whom, and who looked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet

from alongside.agencies.facts import PRACTITIONER_PRINCIPAL_LIMIT, Actor
from alongside.agencies.models import Practitioner, Team, TeamMembership
from alongside.common.access import Access
from alongside.common.standing import AnyOf, Standing, Word
from alongside.confidentiality.circumstances import RELY_ON_CONSENT
from alongside.confidentiality.ledger import proofs
from alongside.confidentiality.ledger.checking import Checked, check
from alongside.confidentiality.ledger.keys import TRUST, Trust
from alongside.confidentiality.models import (
    BreakGlass,
    CapacityJudgement,
    Complaint,
    Consent,
    Involvement,
    LawfulBasis,
    LedgerHold,
    Objection,
    Obligation,
    PersonNotice,
    Purpose,
    Relationship,
    Restriction,
    Risk,
    VerifiedDocument,
)
from alongside.partnerships.models import Partner, Partnership, SharingAgreement

WARN_BEFORE_LAPSE = (90, 60, 30)
LOOK_BACK = timedelta(days=7)


# -- who must hear ------------------------------------------------------------------------------------------------------------------------


def allocated_principals(person_id: int) -> list[int]:
    """Who works with a person: the lead practitioner, else all who are allocated, else the front door. Only within an opened record or a report."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT allocated_to(%s)", [person_id])
        return list(cursor.fetchone()[0])


def guardian_for(agency_id: int | None) -> int | None:
    """The Caldicott guardian of an agency, or of a partnership it belongs to."""
    memberships = Partner.objects.filter(left_at__isnull=True).select_related("partnership").order_by("pk")
    found = list(memberships.filter(agency_id=agency_id) if agency_id else memberships)
    return next((one.guardian_id for one in found if one.guardian_id and agency_id), None) or next((one.partnership.guardian_id for one in found if one.partnership.guardian_id), None)


def judge_for(practitioner_id: int | None, agency_id: int | None) -> int | None:
    """Who judges an emergency access: a guardian of the agency, of its partnership or of another partner, else the partnership's lead; never of the same team."""
    partners = list(Partner.objects.filter(left_at__isnull=True).select_related("partnership").order_by("pk"))
    own = [one for one in partners if one.agency_id == agency_id]
    asked = [one.guardian_id for one in own] + [one.partnership.guardian_id for one in own] + [one.guardian_id for one in partners] + [one.partnership.lead_practitioner_id for one in own]
    colleagues = set(TeamMembership.objects.filter(team__memberships__practitioner_id=practitioner_id, team__memberships__ends__isnull=True, ends__isnull=True).values_list("practitioner_id", flat=True))
    return next((one for one in asked if one and one != practitioner_id and one not in colleagues), None)


def partnership_lead_for(agency_id: int | None) -> int | None:
    """Who hears for the partnership of what climbs past supervisors."""
    live = Partnership.objects.filter(partners__left_at__isnull=True, lead_practitioner__isnull=False)
    return (live.filter(partners__agency_id=agency_id) if agency_id else live).order_by("pk").values_list("lead_practitioner_id", flat=True).first()


def lead_above(principal: int) -> int | None:
    """The partnership's lead above a practitioner or a team; nobody above the lead themself."""
    if principal > PRACTITIONER_PRINCIPAL_LIMIT:
        agency = Team.objects.filter(pk=principal - PRACTITIONER_PRINCIPAL_LIMIT).values_list("agency_id", flat=True).first()
    else:
        agency = Practitioner.objects.filter(pk=principal).values_list("agency_id", flat=True).first()
    lead = partnership_lead_for(agency)
    return None if lead == principal else lead


# -- about one person ---------------------------------------------------------------------------------------------------------------------


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


def complaints(access: Access) -> list[Complaint]:
    """What this account complained about in this record, newest first."""
    return list(Complaint.objects.filter(person_id=access.person_id, made_by_id=access.account_id).select_related("agency").order_by("-made_at"))


def capacity_judgements(access: Access) -> list[CapacityJudgement]:
    return list(CapacityJudgement.objects.filter(person_id=access.person_id).select_related("judged_by").order_by("-judged_at"))


def risks(access: Access) -> list[Risk]:
    """How the risk was judged, newest first; the first without an end is how it stands."""
    return list(Risk.objects.filter(person_id=access.person_id).select_related("judged_by").order_by("-judged_at", "-pk"))


def restrictions(access: Access) -> list[Restriction]:
    """Who alone may see what, now."""
    found = Restriction.objects.filter(person_id=access.person_id, starts__lte=access.at).filter(Q(ends__isnull=True) | Q(ends__gt=access.at))
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
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM effect_of_restriction(%s, %s, %s)", [access.person_id, list(practitioners), category])
        affected = tuple(Affected(*row) for row in cursor.fetchall())
    return Effect(affected, f"{hash_of(access.person_id, category, sorted(practitioners), affected):x}")


def still_here(practitioners: Iterable[int]) -> frozenset[int]:
    """Those of them who still work here and can sign in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT still_here(%s)", [sorted(set(practitioners))])
        return frozenset(cursor.fetchone()[0])


def hash_of(*parts: object) -> int:
    """A number that stands for these facts; equal facts, equal number."""
    return int.from_bytes(sha256(repr(parts).encode()).digest()[:8])


# -- what is owed -------------------------------------------------------------------------------------------------------------------------


def my_obligations(actor: Actor, *, about: int | None = None) -> list[Obligation]:
    """What is owed by this practitioner or their teams, or has climbed to them, about one person or about anybody, soonest first. What sleeps is not here."""
    return _owed(own=own_principals(actor)) if about is None else _owed_about(own=own_principals(actor), person=about)


def _open_obligations() -> QuerySet[Obligation]:
    own = AnyOf("own", "integer[]")
    return Obligation.objects.filter(Q(owner=own) | Q(climbed_to=own), status="open", due_at__isnull=False).order_by("due_at", "pk")


_owed = Standing(_open_obligations)
_owed_about = Standing(lambda: _open_obligations().filter(person_id=Word("person", "bigint")))


def own_principals(actor: Actor) -> list[int]:
    """Oneself, one's teams and those one covers for; not those one supervises, whose work stays theirs until it climbs."""
    supervised = set(Practitioner.objects.filter(supervisor_id=actor.practitioner_id).values_list("pk", flat=True)) if actor.supervises else set()
    return [principal for principal in actor.principals if principal > 0 and principal not in supervised]


def obligation(actor: Actor, obligation_id: int) -> Obligation | None:
    return Obligation.objects.filter(pk=obligation_id).filter(Q(owner__in=actor.principals) | Q(climbed_to__in=actor.principals)).first()


# -- for the guardian ---------------------------------------------------------------------------------------------------------------------


def unjudged_emergencies() -> list[BreakGlass]:
    """Emergency openings that a guardian still has to judge. Row security shows each guardian those of their own agencies."""
    return list(BreakGlass.objects.filter(judged_at__isnull=True).select_related("practitioner__agency").order_by("judgement_due_at"))


def my_emergencies(actor: Actor) -> list[BreakGlass]:
    """The emergency accesses of this practitioner, newest first, with what was judged of them."""
    return list(BreakGlass.objects.filter(practitioner_id=actor.practitioner_id).select_related("judged_by").order_by("-opened_at")[:50])


def open_complaints() -> list[Complaint]:
    """Complaints not yet answered, by clock; row security shows each guardian their own agencies'."""
    return list(Complaint.objects.filter(answered_at__isnull=True).select_related("agency").order_by("acknowledge_by"))


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
class Unusual:
    """A pattern of access worth a question. Evidence for a conversation, never an input to a rule."""

    line_id: int
    at: datetime
    pattern: str
    practitioner_id: int
    who: str
    agency: str
    person_id: int | None
    person: str
    times: int

    @property
    def words(self) -> str:
        return PATTERNS[self.pattern]


PATTERNS = {
    "no_part_in_the_care": "Tried to open a record without any part in the care",
    "ended_case": "Came back to a case that had ended",
    "same_family_name": "Has the same family name as the person",
    "colleague": "The person works for a partner",
    "in_the_news": "The person is in the news",
    "own_tie": "Declared a tie to the person",
    "bulk": "Opened many records in five minutes",
}


def unusual_accesses(actor: Actor, *, since: datetime, limit: int = 100) -> list[Unusual]:
    """What a guardian should ask about, newest first. Nothing for anybody else. Looking writes its own ledger line."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM unusual_accesses(%s, %s)", [since, limit])
        return [Unusual(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class GuardianQueue:
    """Everything that waits for a Caldicott guardian."""

    emergencies: list[BreakGlass]
    complaints: list[Complaint]
    agreements: list[Lapse]
    unusual: list[Unusual]
    owed: list[Obligation]


def guardian_queue(actor: Actor, *, at: datetime) -> GuardianQueue:
    return GuardianQueue(unjudged_emergencies(), open_complaints(), lapsing_agreements(actor, at=at), unusual_accesses(actor, since=at - LOOK_BACK), my_obligations(actor))


# -- who looked ---------------------------------------------------------------------------------------------------------------------------

DID = {
    "read": "read {whose} record", "api_read": "read {whose} record from another system", "write": "wrote in {whose} record", "search": "looked for a name and found {whose} record",
    "share_to": "shared something about {whom}", "break_glass": "opened {whose} record in an emergency", "view_ledger": "looked at who looked", "export": "took a copy from {whose} record",
    "print_letter": "printed from {whose} record", "message": "sent a message", "correct": "corrected {whose} record", "change_access": "changed who may see {whose} record",
    "report": "made a report", "merge": "compared {whose} record with another", "delete": "asked for something to be deleted", "dispose": "disposed of old access lines", "bulk_read": "read many records",
}  # fmt: skip
WHY = {
    "direct_care": "to give or prepare care", "safeguarding_child": "to keep a child safe", "safeguarding_adult": "to keep an adult safe", "portal_view": "on this site",
    "supervision": "to supervise a colleague", "child_in_need_service": "to help the family", "emergency_life": "because of an emergency", "early_help": "to offer early help",
    "education_support": "to support learning", "housing_support": "to help with housing", "hospital_discharge": "to plan coming home from hospital", "domestic_abuse_safety": "to keep somebody safe",
    "audit": "to check that records are used properly", "subject_access": "to answer a request", "rights_request": "to answer a request", "court_proceedings": "for a court",
    "retention": "to keep or dispose of records properly", "service_management": "to manage the service", "crime_investigation": "to investigate a crime", "technical_support": "to repair the system",
    "data_quality": "to keep records right", "peer_support": "to offer support from a peer",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """One line of who looked, as the person reads it. `on_a_list`: only the name stood on a list somebody opened."""

    line_id: int
    at: datetime
    who: str
    agency: str
    verb: str
    category: str
    purpose: str
    decision: str
    automatic: bool
    on_a_list: bool

    @property
    def refused(self) -> bool:
        return self.decision in ("deny", "refer")

    @property
    def did(self) -> str:
        """What was done and why, in plain words.

        Example:
            >>> from datetime import UTC
            >>> Look(1, datetime(2026, 3, 3, tzinfo=UTC), "Amina Khan, Family nurse", "Riverbank NHS", "read", "", "direct_care", "permit", False, False).did
            'read your record to give or prepare care'
        """
        words = self._verb + (f" {WHY[self.purpose]}" if self.purpose in WHY else "")
        if self.refused:
            return "tried to look, and was refused"
        return f"{words} (done by the system)" if self.automatic else words

    @property
    def _verb(self) -> str:
        if self.on_a_list:
            return "saw your name on a list"
        return DID.get(self.verb, self.verb.replace("_", " ")).format(whose="your", whom="you")


def who_looked(access: Access, *, before: int | None = None, limit: int = 50) -> list[Look]:
    """Ledger lines about one person, newest first; `before` a line's number for the next page.

    For the person, and for a reader whose ticket holds the access ledger. Lines that must wait for a stated lawful reason are not here, and
    leave no gap that could be counted.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM who_looked_at(%s, %s, %s, %s)", [access.person_id, list(access.withheld), before, limit])
        return [Look(*row) for row in cursor.fetchall()]


# -- training -----------------------------------------------------------------------------------------------------------------------------


def training_ends(practitioner_id: int) -> date | None:
    """The last day on which this practitioner's information-governance training is current; records open only until then."""
    return Practitioner.objects.filter(pk=practitioner_id, training__subject="information_governance").order_by("-training__expires_on").values_list("training__expires_on", flat=True).first()


# -- one page of who looked, and its proof ------------------------------------------------------------------------------------------------

LOOK_AT_MOST, LOOKS_ON_A_PAGE = 400, 25


@dataclass(frozen=True, slots=True)
class LooksPage:
    """The lines one page shows. `upto` and `older` name the first line of this page and where the next begins; `agencies` whose lines there are to choose
    from; `spans` how many lines lie between the first shown and the last, shown or not."""

    looks: tuple[Look, ...]
    agencies: tuple[str, ...]
    upto: int | None
    older: int | None
    spans: int = 0


def looks_page(access: Access, *, upto: int | None = None, agency: str = "", own_visits: bool = False) -> LooksPage:
    """One page of who looked, from line `upto` down: of one agency, or of all; the person's own visits only when asked for."""
    found = who_looked(access, before=None if upto is None else upto + 1, limit=LOOK_AT_MOST)
    wanted = [look for look in found if (not agency or look.agency == agency) and (own_visits or look.who != "You")]
    shown, more = wanted[:LOOKS_ON_A_PAGE], wanted[LOOKS_ON_A_PAGE:]
    older = more[0].line_id if more else found[-1].line_id - 1 if len(found) == LOOK_AT_MOST else None
    spans = sum(shown[-1].line_id <= look.line_id <= shown[0].line_id for look in found) if shown else 0
    return LooksPage(tuple(shown), tuple(sorted({look.agency for look in found if look.agency})), shown[0].line_id if shown else upto, older, spans)


def prove_looks(access: Access, page: LooksPage) -> proofs.Bundle | None:
    """The proof of exactly these lines, for `bin/verify-ledger`; None while none of them is sealed."""
    if not page.looks:
        return None
    shown = {look.line_id for look in page.looks}
    try:
        bundle = proofs.for_person(connection, access.person_id, withheld=access.withheld, before=page.looks[0].line_id + 1, wanted=page.spans)
    except proofs.NoProof:
        return None
    bundle["lines"] = [line for line in bundle["lines"] if line["line"] in shown]
    return bundle if bundle["lines"] else None


def check_looks(bundle: proofs.Bundle) -> Checked:
    """Whether the lines of a proof stand, judged by the keys in the list of trusted keys, which lies outside the database."""
    return check(bundle, Trust.read(settings.LEDGER_FOLDER / TRUST))


# -- reference rows -----------------------------------------------------------------------------------------------------------------------


def purposes() -> dict[str, str]:
    """Every purpose by code, in words."""
    return dict(Purpose.objects.exclude(code="none_stated").order_by("name").values_list("code", "name"))


def lawful_bases(on: date) -> dict[str, LawfulBasis]:
    """Lawful bases that hold on a day, by code. A row without a first day has no single one, and holds unless it waits to be started."""
    found = LawfulBasis.objects.exclude(code="none").exclude(source__contains="starts by regulations").order_by("name")
    return {row.code: row for row in found.filter(Q(in_force_from__isnull=True) | Q(in_force_from__lte=on), Q(in_force_until__isnull=True) | Q(in_force_until__gt=on))}
