"""What ending a partnership would do, before anybody confirms it: gathered from every room of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from alongside.common.london import london_day
from alongside.open_book.queries import STILL_IN_THE_BOOKS, what_goes_back
from alongside.partnerships import queries
from alongside.partnerships.facts import GoesBack
from alongside.partnerships.queries.endings import WHAT_ENDS
from alongside.partnerships.queries.waiting import Waiting, waiting
from alongside.trust.queries import STILL_PROMISED
from alongside.voice.queries import STILL_UNHEARD
from alongside.web.design.formats import date_words, plural
from alongside.web.partnership.accounts.book import pounds
from alongside.web.partnership.table import Passing, in_words


@dataclass(frozen=True, slots=True)
class EffectOfEnding:
    """Which decisions of the board call for it, agreements that end, flows that stop and whom that touches, what is left open in words, what goes back, who is left without a partnership, and what the law says."""

    decisions: tuple[tuple[str, str], ...]
    agreements: tuple[str, ...]
    flows: queries.Effect
    stops: Sequence[Passing]
    open: tuple[str, ...]
    back: tuple[GoesBack, ...]
    alone: tuple[str, ...]
    law: str | None

    @property
    def money(self) -> Decimal:
        return sum((one.amount for one in self.back if one.amount), Decimal("0.00"))


def effect_of_ending(partnership: Any, *, names: Mapping[int, str], practitioner_id: int | None, at: datetime) -> EffectOfEnding:
    place = partnership.pk
    found = waiting([WHAT_ENDS, STILL_PROMISED, STILL_IN_THE_BOOKS, STILL_UNHEARD], place, practitioner_id=practitioner_id, at=at)
    flows = queries.effect_of_closing(place, at=at, names=names)
    return EffectOfEnding(
        decisions=tuple((str(one.which), f"{one.name}, {date_words(one.when)}") for one in found if one.what == "decision" and one.when),
        agreements=tuple(f"{one.name}, version {one.count}" for one in found if one.what == "agreement"), flows=flows, stops=in_words(flows.stops),
        open=tuple(LEFT_OPEN[one.what](one) for one in found if one.what in LEFT_OPEN), back=what_goes_back(place, day=london_day(at)), alone=tuple(one.name for one in found if one.what == "alone"),
        law=next((one.name for one in found if one.what == "law"), None),
    )


def until(one: Waiting) -> str:
    return f", the first due {date_words(one.when)}" if one.when else ""


LEFT_OPEN = {
    "promise": lambda one: f"{plural(one.count, 'promise')} not settled{until(one)}: nobody can settle {'it' if one.count == 1 else 'them'} afterwards",
    "question": lambda one: f"{plural(one.count, 'question')} on the accounts not answered{until(one)}",
    "not_come": lambda one: f"{plural(one.count, 'contribution')} not there yet, {pounds(Decimal(one.name))} in all",
    "period": lambda one: f"The books of {one.name} are not closed: two partners close them afterwards, as now",
    "unheard": lambda one: f"{plural(one.count, 'person has', 'people have')} told the partnership something and had no answer",
    "complaint": lambda one: f"{plural(one.count, 'complaint')} not answered{until(one)}: whoever answers them now still does afterwards",
    "action": lambda one: f"{plural(one.count, 'action')} of the board not done{until(one)}",
}
"""What is still open, in words. It does not stand in the way; it is better settled first."""
