"""The yearly pulse: private answers, totals only."""

from collections.abc import Mapping
from datetime import datetime

from alongside.agencies.facts import Actor
from alongside.partnerships.actions.doors import through_the_door
from alongside.trust.facts import Item


def open_pulse(*, by: Actor, partnership_id: int, closes_at: datetime, at: datetime) -> int:
    """The partnership's lead opens a round; one at a time. Gives its id. Raises NotNow while one is open."""
    return int(through_the_door(by, "open_pulse(%s, %s, %s)", partnership_id, closes_at, at))


def answer_pulse(*, by: Actor, round_id: int, about_agency_id: int, answers: Mapping[Item, int], at: datetime) -> None:
    """Say how it is to work with one other partner, each item from 1 to 4; sent again before the close, the last answer counts."""
    through_the_door(by, "answer_pulse(%s, %s, %s::smallint[], %s)", round_id, about_agency_id, [answers.get(item) for item in Item], at)
