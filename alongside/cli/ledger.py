"""`alongside ledger`: checking the access ledger, proving its lines, and letting partners vouch for it."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
import psycopg

from alongside.cli.postgres.addresses import database_name, role_address
from alongside.cli.postgres.home import home
from alongside.cli.postgres.roles import OWNER, SEALER
from alongside.cli.product import database
from alongside.common import clock
from alongside.confidentiality.ledger import proofs, seal, sealing, verification, witness
from alongside.confidentiality.ledger.keys import TRUST, KeyProblem, LedgerKeys, SigningKey, Trust

TAMPERED, CANNOT, ALARM = 1, 2, 3
FILE = click.Path(dir_okay=False, path_type=Path)


class Cannot(click.ClickException):
    exit_code = CANNOT


@click.group()
def ledger() -> None:
    """Check the access ledger and prove its lines.

    Every decision and every reading is a line. Each second the new lines are sealed under one signed hash, and partners vouch for the
    chain of those hashes with keys of their own.
    """


@ledger.command()
@click.option("--checkpoint", "checkpoint_files", multiple=True, type=FILE, help="What a partner signed and kept; may be given several times.")
@click.option("--trust", "trust_file", type=FILE, help="Whose keys to believe. Default: the list in the data directory.")
@click.option("--since", default=1, show_default=True, type=click.IntRange(min=1), help="Check from this seal on only.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of sentences.")
def verify(checkpoint_files: tuple[Path, ...], trust_file: Path | None, since: int, as_json: bool) -> None:
    """Check every line, every seal and every signature, and say what was done and where.

    Partners' checkpoints are what finds somebody who rewrote everything. Those of partners whose stores are in the data directory are
    taken by themselves; keep others on another machine and name them.

    Ends with 0 when all is intact, 1 when the ledger was tampered with, 2 when it cannot be checked, 3 when it is intact but somebody
    must act (lines that nobody seals, too few partners).
    """
    with _told_plainly(), _connected(OWNER) as connection:
        trust = Trust.read(trust_file or _folder() / TRUST)
        checkpoints = [checkpoint for file in checkpoint_files for checkpoint in witness.read_checkpoints(file)]
        if not trust_file:
            checkpoints += [checkpoint for partner in witness.enrolled(LedgerKeys.open(_folder())) for checkpoint in partner.seen()]
        with _progress() as on_progress:
            report = verification.verify(connection, trust=trust, checkpoints=checkpoints, since=since, on_progress=on_progress)
    click.echo(json.dumps(_as_json(report)) if as_json else "\n".join(_sentences(report)))
    sys.exit(TAMPERED if report.findings else ALARM if report.alarms else 0)


@ledger.command()
@click.argument("what")
@click.option("--out", type=FILE, help="Where to write the proof. Default: standard output.")
def prove(what: str, out: Path | None) -> None:
    """Write a proof that anyone can check offline with bin/verify-ledger.

    WHAT is the number of a line, or a thing that lines are about, such as entry:12.
    """
    with _told_plainly(), _connected(OWNER) as connection:
        numbers = [int(what)] if what.isdecimal() else proofs.lines_of_item(connection, what)
        if not numbers:
            raise proofs.NoProof(f"no line is about {what}")
        bundle = proofs.for_lines(connection, numbers)
    _write([bundle], out)


@ledger.command("seal")
def seal_now() -> None:
    """Seal what is final and have it vouched for, now. The worker does this each second."""
    with _told_plainly(), _connected(SEALER) as connection:
        keys = LedgerKeys.open(_folder())
        lines = sealing.seal_all(connection, keys.sealing)
        refusals = sealing.have_witnessed(connection, witness.enrolled(keys))
        newest = seal.newest(connection)
    click.echo(f"{lines} lines sealed; the last seal is {newest.number if newest else 'still to come'}.")
    if refusals:
        raise click.ClickException("; ".join(refusals))


@ledger.command()
@click.option("--out", type=FILE, help="Where to write. Default: standard output.")
def checkpoint(out: Path | None) -> None:
    """Write each partner's newest checkpoint, to be kept on another machine for 'verify --checkpoint'."""
    with _told_plainly(), _connected(SEALER) as connection:
        newest = witness.newest_checkpoints(connection)
        if not newest:
            raise witness.Inconsistent("no partner has vouched for this ledger so far")
    _write([checkpoint.to_json() for checkpoint in newest], out)


@ledger.group("witness")
def witness_group() -> None:
    """Partners who vouch for the ledger.

    A partner runs 'cosign' on a machine of its own, on what 'show' wrote here, and sends back the result for 'accept'. Its store never
    comes near this database.
    """


@witness_group.command("list")
def list_witnesses() -> None:
    """Say who is trusted to vouch, and with which key."""
    with _told_plainly():
        for key, name in Trust.read(_folder() / TRUST).witnesses.items():
            click.echo(f"{key.hex()}  {name}")


@witness_group.command()
@click.argument("name")
@click.argument("key", required=False)
def trust(name: str, key: str | None) -> None:
    """Trust a partner's key. Without a key, make a store here for a demonstration partner of that name."""
    with _told_plainly():
        keys = LedgerKeys.open(_folder())
        if key is None:
            key = witness.enrol(keys, name).key.public.hex()
        else:
            held = Trust.read(keys.trust_file)
            Trust(held.sealers, held.witnesses | {_key(key): name}).write(keys.trust_file)
    click.echo(f"{name} is trusted with the key {key}.")


@witness_group.command()
@click.option("--since", default=1, show_default=True, type=click.IntRange(min=1), help="The last seal that the partner has seen.")
@click.option("--out", type=FILE, help="Where to write. Default: standard output.")
def show(since: int, out: Path | None) -> None:
    """Write the seals that a partner is to vouch for. They name nobody."""
    with _told_plainly(), _connected(SEALER) as connection:
        _write([shown.to_json() for shown in seal.seals(connection, since=since)], out)


@witness_group.command()
@click.argument("seals_file", type=FILE)
@click.option("--store", required=True, type=click.Path(file_okay=False, path_type=Path), help="Where this partner keeps its key and what it has seen.")
@click.option("--name", help="Only the first time: this partner's name.")
@click.option("--sealer", help="Only the first time: the public key of the ledger's sealer, as its operator publishes it.")
@click.option("--out", type=FILE, help="Where to write. Default: standard output.")
def cosign(seals_file: Path, store: Path, name: str | None, sealer: str | None, out: Path | None) -> None:
    """As a partner: check that the seals continue what was seen before, and sign. Needs no database."""
    with _told_plainly():
        if not store.exists():
            if not (name and sealer):
                raise KeyProblem(f"There is no store at {store}. To make one, give --name and --sealer.")
            witness.Witness.make(store, name=name, sealer=_key(sealer))
        try:
            shown = [seal.Seal.from_json(json.loads(line)) for line in seals_file.read_text().splitlines()]
        except (OSError, ValueError, KeyError, TypeError) as problem:
            raise KeyProblem(f"{seals_file} does not hold seals: {problem}") from None
        signed = witness.Witness(store).cosign(shown, at=clock.now())
    _write([checkpoint.to_json() for checkpoint in signed], out)


@witness_group.command()
@click.argument("cosignatures", type=FILE)
def accept(cosignatures: Path) -> None:
    """Keep what a partner has signed beside the seals."""
    with _told_plainly(), _connected(SEALER) as connection:
        signed = witness.read_checkpoints(cosignatures)
        known = Trust.read(_folder() / TRUST).witnesses
        if strangers := {checkpoint.witness for checkpoint in signed if checkpoint.key not in known}:
            raise KeyProblem(f"The key of {', '.join(sorted(strangers))} is not trusted here. See 'alongside ledger witness trust'.")
        witness.accept(connection, signed)
    click.echo(f"{len(signed)} cosignatures kept.")


def _folder() -> Path:
    return home() / "ledger" / database_name()


@contextmanager
def _connected(role: str) -> Iterator[psycopg.Connection[Any]]:
    with database(), psycopg.connect(role_address(role), autocommit=True) as connection:
        yield connection


@contextmanager
def _told_plainly() -> Iterator[None]:
    try:
        yield
    except (KeyProblem, proofs.NoProof, sealing.NumbersWentBack) as problem:
        raise Cannot(str(problem)) from None
    except witness.Inconsistent as refusal:
        raise click.ClickException(f"TAMPERED: {refusal}") from None


@contextmanager
def _progress() -> Iterator[Any]:
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    with click.progressbar(length=1, label="lines", file=sys.stderr, show_pos=True) as bar:

        def on_progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield on_progress


def _sentences(report: verification.Report) -> Iterator[str]:
    yield f"{report.lines:,} lines under {report.seals:,} seals, up to seal {report.last_seal} ({report.last_digest.hex()}); {report.waiting:,} wait for the next."
    if report.erased or report.disposals:
        yield f"{report.erased:,} lines are erased:"
    for disposal in report.disposals:
        who = f"practitioner {disposal.by_practitioner}" if disposal.by_practitioner else "a job"
        yield f"    line {disposal.line}, {disposal.at}: {who} disposed of {disposal.lines:,} lines ({disposal.class_}; {disposal.because})"
    for name, number in report.vouched.items():
        yield f"{name} vouches for it up to seal {number}."
    for alarm in report.alarms:
        yield click.style(f"ALARM: {alarm}", fg="yellow")
    for finding in report.findings:
        place = ", ".join(f"{what} {number}" for what, number in (("seal", finding.seal), ("line", finding.line)) if number is not None)
        yield click.style(f"TAMPERED: {finding.kind}{f' ({place})' if place else ''}: {finding.says}", fg="red")
    if report.unlisted:
        yield f"... and {report.unlisted:,} more"
    if report.intact:
        yield click.style("The ledger is intact.", fg="green")


def _as_json(report: verification.Report) -> dict[str, Any]:
    return {"intact": report.intact} | asdict(report) | {"last_digest": report.last_digest.hex()}


def _write(rows: list[dict[str, Any]], out: Path | None) -> None:
    text = "".join(json.dumps(row) + "\n" for row in rows)
    if out:
        out.write_text(text)
    else:
        click.echo(text, nl=False)


def _key(text: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != SigningKey.LENGTH:
        raise KeyProblem(f"{text!r} is not a public key: {SigningKey.LENGTH} bytes in hexadecimal are.")
    return key
