"""Registers as files: CSV or Parquet, known by what is in them and not by their names, read row by row; what cannot be read is refused whole."""

import csv
import hashlib
import io
import os
import stat
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from alongside.people.rules.columns import MOST_COLUMNS, NotARegister

LONGEST_LINE = 1_000_000
LONGEST_CELL = 100_000
SEPARATORS = (",", ";", "\t", "|")
STARTS = {
    b"PK\x03\x04": "This is an Excel workbook (or another zip file). In Excel choose Save As, “CSV UTF-8”, and load that.",
    b"\xd0\xcf\x11\xe0": "This is an old Excel workbook. In Excel choose Save As, “CSV UTF-8”, and load that.",
    b"\x1f\x8b": "This file is packed (gzip). Unpack it first.",
    b"%PDF": "This is a PDF. A register is a table: CSV or Parquet.",
    b"\xff\xfe": "This file is UTF-16 text. Save it as “CSV UTF-8”.",
    b"\xfe\xff": "This file is UTF-16 text. Save it as “CSV UTF-8”.",
}


class RegisterFile(ABC):
    """A file that was looked through once: it can be read to its end. `rows` counts its rows, `sha256` is what it is known by."""

    path: Path
    headings: list[str]
    rows: int
    sha256: str

    @abstractmethod
    def read(self, start: int = 0) -> Iterator[list[str]]:
        """Each row's cells as text, from row `start` on (0: the first after the heading)."""


def open_register(path: Path) -> RegisterFile:
    """Look a file through before a single row is loaded. Raises NotARegister with what is wrong and what to do."""
    try:
        kind = path.stat()
        if stat.S_ISDIR(kind.st_mode):
            raise NotARegister(f"{path} is a folder. Name the file in it.")
        if not stat.S_ISREG(kind.st_mode):
            raise NotARegister(f"{path} is no ordinary file.")
        with path.open("rb") as file:
            start = file.read(8)
    except NotARegister:
        raise
    except FileNotFoundError:
        raise NotARegister(f"There is no file {path}.") from None
    except PermissionError:
        raise NotARegister(f"You may not read {path}. Ask its owner, or run this as somebody who may.") from None
    except (OSError, ValueError) as problem:
        raise NotARegister(f"{path} cannot be read: {problem}.") from None
    if not start.strip():
        raise NotARegister(f"{path} is empty.")
    for magic, says in STARTS.items():
        if start.startswith(magic):
            raise NotARegister(says)
    return ParquetRegister(path) if start.startswith(b"PAR1") else CSVRegister(path)


class CSVRegister(RegisterFile):
    """Text in UTF-8, with or without a byte order mark, separated by commas, semicolons, tabs or bars."""

    def __init__(self, path: Path) -> None:
        csv.field_size_limit(LONGEST_CELL)
        self.path = path
        self.sha256 = self._look_through()
        with self._open() as file:
            first = file.readline(LONGEST_LINE)
            if len(first) >= LONGEST_LINE:
                raise NotARegister(f"The first line has more than {LONGEST_LINE:,} characters. A register has at most {MOST_COLUMNS:,} columns: is it the right file?")
        self.separator = max(SEPARATORS, key=lambda mark: (_count_outside_quotes(first, mark), -SEPARATORS.index(mark)))
        rows = self._rows()
        self.headings = [" ".join(heading.split()) for heading in next(rows, (0, []))[1]]
        if not any(self.headings):
            raise NotARegister("The first line must hold the headings of the columns; it is empty.")
        self.rows = sum(1 for _ in rows)

    def read(self, start: int = 0) -> Iterator[list[str]]:
        rows = self._rows()
        next(rows)
        for place, (_, cells) in enumerate(rows):
            if place >= start:
                yield cells

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        """Every line that holds anything. A quotation mark out of place ends the reading: what follows it could be anybody's."""
        with self._open() as file:
            reader = csv.reader(_shorter_lines(file), delimiter=self.separator, strict=True)
            before = 0
            try:
                for cells in reader:
                    if any(cell.strip() for cell in cells):
                        yield before + 1, cells
                    before = reader.line_num
            except csv.Error as problem:
                raise NotARegister(f"{_in_words(problem)} It begins in line {before + 1}. Put it right and try again; nothing was loaded.") from None

    def _open(self) -> io.TextIOWrapper:
        return io.TextIOWrapper(self.path.open("rb"), encoding="utf-8-sig", newline="")

    def _look_through(self) -> str:
        """The file's own hash, and whether every byte of it is text in UTF-8."""
        digest, line = hashlib.sha256(), 1
        with self.path.open("rb") as file:
            while piece := file.readline(LONGEST_LINE):
                digest.update(piece)
                if b"\x00" in piece:
                    raise NotARegister(f"Line {line} holds characters that are no text. Is it a CSV file? Save it as “CSV UTF-8”.")
                try:
                    if len(piece) < LONGEST_LINE:
                        piece.decode("utf-8")
                except UnicodeDecodeError as no:
                    seen = piece[max(0, no.start - 12) : no.start + 12].decode("cp1252", "replace")
                    raise NotARegister(f"Line {line} is not UTF-8 (near “{seen.strip()}”): letters with accents would be damaged. Save the file as “CSV UTF-8” and load that.") from None
                line += piece.endswith(b"\n")
        return digest.hexdigest()


class ParquetRegister(RegisterFile):
    """A table of Parquet, its columns by name; dates and numbers become the text that a CSV file would hold."""

    def __init__(self, path: Path) -> None:
        try:
            import pyarrow
            from pyarrow import parquet
        except ImportError:
            raise NotARegister("Reading Parquet needs one more package: pip install 'alongside[parquet]'. Or save the register as CSV.") from None
        self.path, self._faults = path, (pyarrow.ArrowException, OSError, ValueError)
        try:
            self._file = parquet.ParquetFile(path)
            schema = self._file.schema_arrow
            self.headings, self.rows = list(schema.names), self._file.metadata.num_rows
        except self._faults as problem:
            raise NotARegister(f"This Parquet file is damaged or cut short: {_first_line(problem)}") from None
        self._plain = [not (pyarrow.types.is_nested(field.type) or pyarrow.types.is_binary(field.type) or pyarrow.types.is_large_binary(field.type)) for field in schema]
        if not self.headings:
            raise NotARegister("This Parquet file has no columns.")
        with path.open("rb") as file:
            self.sha256 = hashlib.file_digest(file, "sha256").hexdigest()

    def read(self, start: int = 0) -> Iterator[list[str]]:
        place = 0
        try:
            for batch in self._file.iter_batches(batch_size=1_000):
                if place + batch.num_rows > start:
                    columns = [column.to_pylist() if plain else ["(not text)"] * batch.num_rows for column, plain in zip(batch.columns, self._plain, strict=True)]
                    for row in list(zip(*columns, strict=True))[max(0, start - place) :]:
                        yield [_as_text(cell) for cell in row]
                place += batch.num_rows
        except self._faults as problem:
            raise NotARegister(f"This Parquet file is damaged after row {place:,}: {_first_line(problem)}") from None


def _as_text(cell: Any) -> str:
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _shorter_lines(file: io.TextIOWrapper) -> Iterator[str]:
    while line := file.readline(LONGEST_LINE):
        if len(line) >= LONGEST_LINE:
            raise csv.Error("field larger than field limit")
        yield line


def _count_outside_quotes(line: str, mark: str) -> int:
    return sum(part.count(mark) for part in line.split('"')[::2])


def _in_words(problem: csv.Error) -> str:
    said = str(problem)
    if "field larger" in said:
        return f"A cell has more than {LONGEST_CELL:,} characters: a quotation mark is opened and never closed."
    if "unexpected end" in said:
        return "A quotation mark is opened and never closed."
    return "A quotation mark stands in the middle of a cell."


def _first_line(problem: Exception) -> str:
    return str(problem).strip().splitlines()[0][:200] if str(problem).strip() else "it cannot be read."


class RefusedRows:
    """The rows that were not loaded, as they stood and with the reasons, in a file beside the register that only its owner may read."""

    def __init__(self, register: RegisterFile, *, go_on: bool) -> None:
        self.path = register.path.with_name(f"{register.path.name}.refused.csv")
        self.count = 0
        there = self._continued = go_on and self.path.exists()
        try:
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | (os.O_APPEND if there else os.O_TRUNC), 0o600)
        except OSError as problem:
            raise NotARegister(f"The rows that are refused cannot be written beside the file: {problem.strerror}. Copy the register to a folder you may write in.") from None
        self._file = os.fdopen(handle, "w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file)
        if not there:
            self._writer.writerow(["Row", "Why it was refused", *(_harmless(heading) for heading in register.headings)])

    def write(self, number: int, reasons: Sequence[str], cells: Sequence[str]) -> None:
        self.count += 1
        self._writer.writerow([number, _harmless(" ".join(reasons)), *(_harmless(cell) for cell in cells)])

    def flush(self) -> None:
        self._file.flush()

    def close(self) -> None:
        self._file.close()
        if not self.count and not self._continued:
            self.path.unlink()


def _harmless(cell: str) -> str:
    """So that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
