"""Records, and parts of one, that nobody may open any more: for whoever watches over them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from alongside.common import database
from alongside.confidentiality.queries.about_person import hash_of


@dataclass(frozen=True, slots=True)
class Why:
    """Why, by whom and since when a part of a record is kept for few."""

    reason: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class NamedReader:
    """Somebody who was named for it, and whether they are still here."""

    who: str
    agency: str
    here: bool


@dataclass(frozen=True, slots=True)
class ReaderToCome:
    """Somebody who could take over. `how`: works (with the person), team, supervised (somebody who could read), manages (a team of the agency)."""

    practitioner: int
    who: str
    agency: str
    how: str
    works: bool


@dataclass(frozen=True, slots=True)
class ReadersWanted:
    """A record, or a part of one, that nobody may open any more, or soon nobody, as whoever watches over it sees it: never whose it is. `came`: what came of it."""

    id: int
    category: str
    waits: bool
    child: bool
    agency: str
    safe_to_tell: bool
    due_at: datetime | None
    why: tuple[Why, ...]
    named: tuple[NamedReader, ...]
    could: tuple[ReaderToCome, ...]
    came: str

    def seal(self, chosen: Iterable[int]) -> str:
        """A number for what was shown before this choice was confirmed; it changes when what would happen does."""
        return f"{hash_of(self.id, self.waits, self.named, self.could, sorted(chosen)):x}"


def readers_wanted(kept_id: int) -> ReadersWanted | None:
    """None: it is not this session's to settle. Looking writes its own ledger line."""
    found = database.document("SELECT readers_wanted(%s)", kept_id)
    if found is None:
        return None
    return ReadersWanted(**(found | {
        "child": bool(found["child"]), "due_at": datetime.fromisoformat(found["due_at"]) if found["due_at"] else None,
        "why": tuple(Why(one["reason"], one["by"], date.fromisoformat(one["on"])) for one in found["why"] or ()), "named": tuple(NamedReader(**one) for one in found["named"] or ()),
        "could": tuple(ReaderToCome(**one) for one in found["could"]),
    }))  # fmt: skip
