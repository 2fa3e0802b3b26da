"""Decisions that called for somebody's expertise."""

from datetime import date, datetime

from alongside.agencies.facts import Actor
from alongside.partnerships.actions.doors import through_the_door


def note_decision(*, by: Actor, partnership_id: int, what: str, expertise: str, asked_id: int | None, why_not: str, decided_on: date, at: datetime) -> int:
    """Note a decision, the expertise it called for, and who was asked or why nobody was. Sent twice it is one note. Gives its id."""
    return int(through_the_door(by, "note_decision(%s, %s, %s, %s, %s, %s, %s)", partnership_id, what.strip(), expertise.strip(), asked_id, why_not.strip(), decided_on, at))
