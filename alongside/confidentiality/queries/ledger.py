"""The ledger for a guardian: what one practitioner did, proofs to hand out, and whether the ledger itself stands."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from alongside.common import database
from alongside.confidentiality.ledger import proofs, recent
from alongside.confidentiality.ledger.keys import TRUST, Trust
from alongside.confidentiality.ledger.seal import newest
from alongside.confidentiality.ledger.witness import Checkpoint, newest_checkpoints, witnesses_of
from alongside.confidentiality.queries.looks import DID, WHY

MOST_LINES_PROVED = 200


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
    return [PractitionerLine(*row) for row in database.rows("SELECT * FROM lines_of_practitioner(%s, %s, %s)", practitioner_id, before, limit)]


def proof_for_guardian(what: str) -> dict[str, Any]:
    """A proof, checkable offline by bin/verify-ledger, of the line of that number or of the lines about a thing such as entry:12.

    Raises NoProof where there is none among the agencies this guardian guards.
    """
    numbers = list(database.value("SELECT lines_to_prove(%s, %s)", what, MOST_LINES_PROVED))
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
    ((waiting, waited),) = database.rows("SELECT lines, seconds FROM ledger_waiting()")
    sealed_at = database.value("SELECT max(at) FROM ledger_seal")
    return LedgerState(last.number if last else 0, sealed_at, waiting, waited, tuple(newest_checkpoints(connection)))


def check_ledger(folder: Path | None = None) -> recent.Check:
    """Compute again the newest lines and seals, and hold them against keys and checkpoints kept outside the database.

    Raises KeyProblem where there are no trusted keys.
    """
    folder = folder or settings.LEDGER_FOLDER
    trust = Trust.read(folder / TRUST)
    return recent.check(connection, trust=trust, checkpoints=[last for witness in witnesses_of(folder) if (last := witness.last)])
