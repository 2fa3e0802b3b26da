"""The `alongside` command. Each subcommand is loaded only when it is called, so that one that needs no database starts at once."""

import importlib
import sys
from dataclasses import dataclass
from typing import Any

import click

from alongside.cli.postgres.home import SetupProblem


@dataclass(frozen=True, slots=True)
class Where:
    """In which module a command lives, and what `--help` says of it without loading it."""

    module: str
    name: str
    says: str

    def load(self) -> click.Command:
        command = getattr(importlib.import_module(self.module), self.name)
        assert isinstance(command, click.Command)
        return command


class Commands(click.Group):
    def __init__(self, where: dict[str, Where], **options: Any) -> None:
        super().__init__(**options)
        self.where = where

    def list_commands(self, context: click.Context) -> list[str]:
        return list(self.where)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        return self.where[name].load() if name in self.where else None

    def resolve_command(self, context: click.Context, arguments: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if arguments and arguments[0] not in self.where and not arguments[0].startswith("-"):
            raise click.UsageError(f"There is no '{arguments[0]}'. There are: {', '.join(self.where)}.", context)
        return super().resolve_command(context, arguments)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, where.says) for name, where in self.where.items()])


class Imports(Commands):
    """A register of people is what is loaded, unless something else is named first."""

    def parse_args(self, context: click.Context, arguments: list[str]) -> list[str]:
        if arguments and arguments[0] not in (*self.where, "-h", "--help"):
            arguments = ["register", *arguments]
        return super().parse_args(context, arguments)


IMPORT = Imports(
    name="import",
    help="Load a file, so that it can be stopped at any moment and gone on with. `alongside import FILE` loads a register of people.",
    where={
        "register": Where("alongside.cli.import_register", "import_register", "Load a register of people from a CSV or Parquet file."),
        "spend": Where("alongside.cli.import_spend", "import_spend", "Load a published spend file into a partnership's books, reconciled to the penny."),
    },
)


GATE = Commands(
    name="gate",
    help="The rule that decides who may see what: try it before you sign it.",
    where={"try": Where("alongside.cli.gate_try", "gate_try", "Decide the requests in a file, with reasons; compare with what was expected.")},
)


@click.command(
    cls=Commands,
    where={
        "serve": Where("alongside.cli.serve", "serve", "Serve the pages."),
        "worker": Where("alongside.cli.worker", "worker", "Do what runs later: deliver shares, watch the clocks, seal the ledger."),
        "migrate": Where("alongside.cli.migrate", "migrate_command", "Bring the database to what this version needs."),
        "demo": Where("alongside.cli.demo", "demo", "Fill the database with an invented district and its story."),
        "import": Where("alongside.cli.main", "IMPORT", "Load a register of people, or a partnership's spending, from a file."),
        "gate": Where("alongside.cli.main", "GATE", "Try the rule that decides who may see what."),
        "ledger": Where("alongside.cli.ledger", "ledger", "Check the access ledger and prove its lines."),
        "measures": Where("alongside.cli.measures", "measures", "Work out a measure of partnership, fairness or provision from a CSV file."),
        "check": Where("alongside.cli.check", "check", "Say whether this installation is set up safely."),
        "postgres": Where("alongside.cli.postgres.commands", "postgres", "Look after the embedded database: start, stop, status, shell."),
    },
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Without DATABASE_URL an embedded PostgreSQL is started on need and stopped again. 'alongside COMMAND --help' tells more.",
)
@click.version_option(package_name=None, version="0.1.0", prog_name="alongside")
def alongside() -> None:
    """Alongside: one person, one plan, many partners.

    A practitioner records once; every partner who needs to know receives it and answers; the person can see who looked and why.
    """


def main() -> None:
    try:
        alongside(prog_name="alongside")
    except SetupProblem as problem:
        click.echo(f"alongside: {problem}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
