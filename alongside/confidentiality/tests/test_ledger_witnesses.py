"""A partner vouches only for a history that continues what it has seen, and keeps its own copy of what it signed."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from alongside.confidentiality.ledger import sealing, witness
from alongside.confidentiality.ledger.keys import SEAL_SIGNATURE, KeyProblem, LedgerKeys, SigningKey
from alongside.confidentiality.ledger.seal import Seal, seals
from alongside.confidentiality.ledger.witness import Inconsistent, Witness, read_checkpoints
from alongside.confidentiality.tests.ledger_of_its_own import ROOT, OwnLedger

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture
def sealer(tmp_path: Path) -> SigningKey:
    return SigningKey.make(tmp_path / "sealing.key")


@pytest.fixture
def partner(tmp_path: Path, sealer: SigningKey) -> Witness:
    return Witness.make(tmp_path / "partner", name="Riverside School", sealer=sealer.public)


@pytest.fixture
def chain(sealer: SigningKey) -> Callable[..., list[Seal]]:
    def make(count: int, *, after: Seal | None = None, say: bytes = b"") -> list[Seal]:
        made: list[Seal] = []
        for place in range(count):
            last = made[-1] if made else after
            batch = sealing._Batch(AT, 1, last.to_xid if last else 0, (last.to_xid if last else 0) + 10, [sha256(say + bytes([place])).digest()])
            made.append(sealing._signed(sealer, last, batch))
        return made

    return make


def test_it_signs_what_continues_what_it_saw(partner: Witness, chain: Callable[..., list[Seal]]) -> None:
    seen = chain(5)
    (signed,) = partner.cosign(seen[:3], at=AT)
    assert signed.seal == 3 and signed.genuine()
    (signed,) = partner.cosign(seen[2:], at=AT)
    assert signed.seal == 5 and signed.genuine() and partner.seen()[-1] == signed


def test_it_signs_nothing_twice(partner: Witness, chain: Callable[..., list[Seal]]) -> None:
    seen = chain(3)
    partner.cosign(seen, at=AT)
    assert partner.cosign(seen, at=AT) == [] and len(partner.seen()) == 1


def test_it_still_knows_what_it_saw_when_it_starts_again(partner: Witness, chain: Callable[..., list[Seal]]) -> None:
    partner.cosign(chain(3), at=AT)
    with pytest.raises(Inconsistent):
        Witness(partner.folder).cosign(chain(5, say=b"other"), at=AT)


@pytest.mark.parametrize("at", [0, 1, 2, 3, 4])
def test_it_refuses_a_history_that_was_changed_anywhere(partner: Witness, chain: Callable[..., list[Seal]], at: int) -> None:
    seen = chain(5)
    partner.cosign(seen[:1], at=AT)
    for change in ({"root": bytes(32)}, {"count": 9}, {"digest": bytes(32)}, {"signature": bytes(64)}, {"previous": bytes(31) + b"x"}, {"key": bytes(32)}):
        with pytest.raises(Inconsistent):
            partner.cosign([*seen[:at], replace(seen[at], **change), *seen[at + 1 :]], at=AT)
    assert partner.last and partner.last.seal == 1, "nothing of what was refused is signed"


def test_it_refuses_another_history_truly_signed_by_the_sealer(partner: Witness, chain: Callable[..., list[Seal]]) -> None:
    seen = chain(4)
    partner.cosign(seen[:3], at=AT)
    other = chain(5, say=b"other")
    with pytest.raises(Inconsistent, match="seal 3 is not the one seen on 24 November 2026 at 09:30:00"):
        partner.cosign(other, at=AT)
    with pytest.raises(Inconsistent, match="seal 4 does not continue seal 3"):
        partner.cosign(other[3:], at=AT)
    with pytest.raises(Inconsistent, match="seal 5 does not continue"):
        partner.cosign([seen[3], other[4]], at=AT)


def test_it_refuses_a_history_with_a_seal_left_out(partner: Witness, chain: Callable[..., list[Seal]]) -> None:
    seen = chain(5)
    partner.cosign(seen[:2], at=AT)
    for gap in (seen[3:], [seen[2], seen[4]]):
        with pytest.raises(Inconsistent, match="does not continue"):
            partner.cosign(gap, at=AT)


def test_it_forgets_half_a_line_that_a_crash_left(partner: Witness, chain: Callable[..., list[Seal]]) -> None:
    seen = chain(4)
    partner.cosign(seen[:2], at=AT)
    for again in (partner, Witness(partner.folder)):
        with (partner.folder / "seen.jsonl").open("a") as file:
            file.write('{"witness": "River')
        again.cosign(seen, at=AT)
        assert [checkpoint.seal for checkpoint in again.seen()] == [2, 4]


def test_two_processes_over_one_store_cannot_sign_two_histories(partner: Witness, chain: Callable[..., list[Seal]]) -> None:
    seen = chain(2)
    other = Witness(partner.folder)
    partner.cosign(seen, at=AT)
    assert other.cosign(seen, at=AT) == []
    with pytest.raises(Inconsistent):
        other.cosign(chain(2, say=b"other"), at=AT)


def test_a_ledger_that_lost_its_tail_or_its_past_is_not_vouched_for(own_ledger: OwnLedger) -> None:
    own_ledger.grow(4, 2)
    own_ledger.remember()
    own_ledger.anything.execute("DELETE FROM ledger_cosignature; DELETE FROM ledger_seal WHERE number > 2")
    own_ledger.append()
    own_ledger.anything.execute("SELECT pg_sleep(0.05)")
    refusals = sealing.have_witnessed(own_ledger.sealer, own_ledger.witnesses)
    assert len(refusals) == 2 and "seal 4, seen on" in refusals[0] and refusals[0].endswith("is gone")
    own_ledger.undo()
    own_ledger.seal_again(own_ledger.keys.sealing)
    assert sealing.have_witnessed(own_ledger.sealer, own_ledger.witnesses) == []
    own_ledger.anything.execute("UPDATE ledger_line SET commitment = sha256(commitment) WHERE id = 1")
    own_ledger.seal_again(own_ledger.keys.sealing)
    refusals = sealing.have_witnessed(own_ledger.sealer, own_ledger.witnesses)
    assert len(refusals) == 2 and "is not the one seen on" in refusals[0]
    own_ledger.append()
    assert sealing.seal_all(own_ledger.sealer, own_ledger.keys.sealing) <= 1, "sealing goes on: a refusal must not stop the evidence"


def test_a_cosignature_that_was_signed_but_never_stored_is_stored_later(own_ledger: OwnLedger) -> None:
    own_ledger.grow(2, 2)
    own_ledger.anything.execute("DELETE FROM ledger_cosignature WHERE seal_id = 2")
    own_ledger.grow(1, 2)
    assert own_ledger.one(own_ledger.owner, "SELECT count(*) FROM ledger_cosignature WHERE seal_id = 3") == 2
    own_ledger.anything.execute("DELETE FROM ledger_cosignature WHERE seal_id = 3")
    sealing.have_witnessed(own_ledger.sealer, own_ledger.witnesses)
    assert own_ledger.one(own_ledger.owner, "SELECT count(*) FROM ledger_cosignature WHERE seal_id = 3") == 2


def test_a_false_cosignature_is_not_kept(own_ledger: OwnLedger) -> None:
    own_ledger.grow(2, 2)
    true = own_ledger.witnesses[0].seen()[-1]
    for false in (replace(true, signature=bytes(64)), replace(true, digest=bytes(32)), replace(true, seal=99), replace(true, at=0)):
        with pytest.raises(Inconsistent, match="is not seal"):
            witness.accept(own_ledger.sealer, [false])


def test_keys_are_files_that_only_their_owner_reads(tmp_path: Path) -> None:
    keys = LedgerKeys.open(tmp_path / "ledger")
    file = tmp_path / "ledger" / "sealing.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert LedgerKeys.open(tmp_path / "ledger").sealing.public == keys.sealing.public
    file.chmod(0o640)
    with pytest.raises(KeyProblem, match="can be read by others"):
        LedgerKeys.open(tmp_path / "ledger")
    file.chmod(0o600)
    file.write_text("not a key")
    with pytest.raises(KeyProblem, match="is damaged"):
        LedgerKeys.open(tmp_path / "ledger")
    with pytest.raises(FileExistsError):
        SigningKey.make(file)


def test_checkpoints_are_read_from_files_and_nonsense_is_named(tmp_path: Path, partner: Witness, chain: Callable[..., list[Seal]]) -> None:
    signed = partner.cosign(chain(2), at=AT)
    assert read_checkpoints(partner.folder / "seen.jsonl") == signed
    for text in ("{", "[]", '{"witness": 1}', json.dumps(signed[0].to_json() | {"key": "zz"})):
        (tmp_path / "nonsense").write_text(text)
        with pytest.raises(KeyProblem, match="does not hold checkpoints"):
            read_checkpoints(tmp_path / "nonsense")
    with pytest.raises(KeyProblem, match="There is no file"):
        read_checkpoints(tmp_path / "nowhere")


def alongside(own: OwnLedger, *arguments: str, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ALONGSIDE_DATABASE": own.database} | ({"ALONGSIDE_HOME": str(home)} if home else {})
    environment.pop("ALONGSIDE_ROLE", None)
    return subprocess.run([sys.executable, "-m", "alongside", "ledger", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_a_partner_vouches_from_its_own_machine_by_files_alone(own_ledger: OwnLedger, tmp_path: Path) -> None:
    own_ledger.grow(3, 2)
    away, to_partner, back = tmp_path / "away", tmp_path / "seals.jsonl", tmp_path / "signed.jsonl"
    assert alongside(own_ledger, "witness", "show", "--out", str(to_partner)).returncode == 0
    nowhere = {"home": tmp_path / "no-database-here"}
    refused = alongside(own_ledger, "witness", "cosign", str(to_partner), "--store", str(away), **nowhere)
    assert refused.returncode == 2 and "give --name and --sealer" in refused.stderr
    signed = alongside(
        own_ledger, "witness", "cosign", str(to_partner), "--store", str(away), "--name", "Police", "--sealer", own_ledger.keys.sealing.public.hex(),
        "--out", str(back), **nowhere,
    )
    assert signed.returncode == 0, signed.stderr
    checkpoint = read_checkpoints(back)[0]
    assert (checkpoint.witness, checkpoint.seal) == ("Police", 3) and not (tmp_path / "no-database-here").exists()
    changed = [replace(seal, count=7) for seal in seals(own_ledger.owner)]
    to_partner.write_text("".join(json.dumps(seal.to_json()) + "\n" for seal in changed))
    refused = alongside(own_ledger, "witness", "cosign", str(to_partner), "--store", str(away), **nowhere)
    assert refused.returncode == 1 and "TAMPERED: Police: seal 3 is not what the sealer signed" in refused.stderr


def test_the_sealers_signature_is_over_the_digest(own_ledger: OwnLedger) -> None:
    own_ledger.grow(1, 2)
    (seal,) = seals(own_ledger.owner)
    assert own_ledger.keys.sealing.sign(SEAL_SIGNATURE + seal.digest) == seal.signature
