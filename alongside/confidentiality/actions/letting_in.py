"""Somebody comes to read a record as their own, or for whoever it is about: whoever works with the person asks and says what they have seen, a records office lets them in or not."""

import json
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.db import connection

from alongside.agencies.actions import open_account
from alongside.agencies.facts import Actor, CannotBe
from alongside.agencies.models import Account
from alongside.common.access import Access
from alongside.common.decisions import Conflict, Decision, NotKnown, Outcome
from alongside.confidentiality.actions.by_two import permitted
from alongside.confidentiality.facts import Purpose
from alongside.confidentiality.gate.obligations import Happened, notice_of, owe
from alongside.confidentiality.models import LettingIn
from alongside.confidentiality.queries.letting_in import letting_in_to_answer
from alongside.people.facts import Stands

AS_A_REPRESENTATION: Mapping[Stands, Mapping[str, str]] = MappingProxyType(
    {
        Stands.SELF: {"relation": "self", "role": "person", "authority": "", "limited_to": ""},
        Stands.PARENT: {"relation": "parental_responsibility", "role": "parent", "authority": "", "limited_to": ""},
        Stands.ATTORNEY: {"relation": "proxy", "role": "deputy_or_attorney", "authority": "lpa_health_welfare", "limited_to": ""},
        Stands.DEPUTY: {"relation": "proxy", "role": "deputy_or_attorney", "authority": "deputy", "limited_to": "health_welfare"},
    }
)
TOLD: Mapping[Stands, str] = MappingProxyType(
    {
        Stands.PARENT: "{name} may now read your record, as somebody with parental responsibility. Two people have seen who they are.",
        Stands.ATTORNEY: "{name} may now read your record and act in it for you, as your attorney for health and welfare. Two people have seen who they are.",
        Stands.DEPUTY: "{name} may now read your record and act in it for you, as your deputy for health and welfare. Two people have seen who they are.",
    }
)


def ask_to_let_in(*, access: Access, by: Actor, stands: Stands, name: str, email: str, seen: str, key: UUID, at: datetime) -> int:
    """
    1. The record is open to write in; row security weighs it again.
    2. It waits for a records office, on a clock. The same form sent again asks once.

    Raises CannotBe: the address signs somebody in to their work, or there is no records office to ask.
    """
    if Account.objects.filter(email__iexact=email, is_staff_account=True).exists():
        raise CannotBe("Somebody signs in to their work with this address. Ask for one of their own", field="email")
    with connection.cursor() as cursor:
        cursor.execute("SELECT offices_for(%s)", [access.person_id])
        offices = cursor.fetchone()[0]
    if not offices:
        raise CannotBe("No records office can be asked: your agency has no records manager besides you. Its system owner can name one", field="email")
    asked, is_new = LettingIn.objects.get_or_create(
        submission_key=key, defaults={"person_id": access.person_id, "stands": stands.value, "name": name, "email": email.lower(), "seen": seen, "asked_by_id": by.practitioner_id, "asked_at": at}
    )
    if is_new:
        happened = Happened(Decision(Outcome.PERMIT, reveal_existence=True), by, access.person_id, access.line_id, f"letting_in:{asked.pk}", at)
        owe(happened, "second_person_approval", says="Let somebody in to read a record, or not", owners=offices)
    return int(asked.pk)


def answer_letting_in(*, by: Actor, asked_id: int, agreed: bool, answer: str, at: datetime) -> Account | None:
    """
    1. The database says whether this records office is asked, the gate whether it may, by rules.
    2. Agreed: an account, unless the address has one, may read the record from this moment; the person is told who, unless it is they. Not agreed: it says why.

    Returns the account where it is new, so that an invitation can go out. Raises ReasonNotEnough, CannotBe, Refused, NotKnown, or Conflict when somebody answered meanwhile.
    """
    found = letting_in_to_answer(asked_id)
    if found is None:
        raise NotKnown
    if found.answered_at is not None:
        raise Conflict(answer, found.answer, field="answer")
    stands, line = Stands(found.stands), permitted(by, answer, f"letting_in:{asked_id}", purpose=Purpose.RIGHTS_REQUEST, facts={"identity_seen": True}, at=at)
    account = Account.objects.filter(email__iexact=found.email).first()
    new = account is None and agreed
    if new:
        account = open_account(email=found.email, password=None, at=at, for_practitioner=False)
    happened = Happened(Decision(Outcome.PERMIT), by, found.person_id, 0, f"letting_in:{asked_id}", at, "change_access", "rights_request", "index_entry")
    notice = notice_of(happened, TOLD[stands].format(name=found.name), code="let_in") if stands in TOLD else None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT answer_letting_in(%s, %s, %s, %s, %s, %s, %s)",
            [asked_id, agreed, answer.strip(), account.pk if account else None, json.dumps(dict(AS_A_REPRESENTATION[stands])), json.dumps(line), json.dumps(notice) if notice else None],
        )
        said = cursor.fetchone()[0]
    if said == "answered":
        raise Conflict(answer, "Somebody answered meanwhile.", field="answer")
    if said == "not_that_account":
        raise CannotBe("This address signs somebody in to their work, or is not in use any more. Do not let it in, and ask for another", field="answer")
    if said == "somebody_elses":
        raise CannotBe("This account is somebody else's own, or the person has one already. Do not let it in, and ask for another address", field="answer")
    if said != "settled":
        raise NotKnown
    return account if new else None

