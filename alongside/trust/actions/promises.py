"""The log of promises: whoever promised says that it is done, and whom it was given to says whether it was kept."""

from datetime import date, datetime

from alongside.agencies.facts import Actor
from alongside.partnerships.actions.doors import through_the_door
from alongside.trust.facts import Kept


def make_promise(*, by: Actor, partnership_id: int, to_agency_id: int | None, what: str, due_on: date, at: datetime) -> int:
    """Promise something in one's agency's name to another partner, or (None) to all. Sent twice it is one promise. Gives its id."""
    return int(through_the_door(by, "make_promise(%s, %s, %s, %s, %s)", partnership_id, to_agency_id, what.strip(), due_on, at))


def say_promise_done(*, by: Actor, promise_id: int, note: str, at: datetime) -> None:
    """Say for one's own agency that it is done; whom it was given to still has to say so."""
    through_the_door(by, "say_promise_done(%s, %s, %s)", promise_id, note, at)


def settle_promise(*, by: Actor, promise_id: int, kept: Kept, done_on: date | None, note: str, at: datetime) -> None:
    """Say whether what one was promised was kept, and on which day; or let the other go from it. Never by whoever promised."""
    through_the_door(by, "settle_promise(%s, %s, %s, %s, %s)", promise_id, kept.value, done_on, note, at)
