"""Words of this app: periods, contributions, lines of spend, what they bought. No Django, no clock. Money is Decimal, in pounds, exact to the penny."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from alongside.measures.benefit import Grade

__all__ = ["BenefitFacts", "Fate", "FileRow", "FileTally", "Grade", "Level", "PeriodFacts", "PeriodStatus", "Spend", "SupplierKind", "Tally", "Way"]

PENNY, NOTHING = Decimal("0.01"), Decimal("0.00")
WITH_COMPARATOR = frozenset({Grade.MATCHED, Grade.TRIAL})
"""Grades of evidence that say what would have happened anyway."""


class Way(StrEnum):
    """In which form a partner puts something in. All but the first are in kind."""

    CASH = "cash"
    HOURS = "hours"
    PREMISES = "premises"
    DATA = "data"
    GOODS = "goods"
    LEAD_BODY = "lead_body"

    @property
    def in_kind(self) -> bool:
        return self is not Way.CASH


class Level(StrEnum):
    """For whom something is better or worse."""

    PERSON = "person"
    PRACTITIONER = "practitioner"
    ORGANISATION = "organisation"


class SupplierKind(StrEnum):
    """Whether a supplier's name may be shown to everybody: only that of an organisation."""

    ORGANISATION = "organisation"
    INDIVIDUAL = "individual"
    NOT_JUDGED = "not_judged"


class PeriodStatus(StrEnum):
    OPEN = "open"
    PROPOSED = "proposed"
    CLOSED = "closed"


class Fate(StrEnum):
    """What becomes of one row of a file."""

    LINE = "line"
    REFUSED = "refused"
    DUPLICATE = "duplicate"
    BLANK = "blank"
    TOTAL = "total"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class PeriodFacts:
    """An accounting period, first and last day included."""

    period_id: int
    name: str
    first: date
    last: date
    status: str = "open"

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Spend:
    """One payment as a file says it."""

    paid_on: date
    supplier: str
    amount: Decimal
    cost_centre: str = ""
    reference: str = ""
    description: str = ""
    fingerprint: str = ""
    period_id: int | None = None


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row of a file, by its number there, with its fate. `amount` is None where none could be read."""

    number: int
    fate: Fate
    amount: Decimal | None = None
    reasons: tuple[str, ...] = ()
    spend: Spend | None = None
    cells: tuple[str, ...] = ()
    same_as: int = 0


@dataclass(frozen=True, slots=True)
class BenefitFacts:
    """One benefit (or, below nothing, harm) in money, to one body, by one grade of evidence. `corrected` is what is left of it after what would have happened anyway."""

    outcome: str
    body: str
    grade: Grade
    gross: Decimal | None
    corrected: Decimal | None = None
    cashable: bool = False
    units: int = 0
    periods_claimed: int = 1

    @property
    def has_comparator(self) -> bool:
        return self.grade in WITH_COMPARATOR

    @property
    def counts_as(self) -> Decimal:
        return self.corrected if self.corrected is not None else self.gross if self.gross is not None else NOTHING


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows, and what they come to."""

    rows: int = 0
    amount: Decimal = NOTHING


@dataclass(frozen=True, slots=True)
class FileTally:
    """What a file came to, row by row: everything in it is a line, refused, a duplicate, blank, a heading or a total of its own."""

    lines: Tally = field(default_factory=Tally)
    refused: Tally = field(default_factory=Tally)
    duplicates: Tally = field(default_factory=Tally)
    unreadable: int = 0
    blank: int = 0
    headings: int = 0
    stated: tuple[Decimal, ...] = ()

    @property
    def total(self) -> Decimal:
        return self.lines.amount + self.refused.amount + self.duplicates.amount
