"""Panels, consultations and boards: what they are, who takes part, who spoke, and which rung is claimed for them."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from json import dumps

from alongside.agencies.facts import Actor
from alongside.partnerships.actions.doors import through_the_door
from alongside.voice.facts import Characteristic, Claim, NewForum, PopulationRow, SeatCount


def bring_in_population(*, by: Actor, partnership_id: int, rows: Iterable[PopulationRow], key: uuid.UUID, at: datetime) -> int:
    """Bring in a table of the population; the former stays and no longer holds. Gives how many groups came in: none, if the same table is sent twice."""
    lines = [{"characteristic": row.characteristic, "group": row.group, "people": row.people, "source": row.source, "as_of": row.as_of} for row in rows]
    return int(through_the_door(by, "bring_in_population(%s, %s)", dumps({"partnership": partnership_id, "key": key, "rows": lines}, default=str), at))


def open_forum(*, by: Actor, partnership_id: int, new: NewForum, key: uuid.UUID, at: datetime) -> int:
    """Open a panel, consultation or board; while it is open, anybody can contribute to it. Gives its id."""
    words = {"partnership": partnership_id, "kind": new.kind, "name": new.name, "about": new.about, "opens": new.opens, "closes": new.closes, "reply_days": new.reply_days, "key": key}
    return int(through_the_door(by, "open_forum(%s, %s)", dumps(words, default=str), at))


def close_forum(*, by: Actor, forum_id: int, on: date, at: datetime) -> bool:
    """After that day nobody contributes to it any more; what was said is still answered. True when it was open."""
    return bool(through_the_door(by, "close_forum(%s, %s, %s)", forum_id, on, at))


def claim_rung(*, by: Actor, forum_id: int, claim: Claim, at: datetime) -> int:
    """Say on which rung of the ladder the forum stands, and what its public members decide. The former claim stays on record."""
    words = {"forum": forum_id, "rung": int(claim.rung), "public_votes": claim.public_votes, "all_votes": claim.all_votes, "budget": claim.budget, "why": claim.why}
    return int(through_the_door(by, "claim_rung(%s, %s)", dumps(words), at))


def record_profile(*, by: Actor, forum_id: int, taken_on: date, counts: Mapping[Characteristic, Mapping[str, int]], key: uuid.UUID, at: datetime) -> int:
    """Write down how many of those who take part belong to each group. Counts only; a characteristic that is left out keeps its former counts."""
    lines = [{"characteristic": characteristic, "group": group, "members": members} for characteristic, groups in counts.items() for group, members in groups.items()]
    return int(through_the_door(by, "record_profile(%s, %s)", dumps({"forum": forum_id, "taken_on": taken_on, "key": key, "counts": lines}, default=str), at))


def record_sitting(*, by: Actor, forum_id: int, label: str, held_on: date, counts: Iterable[SeatCount], key: uuid.UUID, at: datetime, meeting_id: int | None = None) -> int:
    """Write down who was there by seat, how often each spoke (the silent too), what was handed in in writing, what was proposed and what was adopted."""
    lines = [
        {"seat": one.seat, "turns": sorted(one.turns, reverse=True), "written": one.written, "proposals": one.proposals, "adopted": one.adopted}
        for one in counts
        if one.turns or one.written or one.proposals
    ]
    words = {"forum": forum_id, "label": label, "held_on": held_on, "meeting": meeting_id, "key": key, "counts": lines}
    return int(through_the_door(by, "record_sitting(%s, %s)", dumps(words, default=str), at))
