"""What a measure is given of a table: its columns by the measure's own names, turned into numbers, dates and words, every fault named by line and column."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from math import isfinite
from re import fullmatch
from typing import TypeVar

from alongside.measures.files.table import Row, Table, plain
from alongside.measures.result import Unmeasurable

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
MOST = 1_000_000
SMALLEST, LARGEST, MOST_MONEY = 1e-30, 1e30, 1e15
YES, NO = ("yes", "y", "true", "1", "ja", "x"), ("no", "n", "false", "0", "nein", "")
DATES = (r"(?P<year>\d{4})-?(?P<month>\d{2})-?(?P<day>\d{2})(?:[T ].*)?", r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a measure reads. `many`: every heading that begins with the name. `aliases` are other headings it may have."""

    name: str
    says: str
    aliases: tuple[str, ...] = ()
    needed: bool = True
    many: bool = False

    def fits(self, heading: str) -> bool:
        wanted = plain(heading)
        names = [plain(name) for name in (self.name, *self.aliases)]
        return wanted in names or (self.many and any(fullmatch(rf"{name}s?(_?\w+)?", wanted) for name in names))


@dataclass(frozen=True, slots=True)
class Given:
    """A table with the place of each column found in it."""

    table: Table
    places: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def n(self) -> int:
        return len(self.table.rows)

    def has(self, column: str) -> bool:
        """Whether the file has this column, with something in it."""
        return any(row.cells[place] for place in self.places.get(column, ()) for row in self.table.rows)

    def heading(self, column: str) -> str:
        """The heading that a column has in the file; empty where it has none."""
        return self.table.headings[self.places[column][0]] if column in self.places else ""

    def texts(self, column: str) -> list[str]:
        return [row.cells[self._place(column)] for row in self.table.rows]

    def labels(self, column: str) -> list[str]:
        """The names of the rows; their place where the file has no such column. Each must be there once."""
        if not self.has(column):
            return [f"row {place}" for place in range(1, self.n + 1)]
        names = self.words(column)
        twice = next((name for name in names if names.count(name) > 1), None) if len(set(names)) < len(names) else None
        if twice is not None:
            raise Unmeasurable(
                f"{self.table.name} has '{twice}' twice in column '{self.heading(column)}': each may stand there once. Use --by COLUMN for several blocks in one file."
            )
        return names

    def words(self, column: str) -> list[str]:
        """Texts of which none is empty."""
        return self._each(column, lambda text: text, "must not be empty")

    def numbers(self, column: str) -> list[float]:
        return self._each(column, number, "is no number")

    def numbers_or(self, column: str, otherwise: float) -> list[float]:
        """Numbers, with a value for empty cells or a missing column."""
        if not self.has(column):
            return [otherwise] * self.n
        return self._each(column, lambda text: number(text) if text else otherwise, "is no number", empty=True)

    def optional_numbers(self, column: str) -> list[float] | None:
        return self.numbers(column) if self.has(column) else None

    def counts(self, column: str) -> list[int]:
        """Whole numbers of zero or more."""
        return self._each(column, whole, "is no whole number of zero or more")

    def counts_or(self, column: str, otherwise: int) -> list[int]:
        if not self.has(column):
            return [otherwise] * self.n
        return self._each(column, lambda text: whole(text) if text else otherwise, "is no whole number of zero or more", empty=True)

    def money_or(self, column: str, otherwise: Decimal = Decimal(0)) -> list[Decimal]:
        if not self.has(column):
            return [otherwise] * self.n
        return self._each(column, lambda text: money(text) if text else otherwise, "is no amount", empty=True)

    def flags_or(self, column: str, otherwise: bool = False) -> list[bool]:
        if not self.has(column):
            return [otherwise] * self.n
        return self._each(column, flag, "is neither yes nor no", empty=True)

    def optional_flags(self, column: str) -> list[bool | None]:
        if not self.has(column):
            return [None] * self.n
        return self._each(column, lambda text: flag(text) if text else None, "is neither yes nor no", empty=True)

    def repeated(self, rows: Sequence[T]) -> Iterator[T]:
        """Each row as often as its column 'count' says; once without such a column."""
        counts = self.counts_or("count", 1)
        if sum(counts) > MOST:
            raise Unmeasurable(f"{self.table.name} counts {sum(counts):,} in all, and at most {MOST:,} are measured at once: split it.")
        return (row for row, count in zip(rows, counts, strict=True) for _ in range(count))

    def dates(self, column: str) -> list[date]:
        return self._each(column, day, "is no date: write 2026-11-26")

    def optional_dates(self, column: str) -> list[date | None]:
        if not self.has(column):
            return [None] * self.n
        return self._each(column, lambda text: day(text) if text else None, "is no date: write 2026-11-26", empty=True)

    def choices(self, column: str, among: type[E], aliases: Mapping[str, E] | None = None) -> list[E]:
        """One of an enumeration's values, or of the other words for them."""
        words = {plain(one.value): one for one in among} | {plain(word): one for word, one in (aliases or {}).items()}
        return self._each(column, lambda text: words[plain(text)], f"is none of: {', '.join(one.value for one in among)}")

    def many(self, column: str) -> dict[str, list[float]]:
        """Every column that begins with a name, by its heading."""
        return {self.table.headings[place]: self._at(place, number, "is no number") for place in self.places.get(column, ())}

    def matrix(self) -> tuple[list[str], list[list[float]]]:
        """All cells as numbers, without a first column of names."""
        first = 0 if all(_is_number(row.cells[0]) for row in self.table.rows) else 1
        wide = range(first, len(self.table.headings))
        if not wide:
            raise Unmeasurable(f"{self.table.name} needs columns of numbers.")
        return list(self.table.headings[first:]), [list(row) for row in zip(*(self._at(place, number, "is no number") for place in wide), strict=True)]

    def of_at_least(self, smallest: float, column: str) -> "Given":
        """Only the rows where a column is at least so much; all of them where nothing is asked for."""
        if not smallest:
            return self
        kept = tuple(row for row, value in zip(self.table.rows, self.numbers(column), strict=True) if value >= smallest)
        if not kept:
            raise Unmeasurable(f"{self.table.name} has no group with a {column} of {smallest:g} or more.")
        return Given(self.table.only(kept), self.places)

    def blocks(self, columns: Sequence[int]) -> Iterator[tuple[str, "Given"]]:
        """The rows apart by what stands in some columns, in order of appearance, with a name."""
        if not columns:
            yield "", self
            return
        found: dict[tuple[str, ...], list[Row]] = {}
        for row in self.table.rows:
            found.setdefault(tuple(row.cells[place] for place in columns), []).append(row)
        for key, rows in found.items():
            yield ", ".join(part or "(empty)" for part in key), Given(self.table.only(tuple(rows)), self.places)

    def _place(self, column: str) -> int:
        if column not in self.places:
            raise Unmeasurable(f"{self.table.name} has no column for '{column}'. Its columns are: {', '.join(self.table.headings)}. Say which one with --column {column}=HEADING.")
        return self.places[column][0]

    def _each(self, column: str, read: Callable[[str], T], otherwise: str, *, empty: bool = False) -> list[T]:
        return self._at(self._place(column), read, otherwise, empty=empty)

    def _at(self, place: int, read: Callable[[str], T], otherwise: str, *, empty: bool = False) -> list[T]:
        found: list[T] = []
        for row in self.table.rows:
            text = row.cells[place]
            where = f"{self.table.name}, line {row.line}, column '{self.table.headings[place]}'"
            if not text and not empty:
                raise Unmeasurable(f"{where}: the cell is empty. Fill it, or take the row out.")
            try:
                found.append(read(text))
            except Unmeasurable as wrong:
                raise Unmeasurable(f"{where}: {wrong}") from None
            except (ValueError, KeyError):
                raise Unmeasurable(f"{where}: '{text[:40]}' {otherwise}.") from None
        return found


def find_columns(table: Table, columns: Sequence[Column], said: Mapping[str, Sequence[str]]) -> Given:
    """Where each column stands: as said (nowhere, where an empty heading is said), else by its name or an alias. Raises `Unmeasurable` for a needed one that is missing."""
    places: dict[str, tuple[int, ...]] = {name: tuple(_said(table, name, heading, columns) for heading in headings if heading) for name, headings in said.items()}
    taken = {place for found in places.values() for place in found}
    for exact in (True, False):
        for column in columns:
            fit = [place for place, heading in enumerate(table.headings) if place not in taken and _fits(column, heading, exact)]
            if fit and column.name not in said and (column.many or column.name not in places):
                places[column.name] = (*places.get(column.name, ()), *(fit if column.many else fit[:1]))
                taken |= set(places[column.name])
    missing = [column for column in columns if column.needed and not places.get(column.name)]
    if len(missing) == 1 and len(table.headings) == 1:
        return Given(table, {missing[0].name: (0,)})
    if missing:
        names = ", ".join((missing[0].name, *missing[0].aliases))
        raise Unmeasurable(
            f"{table.name} has no column '{missing[0].name}' ({missing[0].says}). It may be called: {names}. "
            f"The file's columns are: {', '.join(table.headings)}. Say which one with --column {missing[0].name}=HEADING."
        )
    return Given(table, {name: tuple(sorted(found)) for name, found in places.items() if found})


def number(text: str) -> float:
    """A number with a decimal point; true and false are 1 and 0. Decimal commas, thousands, signs of money and per cent are refused, because they can be read two ways.

    Example:
        >>> number("-1.5e3")
        -1500.0
    """
    if text.lower() in ("true", "false"):
        return float(text.lower() == "true")
    if fullmatch(r"[+-]?\d[\d.]*,\d+", text):
        raise Unmeasurable(f"'{text}' has a comma: write decimals with a point (1.5) and thousands without any sign (12500).")
    if fullmatch(r"[£$€]\s*-?[\d.,]+|-?[\d.,]+\s*%", text):
        raise Unmeasurable(f"'{text}' has a sign in it: write the bare number.")
    value = float(text.replace("−", "-")) if "_" not in text else float("nan")
    if not isfinite(value):
        raise ValueError(text)
    if value and not SMALLEST < abs(value) < LARGEST:
        raise Unmeasurable(f"'{text[:40]}' is too large or too small to be a figure of this kind.")
    return value


def whole(text: str) -> int:
    value = number(text)
    if value < 0 or value != int(value):
        raise ValueError(text)
    return int(value)


def money(text: str) -> Decimal:
    """An exact amount.

    Example:
        >>> money("1200.10")
        Decimal('1200.10')
    """
    if abs(number(text)) > MOST_MONEY:
        raise Unmeasurable(f"'{text[:40]}' is too large to be an amount of money.")
    try:
        return Decimal(text.replace("−", "-"))
    except InvalidOperation:
        raise ValueError(text) from None


def flag(text: str) -> bool:
    if text.lower() not in (*YES, *NO):
        raise ValueError(text)
    return text.lower() in YES


def day(text: str) -> date:
    """A day as 2026-11-26 or 26/11/2026.

    Example:
        >>> day("26/11/2026") == day("2026-11-26")
        True
    """
    for form in DATES:
        if found := fullmatch(form, text):
            return date(**{part: int(digits) for part, digits in found.groupdict().items()})
    raise ValueError(text)


def _is_number(text: str) -> bool:
    try:
        number(text)
    except ValueError:
        return False
    return True


def _fits(column: Column, heading: str, exact: bool) -> bool:
    return plain(heading) == plain(column.name) if exact else column.fits(heading)


def _said(table: Table, name: str, heading: str, columns: Sequence[Column]) -> int:
    if name not in {column.name for column in columns}:
        raise Unmeasurable(f"There is no column '{name}' to name. There are: {', '.join(column.name for column in columns)}.")
    for place, there in enumerate(table.headings):
        if plain(there) == plain(heading):
            return place
    raise Unmeasurable(f"{table.name} has no heading '{heading}'. Its columns are: {', '.join(table.headings)}.")
