"""`alongside ledger`, as an operator or a guardian types it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from alongside.confidentiality.tests.ledger_of_its_own import ROOT, OwnLedger


@pytest.fixture
def grown(own_ledger: OwnLedger) -> OwnLedger:
    own_ledger.grow(3, 4)
    return own_ledger


def ledger(own: OwnLedger, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ALONGSIDE_DATABASE": own.database}
    environment.pop("ALONGSIDE_ROLE", None)
    return subprocess.run([sys.executable, "-m", "alongside", "ledger", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def verify(own: OwnLedger, *arguments: str, witnessed: bool = True) -> subprocess.CompletedProcess[str]:
    checkpoints = [f"--checkpoint={partner.folder / 'seen.jsonl'}" for partner in own.witnesses] if witnessed else []
    return ledger(own, "verify", "--trust", str(own.keys.trust_file), *checkpoints, *arguments)


def test_an_intact_ledger_ends_with_nought_and_says_who_vouches(grown: OwnLedger) -> None:
    told = verify(grown)
    assert told.returncode == 0, told.stdout + told.stderr
    assert told.stdout.startswith("15 lines under 3 seals, up to seal 3 (")
    assert "Riverside School vouches for it up to seal 3.\n" in told.stdout and told.stdout.endswith("The ledger is intact.\n")


def test_a_tampered_ledger_ends_with_one_and_says_what_and_where(grown: OwnLedger) -> None:
    grown.anything.execute("UPDATE ledger_line SET reason = 'x' WHERE id = 7; DELETE FROM ledger_line WHERE id = 12")
    told = verify(grown)
    assert told.returncode == 1
    assert "TAMPERED: line edited (seal 2, line 7): line 7 does not say what it was committed to" in told.stdout
    assert "TAMPERED: line deleted (seal 3): a line after line 11 and before line 13 is gone" in told.stdout
    assert "intact" not in told.stdout


def test_machines_get_one_object(grown: OwnLedger) -> None:
    grown.anything.execute("UPDATE ledger_line SET reason = 'x' WHERE id = 7")
    told = verify(grown, "--json")
    report = json.loads(told.stdout)
    assert told.returncode == 1 and report["intact"] is False and report["lines"] == 15
    assert report["findings"] == [{"kind": "line edited", "says": "line 7 does not say what it was committed to", "seal": 2, "line": 7}]


def test_an_intact_ledger_that_too_few_partners_vouch_for_ends_with_three(grown: OwnLedger) -> None:
    told = verify(grown, witnessed=False)
    assert told.returncode == 3 and "ALARM: 0 partners vouch for this ledger; it takes 2" in told.stdout


@pytest.mark.parametrize("text", ["", "{}", "{", '{"sealers": 5, "witnesses": {}}', '{"sealers": ["zz"], "witnesses": {}}'])
def test_a_damaged_list_of_keys_ends_with_two(grown: OwnLedger, tmp_path: Path, text: str) -> None:
    (tmp_path / "keys").write_text(text)
    told = ledger(grown, "verify", "--trust", str(tmp_path / "keys"))
    assert told.returncode == 2 and "is not a list of trusted keys" in told.stderr and "Traceback" not in told.stderr


def test_a_thing_is_proven_by_its_name_and_a_line_by_its_number(grown: OwnLedger, tmp_path: Path) -> None:
    for what, lines in (("entry:1", 4), ("7", 1)):
        assert ledger(grown, "prove", what, "--out", str(tmp_path / "proof")).returncode == 0
        told = grown.check(json.loads((tmp_path / "proof").read_text()))
        assert told.returncode == 0 and f"PROVEN: {lines} lines" in told.stdout


@pytest.mark.parametrize(("what", "why"), [("entry:77", "no line is about entry:77"), ("99", "there is no line 99"), ("9" * 30, "there is no line 9999"), ("-1", "")])
def test_what_cannot_be_proven_is_said_plainly(grown: OwnLedger, what: str, why: str) -> None:
    told = ledger(grown, "prove", what)
    assert told.returncode == 2 and why in told.stderr and "Traceback" not in told.stderr


def test_checkpoints_can_be_taken_away_and_held_against_the_ledger_later(grown: OwnLedger, tmp_path: Path) -> None:
    kept = tmp_path / "kept.jsonl"
    assert ledger(grown, "checkpoint", "--out", str(kept)).returncode == 0
    assert len(kept.read_text().splitlines()) == 2
    grown.anything.execute("DELETE FROM ledger_cosignature; DELETE FROM ledger_line WHERE id > 10; DELETE FROM ledger_seal WHERE number = 3")
    told = ledger(grown, "verify", "--trust", str(grown.keys.trust_file), "--checkpoint", str(kept))
    assert told.returncode == 1 and "TAMPERED: tail cut (seal 3): the ledger ends with seal 2, but" in told.stdout


def test_help_says_what_each_ending_means(grown: OwnLedger) -> None:
    told = ledger(grown, "verify", "--help")
    assert "Ends with 0 when all is intact, 1 when the ledger was tampered with" in " ".join(told.stdout.split())
