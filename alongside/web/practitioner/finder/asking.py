"""What was typed into a box, asked of the one audited door."""

from datetime import datetime

from alongside.agencies.facts import Actor
from alongside.common.london import london_day
from alongside.confidentiality import gate
from alongside.confidentiality.gate import FoundPerson
from alongside.people.rules.question import read_question

TOO_LITTLE = ("Type a name or an NHS number. A date of birth alone would list strangers.",)


def ask(actor: Actor, typed: str, *, at: datetime, limit: int = 20) -> tuple[list[FoundPerson] | None, tuple[str, ...]]:
    """Who was found, and what of the question could not be used. None: there was nothing to look for."""
    asked = read_question(typed, today=london_day(at))
    if not asked.asks_something:
        return None, asked.problems or TOO_LITTLE
    found = gate.find_people(
        actor, words=asked.words, sounds=asked.sounds, initials=asked.initials, born=asked.born, born_from=asked.born_from, born_until=asked.born_until, nhs_number=asked.nhs_number,
        upn=asked.upn, at=at, limit=limit,
    )
    return found, asked.problems
