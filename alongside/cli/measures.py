"""`alongside measures`: every measure of the product from a file, by the very functions that the pages and reports use."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from decimal import Decimal
from difflib import get_close_matches
from math import isfinite
from pathlib import Path
from typing import Any

import click

from alongside.measures.files.catalogue import MEASURES, measure_called
from alongside.measures.files.measure import Answer, Measure, Option
from alongside.measures.result import Result, Unmeasurable

CANNOT = 2
DIGITS = 12


class Cannot(click.ClickException):
    exit_code = CANNOT


@contextmanager
def own_words(command: click.Command, context: click.Context) -> Iterator[None]:
    """What cannot be understood on the line of the command is said in one sentence, with what is near it."""
    options = [name for parameter in command.get_params(context) if isinstance(parameter, click.Option) for name in parameter.opts]
    try:
        yield
    except click.NoSuchOption as wrong:
        raise Cannot(f"There is no option '{wrong.option_name}'.{_near(wrong.option_name, options)} '{context.command_path} --help' lists them all.") from None
    except click.MissingParameter as wrong:
        raise Cannot(f"Say which {(wrong.param.human_readable_name if wrong.param else 'file').lower()}: {context.command_path} FILE.csv") from None
    except click.BadParameter as wrong:
        choices = [str(choice) for choice in getattr(wrong.param and wrong.param.type, "choices", ())]
        said = next(iter(wrong.message.split("'")[1:2]), "")
        raise Cannot(f"{'/'.join(wrong.param.opts) if wrong.param else 'An option'}: {wrong.message}{_near(said, choices)}") from None
    except click.UsageError as wrong:
        raise Cannot(f"{wrong.format_message()} '{context.command_path} --help' tells more.") from None


def _near(said: str, among: list[str]) -> str:
    near = get_close_matches(said.lower(), among, n=2, cutoff=0.5)
    return f" Did you mean {' or '.join(near)}?" if near else ""


class MeasureCommand(click.Command):
    """A command whose help tells the columns and shows the first lines of a file."""

    def __init__(self, measure: Measure, **options: Any) -> None:
        super().__init__(**options)
        self.measure = measure

    def parse_args(self, context: click.Context, arguments: list[str]) -> list[str]:
        with own_words(self, context):
            return super().parse_args(context, arguments)

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Columns (any order; other columns are left alone)"):
            formatter.write_dl(
                [
                    (column.name + ("" if column.needed else " (optional)"), column.says + (f". Also: {', '.join(column.aliases)}" if column.aliases else ""))
                    for column in self.measure.columns
                ]
            )
        if self.measure.blocks:
            formatter.write_paragraph()
            formatter.write_text(f"A file with a column {' or '.join(self.measure.blocks)} is measured once for each of its values, as with --by.")
        super().format_options(context, formatter)

    def format_epilog(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Example file"):
            for line in self.measure.example.splitlines():
                formatter.write(f"  {line}\n")
        with formatter.section("Example"):
            formatter.write(f"  alongside measures {' '.join((self.measure.name, 'FILE.csv', *self.measure.example_options))}\n")
        if self.measure.aliases:
            with formatter.section("Other names"):
                formatter.write_text(", ".join(self.measure.aliases))


class MeasureCommands(click.Group):
    """Loads a measure by its name or an alias; lists them all."""

    def parse_args(self, context: click.Context, arguments: list[str]) -> list[str]:
        with own_words(self, context):
            return super().parse_args(context, arguments)

    def list_commands(self, context: click.Context) -> list[str]:
        return list(MEASURES)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        return _command(measure_called(name))

    def resolve_command(self, context: click.Context, arguments: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(context, arguments)
        except Unmeasurable as wrong:
            raise Cannot(str(wrong)) from None

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Measures, and the columns each reads"):
            for measure in MEASURES.values():
                columns = ", ".join(column.name if column.needed else f"[{column.name}]" for column in measure.columns)
                formatter.write_dl([(measure.name, f"{measure.says}  Columns: {columns}.")])


@click.command(
    cls=MeasureCommands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]},
    epilog="'alongside measures NAME --help' tells the columns, the options and the first lines of a file. Ends with 2 and one sentence where something is wrong.",
)  # fmt: skip
@click.pass_context
def measures(context: click.Context) -> None:
    """Work out a measure from a CSV file: value, interval, version of the formula, n and caveat, as text or --json.

    A measure may also be called by the number of its formula, where that is one measure: F5, F14.

    Files may have a byte order mark, commas, semicolons or tabs, and headings in any case. Decimals are written with a point.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def _command(measure: Measure) -> click.Command:
    common: list[click.Parameter] = [
        click.Option(["--by"], multiple=True, metavar="HEADING", help="Measure once for each value of this column; may be given several times."),
        click.Option(
            ["--column"], multiple=True, metavar="NAME=HEADING", help="Which heading of the file is which column, where it has another name; NAME= leaves an optional column out."
        ),
        click.Option(["--json", "as_json"], is_flag=True, help="One JSON object instead of text."),
    ]
    if measure.wide:
        common.insert(2, click.Option(["--no-header"], is_flag=True, help="The first line holds counts and no headings."))
    parameters = [click.Argument(["file"], type=click.Path(path_type=Path, allow_dash=True)), *map(_option, measure.options), *common]
    return MeasureCommand(measure, name=measure.name, params=parameters, callback=_work(measure), help=measure.says, context_settings={"help_option_names": ["-h", "--help"]})


def _option(option: Option) -> click.Option:
    names = [f"--{name}" for name in (option.name, *option.aliases)]
    if option.kind is bool:
        return click.Option([*names, option.key], is_flag=True, help=option.says)
    kind: Any = click.Choice([str(choice) for choice in option.choices], case_sensitive=False) if option.choices else option.kind
    return click.Option(
        [*names, option.key], type=kind, default=option.default, show_default=option.default is not None, help=option.says + (" (must be said)" if option.needed else "")
    )


def _work(measure: Measure) -> Callable[..., None]:
    def work(file: Path, by: tuple[str, ...], column: tuple[str, ...], as_json: bool, no_header: bool = False, **options: Any) -> None:
        try:
            _check_said(measure, options)
            answer = measure.of(_read(file), file.name if str(file) != "-" else "standard input", options=options, by=by, said=_said(column), header=not no_header)
        except Unmeasurable as wrong:
            raise Cannot(str(wrong)) from None
        click.echo(json.dumps(_as_json(measure, answer), ensure_ascii=False, indent=1) if as_json else "\n".join(_lines(answer)))

    return work


def _check_said(measure: Measure, options: dict[str, Any]) -> None:
    for option in measure.options:
        if option.needed and options[option.key] is None:
            words = f" {' or '.join(option.choices)}" if option.choices else ""
            raise Unmeasurable(f"Add --{option.name}{words}: {option.says}.")
        if isinstance(options[option.key], float) and not isfinite(options[option.key]):
            raise Unmeasurable(f"--{option.name} must be a number.")


def _read(file: Path) -> bytes:
    if str(file) == "-":
        return sys.stdin.buffer.read()
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise Unmeasurable(f"There is no file {file}.") from None
    except OSError as wrong:
        raise Unmeasurable(f"{file} cannot be read: {wrong.strerror}.") from None


def _said(columns: tuple[str, ...]) -> dict[str, list[str]]:
    said = dict[str, list[str]]()
    for each in columns:
        name, equals, heading = each.partition("=")
        if not equals:
            raise Unmeasurable(f"'{each}' is not NAME=HEADING: write for example --column population=Pop2026.")
        said.setdefault(name.strip(), []).append(heading.strip())
    return said


def _lines(answer: Answer) -> list[str]:
    lines, caveats = list[str](), dict[str, None]()
    for result in answer.results:
        lines.append(f"{result.measure}{f' · {result.scope}' if result.scope else ''}: {_shown(result)}")
        lines.append(f"    n {result.n} · formula {result.version} · inputs {result.inputs}")
        caveats[result.caveat] = None
    read = ", ".join(f"{name} from '{heading}'" for name, heading in answer.read.items() if name != heading)
    return [*lines, *(f"  {note}" for note in answer.notes), *([f"Read: {read}"] if read else []), *(f"Caveat: {caveat}" for caveat in caveats)]


def _shown(result: Result) -> str:
    if result.suppressed:
        return "hidden, because it rests on too few"
    if result.value is None:
        return "cannot be said of these figures"
    interval = f" (interval {_number(result.low)} to {_number(result.high)})" if result.low is not None and result.high is not None else " (no interval)"
    return _number(result.value) + interval + (f", standard error {_number(result.se)}" if result.se is not None else "")


def _number(value: float | Decimal | None) -> str:
    if value is None:
        return "-"
    return f"{value:f}" if isinstance(value, Decimal) and len(value.as_tuple().digits) < 2 * DIGITS else f"{float(value):.{DIGITS}g}"


def _as_json(measure: Measure, answer: Answer) -> dict[str, Any]:
    return {"measure": measure.name, "results": [_plain(asdict(result)) for result in answer.results], "notes": list(answer.notes), "read": dict(answer.read)}


def _plain(result: dict[str, Any]) -> dict[str, Any]:
    return {name: float(value) if isinstance(value, Decimal) else value for name, value in result.items() if name != "period"}
