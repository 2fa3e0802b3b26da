"""Partners as witnesses: each keeps, outside our database and with a key of its own, the last seal it vouched for.

A witness signs only a chain that continues what it saw before. Whoever rewrites the ledger, however completely, can no longer get the
partners to agree with it.
"""

import fcntl
import json
import os
import struct
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Self

import psycopg

from alongside.confidentiality.ledger.canonical import microseconds, moment
from alongside.confidentiality.ledger.keys import SEAL_SIGNATURE, KeyProblem, LedgerKeys, SigningKey, Trust, signed_by
from alongside.confidentiality.ledger.seal import Connection, Seal, seals

COSIGNATURE = b"alongside.ledger.cosigned.1:"
STORES = "witnesses"
SEALS_PER_SIGNATURE = 64
"""However far a witness was behind, a proof never needs more than this many seals to reach a cosigned one."""
SEALS_AT_A_TIME = 10_000


class Inconsistent(Exception):
    """The seals shown do not continue what this witness has seen: somebody changed the past."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A witness's signed word that seal `seal` with this digest follows from all it saw before."""

    witness: str
    key: bytes
    seal: int
    digest: bytes
    at: int
    signature: bytes

    def message(self) -> bytes:
        return cosigned_message(self.seal, self.digest, self.at)

    def genuine(self) -> bool:
        return signed_by(self.key, self.signature, self.message())

    def to_json(self) -> dict[str, Any]:
        hashes = {name: getattr(self, name).hex() for name in ("key", "digest", "signature")}
        return {"witness": self.witness, "seal": self.seal, "at": self.at, **hashes}

    @classmethod
    def from_json(cls, held: dict[str, Any]) -> Self:
        hashes = {name: bytes.fromhex(held[name]) for name in ("key", "digest", "signature")}
        return cls(witness=str(held["witness"]), seal=int(held["seal"]), at=int(held["at"]), **hashes)


def cosigned_message(seal: int, digest: bytes, at: int) -> bytes:
    return COSIGNATURE + struct.pack(">Qq", seal, at) + digest


def read_checkpoints(path: Path) -> list[Checkpoint]:
    """From a file of one JSON object a line: what `alongside ledger checkpoint` wrote, or a witness's own `seen.jsonl`."""
    try:
        return [Checkpoint.from_json(json.loads(line)) for line in path.read_text().splitlines() if line.strip()]
    except FileNotFoundError:
        raise KeyProblem(f"There is no file {path}.") from None
    except (ValueError, KeyError, TypeError) as problem:
        raise KeyProblem(f"{path} does not hold checkpoints, one JSON object a line ({problem}).") from None


class Witness:
    """One partner's store: its key, the sealing key it knows, and every checkpoint it has signed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = SigningKey.open(folder / "cosigning.key")
        knows = json.loads((folder / "witness.json").read_text())
        self.name, self.sealer = str(knows["name"]), bytes.fromhex(knows["sealer"])
        self._seen = folder / "seen.jsonl"
        self._size = -1
        with self._turn():
            pass

    @classmethod
    def make(cls, folder: Path, *, name: str, sealer: bytes) -> Self:
        folder.mkdir(mode=0o700, parents=True)
        (folder / "witness.json").write_text(json.dumps({"name": name, "sealer": sealer.hex()}) + "\n")
        SigningKey.make(folder / "cosigning.key")
        return cls(folder)

    def seen(self) -> list[Checkpoint]:
        return read_checkpoints(self._seen)

    def cosign(self, shown: Iterable[Seal], *, at: datetime) -> list[Checkpoint]:
        """
        1. Refuse the lot unless each new seal is truly signed, hashes to its digest and continues the chain seen before.
        2. Sign the last of them, and one in every 64 on the way.
        3. Keep what was signed, on disk, before giving it away.
        """
        with self._turn() as store:
            new = list(self._continuing(shown))
            marked = [seal for place, seal in enumerate(new, 1) if place % SEALS_PER_SIGNATURE == 0 or place == len(new)]
            signed = [self._sign(seal, microseconds(at)) for seal in marked]
            if signed:
                store.writelines(json.dumps(checkpoint.to_json()) + "\n" for checkpoint in signed)
                store.flush()
                os.fsync(store.fileno())
                self.last, self._size = signed[-1], store.tell()
        return signed

    @contextmanager
    def _turn(self) -> Iterator[IO[str]]:
        """One process at a time; what another has signed meanwhile is known, and what a crash cut off was never given away."""
        with self._seen.open("a+", encoding="ascii") as store:
            fcntl.flock(store, fcntl.LOCK_EX)
            if store.tell() != self._size:
                written = self._seen.read_bytes()
                store.truncate(written.rfind(b"\n") + 1)
                self.last = next(reversed(self.seen()), None)
                self._size = store.seek(0, os.SEEK_END)
            yield store

    def _continuing(self, shown: Iterable[Seal]) -> Iterator[Seal]:
        before: Seal | None = None
        for seal in shown:
            if self.last and seal.number < self.last.seal:
                continue
            if seal.computed_digest() != seal.digest or seal.key != self.sealer or not signed_by(seal.key, seal.signature, SEAL_SIGNATURE + seal.digest):
                raise Inconsistent(f"{self.name}: seal {seal.number} is not what the sealer signed")
            if self.last and seal.number == self.last.seal:
                if seal.digest != self.last.digest:
                    raise Inconsistent(f"{self.name}: seal {seal.number} is not the one seen on {moment(self.last.at):%-d %B %Y at %H:%M:%S}")
                before = seal
                continue
            if before is None and self.last:
                if (seal.number, seal.previous) != (self.last.seal + 1, self.last.digest):
                    raise Inconsistent(f"{self.name}: seal {seal.number} does not continue seal {self.last.seal}, the last one seen")
            elif before is not None and not seal.follows(before):
                raise Inconsistent(f"{self.name}: seal {seal.number} does not continue seal {before.number}")
            before = seal
            yield seal

    def _sign(self, seal: Seal, at: int) -> Checkpoint:
        signature = self.key.sign(cosigned_message(seal.number, seal.digest, at))
        return Checkpoint(witness=self.name, key=self.key.public, seal=seal.number, digest=seal.digest, at=at, signature=signature)


def show(connection: psycopg.Connection[Any], witness: Witness, *, at: datetime) -> list[Checkpoint]:
    """Show a witness the seals it has not seen, and keep its cosignatures beside them.

    1. What it signed but we never stored (we stopped in between) is stored now.
    2. It sees every seal since its last, beginning with that one, so that a shortened or rewritten past cannot be passed off as the present.
    """
    stored: int = connection.execute("SELECT coalesce(max(seal_id), 0) FROM ledger_cosignature WHERE key = %s", [witness.key.public]).fetchone()[0]  # type: ignore[index]
    signed = [checkpoint for checkpoint in witness.seen() if checkpoint.seal > stored] if witness.last and witness.last.seal > stored else []
    while True:
        known = witness.last
        shown = seals(connection, since=known.seal if known else 1, limit=SEALS_AT_A_TIME)
        if known and not shown:
            raise Inconsistent(f"{witness.name}: seal {known.seal}, seen on {moment(known.at):%-d %B %Y at %H:%M:%S}, is gone")
        fresh = witness.cosign(shown, at=at)
        signed += fresh
        if not fresh:
            break
    accept(connection, signed)
    return signed


def newest_checkpoints(connection: Connection) -> list[Checkpoint]:
    """Each witness's last word."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT ON (c.key) c.witness, c.key, c.seal_id, s.digest, c.at, c.signature
                 FROM ledger_cosignature c JOIN ledger_seal s ON s.number = c.seal_id ORDER BY c.key, c.seal_id DESC"""
        )
        return [checkpoint_of(*row) for row in cursor.fetchall()]


def checkpoint_of(witness: str, key: bytes, seal: int, digest: bytes, at: datetime, signature: bytes) -> Checkpoint:
    """A stored cosignature with the digest of its seal."""
    return Checkpoint(witness=witness, key=bytes(key), seal=seal, digest=bytes(digest), at=microseconds(at), signature=bytes(signature))


def accept(connection: psycopg.Connection[Any], checkpoints: Sequence[Checkpoint]) -> None:
    """Keep partners' cosignatures beside the seals they are of; a false one, or one of another history, is refused."""
    for checkpoint in checkpoints:
        held = connection.execute("SELECT digest FROM ledger_seal WHERE number = %s", [checkpoint.seal]).fetchone()
        if held is None or bytes(held[0]) != checkpoint.digest or not checkpoint.genuine():
            raise Inconsistent(f"{checkpoint.witness}: what it cosigned is not seal {checkpoint.seal} of this ledger")
        connection.execute(
            "INSERT INTO ledger_cosignature (seal_id, witness, key, at, signature) VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [checkpoint.seal, checkpoint.witness, checkpoint.key, moment(checkpoint.at), checkpoint.signature],
        )


def enrol(keys: LedgerKeys, name: str) -> Witness:
    """Make a partner's store in our own data directory and trust its key. For demonstrations: a real partner keeps its store itself."""
    folder = keys.folder / STORES / _folder_name(name)
    if folder.exists():
        raise KeyProblem(f"{name} has a store already, at {folder}.")
    witness = Witness.make(folder, name=name, sealer=keys.sealing.public)
    trust = Trust.read(keys.trust_file)
    Trust(trust.sealers, trust.witnesses | {witness.key.public: name}).write(keys.trust_file)
    return witness


def count_enrolled(keys: LedgerKeys) -> int:
    return sum(1 for _ in (keys.folder / STORES).glob("*/cosigning.key"))


def enrolled(keys: LedgerKeys) -> list[Witness]:
    """The partners whose stores are in our own data directory."""
    return witnesses_of(keys.folder)


def witnesses_of(folder: Path) -> list[Witness]:
    """The same, for whoever has no business with our own sealing key."""
    return [Witness(key.parent) for key in sorted((folder / STORES).glob("*/cosigning.key"))]


def _folder_name(name: str) -> str:
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in name.lower()).strip("-")
    if not plain:
        raise KeyProblem(f"{name!r} is no name for a partner.")
    return plain
