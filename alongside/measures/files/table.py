"""Reading a table from a file as it comes: with or without a byte order mark, by comma, semicolon or tab, headings in any case. What is wrong is said by line and column."""

import csv
from dataclasses import dataclass
from io import StringIO
from re import sub

from alongside.measures.result import Unmeasurable

LARGEST = 200_000_000
"""Bytes beyond which a file is refused unread."""
DIVIDERS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file, with its number, counted as an editor counts."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Headings as written and the rows under them; every row has as many cells as there are headings."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]

    def only(self, rows: tuple[Row, ...]) -> "Table":
        return Table(self.name, self.headings, rows)


def plain(heading: str) -> str:
    """A heading as it is compared: without case, spaces and signs.

    Example:
        >>> plain(" Lower CL (95%)")
        'lower_cl_95'
    """
    return sub(r"[^a-z0-9]+", "_", heading.strip().lower()).strip("_")


def read_table(content: bytes, name: str, *, header: bool = True) -> Table:
    """The table of a file. Raises `Unmeasurable` where it cannot be read, with what to do.

    Example:
        >>> read_table("\\ufeffGroup;Count\\nA;3\\n".encode(), "f.csv").rows[0].cells
        ('A', '3')
    """
    if len(content) > LARGEST:
        raise Unmeasurable(f"{name} is larger than {LARGEST // 1_000_000} MB: split it.")
    if content.startswith(b"PK\x03\x04") or content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unmeasurable(f"{name} is a workbook, not CSV: save the sheet as 'CSV UTF-8' and give that file.")
    lines = _lines(_text(content, name), name)
    if not lines:
        raise Unmeasurable(f"{name} is empty: it needs a line of headings and at least one row.")
    headings = tuple(cell.strip() for cell in lines[0].cells) if header else tuple(f"column {place}" for place in range(1, len(lines[0].cells) + 1))
    while header and len(headings) > 1 and not headings[-1] and all(len(row.cells) < len(headings) or not row.cells[len(headings) - 1].strip() for row in lines[1:]):
        headings = headings[:-1]
    twice = sorted({heading for heading in headings if heading and [plain(one) for one in headings].count(plain(heading)) > 1})
    if twice:
        raise Unmeasurable(f"{name} has the heading '{twice[0]}' twice: rename one of the columns.")
    rows = tuple(_fitted(row, len(headings), name) for row in (lines[1:] if header else lines))
    if not rows:
        raise Unmeasurable(f"{name} has headings and no rows under them.")
    return Table(name, headings, rows)


def _text(content: bytes, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    else:
        encoding = "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise Unmeasurable(f"{name} is not UTF-8 text (byte {wrong.start}): save it as 'CSV UTF-8'.") from None
    if "\0" in text:
        raise Unmeasurable(f"{name} is not text: save the table as 'CSV UTF-8'.")
    return text


def _lines(text: str, name: str) -> list[Row]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    divider = max(DIVIDERS, key=lambda sign: (first.count(sign), -DIVIDERS.index(sign)))
    reader = csv.reader(StringIO(text, newline=""), delimiter=divider, strict=True)
    try:
        return [Row(reader.line_num, tuple(cells)) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as wrong:
        raise Unmeasurable(f"{name}, line {reader.line_num}: {wrong}. Look for a quotation mark that is not closed.") from None


def _fitted(row: Row, wide: int, name: str) -> Row:
    if len(row.cells) > wide and any(cell.strip() for cell in row.cells[wide:]):
        raise Unmeasurable(f"{name}, line {row.line} has {len(row.cells)} cells and there are {wide} headings: put a text that holds the divider in quotation marks.")
    return Row(row.line, (*(cell.strip() for cell in row.cells[:wide]), *([""] * (wide - len(row.cells)))))
