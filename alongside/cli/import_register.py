"""`alongside import`: load a register of people from a file, so that it can be stopped at any moment and gone on with."""

import getpass
import signal
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from alongside.cli.postgres.home import SetupProblem
from alongside.cli.postgres.roles import WORKER
from alongside.cli.register_files import RefusedRows, RegisterFile, open_register
from alongside.common.written_days import months_come_first
from alongside.people.facts import ImportRow
from alongside.people.rules.columns import Columns, NotARegister, map_columns
from alongside.people.rules.dates import EARLIEST_BIRTH
from alongside.people.rules.rows import DATES, Reading, read_row

if TYPE_CHECKING:
    from alongside.people.models import RegisterImport

BATCH = 500
STOPPED = 130


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--agency", required=True, help="Whose register it is: the agency's name, or its ODS code, URN or charity number.")
@click.option("--team", default="", help="A team of that agency that covers everybody in the register. Without it the people are found by the agency's search only.")
@click.option("--map", "mapped", multiple=True, metavar="COLUMN=FIELD", help="Read FIELD from COLUMN; COLUMN= leaves a column out. May be given several times.")
@click.option("--earliest-birth", type=click.IntRange(1, 9999), default=EARLIEST_BIRTH, show_default=True, help="Refuse whoever was born before this year.")
@click.option("--dry-run", is_flag=True, help="Read and check everything, load nothing.")
@click.option("--resume", is_flag=True, help="Go on with a file that was stopped.")
def import_register(file: Path, agency: str, team: str, mapped: tuple[str, ...], earliest_birth: int, dry_run: bool, resume: bool) -> None:
    """Load a register of people from FILE, a CSV or Parquet table with one person in each row.

    Columns are known by their headings and shown before anything is loaded. A row is loaded whole or refused with its reasons, in a file beside FILE.
    Ctrl-C stops after the rows at hand; the same command with --resume goes on from there. No row is ever loaded twice.
    """
    from alongside.common.clock import today

    try:
        register = open_register(file)
        columns = map_columns(register.headings, chosen_columns(mapped))
        reading = Reading(today(), months_come_first(some_dates(register, columns)), earliest_birth)
        show(register, columns, reading)
        with stopping() as stop:
            if dry_run:
                Checking(register, columns, reading, stop).run()
            else:
                load(register, columns, reading, agency=agency, team=team, resume=resume, stop=stop)
    except NotARegister as no:
        raise SetupProblem(str(no)) from None


def chosen_columns(mapped: Sequence[str]) -> dict[str, str]:
    for each in mapped:
        if "=" not in each:
            raise NotARegister(f"“{each}” does not say which field the column is for. Write it like: --map 'Forename=given_name'")
    return {column.strip(): name.strip() for column, _, name in (each.rpartition("=") for each in mapped)}


def some_dates(register: RegisterFile, columns: Columns) -> Iterator[str]:
    places = [place for name in DATES for place in columns.fields.get(name, ())]
    if places:
        for cells in register.read():
            yield from (cells[place] for place in places if place < len(cells))


def show(register: RegisterFile, columns: Columns, reading: Reading) -> None:
    click.echo(f"{register.path.name}: {register.rows:,} rows")
    for name, headings in columns.said():
        click.echo(f"  {name:<22} from {headings}")
    if columns.unused:
        click.echo(f"  {'not used':<22} {', '.join(heading[:40] for heading in columns.unused[:20])}{' ...' if len(columns.unused) > 20 else ''}")
    if reading.month_first:
        click.echo("  Dates are read with the month first: some of them can be read in no other way.")


@dataclass
class Checking:
    """Reads a register to its end in batches, counts, and writes down what is refused. Loads nothing: `keep` is where a load does."""

    register: RegisterFile
    columns: Columns
    reading: Reading
    stop: list[bool]
    start: int = 0
    loaded: int = 0
    refused: RefusedRows = field(init=False)

    def run(self) -> None:
        self.refused = RefusedRows(self.register, go_on=self.start > 0)
        reached = self.start
        try:
            unread = self.register.read(self.start)
            while cells := list(islice(unread, BATCH)):
                rows = [read_row(reached + place, one, self.columns, self.reading) for place, one in enumerate(cells, start=1)]
                if self.stop:
                    break
                self.loaded += self.keep(rows, reached, reached + len(rows))
                for row, one in zip(rows, cells, strict=True):
                    if row.person is None:
                        self.refused.write(row.number, row.reasons, one)
                self.refused.flush()
                reached += len(rows)
                self.progress(reached)
        finally:
            self.refused.close()
        self.end(reached)

    def keep(self, rows: Sequence[ImportRow], start: int, until: int) -> int:
        return sum(row.person is not None for row in rows)

    def end(self, reached: int) -> None:
        self.say(f"Checked {reached - self.start:,} rows: {self.loaded:,} can be loaded, {self.refused.count:,} would be refused. Nothing was loaded.")

    def say(self, words: str) -> None:
        click.echo(("\n" if sys.stderr.isatty() else "") + words)
        if self.refused.count:
            click.echo(f"The refused rows and why: {self.refused.path}")
        if self.stop:
            sys.exit(STOPPED)

    def progress(self, reached: int) -> None:
        words = f"  {reached:,} of {self.register.rows:,} rows: {self.loaded:,} good, {self.refused.count:,} refused"
        if sys.stderr.isatty():
            click.echo(f"\r{words}", err=True, nl=False)
        elif reached // 10_000 > (reached - BATCH) // 10_000:
            click.echo(words, err=True)


@dataclass
class Loading(Checking):
    """The same, and each batch goes into the database, whole, with its ledger line and how far the file is read."""

    run_of: "RegisterImport | None" = None

    def keep(self, rows: Sequence[ImportRow], start: int, until: int) -> int:
        from alongside.people.actions import load_batch

        assert self.run_of is not None
        made = load_batch(register_import=self.run_of, rows=rows, start=start, until=until)
        if made is None:
            raise NotARegister("Somebody else is loading this file at this moment. Let them finish.")
        return made

    def end(self, reached: int) -> None:
        from alongside.common.clock import now
        from alongside.people.actions import finish_import, stop_import

        assert self.run_of is not None
        if self.stop:
            stop_import(register_import=self.run_of)
            self.say(f"Stopped after {reached:,} of {self.register.rows:,} rows. What is loaded stays. Go on with the same command and --resume.")
        finish_import(register_import=self.run_of, rows=reached, at=now())
        self.say(f"Loaded {self.loaded:,} people{f' from row {self.start + 1:,} on' if self.start else ''}; {self.refused.count:,} rows were refused.")


def load(register: RegisterFile, columns: Columns, reading: Reading, *, agency: str, team: str, resume: bool, stop: list[bool]) -> None:
    """As the worker: a role without a session, that may read nobody and make people through one door only. The ledger names the operator."""
    from alongside.cli.product import product

    with product(WORKER):
        from alongside.agencies.queries import agency_called, team_called
        from alongside.common.clock import now
        from alongside.people.actions import begin_import

        whose = agency_called(agency)
        if whose is None:
            raise NotARegister(f"There is no agency called “{agency}”, and none with that code.")
        covering = team_called(whose.pk, team) if team else None
        if team and covering is None:
            raise NotARegister(f"{whose.name} has no team called “{team}”.")
        settings = {"fields": {name: list(places) for name, places in columns.fields.items()}, "month_first": reading.month_first, "earliest_birth": reading.earliest_birth}
        run = begin_import(
            path=str(register.path.resolve()), sha256=register.sha256, columns=settings, agency_id=whose.pk, team_id=covering.pk if covering else None, by=operator(), rows=register.rows, at=now(),
        )  # fmt: skip
        refuse_to_begin_again(run, settings, resume=resume, agency=whose.name)
        Loading(register, columns, reading, stop, start=run.rows_read, run_of=run).run()


def refuse_to_begin_again(run: "RegisterImport", settings: dict[str, object], *, resume: bool, agency: str) -> None:
    if run.status == "done":
        raise NotARegister(f"This very file was loaded for {agency} on {run.finished_at:%d %B %Y}: {run.rows_loaded:,} people. Nothing was loaded again.")
    if run.rows_read and not resume:
        raise NotARegister(f"This file was begun for {agency} on {run.started_at:%d %B %Y} and stopped after {run.rows_read:,} rows. Go on with --resume.")
    if run.columns != settings:
        if run.rows_read:
            raise NotARegister("This file was begun with other columns or dates. Go on with the same --map and --earliest-birth as before.")
        run.columns = settings
        run.save(update_fields=["columns"])


def operator() -> str:
    return f"{getpass.getuser()} at {socket.gethostname()}"[:120]


@contextmanager
def stopping() -> Iterator[list[bool]]:
    """Ctrl-C and an ordinary end signal let the rows at hand be finished; a second Ctrl-C ends at once, which is just as safe."""
    asked: list[bool] = []

    def ask(number: int, frame: FrameType | None) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(True)

    former = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
