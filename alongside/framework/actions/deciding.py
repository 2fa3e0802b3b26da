"""From what was found to what is done: a recommendation, the partners' decision, conditions with their clocks, dissent on record."""

from collections.abc import Mapping
from datetime import date, datetime
from json import dumps

from alongside.agencies.facts import Actor
from alongside.framework.facts import Option
from alongside.partnerships.actions.doors import through_the_door


def recommend(*, by: Actor, run_id: int, option: Option, reasons: str, considered: Mapping[Option, str], at: datetime) -> int:
    """
    1. Only after the reveal; nothing that goes ahead while a gate is red or unanswered.
    2. Not doing it is always among what was considered.
    3. It takes the place of a former recommendation, and of what partners had said of that.
    """
    words = {Option(option).value: text.strip() for option, text in considered.items() if text.strip()}
    return int(through_the_door(by, "recommend(%s, %s, %s, %s, %s)", run_id, option.value, reasons.strip(), dumps(words), at))


def add_condition(*, by: Actor, run_id: int, words: str, agency_id: int, due_on: date, at: datetime) -> int:
    """What must be so, by which partner and by when; before the first partner has decided."""
    return int(through_the_door(by, "add_condition(%s, %s, %s, %s, %s)", run_id, words.strip(), agency_id, due_on, at))


def vote(*, by: Actor, run_id: int, recommendation_id: int, agrees: bool, reason: str, at: datetime) -> str:
    """
    1. Each partner says yes or no, once, through whoever speaks for it; a no has a reason and stands for good.
    2. More than half of the partners decide. A test then starts or refuses the partnership in the same moment; under conditions it starts when the last is met.
    3. When more than half can no longer say yes, the recommendation falls. Gives "said", "decided" or "fell".
    """
    return str(through_the_door(by, "vote_on_run(%s, %s, %s, %s, %s)", run_id, recommendation_id, agrees, reason.strip(), at))


def meet_condition(*, by: Actor, condition_id: int, evidence: str, at: datetime) -> bool:
    """The partner it belongs to, or the lead, says what shows that it is met. True when it was open."""
    return bool(through_the_door(by, "meet_condition(%s, %s, %s)", condition_id, evidence.strip(), at))
