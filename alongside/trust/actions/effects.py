"""Help that undoes other help: what each does is named, every partner says what it does to what all want, and somebody takes on what works against it."""

from collections.abc import Mapping
from datetime import date, datetime

from alongside.agencies.facts import Actor
from alongside.partnerships.actions.doors import through_the_door
from alongside.trust.facts import End


def name_activity(*, by: Actor, partnership_id: int, agency_id: int | None, what: str, at: datetime) -> int:
    """Put something that a partner, or (None) all of them, does on the list. Sent twice it is one. Gives its id."""
    return int(through_the_door(by, "name_activity(%s, %s, %s, %s)", partnership_id, agency_id, what.strip(), at))


def end_activity(*, by: Actor, activity_id: int, at: datetime) -> None:
    """Take it off the list; what was said of it stays."""
    through_the_door(by, "end_activity(%s, %s)", activity_id, at)


def open_effect_round(*, by: Actor, partnership_id: int, closes_at: datetime, at: datetime) -> int:
    """The partnership's lead asks all partners; one asking at a time. Gives its id."""
    return int(through_the_door(by, "open_effect_round(%s, %s, %s)", partnership_id, closes_at, at))


def rate_effects(*, by: Actor, round_id: int, activity_id: int, effects: Mapping[int, int | None], at: datetime) -> bool:
    """
    1. Say for one's agency what an activity does to each objective, -3 to +3, or None: cannot say. Sent again before the end, the last counts.
    2. The last answer of the last partner ends the asking, and all is revealed at once. Gives whether this was it.
    """
    return bool(through_the_door(by, "rate_effects(%s, %s, %s::bigint[], %s::smallint[], %s)", round_id, activity_id, list(effects), list(effects.values()), at))


def take_on_effect(*, by: Actor, activity_id: int, objective_id: int, owner_id: int, change: str, due_on: date, at: datetime) -> int:
    """Say who sees to an effect that works against an objective, what will change and by when. Gives the id of the open point."""
    return int(through_the_door(by, "open_effect_point(%s, %s, %s, %s, %s, %s)", activity_id, objective_id, owner_id, change.strip(), due_on, at))


def end_effect(*, by: Actor, point_id: int, end: End, because: str, at: datetime) -> None:
    """Say that it is solved, or accepted and why. Never by whoever does what it came from."""
    through_the_door(by, "end_effect_point(%s, %s, %s, %s)", point_id, end.value, because.strip(), at)
