"""A small ledger in a database of its own, with its sealer's key and two partners' stores, and somebody who may do anything to it."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

from alongside.cli.postgres.addresses import administrative_address, role_address
from alongside.confidentiality.ledger import merkle, proofs, sealing, verification, witness
from alongside.confidentiality.ledger.keys import SEAL_SIGNATURE, LedgerKeys, SigningKey, Trust
from alongside.confidentiality.ledger.seal import GENESIS, seals
from tests import databases

ROOT = Path(__file__).resolve().parents[3]
VERIFIER = ROOT / "bin" / "verify-ledger"
PARTNERS = ("Riverside School", "Northern Trust")
COPIED = ("ledger_line", "ledger_seal", "ledger_cosignature")


class OwnLedger:
    def __init__(self, database: str, home: Path) -> None:
        self.database, self.home = database, home
        self.keys = LedgerKeys.open(home / "ledger")
        self.witnesses = [witness.enrol(self.keys, name) for name in PARTNERS]
        self.app, self.sealer, self.owner = (self.connect(f"alongside_{role}") for role in ("app", "sealer", "owner"))
        self.anything = psycopg.connect(make_conninfo(administrative_address() or "", dbname=database), autocommit=True)
        self.anything.execute("SET synchronous_commit = off")

    def connect(self, role: str) -> psycopg.Connection[Any]:
        return psycopg.connect(make_conninfo(role_address(role), dbname=self.database), autocommit=True)

    def close(self) -> None:
        for connection in (self.app, self.sealer, self.owner, self.anything):
            connection.close()

    # -- as the product does ---------------------------------------------------------------------------------------------------------------

    def append(self, **fields: object) -> int:
        given = {"verb": "read", "surface": "page", "person_id": 17, "practitioner_id": 5, "category": "education"} | fields
        named = ", ".join(f"{name} => %({name})s{'::text[]' if isinstance(value, list) and name != 'people' else ''}" for name, value in given.items())
        return int(self.one(self.app, f"SELECT ledger_append({named})", given))

    def seal(self) -> int:
        """Seal all that is there; on a server shared with other tests a line is final only once their older transactions have ended."""
        self.anything.execute("SET statement_timeout = '60s'")
        self.anything.execute(_WAIT_UNTIL_FINAL)
        lines = sealing.seal_all(self.sealer, self.keys.sealing)
        assert sealing.have_witnessed(self.sealer, self.witnesses) == []
        return lines

    def grow(self, seals: int, lines: int) -> None:
        """So many seals of so many lines each: readings, searches and refusals."""
        for number in range(seals):
            for place in range(lines):
                self.append(person_id=100 + place, item=f"entry:{number}", rules=["CON-040", "CON-041"], reason=f"reading {place} of {number}, naïve “quotes”")
            self.append(person_id=None, verb="search", surface="search", people=[101, 102, 103])
            self.seal()

    def verify(self, *, by: psycopg.Connection[Any] | None = None, witnessed: bool = True, **options: Any) -> verification.Report:
        checkpoints = [checkpoint for partner in self.witnesses for checkpoint in partner.seen()] if witnessed else []
        return verification.verify(by or self.owner, trust=Trust.read(self.keys.trust_file), checkpoints=checkpoints, **options)

    def prove(self, *lines: int) -> proofs.Bundle:
        return proofs.for_lines(self.owner, lines)

    def check(self, bundle: Mapping[str, Any], *options: str) -> subprocess.CompletedProcess[str]:
        """What the independent verifier says, run as somebody outside would: apart, without our package on its path."""
        file = self.home / "proof.json"
        file.write_text(json.dumps(bundle))
        trusting = ["--trust", str(self.keys.trust_file)] if "--untrusting" not in options else []
        asked = [option for option in options if option != "--untrusting"]
        command = [sys.executable, "-I", str(VERIFIER), str(file), *trusting, *asked]
        return subprocess.run(command, cwd="/", env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=False)

    # -- as somebody who owns the server ------------------------------------------------------------------------------------------------------

    def remember(self) -> None:
        for table in COPIED:
            self.anything.execute(f"DROP TABLE IF EXISTS kept_{table}")
            self.anything.execute(f"CREATE TABLE kept_{table} AS SELECT * FROM {table}")

    def undo(self) -> None:
        with self.anything.transaction():
            for table in reversed(COPIED):
                self.anything.execute(f"DELETE FROM {table}")
            for table in COPIED:
                self.anything.execute(f"INSERT INTO {table} OVERRIDING SYSTEM VALUE SELECT * FROM kept_{table}")

    def seal_again(self, key: SigningKey) -> None:
        """Make every seal anew over the lines as they now are, in the old ranges and at the old times: the perfect forger."""
        before = None
        self.anything.execute("DELETE FROM ledger_cosignature")
        for old in seals(self.anything):
            leaves, _ = sealing._leaves(self.anything, old.era, old.from_xid, old.to_xid)
            new = replace(old, root=merkle.root(leaves), count=len(leaves), previous=before.digest if before else GENESIS, key=key.public)
            new = replace(new, digest=new.computed_digest())
            new = replace(new, signature=key.sign(SEAL_SIGNATURE + new.digest))
            self.anything.execute(
                "UPDATE ledger_seal SET root = %s, count = %s, previous = %s, digest = %s, key = %s, signature = %s, leaves = %s WHERE number = %s",
                [new.root, new.count, new.previous, new.digest, new.key, new.signature, b"".join(leaves), new.number],
            )
            before = new

    @staticmethod
    def one(connection: psycopg.Connection[Any], query: str, parameters: Any = None) -> Any:
        row = connection.execute(query, parameters).fetchone()
        return row[0] if row else None


_WAIT_UNTIL_FINAL = """
    DO $$ DECLARE newest xid8 := (SELECT xid FROM ledger_line ORDER BY era DESC, xid DESC LIMIT 1);
    BEGIN
        WHILE newest >= pg_snapshot_xmin(pg_current_snapshot()) LOOP
            PERFORM pg_sleep(0.01);
        END LOOP;
    END $$"""


def make(name: str, home: Path) -> OwnLedger:
    databases.fresh(name)
    return OwnLedger(name, home)
