"""What goes back, to whom."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Resource(StrEnum):
    """What kind of thing goes back when a partnership ends or a partner leaves."""

    MONEY = "money"
    GOODS = "goods"
    PREMISES = "premises"
    STAFF = "staff"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class GoesBack:
    """What goes back to an agency, in words, and in pounds where it is money."""

    kind: Resource
    what: str
    agency_id: int
    amount: Decimal | None = None
