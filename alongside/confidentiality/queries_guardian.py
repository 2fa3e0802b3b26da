"""Reads for a Caldicott guardian: an emergency or a complaint to judge, a record nobody may open, the lines of one practitioner, whether the ledger stands.

The database decides whose they are, and writes a ledger line for each look.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Q

from alongside.agencies.facts import Actor
from alongside.confidentiality.ledger import proofs, recent
from alongside.confidentiality.ledger.keys import TRUST, Trust
from alongside.confidentiality.ledger.seal import newest
from alongside.confidentiality.ledger.witness import Checkpoint, newest_checkpoints, witnesses_of
from alongside.confidentiality.queries import DID, WHY, hash_of
from alongside.partnerships.models import Partner, SharingAgreement

MOST_LINES_PROVED = 200


@dataclass(frozen=True, slots=True)
class Opened:
    """One thing that was opened while the glass was broken."""

    at: datetime
    verb: str
    category: str
    item: str
    withheld: tuple[str, ...]
    decision: str


@dataclass(frozen=True, slots=True)
class Emergency:
    """An emergency access as its judge sees it. `person` is empty where the record is hidden: judging does not need the name."""

    id: int
    who: str
    title: str
    agency: str
    person: str
    reason: str
    danger: str
    relation: str
    tie: str
    same_family_name: bool
    earlier: int
    opened_at: datetime
    ends_at: datetime
    judgement_due_at: datetime
    judged_at: datetime | None
    judgement: str
    judgement_reason: str
    judged_by: str
    independent: bool
    safe_to_tell: bool
    opened: tuple[Opened, ...]


def emergency_to_judge(emergency_id: int) -> Emergency | None:
    """Who, why, how they stood to the person, what was opened. None: it is not this session's to judge. Looking writes its own ledger line."""
    found = _asked("SELECT emergency_to_judge(%s)", emergency_id)
    if found is None:
        return None
    moments = {name: datetime.fromisoformat(found[name]) if found[name] else None for name in ("opened_at", "ends_at", "judgement_due_at", "judged_at")}
    opened = tuple(
        Opened(datetime.fromisoformat(one["at"]), one["verb"], one["category"] or "", one["item"] or "", tuple(one["withheld"] or ()), one["decision"] or "") for one in found["opened"]
    )
    words = {name: found[name] or "" for name in ("danger", "relation", "tie", "judged_by")}
    return Emergency(**(found | moments | words | {"opened": opened, "same_family_name": bool(found["same_family_name"])}))


@dataclass(frozen=True, slots=True)
class ComplainedOf:
    """The access that a complaint is about, as it stands in the ledger."""

    line_id: int
    at: datetime
    who: str
    agency: str
    verb: str
    category: str
    purpose: str
    decision: str
    automatic: bool
    reason: str
    relation: str
    on_a_list: bool


@dataclass(frozen=True, slots=True)
class ComplaintToAnswer:
    """A complaint as its guardian sees it. `person` is empty where the record is hidden; `line` is None where it is about no single access."""

    id: int
    text: str
    made_at: datetime
    made_by: str
    acknowledge_by: datetime
    acknowledged_at: datetime | None
    answered_at: datetime | None
    outcome: str
    answer: str
    agency: str
    person: str
    line: ComplainedOf | None


def complaint_to_answer(complaint_id: int) -> ComplaintToAnswer | None:
    """The complaint with the access it is about. None: it is not this guardian's. Looking writes its own ledger line."""
    found = _asked("SELECT complaint_to_answer(%s)", complaint_id)
    if found is None:
        return None
    line = ComplainedOf(**(found["line"] | {"at": datetime.fromisoformat(found["line"]["at"])})) if found["line"] else None
    moments = {name: datetime.fromisoformat(found[name]) if found[name] else None for name in ("made_at", "acknowledge_by", "acknowledged_at", "answered_at")}
    return ComplaintToAnswer(**(found | moments | {"line": line, "made_by": found["made_by"] or "", "agency": found["agency"] or ""}))


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
    found = _asked("SELECT readers_wanted(%s)", kept_id)
    if found is None:
        return None
    return ReadersWanted(**(found | {
        "child": bool(found["child"]), "due_at": datetime.fromisoformat(found["due_at"]) if found["due_at"] else None,
        "why": tuple(Why(one["reason"], one["by"], date.fromisoformat(one["on"])) for one in found["why"] or ()), "named": tuple(NamedReader(**one) for one in found["named"] or ()),
        "could": tuple(ReaderToCome(**one) for one in found["could"]),
    }))  # fmt: skip


@dataclass(frozen=True, slots=True)
class PractitionerLine:
    """One line of what a practitioner did. `person` is empty where nobody, or somebody hidden, is concerned; `people` counts everybody on it."""

    line_id: int
    at: datetime
    verb: str
    category: str
    purpose: str
    decision: str
    reason: str
    relation: str
    automatic: bool
    person: str
    people: int

    @property
    def did(self) -> str:
        """In plain words.

        Example:
            >>> from datetime import UTC
            >>> PractitionerLine(1, datetime(2026, 3, 3, tzinfo=UTC), "read", "", "direct_care", "permit", "", "allocated", False, "", 1).did
            'Read a record to give or prepare care'
        """
        words = "looked for a name" if self.verb == "search" else DID.get(self.verb, self.verb.replace("_", " ")).format(whose="a", whom="a person")
        refused = " (refused)" if self.decision in ("deny", "refer") else ""
        return (words + (f" {WHY[self.purpose]}" if self.purpose in WHY else "") + refused).capitalize()


def lines_of_practitioner(practitioner_id: int, *, before: int | None = None, limit: int = 50) -> list[PractitionerLine]:
    """What a practitioner of an agency this guardian guards did, newest first. Nothing for anybody else. Looking writes its own line."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM lines_of_practitioner(%s, %s, %s)", [practitioner_id, before, limit])
        return [PractitionerLine(*row) for row in cursor.fetchall()]


def proof_for_guardian(what: str) -> dict[str, Any]:
    """A proof, checkable offline by bin/verify-ledger, of the line of that number or of the lines about a thing such as entry:12.

    Raises NoProof where there is none among the agencies this guardian guards.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT lines_to_prove(%s, %s)", [what, MOST_LINES_PROVED])
        numbers = list(cursor.fetchone()[0])
    if not numbers:
        raise proofs.NoProof(f"no line of an agency you guard is about {what}")
    return proofs.for_guardian(connection, numbers)


@dataclass(frozen=True, slots=True)
class LedgerState:
    """How the ledger stands: how much is sealed, what waits, who vouches up to where."""

    seals: int
    sealed_at: datetime | None
    waiting: int
    waited: float
    vouched: tuple[Checkpoint, ...]

    @property
    def late(self) -> bool:
        return self.waited > recent.LATE


def ledger_state() -> LedgerState:
    """Names nobody; for anybody who may ask."""
    last = newest(connection)
    with connection.cursor() as cursor:
        cursor.execute("SELECT lines, seconds FROM ledger_waiting()")
        waiting, waited = cursor.fetchone()
        cursor.execute("SELECT max(at) FROM ledger_seal")
        (sealed_at,) = cursor.fetchone()
    return LedgerState(last.number if last else 0, sealed_at, waiting, waited, tuple(newest_checkpoints(connection)))


def check_ledger(folder: Path | None = None) -> recent.Check:
    """Compute again the newest lines and seals, and hold them against keys and checkpoints kept outside the database.

    Raises KeyProblem where there are no trusted keys.
    """
    folder = folder or settings.LEDGER_FOLDER
    trust = Trust.read(folder / TRUST)
    return recent.check(connection, trust=trust, checkpoints=[last for witness in witnesses_of(folder) if (last := witness.last)])


def _asked(question: str, *parameters: object) -> Mapping[str, Any] | None:
    with connection.cursor() as cursor:
        cursor.execute(question, parameters)
        answer = cursor.fetchone()[0]
    return json.loads(answer) if isinstance(answer, str) else answer


@dataclass(frozen=True, slots=True)
class GuardedAgreement:
    """An agreement as its guardian reads it. `terms` are (purpose, categories)."""

    id: int
    title: str
    version: int
    status: str
    status_words: str
    starts: datetime
    ends: datetime
    review_on: date
    signed: tuple[str, ...]
    waiting: tuple[str, ...]
    withdrawn: tuple[str, ...]
    terms: tuple[tuple[str, tuple[str, ...]], ...]


def agreements_guarded(actor: Actor) -> list[GuardedAgreement]:
    """Agreements of the partnerships this guardian guards, what ends first first; those replaced by a later version are left out."""
    mine = Partner.objects.filter(left_at__isnull=True).filter(Q(guardian_id=actor.practitioner_id) | Q(partnership__guardian_id=actor.practitioner_id)).values("partnership_id")
    found = SharingAgreement.objects.filter(partnership_id__in=mine).exclude(status="replaced").prefetch_related("parties__agency", "terms").order_by("ends", "pk")
    return [_guarded(one) for one in found]


def _guarded(one: SharingAgreement) -> GuardedAgreement:
    parties = sorted(one.parties.all(), key=lambda party: party.agency.name)
    by_purpose: dict[str, list[str]] = {}
    for term in one.terms.all():
        by_purpose.setdefault(term.purpose, []).append(term.category)
    return GuardedAgreement(
        one.pk, one.title, one.version, one.status, one.get_status_display(), one.starts, one.ends, one.review_on,
        signed=tuple(party.agency.name for party in parties if party.signed_at and not party.withdrawn_at), waiting=tuple(party.agency.name for party in parties if not party.signed_at and not party.withdrawn_at),
        withdrawn=tuple(party.agency.name for party in parties if party.withdrawn_at),
        terms=tuple((purpose, tuple(sorted(set(categories)))) for purpose, categories in sorted(by_purpose.items())),
    )  # fmt: skip
