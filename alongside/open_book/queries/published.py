"""What everybody may read of a partnership's money: closed and published periods, without the names of people who were paid."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from alongside.common import database


@dataclass(frozen=True, slots=True)
class PublishedPeriod:
    period_id: int
    name: str
    first: date
    last: date
    published_at: datetime
    contributed: Decimal
    in_kind: Decimal
    spent: Decimal


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """Without a supplier: a person, or somebody not yet known to be an organisation."""

    paid_on: date
    agency: str
    supplier: str
    cost_centre: str
    what: str
    amount: Decimal
    takes_back: bool


def published_periods(partnership_id: int) -> list[PublishedPeriod]:
    return [PublishedPeriod(*row) for row in database.rows("SELECT * FROM published_periods(%s)", partnership_id)]


def published_contributions(period_id: int) -> list[tuple[str, str, Decimal]]:
    return [tuple(row) for row in database.rows("SELECT * FROM published_contributions(%s)", period_id)]


def published_lines(period_id: int, *, page: int = 0, many: int = 50) -> list[PublishedLine]:
    return [PublishedLine(*row) for row in database.rows("SELECT * FROM published_lines(%s, %s, %s)", period_id, page, many)]
