"""Writing a line, and taking its words away again when their time is over. Both are done by functions in the database."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

LINES_PER_DISPOSAL = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """What one line says. `people` are all those shown together on a list; `item` names one thing, such as "entry:12".

    `surface` is page, api, export, print, message, job, cli or search. `decision` is empty for what is no decision of the gate.
    """

    verb: str
    surface: str
    account_id: int | None = None
    practitioner_id: int | None = None
    agency_id: int | None = None
    person_id: int | None = None
    people: Sequence[int] | None = None
    category: str | None = None
    item: str | None = None
    purpose: str | None = None
    basis: str | None = None
    decision: str | None = None
    rules: Sequence[str] | None = None
    obligations: Sequence[str] | None = None
    withheld: Sequence[str] | None = None
    reason: str | None = None
    automatic: bool = False
    detail: Mapping[str, object] | None = None


_APPEND = "SELECT ledger_append({})".format(", ".join(f"{field.name} => %s" for field in fields(LedgerEntry)))


def append(entry: LedgerEntry) -> int:
    """Write the line in the transaction that is open, and return its number. Any error must undo that transaction: no line, no answer."""
    with connection.cursor() as cursor:
        cursor.execute(_APPEND, [_as_parameter(value) for value in astuple(entry)])
        return int(cursor.fetchone()[0])


def erase(lines: Sequence[int], *, class_: str, because: str, by: int | None = None) -> list[int]:
    """Take the words out of these lines for ever; return the numbers of the lines that say so, one for each thousand.

    1. Refuse all of it if any line is missing, erased already or itself says what was erased.
    2. Clear the words and the salts; the commitments stay, so every proof stays valid.
    3. Append a line that names the lines, their class, the reason and who did it (`by`, a practitioner; a job where none), and nothing else.
    """
    disposals = []
    with connection.cursor() as cursor:
        for start in range(0, len(lines), LINES_PER_DISPOSAL):
            cursor.execute("SELECT ledger_erase(%s::bigint[], %s, %s, by_practitioner => %s)", [list(lines[start : start + LINES_PER_DISPOSAL]), class_, because, by])
            disposals.append(int(cursor.fetchone()[0]))
    return disposals


def _as_parameter(value: object) -> Any:
    match value:
        case None | str() | bool() | int():
            return value
        case Mapping():
            return Jsonb(dict(value))
        case Sequence():
            return list(value) or None
    raise TypeError(f"a line cannot hold {type(value).__name__}")
