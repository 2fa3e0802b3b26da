"""One row of a spend file: a payment, or the reason why it is none."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import blake2b

from alongside.open_book.facts import NOTHING, Fate, FileRow, FileTally, PeriodFacts, Spend, Tally
from alongside.open_book.rules.amounts import NotAnAmount, read_amount
from alongside.open_book.rules.columns import Columns
from alongside.open_book.rules.dates import EARLIEST, NotADay, read_day

TOTAL = re.compile(r"(grand |sub[ -]?|overall |report |sum |page |net |column )?totals?( (amount|spend|net|paid|gbp|value|for .{1,60}))?", re.I)
LONGEST = {"supplier": 200, "cost_centre": 120, "reference": 80, "description": 300}


@dataclass
class Reading:
    """How a file is read: where its fields are, up to which day, into which periods (none: any). Remembers what it has read, so that a row met twice is known."""

    columns: Columns
    today: date
    month_first: bool = False
    periods: tuple[PeriodFacts, ...] | None = None
    seen: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.used = frozenset(self.columns.places.values())
        self._places: dict[date, tuple[int | None, str]] = {}

    def rows(self, cells: Iterable[Sequence[str]], *, first: int) -> Iterator[FileRow]:
        """Each row with its fate. `first` is the number of the first in the file."""
        for number, row in enumerate(cells, start=first):
            yield self.row(number, row)

    def row(self, number: int, cells: Sequence[str]) -> FileRow:
        """A row is a payment when it has a day, a supplier and an amount; it is refused with every reason why not, or is a duplicate when the same payment stood before it in the file.

        Source: own; every row is accounted for.
        """
        filled = [cell for cell in cells if cell and not cell.isspace()]
        if not filled:
            return FileRow(number, Fate.BLANK)
        said = {name: cells[place].strip() if place < len(cells) else "" for name, place in self.columns.places.items()}
        if said["amount"] == self.columns.headings[self.columns.places["amount"]].strip() and said["amount"]:
            return FileRow(number, Fate.HEADING)
        if is_total(said, filled):
            return self._total(number, said)
        return self._payment(number, cells, said)

    def _total(self, number: int, said: dict[str, str]) -> FileRow:
        try:
            return FileRow(number, Fate.TOTAL, read_amount(said["amount"]))
        except NotAnAmount:
            return FileRow(number, Fate.TOTAL)

    def _payment(self, number: int, cells: Sequence[str], said: dict[str, str]) -> FileRow:
        reasons: list[str] = []
        amount: Decimal | None = None
        paid_on, period_id = EARLIEST, None
        try:
            amount = read_amount(said["amount"])
        except NotAnAmount as no:
            reasons.append(str(no))
        try:
            paid_on = read_day(said["paid_on"], self.month_first)
        except NotADay as no:
            reasons.append(str(no))
        else:
            period_id, why = self._places.get(paid_on) or self._places.setdefault(paid_on, self._place(paid_on))
            reasons += [why] if why else []
        supplier = " ".join(said["supplier"].split())
        if not supplier:
            reasons.append("It has no supplier.")
        elif len(supplier) > LONGEST["supplier"]:
            reasons.append(f"Its supplier has {len(supplier):,} letters; {LONGEST['supplier']} are kept.")
        if "\x00" in "".join(cells):
            reasons.append("It has characters in it that are no text.")
        if reasons or amount is None:
            return FileRow(number, Fate.REFUSED, amount, tuple(reasons), cells=tuple(cells))
        more = {name: " ".join(said.get(name, "").split())[: LONGEST[name]] for name in ("cost_centre", "reference", "description")}
        known_by = fingerprint(paid_on, supplier, amount, more, [cell for place, cell in enumerate(cells) if place not in self.used])
        before = self.seen.setdefault(known_by, number)
        if before != number:
            return FileRow(number, Fate.DUPLICATE, amount, (f"The same as row {before:,}.",), cells=tuple(cells), same_as=before)
        return FileRow(number, Fate.LINE, amount, spend=Spend(paid_on, supplier, amount, **more, fingerprint=known_by, period_id=period_id))

    def _place(self, day: date) -> tuple[int | None, str]:
        """The open period that holds a day, or why none does."""
        if day < EARLIEST:
            return None, f"{day:%d %B %Y} is too long ago for a payment."
        if day > self.today:
            return None, f"{day:%d %B %Y} has not come yet."
        if self.periods is None:
            return None, ""
        held = next((period for period in self.periods if period.holds(day)), None)
        if held is None:
            return None, f"No accounting period holds {day:%d %B %Y}."
        return (None, f"{held.name} is closed, and it holds {day:%d %B %Y}. Correct it by a reversing pair in the open period.") if held.status == "closed" else (held.period_id, "")


def is_total(said: dict[str, str], filled: Sequence[str]) -> bool:
    """A row without a day whose first words are “total” is the file's own sum, not a payment.

    Source: own.
    Example:
        >>> is_total({"paid_on": "", "supplier": "Grand Total", "amount": "10"}, ["Grand Total", "10"]), is_total({"paid_on": "1/4/25", "supplier": "Total Gas Ltd", "amount": "10"}, ["1/4/25"])
        (True, False)
    """
    return not any(letter.isdigit() for letter in said["paid_on"]) and any(TOTAL.fullmatch(cell.strip().rstrip(":")) for cell in filled)


def fingerprint(paid_on: date, supplier: str, amount: Decimal, more: Mapping[str, str], others: Sequence[str] = ()) -> str:
    """What a payment is known by again, however its day and amount were written: everything that the file says of it.

    Source: own; two payments that differ in any column are two payments.
    """
    said = "\x1f".join((paid_on.isoformat(), supplier, str(amount), more["cost_centre"], more["reference"], more["description"], *(cell.strip() for cell in others)))
    return blake2b(said.casefold().encode("utf-8", "replace"), digest_size=16).hexdigest()


def tally_of(rows: Iterable[FileRow]) -> FileTally:
    """What a file came to: every row is counted once, by its fate."""
    count, amount = Counter[Fate](), dict.fromkeys(Fate, NOTHING)
    unreadable, stated = 0, []
    for row in rows:
        count[row.fate] += 1
        if row.amount is not None:
            amount[row.fate] += row.amount
            if row.fate is Fate.TOTAL:
                stated.append(row.amount)
        elif row.fate is Fate.REFUSED:
            unreadable += 1
    lines, refused, duplicates = (Tally(count[fate], amount[fate]) for fate in (Fate.LINE, Fate.REFUSED, Fate.DUPLICATE))
    return FileTally(lines, refused, duplicates, unreadable, count[Fate.BLANK], count[Fate.HEADING] + count[Fate.TOTAL] - len(stated), tuple(stated))
