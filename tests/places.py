"""Places that tests begin with, each told once by a process: no test changes what another begins with."""

from datetime import timedelta

from alongside.cli.tarnside.setup import Tarnside, set_up
from alongside.cli.tarnside.story import tell
from alongside.common.clock import now


def tarnside() -> Tarnside:
    """The agencies, their people, what they agreed and what each must know; and nothing recorded yet."""
    return set_up(at=now())


def tarnside_since_yesterday() -> Tarnside:
    """The same, a day old: for what must have begun before today."""
    return set_up(at=now() - timedelta(days=1))


def tarnside_and_its_story() -> Tarnside:
    """And what happened in the last weeks."""
    at = now() - timedelta(minutes=1)
    made = set_up(at=at)
    for _ in tell(made, at=at):
        pass
    return made
