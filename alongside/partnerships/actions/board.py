"""Who sits on the board, when it can decide, what governance has settled, and which interests its members have declared."""

import secrets
import uuid
from datetime import date, datetime
from hashlib import sha256

from django.db import IntegrityError, transaction

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.partnerships.actions.doors import NotNow, said_no
from alongside.partnerships.actions.keeping import change, keep
from alongside.partnerships.facts import Nature, QuorumRule, Seat, SeatRole
from alongside.partnerships.models import BoardMember, BoardRules, DecisionRight, DeclaredInterest, GovernanceText

READABLE = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
OWN_OR_KEPT = "An interest is declared by the member themselves, or written down for them by whoever keeps the board's books."


def new_code() -> str:
    """A code to take a seat with, such as K7QF-2MZD-XA4H: easy to read out, and not to be guessed."""
    return "-".join("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(3))


def seat_member(
    *, by: Actor, partnership_id: int, name: str, seat: Seat, role: SeatRole, votes: bool, at: datetime, agency_id: int | None = None, practitioner_id: int | None = None, code: str = "",
    key: uuid.UUID | None = None,
) -> BoardMember:  # fmt: skip
    """Somebody takes a seat: for a partner, with lived experience, or independent. Raises NotNow where they have one already.

    With `code` somebody who works for no partner takes it with an account of their own; without, they take part on paper or by telephone.
    """
    row = BoardMember(
        partnership_id=partnership_id, name=name, seat=seat.value, role=role.value, votes=votes, agency_id=agency_id, practitioner_id=practitioner_id, claim_hash=sha256(code.encode()).digest() if code else None,
        by_id=by.practitioner_id, at=at, key=key,
    )  # fmt: skip
    try:
        with transaction.atomic():
            return keep(row, "seat_taken", partnership_id=partnership_id, agency_id=agency_id)
    except IntegrityError as no:
        raise NotNow(f"{name} has a seat on this board already.") from no


def claim_seat(*, code: str, at: datetime) -> int:
    """Whoever is signed in takes the seat that waits for this code. Raises NotNow where none does."""
    plain = "".join(sign for sign in code.upper() if sign in READABLE)
    with said_no():
        return int(database.value("SELECT claim_seat(%s, %s)", "-".join(plain[place : place + 4] for place in range(0, len(plain), 4)), at))


def leave_seat(*, by: Actor, member: BoardMember, at: datetime) -> None:
    change(BoardMember.objects.filter(pk=member.pk, ended_at=None), "seat_left", partnership_id=member.partnership_id, at=at, ended_at=at)


def set_board_rules(*, by: Actor, partnership_id: int, rule: QuorumRule, review_on: date, at: datetime, key: uuid.UUID | None = None) -> BoardRules:
    row = BoardRules(partnership_id=partnership_id, members=rule.members, partners=rule.partners, chair=rule.chair, review_on=review_on, by_id=by.practitioner_id, at=at, key=key)
    return keep(row, "quorum_set", partnership_id=partnership_id)


@transaction.atomic
def settle_heading(*, by: Actor, partnership_id: int, heading: str, text: str, at: datetime, key: uuid.UUID | None = None) -> GovernanceText:
    """
    1. What is settled under one heading; the former text stays in the history.
    2. How to complain stands on the public page from now on.
    """
    kept = keep(GovernanceText(partnership_id=partnership_id, heading=heading, text=text, by_id=by.practitioner_id, at=at, key=key), "governance_settled", partnership_id=partnership_id)
    if heading == "complaints":
        with said_no():
            database.value("SELECT publish_complaints_route(%s)", partnership_id)
    return kept


def add_decision_right(*, by: Actor, partnership_id: int, what: str, decides: str, delegated_to: str, limits: str, at: datetime, key: uuid.UUID | None = None) -> DecisionRight:
    row = DecisionRight(partnership_id=partnership_id, what=what, decides=decides, delegated_to=delegated_to, limits=limits, by_id=by.practitioner_id, at=at, key=key)
    return keep(row, "decision_right_added", partnership_id=partnership_id)


def end_decision_right(*, by: Actor, right: DecisionRight, at: datetime) -> None:
    change(DecisionRight.objects.filter(pk=right.pk, ended_at=None), "decision_right_ended", partnership_id=right.partnership_id, at=at, ended_at=at)


def declare_interest(*, by: Actor, member: BoardMember, nature: Nature, what: str, at: datetime, key: uuid.UUID | None = None) -> DeclaredInterest:
    row = DeclaredInterest(member=member, nature=nature.value, what=what, by_id=by.practitioner_id, at=at, key=key)
    return keep(row, "interest_of_a_member", partnership_id=member.partnership_id, refused=OWN_OR_KEPT)


def end_interest(*, by: Actor, interest: DeclaredInterest, at: datetime) -> None:
    change(DeclaredInterest.objects.filter(pk=interest.pk, ended_at=None), "interest_ended", partnership_id=interest.member.partnership_id, at=at, refused=OWN_OR_KEPT, ended_at=at)
