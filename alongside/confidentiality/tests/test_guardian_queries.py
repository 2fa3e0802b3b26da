"""What a guardian reads: their own agencies' lines and no other, whether the ledger stands, and proofs; each look a line of its own."""

import json
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.confidentiality import gate
from alongside.confidentiality.ledger import proofs, sealing, witness
from alongside.confidentiality.ledger.keys import LedgerKeys
from alongside.confidentiality.queries.ledger import check_ledger, ledger_state, lines_of_practitioner, proof_for_guardian
from alongside.confidentiality.tests.ledger_of_its_own import _WAIT_UNTIL_FINAL
from alongside.confidentiality.tests.tarnside_acts import hide, ledger_lines

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]


def test_a_guardian_sees_what_a_practitioner_of_theirs_did_and_the_look_is_a_line(tarnside: Tarnside) -> None:
    with tarnside.acting("daniel", at=now()) as daniel:
        gate.open_record(daniel, tarnside.people["noah"], at=now())
    before = ledger_lines(tarnside, "noah")
    with tarnside.acting("eleanor", at=now()):
        shown = lines_of_practitioner(tarnside.practitioners["daniel"].pk)
        assert shown[0].person == "Noah Turner"
        assert shown[0].did == "Read a record to give or prepare care"
    assert ledger_lines(tarnside, "noah") == before + 2


def test_nobody_else_sees_anything(tarnside: Tarnside) -> None:
    with tarnside.acting("helen", at=now()):
        assert lines_of_practitioner(tarnside.practitioners["daniel"].pk) == []
        with pytest.raises(proofs.NoProof):
            proof_for_guardian("1")


def test_somebody_hidden_is_counted_and_not_named(tarnside: Tarnside) -> None:
    hide(tarnside, "chloe")
    with tarnside.acting("megan", at=now()) as megan:
        gate.open_record(megan, tarnside.people["chloe"], at=now())
    with tarnside.acting("eleanor", at=now()):
        newest = lines_of_practitioner(tarnside.practitioners["megan"].pk)[0]
        assert (newest.person, newest.people) == ("", 1)


@pytest.mark.django_db(transaction=True)
def test_the_newest_lines_are_computed_again_held_against_partners_and_proven(tarnside: Tarnside, as_sealer: psycopg.Connection, as_owner: psycopg.Connection, tmp_path: Path) -> None:
    keys = LedgerKeys.open(tmp_path / "ledger")
    partners = [witness.enrol(keys, name) for name in ("Tarnside Police", "Homelink")]
    with tarnside.acting("daniel", at=now()) as daniel:
        line = gate.open_record(daniel, tarnside.people["noah"], at=now()).line_id
    as_sealer.autocommit = True
    as_sealer.execute(_WAIT_UNTIL_FINAL)
    sealing.seal_all(as_sealer, keys.sealing)
    assert not sealing.have_witnessed(as_sealer, partners)
    with tarnside.acting("eleanor", at=now()):
        found = check_ledger(keys.folder)
        assert found.intact, found.faults
        assert found.lines >= 1
        assert {name for name, _ in found.vouched} == {"Tarnside Police", "Homelink"}
        assert ledger_state().vouched
        bundle = proof_for_guardian(str(line))
    proof, trust = tmp_path / "proof.json", keys.trust_file
    proof.write_text(json.dumps(bundle))
    checked = subprocess.run([sys.executable, str(ROOT / "bin" / "verify-ledger"), str(proof), "--trust", str(trust)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr

    as_owner.execute("ALTER TABLE ledger_line NO FORCE ROW LEVEL SECURITY")
    as_owner.execute("UPDATE ledger_line SET verb = 'write' WHERE id = %s", [line])
    as_owner.execute("ALTER TABLE ledger_line FORCE ROW LEVEL SECURITY")
    as_owner.commit()
    connection.close()
    with tarnside.acting("eleanor", at=now()):
        assert any(f"line {line} does not say" in fault for fault in check_ledger(keys.folder).faults)
