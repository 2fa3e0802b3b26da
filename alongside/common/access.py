"""What a query must hold before it may read: minted by `alongside.confidentiality.gate` and by nothing else."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Access:
    """The right to read (and, if `write`, to write) about one person, in this transaction, for one purpose, on one ledger line.

    `categories` are those of the reader's own agency and of no agency; `shared_categories` those that agreements in force let through from others.
    `withheld` and `obligations` are the gate's words. The database holds the same bounds on its own ticket: this value is the other wall.
    """

    person_id: int
    account_id: int
    practitioner_id: int | None
    agency_id: int | None
    relation: str
    purpose: str
    line_id: int
    at: datetime
    write: bool = False
    basis: str = "none"
    categories: frozenset[str] = frozenset()
    shared_categories: frozenset[str] = frozenset()
    withheld: tuple[str, ...] = ()
    obligations: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    principals: tuple[int, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def allows(self, category: str) -> bool:
        return category in self.categories or category in self.shared_categories
