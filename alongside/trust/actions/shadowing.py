"""The diary of days spent with one another."""

from datetime import date, datetime

from alongside.agencies.facts import Actor
from alongside.partnerships.actions.doors import through_the_door
from alongside.trust.facts import SharedWith


def write_shadowing_day(
    *, by: Actor, partnership_id: int, host_id: int, team: str, on: date, surprised: str, differently: str, shared_with: SharedWith, at: datetime
) -> int:
    """Write down a day with another partner; only oneself reads it, or the host, or all partners, as one says. Sent twice it is one day. Gives its id."""
    return int(through_the_door(by, "write_shadowing_day(%s, %s, %s, %s, %s, %s, %s, %s)", partnership_id, host_id, team.strip(), on, surprised.strip(), differently.strip(), shared_with.value, at))


def share_shadowing_day(*, by: Actor, day_id: int, shared_with: SharedWith) -> None:
    """Say anew who reads it."""
    through_the_door(by, "share_shadowing_day(%s, %s)", day_id, shared_with.value)
