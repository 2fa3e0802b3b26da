"""`alongside import spend`: load a published spend file into a partnership's books, whole or not at all, and say how it reconciles."""

import csv
import sys
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from alongside.cli.import_register import operator, stopping
from alongside.cli.postgres.home import SetupProblem
from alongside.cli.postgres.roles import WORKER
from alongside.open_book.rules.columns import FIELDS, NotASpendFile

if TYPE_CHECKING:
    from alongside.open_book.queries import Reconciliation
    from alongside.open_book.sheets.spend_file import SpendFile

STOPPED = 130
LARGEST = 1024 * 1024 * 1024
FATES = {"refused": "refused", "duplicate": "stands twice in the file", "already": "stands in the books already"}


@click.command("spend")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--partnership", default="", help="Whose books: the partnership's name. Needed unless it is a dry run.")
@click.option("--agency", default="", help="Who paid: the partner's name, or its ODS code, URN or charity number. Needed unless it is a dry run.")
@click.option("--map", "mapped", multiple=True, metavar="COLUMN=FIELD", help=f"Read FIELD from COLUMN. Fields: {', '.join(FIELDS)}. May be given several times.")
@click.option("--open-years", is_flag=True, help="Open the financial years (April to March) of the file's days that no accounting period holds.")
@click.option("--dry-run", is_flag=True, help="Read and check everything, load nothing. Needs no database.")
def import_spend(file: Path, partnership: str, agency: str, mapped: tuple[str, ...], open_years: bool, dry_run: bool) -> None:
    """Load payments from FILE, a CSV or Excel table with one payment in each row, as councils publish it.

    Columns are known by their headings, and shown. Every row is imported, refused with its reasons, or a duplicate, and the sums are shown to the penny. The rows left out are
    written beside FILE. Ctrl-C stops between batches; the same command goes on from there. The same file again changes nothing.
    """
    from alongside.common.clock import now

    try:
        spend = looked_through(file, chosen_columns(mapped))
        show(spend)
        if dry_run:
            check(file, spend, now())
        else:
            load(file, spend, partnership=partnership, agency=agency, open_years=open_years, at=now())
    except NotASpendFile as no:
        raise SetupProblem(str(no)) from None


def chosen_columns(mapped: Sequence[str]) -> dict[str, str]:
    for each in mapped:
        if "=" not in each:
            raise NotASpendFile(f"“{each}” does not say which field the column is for. Write it like: --map 'Payee=supplier'")
    return {column.strip(): name.strip() for column, _, name in (each.rpartition("=") for each in mapped)}


def looked_through(file: Path, chosen: dict[str, str]) -> "SpendFile":
    from alongside.open_book.sheets.spend_file import look_through

    try:
        if file.stat().st_size > LARGEST:
            raise NotASpendFile(f"{file} is larger than a spend file can be.")
        content = file.read_bytes()
    except OSError as problem:
        raise NotASpendFile(f"{file} cannot be read: {problem.strerror or problem}.") from None
    return look_through(file.name, content, chosen=chosen)


def show(spend: "SpendFile") -> None:
    click.echo(f"{spend.name}: {len(spend.cells) - spend.heading - 1:,} rows")
    for words, heading in spend.columns.said():
        click.echo(f"  {words:<22} {f'from {heading.strip()}' if heading else 'not in the file'}")
    if spend.columns.unused:
        click.echo(f"  {'not used':<22} {', '.join(heading.strip()[:40] for heading in spend.columns.unused[:20])}")
    if spend.month_first:
        click.echo("  Days are read with the month first: some of them can be read in no other way.")


def check(file: Path, spend: "SpendFile", at: datetime) -> None:
    """Without a database: what the file itself comes to."""
    from alongside.common.london import london_day
    from alongside.open_book.facts import Fate
    from alongside.open_book.rules.spend_rows import tally_of

    rows = list(spend.rows(today=london_day(at), periods=None))
    tally = tally_of(rows)
    out = [(row.number, row.fate.value, "; ".join(row.reasons), row.amount, ", ".join(row.cells)) for row in rows if row.fate in (Fate.REFUSED, Fate.DUPLICATE)]
    total = tally.lines.rows + tally.refused.rows + tally.duplicates.rows
    line("The file", total, tally.total)
    line("  can be imported", tally.lines.rows, tally.lines.amount)
    line("  refused", tally.refused.rows, tally.refused.amount, f"{tally.unreadable:,} of them without an amount that can be read" if tally.unreadable else "")
    line("  stand twice in the file", tally.duplicates.rows, tally.duplicates.amount)
    ending(tally.blank, tally.headings, tally.stated, tally.total)
    click.echo("Nothing was loaded.")
    write_left_out(file, out)


def load(file: Path, spend: "SpendFile", *, partnership: str, agency: str, open_years: bool, at: datetime) -> None:
    """As the worker: a role without a session, that loads through the doors of an import only. The trace names the operator."""
    from alongside.cli.product import product

    if not partnership or not agency:
        raise NotASpendFile("Say whose books and who paid: --partnership NAME --agency NAME. Or check the file with --dry-run.")
    with product(WORKER), stopping() as stop:
        from alongside.agencies.queries import agency_called
        from alongside.open_book import actions, queries
        from alongside.partnerships.queries import partnership_called

        whose, payer = partnership_called(partnership), agency_called(agency)
        if whose is None:
            raise NotASpendFile(f"There is no partnership called “{partnership}”.")
        if payer is None:
            raise NotASpendFile(f"There is no agency called “{agency}”, and none with that code.")
        try:
            for name in actions.open_missing_years(partnership_id=whose.pk, file=spend, at=at) if open_years else ():
                click.echo(f"  opened the accounting period {name}")
            made = actions.read_spend(by=None, partnership_id=whose.pk, agency_id=payer.pk, file=spend, at=at, operator=operator(), said=progress, stopped=lambda: bool(stop))
            if made.status == "reading":
                click.echo(f"Stopped after {made.rows_read:,} rows. Nothing is in the books yet. The same command goes on from there.")
                sys.exit(STOPPED)
            fresh = actions.finish_spend(by=None, import_id=made.pk, at=at)
        except (actions.NotNow, actions.NotYours) as no:
            raise NotASpendFile(str(no)) from None
        found = queries.spend_import(whose.pk, made.pk)
        say(queries.reconciliation(found), fresh=fresh, payer=payer.name)
        write_left_out(file, [(row.row, row.fate, "; ".join(row.reasons), row.amount, row.cells) for row in queries.left_out(made.pk, limit=None)])


def progress(reached: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r  {reached:,} rows", err=True, nl=False)


def say(found: "Reconciliation", *, fresh: bool, payer: str) -> None:
    if not fresh:
        click.echo("This very file is in the books already. Nothing was changed.")
    line("The file", found.file_rows, found.file_total)
    line("  imported", found.imported.rows, found.imported.amount)
    line("  refused", found.refused.rows, found.refused.amount, f"{found.unreadable:,} of them without an amount that can be read" if found.unreadable else "")
    line("  twice in the file", found.twice.rows, found.twice.amount)
    line("  in the books already", found.already.rows, found.already.amount)
    ending(found.blank, found.headings, found.stated, found.file_total)
    line(f"The books, {payer}, same days", found.in_books.rows, found.in_books.amount)
    line("  differ from the file by", 0, found.difference)
    for words, rows, amount in found.explained:
        line(f"    {words[:1].lower()}{words[1:]}", rows, amount)
    click.echo("Every penny is accounted for." if found.agrees else "Not every row has an amount that can be read; what they come to is not known.")


def line(words: str, rows: int, amount: Decimal, more: str = "") -> None:
    click.echo(f"{words:<44} {f'{rows:,} rows' if rows or not words.startswith('  differ') else '':>14} {amount:>20,.2f}{f'   {more}' if more else ''}")


def ending(blank: int, headings: int, stated: Sequence[Decimal], total: Decimal) -> None:
    if blank or headings:
        click.echo(f"  beside them {blank:,} blank rows and {headings:,} that only repeat headings or name a total")
    if stated:
        click.echo(f"  the file itself states a total of {stated[-1]:,.2f}; its rows come to {total:,.2f}, {abs(total - stated[-1]):,.2f} {'more' if total >= stated[-1] else 'less'}")


def write_left_out(file: Path, rows: Sequence[tuple[int, str, str, Decimal | None, str]]) -> None:
    if not rows:
        return
    beside = file.with_name(f"{file.stem}.left-out.csv")
    try:
        with beside.open("w", encoding="utf-8-sig", newline="") as out:
            written = csv.writer(out)
            written.writerow(["Row", "What became of it", "Why", "Amount", "What stood there"])
            written.writerows((number, FATES.get(fate, fate), why, "" if amount is None else amount, no_formula(cells)) for number, fate, why, amount, cells in rows)
    except OSError as problem:
        raise NotASpendFile(f"The rows left out cannot be written to {beside}: {problem.strerror}. What was loaded stays.") from None
    click.echo(f"The rows left out, and why: {beside}")


def no_formula(cells: str) -> str:
    """A spreadsheet that opens it takes it for words."""
    return f"'{cells}" if cells[:1] in ("=", "+", "-", "@") else cells
