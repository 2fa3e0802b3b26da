"""Checking the newest part of the ledger from a page: without reading what the lines say, against keys and checkpoints kept outside the database.

`verification` checks everything and believes no function of the database; this is the quick look between two such checks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from alongside.confidentiality.ledger import merkle
from alongside.confidentiality.ledger.canonical import LEAF_PREFIX
from alongside.confidentiality.ledger.keys import SEAL_SIGNATURE, Trust, signed_by
from alongside.confidentiality.ledger.seal import Connection, Seal, newest, seals
from alongside.confidentiality.ledger.witness import Checkpoint

LATE = 10.0
SEALS, LINES = 500, 20_000
"""How far back one look goes."""


@dataclass(frozen=True, slots=True)
class Check:
    """What was computed again, and what does not agree, in sentences. `vouched`: partners whose own copy of the newest seal they signed is ours."""

    lines: int
    seals: int
    since: int
    faults: tuple[str, ...]
    vouched: tuple[tuple[str, int], ...]

    @property
    def intact(self) -> bool:
        return not self.faults


def check(connection: Connection, *, trust: Trust, checkpoints: Sequence[Checkpoint], most_seals: int = SEALS, most_lines: int = LINES) -> Check:
    """
    1. Take the newest seals, as many as hold at most so many lines.
    2. Each is signed by a trusted sealer, hashes to its digest and follows the one before.
    3. The lines under it, hashed again, give its root; and each line's words still lead to its commitment.
    4. What each partner signed last, by the partner's own store, is a seal of this chain.
    """
    last = newest(connection)
    if last is None:
        return Check(0, 0, 0, (), ())
    taken = _newest_part(seals(connection, since=max(1, last.number - most_seals + 1)), most_lines)
    faults: list[str] = []
    lines, before = 0, None
    for seal in taken:
        faults += _seal_faults(seal, before, trust)
        held, wrong = _lines_under(connection, seal)
        lines, before = lines + held, seal
        faults += wrong
    vouched = []
    for checkpoint in checkpoints:
        ours = next((seal for seal in taken if seal.number == checkpoint.seal), None) or next(iter(seals(connection, since=checkpoint.seal, limit=1)), None)
        if checkpoint.key not in trust.witnesses or not checkpoint.genuine():
            faults.append(f"{checkpoint.witness} is not on the list of trusted partners, or did not sign this")
        elif ours is None or ours.number != checkpoint.seal or ours.digest != checkpoint.digest:
            faults.append(f"{checkpoint.witness} vouched for seal {checkpoint.seal}, and that is not the seal that stands here")
        else:
            vouched.append((checkpoint.witness, checkpoint.seal))
    return Check(lines, len(taken), taken[0].number, tuple(faults), tuple(vouched))


def _newest_part(found: list[Seal], most_lines: int) -> list[Seal]:
    lines, start = 0, len(found)
    while start and (lines + found[start - 1].count <= most_lines or start == len(found)):
        start -= 1
        lines += found[start].count
    return found[start:]


def _seal_faults(seal: Seal, before: Seal | None, trust: Trust) -> list[str]:
    faults = []
    if seal.computed_digest() != seal.digest:
        faults.append(f"seal {seal.number} does not hash to its digest")
    if seal.key not in trust.sealers or not signed_by(seal.key, seal.signature, SEAL_SIGNATURE + seal.digest):
        faults.append(f"seal {seal.number} is not signed with the sealing key")
    if before is not None and not seal.follows(before):
        faults.append(f"seal {seal.number} does not continue the seal before it")
    return faults


def _lines_under(connection: Connection, seal: Seal) -> tuple[int, list[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT line, int8send(line) || timestamptz_send(at) || commitment, says_so FROM ledger_leaves(%s::smallint, %s::text::xid8, %s::text::xid8)", _span(seal))
        rows: list[tuple[int, Any, bool]] = cursor.fetchall()
    faults = [f"line {line} does not say what it was committed to" for line, _, says_so in rows if not says_so]
    leaves = [sha256(LEAF_PREFIX + bytes(hashed)).digest() for _, hashed, _ in rows]
    if not leaves or merkle.root(leaves) != seal.root:
        faults.append(f"the lines under seal {seal.number} are not those that were sealed: one was edited, deleted or put in")
    return len(rows), faults


def _span(seal: Seal) -> list[object]:
    return [seal.era, str(seal.from_xid), str(seal.to_xid)]
