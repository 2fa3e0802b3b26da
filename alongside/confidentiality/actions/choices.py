"""What a person agreed to, objects to, and how much they want to decide: from themself on their pages, or told to a practitioner who writes it down."""

from dataclasses import dataclass
from datetime import date, datetime, time

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.common.access import Access
from alongside.common.decisions import Decision, Outcome
from alongside.common.london import LONDON
from alongside.confidentiality import gate
from alongside.confidentiality.gate import obligations
from alongside.confidentiality.gate.obligations import Happened
from alongside.confidentiality.models import CapacityJudgement, Consent, Involvement, Objection
from alongside.people.queries import stands_for

YES, LIMITED, NO = "given", "given_limited", "refused"
CATEGORY = "strengths_needs_plan"
CANNOT = frozenset({"lacks", "not_competent"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody said when asked whether information may be shared. `said_by`: person, or parent for a child.

    `competence` and `doubt` are for the practitioner who was there: whether the person could decide this, and why the answer may not be freely given.
    """

    state: str
    words: str = ""
    excluded_categories: tuple[str, ...] = ()
    excluded_agencies: tuple[int, ...] = ()
    until: date | None = None
    purpose: str = ""
    said_by: str = "person"
    competence: str = ""
    doubt: str = ""
    how: str = "online"


def record_consent(*, by: Actor, person_id: int, answer: Answer, at: datetime) -> Consent:
    """
    1. Ask the gate for the right to change it.
    2. A no after a yes is a yes taken back. The very same answer sent again is the one that stands.
    3. End what stood for this purpose and write the new answer, by whom and by which way. It counts from the next request on.
    4. Everybody who uses what is known is told that it narrowed. Where there is doubt, or the person cannot decide this, somebody must ask them, alone.

    Raises Refused or NotKnown.
    """
    access = may_choose(by, person_id, item="consent", reason=answer.words, purpose_of=answer.how, at=at)
    standing = Consent.objects.select_for_update().filter(person_id=person_id, ended_at__isnull=True, purpose=answer.purpose).order_by("-given_at").first()
    said_by = said(access, answer.said_by)
    state = "withdrawn" if answer.state == NO and standing and standing.state in (YES, LIMITED) else answer.state
    if standing and same(standing, answer, said_by):
        return standing
    Consent.objects.filter(person_id=person_id, ended_at__isnull=True, purpose=answer.purpose).update(ended_at=at)
    given = Consent.objects.create(
        person_id=person_id, state=state, by=said_by, purpose=answer.purpose, words=answer.words, doubt=answer.doubt, competence=answer.competence, how=answer.how,
        excluded_categories=sorted(answer.excluded_categories) if state == LIMITED else [], excluded_agencies=sorted(answer.excluded_agencies) if state == LIMITED else [],
        judged_by=f"{by.name}, {by.title}" if answer.competence and by.is_practitioner else "", recorded_by_id=by.practitioner_id, recorded_by_person=not by.is_practitioner,
        given_at=at, expires_at=end_of(answer.until) if answer.until and state in (YES, LIMITED) else None,
    )  # fmt: skip
    if answer.competence and by.is_practitioner:
        CapacityJudgement.objects.create(
            person_id=person_id, outcome=answer.competence, decision="Whether information about them may be shared", reasons=answer.doubt or answer.words or "As seen when they were asked.",
            judged_by_id=by.practitioner_id, judged_at=at,
        )  # fmt: skip
    narrowed = state != YES
    doubtful = bool(answer.doubt) or answer.competence in CANNOT
    owe(access, by, f"consent:{given.pk}", *(["tell_recipients"] if narrowed else []), *(["seek_persons_own_view"] if doubtful else []), *(["notify_supervisor"] if answer.doubt else []), at=at)
    return given


def object_to(*, by: Actor, person_id: int, category: str = "", agency_id: int | None = None, words: str = "", how: str = "online", at: datetime) -> Objection:
    """
    1. Ask the gate for the right to change it.
    2. The same objection made again is the one that stands.
    3. Write it: from now on this agency (none named: no other agency) is lent nothing of this category (none named: of any) that others wrote.
    4. Everybody who uses what is known is told.

    A lawful ground may stand above it: what keeps a child or an adult safe still goes, with its reason. Raises Refused or NotKnown.
    """
    access = may_choose(by, person_id, item="objection", reason=words, purpose_of=how, at=at)
    standing = Objection.objects.filter(person_id=person_id, category=category, agency_id=agency_id, ended_at__isnull=True).first()
    if standing:
        return standing
    made = Objection.objects.create(person_id=person_id, category=category, agency_id=agency_id, words=words, how=how, made_at=at, recorded_by_id=by.practitioner_id)
    owe(access, by, f"objection:{made.pk}", "tell_recipients", at=at)
    return made


def take_back_objection(*, by: Actor, person_id: int, objection_id: int, how: str = "online", at: datetime) -> None:
    """
    1. Ask the gate for the right to change it.
    2. End the objection; it stays readable in what happened before. One that has ended stays ended.

    Raises Refused, or NotKnown for another person's objection.
    """
    may_choose(by, person_id, item="objection", reason="", purpose_of=how, at=at)
    found = database.the_one(Objection.objects.select_for_update().filter(pk=objection_id, person_id=person_id))
    if found.ended_at is None:
        found.ended_at = at
        found.save(update_fields=["ended_at"])


def choose_involvement(
    *, by: Actor, person_id: int, topic: str, level: str, delegate: str = "", words: str = "", ask_again_on: date | None = None, how: str = "online", said_by: str = "person", at: datetime
) -> Involvement:  # fmt: skip
    """
    1. Ask the gate for the right to write the person's own words.
    2. The same choice made again is the one that stands; another ends it, and both stay readable.
    3. Write it. When the day comes on which they want to be asked again, whoever works with them is reminded (see `ask_again`).

    Raises Refused or NotKnown.
    """
    claims = {"about_money": True} if topic == "money" else None
    access = gate.open_record(by, person_id, verb="write", purpose=purpose_for(by), category=CATEGORY, claim=basis_of(by, person_id, at=at), write=True, item="involvement", claims=claims, at=at)
    standing = Involvement.objects.select_for_update().filter(person_id=person_id, topic=topic, ended_at__isnull=True).first()
    wanted = {"level": level, "delegate": delegate, "words": words, "ask_again_on": ask_again_on}
    if standing and all(getattr(standing, name) == value for name, value in wanted.items()):
        return standing
    if standing:
        standing.ended_at = at
        standing.save(update_fields=["ended_at"])
    return Involvement.objects.create(person_id=person_id, topic=topic, how=how, said_by=said(access, said_by), recorded_by_id=by.practitioner_id, made_at=at, **wanted)


# -- what they have in common -------------------------------------------------------------------------------------------------------------


def may_choose(by: Actor, person_id: int, *, item: str, reason: str, purpose_of: str, at: datetime) -> Access:
    """The right to change what somebody chose. The person changes who may see; a parent or practitioner writes down what was said, and the gate weighs it at each use."""
    own = not by.is_practitioner and person_id == by.own_person_id
    stated = reason or ("Told to a practitioner" if by.is_practitioner else "Chosen online")
    return gate.open_record(
        by, person_id, verb="change_access" if own else "write", purpose=purpose_for(by), category=CATEGORY, claim=basis_of(by, person_id, at=at), write=True, item=item, reason=f"{stated} ({purpose_of.replace('_', ' ')})", at=at,
    )  # fmt: skip


def basis_of(by: Actor, person_id: int, *, at: datetime) -> str:
    """The ground on which somebody at home acts, as the papers on file say: their own right, a parent's responsibility, a power; none is claimed for a practitioner, as before."""
    return "none" if by.is_practitioner or person_id == by.own_person_id else stands_for(by, person_id, at=at)


def purpose_for(by: Actor) -> str:
    return "direct_care" if by.is_practitioner else "portal_view"


def said(access: Access, claimed: str) -> str:
    """Whose answer it is. On their own pages the database knows; a practitioner says who told them."""
    return {"self": "person", "parental_responsibility": "parent", "proxy": "proxy"}.get(access.relation, claimed)


def same(standing: Consent, answer: Answer, said_by: str) -> bool:
    state = NO if standing.state == "withdrawn" else standing.state
    limits = answer.state != LIMITED or (sorted(standing.excluded_categories), sorted(standing.excluded_agencies)) == (sorted(answer.excluded_categories), sorted(answer.excluded_agencies))
    until = end_of(answer.until) if answer.until and answer.state in (YES, LIMITED) else None
    return limits and (state, standing.by, standing.words, standing.doubt, standing.competence, standing.how, standing.expires_at) == (
        answer.state, said_by, answer.words, answer.doubt, answer.competence, answer.how, until,
    )  # fmt: skip


def end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59), tzinfo=LONDON)


def owe(access: Access, by: Actor, about: str, *codes: str, at: datetime) -> None:
    """What follows from a choice, each on its owner's list; what the gate's own decision has put there already is not put there twice."""
    owed = [code for code in codes if code not in access.obligations]
    happened = Happened(Decision(Outcome.PERMIT, obligations=access.obligations), by, access.person_id, access.line_id, about, at, "change_access", access.purpose, CATEGORY)
    obligations.owe(happened, *owed, about=about)
