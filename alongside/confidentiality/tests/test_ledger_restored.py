"""A backup restored into another server, whose transaction numbers start again, goes on with the same ledger."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from alongside.cli.postgres.addresses import role_address
from alongside.cli.postgres.binaries import find_binaries
from alongside.cli.postgres.cluster import Cluster
from alongside.cli.postgres.home import database_account
from alongside.confidentiality.ledger import sealing, verification, witness
from alongside.confidentiality.ledger.keys import Trust
from alongside.confidentiality.tests.ledger_of_its_own import _WAIT_UNTIL_FINAL, ROOT, OwnLedger

SPENT = 30_000
SPEND = f"""
    CREATE TABLE spent (n int);
    DO $$ BEGIN FOR n IN 1..{SPENT} LOOP BEGIN INSERT INTO spent VALUES (n); EXCEPTION WHEN others THEN RAISE; END; END LOOP; END $$;
    DROP TABLE spent"""
"""Uses up transaction numbers: each block with an exception handler takes one."""
APPEND = "SELECT ledger_append(verb => 'read', surface => 'page')"


@pytest.mark.slow
def test_a_restored_ledger_is_intact_and_goes_on(own_ledger: OwnLedger, monkeypatch: pytest.MonkeyPatch) -> None:
    own_ledger.anything.execute(SPEND)
    own_ledger.grow(3, 4)
    waiting = own_ledger.append()
    own_ledger.anything.execute(_WAIT_UNTIL_FINAL)
    programs, backup = find_binaries(database_account()), own_ledger.home / "backup"
    at = make_conninfo(role_address("alongside_backup"), dbname=own_ledger.database)
    subprocess.run([programs / "pg_dump", "-Fc", "-f", backup, at], check=True)

    place = Path("/tmp") / f"alongside-restored-{os.getpid()}"
    cluster = Cluster(place)
    try:
        with monkeypatch.context() as elsewhere, cluster.in_use():
            elsewhere.setenv("ALONGSIDE_HOME", str(place))
            elsewhere.setenv("ALONGSIDE_DATABASE", "restored")
            elsewhere.delenv("ALONGSIDE_ROLE", raising=False)
            prepare = "from alongside.cli.migrate import prepare_server; prepare_server()"
            subprocess.run([sys.executable, "-c", prepare], cwd=ROOT, check=True)
            restored = make_conninfo(cluster.address, dbname="restored")
            subprocess.run([programs / "pg_restore", "--clean", "--if-exists", "-d", restored, backup], check=True, capture_output=True)
            with (
                psycopg.connect(role_address("alongside_sealer"), autocommit=True) as sealer,
                psycopg.connect(role_address("alongside_app"), autocommit=True) as app,
                psycopg.connect(role_address("alongside_owner"), autocommit=True) as owner,
            ):
                spent = sealer.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint").fetchone()[0]  # type: ignore[index]
                assert spent < sealer.execute("SELECT max(to_xid::text::bigint) FROM ledger_seal").fetchone()[0], "or this test tests nothing"  # type: ignore[index]
                with pytest.raises(sealing.NumbersWentBack, match="alongside migrate"):
                    sealing.seal_once(sealer, own_ledger.keys.sealing)

                for _ in range(2):  # running it again must not begin yet another era
                    subprocess.run([sys.executable, "-m", "alongside", "migrate"], cwd=ROOT, check=True, capture_output=True)
                app.execute(APPEND)
                sealed = [sealing.seal_once(sealer, own_ledger.keys.sealing) for _ in range(2)]
                assert [(s.lines, s.seal.era) for s in sealed if s.seal] == [(1, 1), (1, 2)], "what waited belongs to the old era"
                app.execute(APPEND)
                assert sealing.seal_all(sealer, own_ledger.keys.sealing) == 1
                assert sealing.have_witnessed(sealer, own_ledger.witnesses) == []

                checkpoints = [seen for partner in own_ledger.witnesses for seen in witness.read_checkpoints(partner.folder / "seen.jsonl")]
                report = verification.verify(owner, trust=Trust.read(own_ledger.keys.trust_file), checkpoints=checkpoints)
                assert (report.findings, report.alarms, report.lines, report.seals) == ([], [], 15 + 3, 6)

                with psycopg.connect(restored, autocommit=True) as anything:
                    anything.execute("UPDATE ledger_line SET era = 1, xid = '9000000' WHERE id = %s", [waiting + 2])
                report = verification.verify(owner, trust=Trust.read(own_ledger.keys.trust_file))
                assert {(finding.kind, finding.line) for finding in report.findings} == {
                    (verification.Tampering.LINE_INSERTED, waiting + 2), (verification.Tampering.LINE_DELETED, None),
                }
    finally:
        cluster.stop()
        subprocess.run(["rm", "-rf", str(place)], check=True)
