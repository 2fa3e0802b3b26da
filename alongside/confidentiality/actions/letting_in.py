"""Somebody comes to read a record as their own, or for whoever it is about: whoever works with the person asks and says what they have seen, or the person asks for a helper of their own choice; a records
office lets them in or not."""

import json
from collections.abc import Collection, Mapping
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from alongside.agencies.actions import open_account
from alongside.agencies.facts import Actor, CannotBe
from alongside.agencies.models import Account
from alongside.agencies.queries import awaits_first_password
from alongside.common import database
from alongside.common.access import Access
from alongside.common.decisions import Conflict, Decision, NotKnown, Outcome
from alongside.confidentiality.actions.by_two import permitted
from alongside.confidentiality.actions.choices import may_choose
from alongside.confidentiality.facts import Purpose
from alongside.confidentiality.gate import judge
from alongside.confidentiality.gate.obligations import Happened, notice_of, owe
from alongside.confidentiality.models import LettingIn, Obligation
from alongside.confidentiality.queries.letting_in import Asked, letting_in_to_answer
from alongside.people.actions import end_representation
from alongside.people.facts import Stands

AS_A_REPRESENTATION: Mapping[Stands, Mapping[str, str]] = MappingProxyType(
    {
        Stands.SELF: {"relation": "self", "role": "person", "authority": "", "limited_to": ""},
        Stands.PARENT: {"relation": "parental_responsibility", "role": "parent", "authority": "", "limited_to": ""},
        Stands.ATTORNEY: {"relation": "proxy", "role": "deputy_or_attorney", "authority": "lpa_health_welfare", "limited_to": ""},
        Stands.DEPUTY: {"relation": "proxy", "role": "deputy_or_attorney", "authority": "deputy", "limited_to": "health_welfare"},
        Stands.HELPER: {"relation": "proxy", "role": "carer", "authority": "consent", "limited_to": ""},
    }
)
TOLD: Mapping[Stands, str] = MappingProxyType(
    {
        Stands.PARENT: "{name} may now read your record, as somebody with parental responsibility. Two people have seen who they are.",
        Stands.ATTORNEY: "{name} may now read your record and act in it for you, as your attorney for health and welfare. Two people have seen who they are.",
        Stands.DEPUTY: "{name} may now read your record and act in it for you, as your deputy for health and welfare. Two people have seen who they are.",
        Stands.HELPER: "{name} may now read the parts of your record that you chose. You can stop it at any moment, under My choices.",
    }
)
NOBODY_TO_ASK = "Nobody can be asked here yet. Tell somebody who works with you"
NOT_TOLD = "{name} was not let in to read parts of your record, as you had asked. The records office says: {answer}"
WITH_THEIR_PLAN = frozenset({"strengths_needs_plan"})
"""Who may see what the person plans may see who helps them, and what matters to them."""


def ask_to_let_in(
    *, access: Access, by: Actor, stands: Stands, name: str, email: str, seen: str, key: UUID, at: datetime, parts: Collection[str] = (), until: date | None = None,
) -> int:  # fmt: skip
    """
    1. The record is open to write in; row security weighs it again.
    2. It waits for a records office, on a clock. The same form sent again asks once.
    3. Where the person asks by themself, whoever works with them asks them alone whether they want this.

    `parts` and `until` are a helper's: what they may see, by the gate's categories, and their last day.

    Raises CannotBe: the address signs somebody in to their work, or there is no records office to ask.
    """
    if Account.objects.filter(email__iexact=email, is_staff_account=True).exists():
        raise CannotBe("Somebody signs in to their work with this address. Ask for one of their own", field="email")
    if stands is Stands.HELPER and not decides_for_themself(by, access.person_id, at=at):
        raise CannotBe("They cannot decide this themself, so they choose no helper. Whoever acts for them by right can be let in", field="name")
    offices = database.value("SELECT offices_for(%s)", access.person_id)
    if not offices:
        raise CannotBe("No records office can be asked: there is no records manager besides you. An agency’s system owner can name one" if by.is_practitioner else NOBODY_TO_ASK, field="email")
    opened = sorted({*parts, *(["index_entry"] if WITH_THEIR_PLAN & set(parts) else [])})
    said = {"stands": stands.value, "name": name, "email": email.lower(), "seen": seen, "parts": opened, "until": until}
    asked, is_new = LettingIn.objects.get_or_create(submission_key=key, defaults={"person_id": access.person_id, "asked_by_id": by.practitioner_id, "asked_at": at, **said})
    if is_new:
        happened = Happened(Decision(Outcome.PERMIT, reveal_existence=True), by, access.person_id, access.line_id, f"letting_in:{asked.pk}", at)
        owe(happened, "second_person_approval", says="Let somebody in to read a record, or not", owners=offices)
        if not by.is_practitioner:
            owe(happened, "seek_persons_own_view", says="Ask the person, alone, whether they want the helper they asked for to read their record")
    return int(asked.pk)


def decides_for_themself(by: Actor, person_id: int, *, at: datetime) -> bool:
    """Whether the person can choose a helper, as the gate counts it."""
    seen, _ = judge(by, person_id, verb="read", category="index_entry", purpose="direct_care" if by.is_practitioner else "portal_view", alone=True, at=at)
    return seen.capacity in ("has", "competent")


def ask_for_helper(*, by: Actor, person_id: int, name: str, email: str, parts: Collection[str], until: date, key: UUID, at: datetime) -> int:
    """The person themself asks that somebody of their choice may read these parts of their record, until a day. Raises Refused, NotKnown or CannotBe."""
    access = may_choose(by, person_id, item="helper", reason="", purpose_of="online", at=at)
    return ask_to_let_in(access=access, by=by, stands=Stands.HELPER, name=name, email=email, seen="", parts=parts, until=until, key=key, at=at)


def end_helper(*, by: Actor, person_id: int, representation_id: int, at: datetime) -> None:
    """The person themself ends it: their helper reads nothing from this moment. Raises Refused, or NotKnown for whoever is no helper of theirs."""
    end_representation(access=may_choose(by, person_id, item="helper", reason="", purpose_of="online", at=at), row_id=representation_id)


def answers_seen(*, by: Actor, person_id: int, at: datetime) -> None:
    """Whoever asked has seen what came of it: it leaves their list."""
    Obligation.objects.filter(code="answer_seen", person_id=person_id, owner=by.practitioner_id, status="open").update(status="done", outcome="done", done_at=at, done_by_id=by.practitioner_id)


def answer_letting_in(*, by: Actor, asked_id: int, agreed: bool, answer: str, at: datetime) -> Account | None:
    """
    1. The database says whether this records office is asked, the gate whether it may, by rules.
    2. Agreed: an account, unless the address has one, may read the record from this moment; the person is told who, unless it is they. Not agreed: it says why.
    3. Whoever asked is told what came of it.

    Returns the account where nobody has begun to use it, so that an invitation can go out. Raises ReasonNotEnough, CannotBe, Refused, NotKnown, or Conflict when somebody answered meanwhile.
    """
    found = letting_in_to_answer(asked_id)
    if found is None:
        raise NotKnown
    if found.answered_at is not None:
        raise Conflict(answer, found.answer, field="answer")
    facts = {"identity_seen": True} if found.asked_by else {"chosen_by_person": True}
    stands, line = Stands(found.stands), permitted(by, answer, f"letting_in:{asked_id}", purpose=Purpose.RIGHTS_REQUEST, facts=facts, at=at)
    database.take_turns(found.email.lower())  # two who answer at one moment: the second finds the account that the first has opened
    account = Account.objects.filter(email__iexact=found.email).first()
    if account is None and agreed:
        account = open_account(email=found.email, password=None, at=at, for_practitioner=False)
    happened = Happened(Decision(Outcome.PERMIT), by, found.person_id, 0, f"letting_in:{asked_id}", at, "change_access", "rights_request", "index_entry")
    text = told(found, stands, agreed, answer)
    notice = notice_of(happened, text, code="let_in") if text else None
    said = database.value(
        "SELECT answer_letting_in(%s, %s, %s, %s, %s, %s, %s)",
        asked_id, agreed, answer.strip(), account.pk if account else None, json.dumps(dict(AS_A_REPRESENTATION[stands])), json.dumps(line), json.dumps(notice) if notice else None,
    )  # fmt: skip
    if said == "answered":
        raise Conflict(answer, "Somebody answered meanwhile.", field="answer")
    if said == "not_that_account":
        raise CannotBe("This address signs somebody in to their work, or is not in use any more. Do not let it in, and ask for another", field="answer")
    if said == "somebody_elses":
        raise CannotBe("This account is somebody else's own, or the person has one already. Do not let it in, and ask for another address", field="answer")
    if said != "settled":
        raise NotKnown
    return account if agreed and awaits_first_password(account) else None


def told(found: Asked, stands: Stands, agreed: bool, answer: str) -> str:
    """What the person is told of it; nothing of what is their own, and of a no only where they asked by themself."""
    if agreed:
        return TOLD.get(stands, "").format(name=found.name)
    return "" if found.asked_by else NOT_TOLD.format(name=found.name, answer=answer.strip())

