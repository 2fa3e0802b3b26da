"""Differences, said openly: each profession's view, then the joint one."""

from datetime import datetime

from alongside.agencies.facts import Actor
from alongside.common.working_days import Calendar
from alongside.partnerships.actions.doors import through_the_door
from alongside.trust.facts import Level, Settled
from alongside.trust.rules.disagreement import settle_by


def open_disagreement(*, by: Actor, partnership_id: int, question: str, is_threshold: bool, calendar: Calendar, at: datetime) -> int:
    """Put a question to all professions; its clock starts. Sent twice it is one question. Gives its id."""
    return int(through_the_door(by, "open_disagreement(%s, %s, %s, %s, %s)", partnership_id, question.strip(), is_threshold, settle_by(at, calendar), at))


def give_view(*, by: Actor, disagreement_id: int, view: str, level: Level | None, at: datetime) -> None:
    """Give one's view under one's own title; a later one stands beside it, and the last counts."""
    through_the_door(by, "give_view(%s, %s, %s, %s)", disagreement_id, view.strip(), level.value if level else "", at)


def settle_disagreement(*, by: Actor, disagreement_id: int, settled: Settled, joint_view: str, at: datetime) -> None:
    """Write down what is held together, or what stays apart and why, or hand it up to the partnership's lead."""
    through_the_door(by, "settle_disagreement(%s, %s, %s, %s)", disagreement_id, settled.value, joint_view.strip(), at)
