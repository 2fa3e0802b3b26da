"""A table that somebody was sent, as rows of text: CSV in whatever encoding, or an Excel workbook. What it is, is told by its content and not by its name."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from alongside.open_book.rules.columns import NotASpendFile

SEPARATORS = (",", ";", "\t", "|")
LONGEST_CELL = 100_000
LARGEST_UNPACKED = 400 * 1024 * 1024
MOST_COLUMNS_READ = 300
WORKBOOK, OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
NO_TABLE = {b"%PDF": "This is a PDF. Ask for the table behind it, as CSV or Excel.", b"\x1f\x8b": "This file is packed (gzip). Unpack it first.", b"\x89PNG": "This is a picture.", b"\xff\xd8\xff": "This is a picture."}
DAMAGED = "This workbook cannot be read. Open it in Excel, save it again as .xlsx or “CSV UTF-8”, and take that."


def rows_of(content: bytes) -> list[list[str]]:
    """Every row of the table, as text. Raises NotASpendFile with what is wrong and what to do."""
    if not content.strip():
        raise NotASpendFile("The file is empty.")
    for mark, says in NO_TABLE.items():
        if content.startswith(mark):
            raise NotASpendFile(says)
    if content.startswith((WORKBOOK, OLD_WORKBOOK)):
        return list(_workbook(content))
    return list(_text(content))


def _text(content: bytes) -> Iterator[list[str]]:
    words = decoded(content)
    if "\x00" in words[:4_000]:
        raise NotASpendFile("This is no text and no workbook. Save it as CSV or .xlsx.")
    csv.field_size_limit(LONGEST_CELL)
    try:
        yield from csv.reader(io.StringIO(words, newline=""), delimiter=separator_of(words))
    except csv.Error as problem:
        raise NotASpendFile(f"The file cannot be read as a table: {problem}. Is a quotation mark left open?") from None


def decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with its mark, or else what Windows wrote.

    Example:
        >>> decoded(b"\\xef\\xbb\\xbfDate"), decoded(b"Caf\\xe9 \\xa35"), decoded("Date".encode("utf-16"))
        ('Date', 'Café £5', 'Date')
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def separator_of(words: str) -> str:
    """The mark that stands most often in the fullest of the first lines.

    Example:
        >>> separator_of("Spend, over 500\\nDate;Supplier;Amount\\n1/4/25;Acme, Ltd;1,00\\n")
        ';'
    """
    lines = words[:20_000].splitlines()[:30]
    return max(SEPARATORS, key=lambda mark: (sum(min(line.count(mark), 30) for line in lines if line.count(mark) >= 2), -SEPARATORS.index(mark)))


def _workbook(content: bytes) -> Iterator[list[str]]:
    """The first sheet that holds anything."""
    try:
        if content.startswith(WORKBOOK):
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                    raise NotASpendFile("This workbook unpacks to more than a spend file should. Save the sheet as “CSV UTF-8”.")
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if sum(any(cell != "" for cell in row) for row in rows[:40]) >= 2:
                yield from ([cell_text(cell) for cell in row[:MOST_COLUMNS_READ]] for row in rows)
                return
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as problem:
        raise (problem if isinstance(problem, NotASpendFile) else NotASpendFile(DAMAGED)) from None
    raise NotASpendFile("This workbook holds no table.")


def cell_text(cell: Any) -> str:
    """
    Example:
        >>> cell_text(1234.5), cell_text(7.0), cell_text(date(2025, 4, 3)), cell_text(datetime(2025, 4, 3)), cell_text("x")
        ('1234.5', '7', '2025-04-03', '2025-04-03', 'x')
    """
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)
