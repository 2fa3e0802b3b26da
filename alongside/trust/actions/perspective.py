"""Each other's pressures: one partner orders its own, the others guess."""

from collections.abc import Sequence
from datetime import datetime

from alongside.agencies.facts import Actor
from alongside.partnerships.actions.doors import through_the_door


def start_exercise(
    *, by: Actor, partnership_id: int, pressures: Sequence[str], closes_at: datetime, at: datetime, after_id: int | None = None, what_was_done: str = ""
) -> int:
    """Write down what weighs on one's own agency, heaviest first; the others see it in the order of the alphabet. Gives its id.

    `after_id` is the agency's own exercise before, where people have meanwhile spent time with one another, and `what_was_done` what they did.
    """
    order = list(range(1, len(pressures) + 1))
    words = [one.strip() for one in pressures]
    return int(through_the_door(by, "start_exercise(%s, %s::varchar[], %s::smallint[], %s, %s, %s, %s)", partnership_id, words, order, after_id, what_was_done, closes_at, at))


def guess_order(*, by: Actor, exercise_id: int, places: Sequence[int], at: datetime) -> None:
    """Give each pressure, in the order shown, the place one thinks it has; sent again before the close, the last guess counts."""
    through_the_door(by, "guess_order(%s, %s::smallint[], %s)", exercise_id, list(places), at)
