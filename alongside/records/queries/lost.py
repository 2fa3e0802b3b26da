"""Information lost, from the tables: of what a partner said it must know, what got no answer in time; per partner and per pair of partners. Numbers, no names."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.measures.information_lost import End, InformationLost, Pair
from alongside.measures.information_lost import information_lost as measured
from alongside.measures.result import Period


@dataclass(frozen=True, slots=True)
class LostBetween:
    """How much was lost from one agency to another; `from_agency` 0: to that partner from everybody."""

    from_agency: int
    to_agency: int
    from_name: str
    to_name: str
    measure: InformationLost


@dataclass(frozen=True, slots=True)
class Answering:
    """How one partner answers what it is sent. `median_hours` counts from sending to answer; None where nothing was answered."""

    agency_id: int
    agency: str
    shares: int
    acknowledged: int
    declined: int
    decided: int
    open: int
    late: int
    median_hours: float | None


def information_lost(actor: Actor, *, since: datetime, until: datetime, smallest: int = 5) -> list[LostBetween]:
    """F14 for each partner of the actor's partnerships, and for each pair of sender and receiver in it; partners with most pairs first."""
    pairs: dict[tuple[int, int], list[Pair]] = defaultdict(list)
    names: dict[int, str] = {}
    for sender, sender_name, receiver, receiver_name, end, important, used, count in database.document("SELECT jsonb_agg(f) FROM information_pairs(%s, %s) f", since, until) or ():
        names |= {sender: sender_name, receiver: receiver_name}
        for key in ((sender, receiver), (0, receiver)):
            pairs[key] += [Pair(End(end), important, used)] * count
    period = Period(since.date(), until.date())
    found = [
        LostBetween(sender, receiver, names.get(sender, "every partner"), names[receiver], measured(of, scope=f"{names.get(sender, 'every partner')} to {names[receiver]}", period=period, smallest=smallest))
        for (sender, receiver), of in pairs.items()
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-len(pairs[0, one.to_agency]), one.to_name, one.from_agency, one.from_name))


def answering(actor: Actor, *, since: datetime, until: datetime) -> list[Answering]:
    """How each partner of the actor's partnerships answers what it is sent."""
    return [Answering(*row) for row in database.document("SELECT jsonb_agg(f) FROM answering(%s, %s) f", since, until) or ()]
