"""A spend file that was looked through: where its headings stand, what each column is, and how its days are written."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from alongside.common.written_days import months_come_first
from alongside.open_book.facts import FileRow, PeriodFacts
from alongside.open_book.rules.columns import Columns, find_headings
from alongside.open_book.rules.dates import EARLIEST, NotADay, read_day
from alongside.open_book.rules.spend_rows import Reading
from alongside.open_book.sheets import rows_of

PREAMBLE = 40
DAYS_LOOKED_AT = 2_000


@dataclass(frozen=True, slots=True)
class SpendFile:
    """A file that was looked through: its rows, where its headings stand, and how its days are written."""

    name: str
    sha256: str
    cells: Sequence[Sequence[str]]
    heading: int
    columns: Columns
    month_first: bool

    def rows(self, *, today: date, periods: Sequence[PeriodFacts] | None) -> Iterator[FileRow]:
        reading = Reading(self.columns, today, self.month_first, None if periods is None else tuple(periods))
        return reading.rows(self.cells[self.heading + 1 :], first=self.heading + 2)

    def days(self, *, today: date) -> list[date]:
        """The days on which something was paid, the first first: each way of writing one is read once, however often it stands there. What is no day is left to the rows."""
        place, found = self.columns.places["paid_on"], set()
        for written in {row[place].strip() for row in self.cells[self.heading + 1 :] if place < len(row)}:
            with suppress(NotADay):
                found.add(read_day(written, self.month_first))
        return sorted(day for day in found if EARLIEST <= day <= today)


def look_through(name: str, content: bytes, *, chosen: Mapping[str, str] | None = None) -> SpendFile:
    """What a file holds and where. Raises NotASpendFile with what is wrong and what to do."""
    cells = rows_of(content)
    heading, columns = find_headings(cells[:PREAMBLE], chosen)
    place = columns.places["paid_on"]
    days = (row[place] for row in cells[heading + 1 : heading + 1 + DAYS_LOOKED_AT] if place < len(row))
    return SpendFile(name[-200:], sha256(content).hexdigest(), cells, heading, columns, months_come_first(days))
