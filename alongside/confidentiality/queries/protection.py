"""Reads about markers whose very existence is secret: for the records office that looks after them, and for the second person who agrees to their end.

The database decides whose they are, and writes a ledger line for each look.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from alongside.common import database
from alongside.confidentiality.queries.about_person import hash_of


@dataclass(frozen=True, slots=True)
class EffectOfEnding:
    """What would follow. `hides`: whether such a marker hides a record at all; `stays_hidden`: something else hides it besides; `finders`: agencies whose search then says that there is a record."""

    hides: bool
    stays_hidden: bool
    finders: tuple[str, ...]
    work_with: tuple[str, ...]
    old_names: bool

    @property
    def seal(self) -> str:
        """Changes when the effect does."""
        return f"{hash_of(self.hides, self.stays_hidden, self.finders, self.work_with, self.old_names):x}"


@dataclass(frozen=True, slots=True)
class ProtectionRow:
    """One marker on the office's list, without whose it is; `asked_at` to `answer` are about the last time its end was asked for."""

    id: int
    flag: str
    reason: str
    by: str
    since: datetime
    review_on: date | None
    ended_at: datetime | None
    asked_at: datetime | None
    asked_by: str | None
    agreed: bool | None
    answered_by: str | None
    answered_at: datetime | None
    answer: str

    @property
    def waits(self) -> bool:
        return self.asked_at is not None and self.answered_at is None


@dataclass(frozen=True, slots=True)
class ProtectionToEnd:
    """One marker, whose it is, and what would follow from its end."""

    id: int
    flag: str
    reason: str
    by: str
    since: datetime
    ended: bool
    name: str
    born: date | None
    nhs_number: str
    effect: EffectOfEnding
    waits: bool


@dataclass(frozen=True, slots=True)
class EndingToAnswer:
    """An end that was asked for, as the second person sees it: never whose it is."""

    id: int
    flag: str
    set_because: str
    set_by: str
    since: datetime
    reason: str
    asked_by: str
    asked_at: datetime
    agreed: bool | None
    answer: str
    answered_by: str | None
    answered_at: datetime | None
    effect: EffectOfEnding


def protections() -> list[ProtectionRow] | None:
    """What this session's records office looks after; None for anybody else."""
    found = database.document("SELECT protections()")
    return None if found is None else [ProtectionRow(**_in_time(one, "since", "ended_at", "asked_at", "answered_at")) for one in found]


def protection_to_end(marker_id: int) -> ProtectionToEnd | None:
    found = database.document("SELECT protection_to_end(%s)", marker_id)
    if found is None:
        return None
    return ProtectionToEnd(**(_in_time(found, "since") | {"born": date.fromisoformat(found["born"]) if found["born"] else None, "effect": _effect(found)}))


def ending_to_answer(ending_id: int) -> EndingToAnswer | None:
    found = database.document("SELECT ending_to_answer(%s)", ending_id)
    return None if found is None else EndingToAnswer(**(_in_time(found, "since", "asked_at", "answered_at") | {"effect": _effect(found)}))


def _effect(found: dict[str, Any]) -> EffectOfEnding:
    effect = found["effect"]
    return EffectOfEnding(effect["hides"], effect["stays_hidden"], tuple(effect["finders"]), tuple(effect["work_with"]), effect["old_names"])


def _in_time(found: dict[str, Any], *moments: str) -> dict[str, Any]:
    days = {"review_on": date.fromisoformat(found["review_on"])} if found.get("review_on") else {}
    return found | {name: datetime.fromisoformat(found[name]) if found[name] else None for name in moments} | days
