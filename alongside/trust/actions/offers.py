"""What partners offer one another: offered, asked for, given or not with a reason."""

from datetime import date, datetime

from alongside.agencies.facts import Actor
from alongside.partnerships.actions.doors import through_the_door
from alongside.trust.facts import OfferKind


def offer_resource(*, by: Actor, partnership_id: int, kind: OfferKind, what: str, how_much: str, until: date, at: datetime) -> int:
    """Offer the other partners something of one's own agency's, until a day. Sent twice it is one offer. Gives its id."""
    return int(through_the_door(by, "offer_resource(%s, %s, %s, %s, %s, %s)", partnership_id, kind.value, what.strip(), how_much.strip(), until, at))


def withdraw_offer(*, by: Actor, offer_id: int, at: datetime) -> None:
    """Take an offer back, once everybody who asked has an answer."""
    through_the_door(by, "withdraw_offer(%s, %s)", offer_id, at)


def ask_for_offer(*, by: Actor, offer_id: int, what_for: str, at: datetime) -> int:
    """Ask another partner for what it offers. Sent twice it is one request. Gives its id."""
    return int(through_the_door(by, "ask_for_offer(%s, %s, %s)", offer_id, what_for.strip(), at))


def answer_offer_request(*, by: Actor, request_id: int, given: bool, why: str, at: datetime) -> None:
    """Say that they get it, or why not; once."""
    through_the_door(by, "answer_offer_request(%s, %s, %s, %s)", request_id, given, why.strip(), at)
