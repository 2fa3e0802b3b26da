"""Checking the whole ledger: every line against its commitment, every commitment against the tree, every seal against the chain, its
signature and what the partners saw.

Nothing that lives in the database is believed: no function of ours, no stored hash that is not computed again. What counts as proof are
the keys and checkpoints that came from outside.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any

import psycopg

from alongside.confidentiality.ledger import merkle
from alongside.confidentiality.ledger.canonical import LEAF_PREFIX, LINE, NOTHING, WORDS_SQL
from alongside.confidentiality.ledger.keys import QUORUM, SEAL_SIGNATURE, KeyProblem, Trust, signed_by
from alongside.confidentiality.ledger.seal import GENESIS, Seal, seals
from alongside.confidentiality.ledger.sealing import LATE
from alongside.confidentiality.ledger.witness import Checkpoint

SEALS_AT_A_TIME = 2_000
LINES_AT_A_TIME = 50_000
MOST_FINDINGS = 1_000
HASH = 32
FILE_HEADER = 19
"""Bytes before the first row of PostgreSQL's binary COPY."""
NEVER = b"\xff" * 9
"""Sorts after every transaction number."""

Connection = psycopg.Connection[Any]


class Tampering(StrEnum):
    LINE_EDITED = "line edited"
    LINE_REWRITTEN = "line rewritten"
    LINE_DELETED = "line deleted"
    LINE_INSERTED = "line inserted"
    LINES_SWAPPED = "lines swapped"
    ERASED_WITHOUT_DISPOSAL = "erased without disposal"
    SEAL_EDITED = "seal edited"
    SEAL_MISSING = "seal missing"
    SIGNATURE_FORGED = "signature forged"
    TAIL_CUT = "tail cut"
    HISTORY_REWRITTEN = "history rewritten"


@dataclass(frozen=True, slots=True)
class Finding:
    """One tampering and its place: a seal, a line, or both."""

    kind: Tampering
    says: str
    seal: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Disposal:
    """A line that says: these lines were erased."""

    line: int
    at: str
    lines: int
    class_: str
    because: str
    by_practitioner: int | None


@dataclass(slots=True)
class Report:
    """What was checked and what was found. Alarms are no tampering, but somebody must act on them."""

    lines: int = 0
    seals: int = 0
    waiting: int = 0
    erased: int = 0
    last_seal: int = 0
    last_digest: bytes = GENESIS
    disposals: list[Disposal] = field(default_factory=list)
    vouched: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    unlisted: int = 0
    alarms: list[str] = field(default_factory=list)

    @property
    def intact(self) -> bool:
        return not self.findings

    def found(self, kind: Tampering, says: str, *, seal: int | None = None, line: int | None = None) -> None:
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(Finding(kind, says, seal, line))
        else:
            self.unlisted += 1


def verify(
    connection: Connection,
    *,
    trust: Trust,
    checkpoints: Sequence[Checkpoint] = (),
    since: int = 1,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """Check everything from seal `since` on, in one consistent view of the database, and tell what was done to it and where.

    `checkpoints` are what partners signed and kept elsewhere: without any, somebody who rewrites lines, seals and keys alike is not found.
    Raises KeyProblem where a checkpoint is not truly signed by a trusted partner.
    """
    for checkpoint in checkpoints:
        if checkpoint.key not in trust.witnesses:
            raise KeyProblem(f"{checkpoint.witness}, who vouched for seal {checkpoint.seal}, is not a partner on the list of trusted keys")
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        connection.execute("SELECT set_config('search_path', 'pg_catalog, pg_temp', true)")
        check = _Check(connection, trust, since, frozenset(checkpoint.seal for checkpoint in checkpoints))
        check.chain(on_progress)
        check.lines_outside()
        check.disposals()
        check.witnesses(checkpoints)
        return check.report


class _Check:
    def __init__(self, connection: Connection, trust: Trust, since: int, wanted: Collection[int]) -> None:
        self.connection, self.trust, self.since, self.wanted = connection, trust, since, wanted
        self.report = Report()
        self.erased: dict[int, int | None] = {}
        self.touched: set[int] = set()
        self.digests: dict[int, bytes] = {}
        self.era, self.position = 1, 0

    # -- seals ---------------------------------------------------------------------------------------------------------------------------

    def chain(self, on_progress: Callable[[int, int], None]) -> None:
        """Every seal against the one before it, and the lines under it against its tree."""
        total = self.connection.execute("SELECT coalesce(sum(count), 0)::bigint FROM public.ledger_seal WHERE number >= %s", [self.since]).fetchone()
        before: Seal | None = None
        batch = seals(self.connection, since=self.since, limit=SEALS_AT_A_TIME)
        if batch and self.since > 1:
            self.era, self.position = batch[0].era, batch[0].from_xid
        while batch:
            for seal in batch:
                self._seal(seal, before)
                before = seal
            for group in _groups(batch):
                self._group(group)
                on_progress(self.report.lines, total[0] if total else 0)
            batch = seals(self.connection, since=batch[-1].number + 1, limit=SEALS_AT_A_TIME)

    def _seal(self, seal: Seal, before: Seal | None) -> None:
        report, digest = self.report, seal.computed_digest()
        report.seals, report.last_seal, report.last_digest = report.seals + 1, seal.number, digest
        if seal.number in self.wanted:
            self.digests[seal.number] = digest
        if digest != seal.digest:
            report.found(Tampering.SEAL_EDITED, f"seal {seal.number} does not hash to its digest", seal=seal.number)
        if seal.key not in self.trust.sealers or not signed_by(seal.key, seal.signature, SEAL_SIGNATURE + seal.digest):
            report.found(Tampering.SIGNATURE_FORGED, f"seal {seal.number} is not signed with the sealing key", seal=seal.number)
        expected = before.number + 1 if before else self.since
        if seal.number != expected:
            which = f"seal {expected} is" if seal.number == expected + 1 else f"seals {expected} to {seal.number - 1} are"
            report.found(Tampering.SEAL_MISSING, f"{which} missing", seal=expected)
        elif (before or self.since == 1) and not seal.follows(before):
            report.found(Tampering.SEAL_EDITED, f"seal {seal.number} does not continue the seal before it", seal=seal.number)

    def _group(self, group: Sequence[Seal]) -> None:
        """Lines under consecutive seals of one era, and any that stand between them."""
        if group[0].era != self.era:
            self._strays(self._lines((), self.position, None))
            self.era, self.position = group[0].era, 0
        self._strays(self._lines(group, self.position, group[-1].to_xid))
        self.position = group[-1].to_xid

    def _strays(self, numbers: Sequence[int]) -> None:
        for number in numbers:
            self.report.found(Tampering.LINE_INSERTED, f"line {number} stands outside every seal although its time was sealed", line=number)

    # -- lines ---------------------------------------------------------------------------------------------------------------------------

    def _lines(self, group: Sequence[Seal], start: int, end: int | None) -> list[int]:
        """Check the lines from transaction `start` up to `end` against their commitments and their seals; the numbers of those under no seal."""
        stored = self._stored_leaves(group)
        coming = iter(group)
        seal, opens, closes = _bounds(next(coming, None))
        leaves: list[bytes] = []
        numbers: list[bytes] = []
        outside = []
        for row in self._rows(start, end):
            while row[6:14] >= closes:
                self._compare(seal, stored, leaves, numbers)
                seal, opens, closes = _bounds(next(coming, None))
                leaves, numbers = [], []
            number, commitment = row[18:26], row[42:74]
            if sha256(LINE + row[78:94] + row[98:]).digest() != commitment:
                commitment = self._irregular(row, seal)
            if row[6:14] < opens:
                outside.append(int.from_bytes(number, signed=True))
                continue
            leaves.append(sha256(LEAF_PREFIX + number + row[30:38] + commitment).digest())
            numbers.append(number)
        while seal:
            self._compare(seal, stored, leaves, numbers)
            seal, _, _ = _bounds(next(coming, None))
            leaves, numbers = [], []
        return outside

    def _rows(self, start: int, end: int | None) -> Iterator[bytes]:
        """Rows as PostgreSQL sends them: two bytes, then four of length before each of transaction, number, time, commitment, salt and words."""
        query = f"""COPY (SELECT xid, id, at, commitment, salt, {WORDS_SQL} FROM public.ledger_line
            WHERE era = {self.era} AND xid >= '{start}'::xid8 {f"AND xid < '{end}'::xid8" if end is not None else ""}
            ORDER BY era, xid, id) TO STDOUT (FORMAT binary)"""
        with self.connection.cursor().copy(query) as copy:
            skip = FILE_HEADER
            for block in copy:
                row = bytes(block)[skip:]
                skip = 0
                if len(row) > HASH:
                    yield row

    def _irregular(self, row: bytes, seal: Seal | None) -> bytes:
        """A line whose words do not lead to its commitment: erased, or edited. Its commitment."""
        _, number, _, commitment, salt, words = _fields(row)
        line = int.from_bytes(number, signed=True)
        if salt is None and words == NOTHING.encode():
            self.erased[line] = seal.number if seal else None
        else:
            self.touched.add(line)
            self.report.found(Tampering.LINE_EDITED, f"line {line} does not say what it was committed to", seal=seal.number if seal else None, line=line)
        return commitment or b""

    def _stored_leaves(self, group: Sequence[Seal]) -> dict[int, bytes]:
        if not group:
            return {}
        rows = self.connection.execute("SELECT number, leaves FROM public.ledger_seal WHERE number BETWEEN %s AND %s", [group[0].number, group[-1].number], binary=True)
        return dict(rows.fetchall())

    def _compare(self, seal: Seal | None, stored: dict[int, bytes], leaves: Sequence[bytes], numbers: Sequence[bytes]) -> None:
        if seal is None:
            return
        self.report.lines += len(leaves)
        joined = stored[seal.number]
        expected = [joined[start : start + HASH] for start in range(0, len(joined), HASH)]
        same = b"".join(leaves) == joined
        if not expected or merkle.root(expected) != seal.root:
            self.report.found(Tampering.SEAL_EDITED, f"the hashes kept with seal {seal.number} are not those it signed", seal=seal.number)
            same = bool(leaves) and merkle.root(leaves) == seal.root
        if not same:
            self._differences(seal.number, expected, leaves, [int.from_bytes(number, signed=True) for number in numbers])

    def _differences(self, seal: int, expected: Sequence[bytes], leaves: Sequence[bytes], numbers: Sequence[int]) -> None:
        """Walk along what was sealed and what is there, and name each line that was touched."""
        sealed, there = set(expected), set(leaves)
        place, at = 0, 0
        while place < len(expected) or at < len(leaves):
            was = expected[place] if place < len(expected) else None
            now = leaves[at] if at < len(leaves) else None
            line = numbers[at] if at < len(leaves) else None
            if was == now:
                place, at = place + 1, at + 1
            elif was is not None and was not in there and now is not None and now not in sealed:
                self._touch(Tampering.LINE_REWRITTEN, f"line {line} is not the one that was sealed: its words and commitment, number or time were changed", seal, line)
                place, at = place + 1, at + 1
            elif was is not None and was not in there:
                after = f"after line {numbers[at - 1]}" if at else "at the beginning"
                before = f" and before line {line}" if line is not None else ""
                self._touch(Tampering.LINE_DELETED, f"a line {after}{before} is gone", seal, None)
                place += 1
            elif now is not None and now not in sealed:
                self._touch(Tampering.LINE_INSERTED, f"line {line} was not there when this was sealed", seal, line)
                at += 1
            else:
                self._touch(Tampering.LINES_SWAPPED, f"line {line or numbers[-1]} does not stand in its place", seal, line)
                place, at = place + 1, at + 1

    def _touch(self, kind: Tampering, says: str, seal: int, line: int | None) -> None:
        if line is not None:
            self.touched.add(line)
        self.report.found(kind, says, seal=seal, line=line)

    # -- what is not under a seal, what was erased, what partners saw -------------------------------------------------------------------

    def lines_outside(self) -> None:
        """Lines after the last seal wait for the next; lines of an era that never was, belong nowhere."""
        self._lines((), self.position, None)
        row = self.connection.execute(
            """SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(at)), 0)::double precision
                 FROM public.ledger_line WHERE era = %(era)s + 1 OR era = %(era)s AND xid >= %(position)s::xid8""",
            {"era": self.era, "position": str(self.position)},
        ).fetchone()
        self.report.waiting, waited = row or (0, 0.0)
        if waited > LATE:
            self.report.alarms.append(f"{self.report.waiting} lines are in no seal, the oldest for {waited:.0f} seconds: is anybody sealing?")
        first = 1 if self.since == 1 else 0
        strays = self.connection.execute("SELECT id FROM public.ledger_line WHERE era < %s OR era > %s + 1 ORDER BY id LIMIT %s", [first, self.era, MOST_FINDINGS]).fetchall()
        self._strays([number for (number,) in strays])

    def disposals(self) -> None:
        """Every erased line needs a line that says so; and what was disposed of must not be readable again."""
        disposed: set[int] = set()
        for line, at, practitioner, because, detail in self.connection.execute(
            """SELECT id, at::text, practitioner_id, reason, detail FROM public.ledger_line
                WHERE verb = 'dispose' AND category = 'access_ledger' ORDER BY id"""
        ):
            if line in self.touched or not isinstance(detail, dict) or not isinstance(detail.get("lines"), list):
                continue
            disposed |= {number for number in detail["lines"] if isinstance(number, int)}
            self.report.disposals.append(Disposal(line, at, len(detail["lines"]), str(detail.get("class")), because or "", practitioner))
        self.report.erased = len(self.erased)
        for number, seal in self.erased.items():
            if number not in disposed:
                self.report.found(Tampering.ERASED_WITHOUT_DISPOSAL, f"line {number} was erased and no line says by whom", seal=seal, line=number)
        back = self.connection.execute("SELECT count(*) FROM public.ledger_line WHERE id = ANY (%s) AND salt IS NOT NULL", [list(disposed)]).fetchone()
        if back and back[0]:
            self.report.alarms.append(f"{back[0]} lines that were erased can be read again: was a backup restored without repeating its disposals?")

    def witnesses(self, checkpoints: Sequence[Checkpoint]) -> None:
        """Each partner's last word; where this ledger does not agree with it, the first that it does not agree with.

        A seal holds the digest of the one before, so whoever agrees with the last agrees with all.
        """
        for key, name in self.trust.witnesses.items():
            said = sorted((c for c in checkpoints if c.key == key and c.seal >= self.since), key=lambda c: c.seal)
            if said and self._agrees(said[-1]):
                self.report.vouched[name] = said[-1].seal
            elif said:
                first = next(place for place, checkpoint in enumerate(said) if not self._agrees(checkpoint))
                self._disagreement(name, said[first], said[first - 1].seal if first else 0)
        if len(self.report.vouched) < QUORUM and self.report.seals:
            self.report.alarms.append(f"{len(self.report.vouched)} partners vouch for this ledger; it takes {QUORUM}")

    def _agrees(self, checkpoint: Checkpoint) -> bool:
        if not checkpoint.genuine():
            raise KeyProblem(f"the checkpoint of {checkpoint.witness} for seal {checkpoint.seal} was not signed with that partner's key")
        return self.digests.get(checkpoint.seal) == checkpoint.digest

    def _disagreement(self, name: str, checkpoint: Checkpoint, agreed: int) -> None:
        if agreed:
            self.report.vouched[name] = agreed
        if checkpoint.seal > self.report.last_seal:
            says = f"the ledger ends with seal {self.report.last_seal}, but {name} vouched for seal {checkpoint.seal}"
            self.report.found(Tampering.TAIL_CUT, says, seal=self.report.last_seal + 1)
        else:
            says = f"seal {checkpoint.seal} is not the one {name} vouched for" + (f"; up to seal {agreed} it agrees" if agreed else "")
            self.report.found(Tampering.HISTORY_REWRITTEN, says, seal=checkpoint.seal)


def _groups(batch: Sequence[Seal]) -> Iterator[list[Seal]]:
    """Runs of one era and of a size that fits in memory."""
    group: list[Seal] = []
    lines = 0
    for seal in batch:
        if group and (seal.era != group[0].era or lines > LINES_AT_A_TIME):
            yield group
            group, lines = [], 0
        group.append(seal)
        lines += seal.count
    if group:
        yield group


def _bounds(seal: Seal | None) -> tuple[Seal | None, bytes, bytes]:
    return (seal, seal.from_xid.to_bytes(8), seal.to_xid.to_bytes(8)) if seal else (None, NEVER, NEVER)


def _fields(row: bytes) -> Iterator[Any]:
    """The fields of one row of a binary COPY."""
    at = 2
    while at < len(row):
        length = int.from_bytes(row[at : at + 4], signed=True)
        at += 4
        yield None if length < 0 else row[at : at + length]
        at += max(length, 0)
