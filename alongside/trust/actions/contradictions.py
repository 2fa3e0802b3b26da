"""A person was told two different things: they say so, whoever leads the work with them finds out what holds, and they are answered."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from alongside.agencies.facts import Actor
from alongside.common.access import Access
from alongside.common.decisions import Decision, NotKnown, Outcome
from alongside.confidentiality import gate
from alongside.confidentiality.actions.choices import CATEGORY, basis_of, purpose_for
from alongside.confidentiality.gate import obligations
from alongside.confidentiality.gate.obligations import FAMILY, WITHIN_A_WEEK, Happened, due_at
from alongside.confidentiality.models import Obligation
from alongside.partnerships.actions.doors import through_the_door
from alongside.trust.models import Contradiction

OWED = "answer_person"
AT_HOME_FOR_THEM = frozenset({"parental_responsibility", "proxy"})
ANSWERED = "You said that you were told two different things. There is an answer: "


@dataclass(frozen=True, slots=True)
class TwoThings:
    """What somebody says they were told: by which agencies (None: somebody else), about what, in their own words."""

    one_id: int | None
    other_id: int | None
    about: str
    words: str


def say_contradiction(*, by: Actor, person_id: int, told: TwoThings, key: uuid.UUID | None, at: datetime) -> None:
    """
    1. Ask the gate for the right to write in this record, as the person, for them, or as a practitioner who writes down what they said.
    2. Write it; the same form sent twice is one.
    3. Whoever leads the work with the person owes them an answer, by a day.

    Raises Refused or NotKnown.
    """
    access = opened(by, person_id, item="told_two_things", at=at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT say_contradiction(%s, %s, %s, %s, %s, %s, %s, %s)", [person_id, access.line_id, key, told.one_id, told.other_id, told.about, told.words, at])
        made = cursor.fetchone()[0]
    if made:
        obligations.owe(happened(by, access, made, at=at), OWED)


def answer_contradiction(*, by: Actor, person_id: int, contradiction_id: int, answer: str, cell: tuple[int, int] | None, at: datetime) -> None:
    """
    1. Ask the gate for the right to write in this record.
    2. Write the answer, once, and of which activity and objective it came, where it can be said: that is all that the partnership learns of it.
    3. Tell the person, unless that must wait; nobody else at home is told, but whoever said it for them.
    4. What was owed for it is done.

    Raises Refused, NotKnown or NotNow.
    """
    access = opened(by, person_id, item=f"contradiction:{contradiction_id}", at=at)
    found = Contradiction.objects.filter(pk=contradiction_id, person_id=person_id).first()
    if found is None:
        raise NotKnown
    activity_id, objective_id = cell or (None, None)
    through_the_door(by, "answer_contradiction(%s, %s, %s, %s, %s, %s)", contradiction_id, access.line_id, answer.strip(), activity_id, objective_id, at)
    hidden = ("no_parental_responsibility",) if found.relation in AT_HOME_FOR_THEM else FAMILY
    obligations.tell_person(happened(by, access, contradiction_id, at=at), ANSWERED + answer.strip(), code=OWED, hidden_from=hidden)
    owed = Obligation.objects.filter(code=OWED, about=f"contradiction:{contradiction_id}", status="open")
    owed.update(status="done", outcome="answered", done_at=at, done_by_id=by.practitioner_id, next_step_at=None)


def answered_by(made_at: datetime) -> datetime:
    """By when the person has an answer: within a week, at the end of a working day."""
    return due_at(WITHIN_A_WEEK, made_at)


def opened(by: Actor, person_id: int, *, item: str, at: datetime) -> Access:
    return gate.open_record(by, person_id, verb="write", category=CATEGORY, purpose=purpose_for(by), claim=basis_of(by, person_id, at=at), write=True, alone=True, item=item, at=at)


def happened(by: Actor, access: Access, contradiction_id: int, *, at: datetime) -> Happened:
    return Happened(Decision(Outcome.PERMIT, obligations=access.obligations), by, access.person_id, access.line_id, f"contradiction:{contradiction_id}", at, "write", access.purpose, CATEGORY)
