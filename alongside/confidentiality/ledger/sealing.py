"""Sealing: each second, the lines that can no longer change or be joined by others go under one signed hash.

A transaction's lines are final once its number lies below every transaction still running. Taking exactly those, in the order of
transaction and line number, needs no lock on writers and rewrites no line.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg

from alongside.confidentiality.ledger import merkle
from alongside.confidentiality.ledger.canonical import LEAF_PREFIX, microseconds, seal_digest
from alongside.confidentiality.ledger.keys import SEAL_SIGNATURE, LedgerKeys, SigningKey
from alongside.confidentiality.ledger.seal import GENESIS, Seal, newest
from alongside.confidentiality.ledger.witness import Inconsistent, Witness, count_enrolled, enrolled, show

EVERY = 1.0
LATE = 10.0
"""Seconds after which a line outside the tree is an alarm: nobody seals, or a writing transaction never ends."""
LINES_PER_SEAL = 65_536
ONE_SEALER = 0x5EA1
FIRST_ERA = 1
LAST_XID = 2**63 - 1
logger = logging.getLogger(__name__)

Connection = psycopg.Connection[Any]


class NumbersWentBack(Exception):
    """Transaction numbers lie below those already sealed: this is a restored copy that has not been brought up to date."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What one round did. `waiting` lines are still outside the tree, the oldest for `waited` seconds."""

    lines: int
    seal: Seal | None
    waiting: int
    waited: float

    @property
    def late(self) -> bool:
        return self.waited > LATE


def seal_once(connection: Connection, key: SigningKey) -> Sealed:
    """Put every final line that is in no tree yet under a new seal; none where there is no such line.

    1. Let nobody else seal meanwhile.
    2. Take the lines from the end of the last seal up to the oldest transaction still running.
    3. Hash them into a tree, chain it to the last seal, sign, store.
    """
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_SEALER])
        last = newest(connection)
        batch = _final_lines(connection, last)
        seal = _signed(key, last, batch) if batch.leaves else None
        if seal:
            _store(connection, seal, batch)
    waiting, waited = connection.execute("SELECT lines, seconds FROM ledger_waiting()").fetchone() or (0, 0.0)
    return Sealed(len(batch.leaves), seal, waiting, waited)


def seal_all(connection: Connection, key: SigningKey) -> int:
    """Seal until nothing final is left outside the tree; the number of lines sealed."""
    total = 0
    while done := seal_once(connection, key).lines:
        total += done
    return total


class Sealer:
    """Seals and has it witnessed, in turn after turn, with the key and the partners' stores of one folder."""

    def __init__(self, folder: Path) -> None:
        self.keys = LedgerKeys.open(folder)
        self.witnesses: list[Witness] = []

    def turn(self, connection: Connection) -> Sealed:
        """Seal once and show it to every partner; what somebody must act on goes to the log, and never stops the sealing."""
        sealed = seal_once(connection, self.keys.sealing)
        if sealed.late:
            logger.error("ledger: %d lines are in no seal, the oldest for %.0f seconds", sealed.waiting, sealed.waited)
        if sealed.seal:
            if len(self.witnesses) != count_enrolled(self.keys):
                self.witnesses = enrolled(self.keys)
            have_witnessed(connection, self.witnesses)
        return sealed


def run(stop: threading.Event, *, connect: Callable[[], Connection], sealer: Sealer, every: float = EVERY) -> None:
    """Seal each second until told to stop, and once more then. Errors of the database go to the caller, who starts it anew.

    `connect` gives an autocommit connection of the sealer's role.
    """
    with closing(connect()) as connection:
        stopping = False
        while not stopping:
            stopping = stop.wait(every)
            sealer.turn(connection)


def have_witnessed(connection: Connection, witnesses: Sequence[Witness]) -> list[str]:
    """Show every witness what is new; the refusals, which are alarms."""
    refusals = []
    for witness in witnesses:
        at: datetime = connection.execute("SELECT clock_timestamp()").fetchone()[0]  # type: ignore[index]
        try:
            show(connection, witness, at=at)
        except Inconsistent as refusal:
            logger.critical("ledger: a witness refuses to vouch for it: %s", refusal)
            refusals.append(str(refusal))
    return refusals


@dataclass(frozen=True, slots=True)
class _Batch:
    at: datetime
    era: int
    start: int
    end: int
    leaves: list[bytes]


def _final_lines(connection: Connection, last: Seal | None) -> _Batch:
    """The hashed lines from the last seal's end up to the oldest transaction still running."""
    era, start = (last.era, last.to_xid) if last else (FIRST_ERA, 0)
    final, unborn, era_now, at = connection.execute(_NOW).fetchone()  # type: ignore[misc]
    if era < era_now:  # nothing can be added to an old era: all that waits there is final
        leaves, end = _leaves(connection, era, start, LAST_XID)
        if leaves:
            return _Batch(at, era, start, end, leaves)
        era, start = era + 1, 0
    elif start > unborn:
        raise NumbersWentBack("transaction numbers lie below those already sealed: after a restore, run `alongside migrate` before anything else")
    leaves, end = _leaves(connection, era, start, final)
    return _Batch(at, era, start, end, leaves)


def _leaves(connection: Connection, era: int, start: int, horizon: int) -> tuple[list[bytes], int]:
    """Leaves of the lines of transactions from `start` and below `horizon`, at most about `LINES_PER_SEAL`; and where they end.

    A transaction's lines are never divided between two seals.
    """
    rows = connection.execute(_LINES, [era, str(start), str(horizon), LINES_PER_SEAL]).fetchall()
    if len(rows) == LINES_PER_SEAL:
        horizon = rows[-1][0] + 1
        rows = connection.execute(_LINES, [era, str(start), str(horizon), None]).fetchall()
    elif horizon == LAST_XID and rows:
        horizon = rows[-1][0] + 1
    return [sha256(LEAF_PREFIX + line).digest() for _, line in rows], horizon


_NOW = """
    SELECT pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint,
           (SELECT substring(pg_get_expr(d.adbin, d.adrelid) FROM '[0-9]+')::integer
              FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
             WHERE d.adrelid = 'ledger_line'::regclass AND a.attname = 'era'),
           clock_timestamp()
      FROM pg_current_snapshot() s"""
_LINES = """
    SELECT xid::text::bigint, int8send(id) || timestamptz_send(at) || commitment
      FROM ledger_line WHERE era = %s AND xid >= %s::xid8 AND xid < %s::xid8 ORDER BY era, xid, id LIMIT %s"""


def _signed(key: SigningKey, last: Seal | None, batch: _Batch) -> Seal:
    facts = {"number": last.number + 1 if last else 1, "at": microseconds(batch.at), "era": batch.era, "from_xid": batch.start, "to_xid": batch.end}
    facts |= {"count": len(batch.leaves)}
    root, previous = merkle.root(batch.leaves), last.digest if last else GENESIS
    digest = seal_digest(root=root, previous=previous, **facts)
    return Seal(root=root, previous=previous, digest=digest, key=key.public, signature=key.sign(SEAL_SIGNATURE + digest), **facts)


def _store(connection: Connection, seal: Seal, batch: _Batch) -> None:
    connection.execute(
        """INSERT INTO ledger_seal (number, at, era, from_xid, to_xid, count, root, previous, digest, key, signature, leaves)
           VALUES (%s, %s, %s, %s::xid8, %s::xid8, %s, %s, %s, %s, %s, %s, %s)""",
        [seal.number, batch.at, seal.era, str(seal.from_xid), str(seal.to_xid), seal.count, seal.root, seal.previous, seal.digest,
         seal.key, seal.signature, b"".join(batch.leaves)],
    )
