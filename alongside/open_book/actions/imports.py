"""A file of spend: read, shown, and then put into the books at one stroke."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.common.london import london_day
from alongside.open_book.facts import Fate, FileRow, FileTally, PeriodFacts
from alongside.open_book.models import Period, SpendImport
from alongside.open_book.queries.periods import periods_of
from alongside.open_book.rules.columns import NotASpendFile
from alongside.open_book.rules.spend_rows import tally_of
from alongside.open_book.rules.suppliers import kind_of_supplier
from alongside.open_book.sheets.spend_file import SpendFile, look_through
from alongside.partnerships.actions.doors import said_no

BATCH = 5_000
LONGEST_KEPT = 2_000
ONE_DAY = timedelta(days=1)


def read_spend(
    *, by: Actor | None, partnership_id: int, agency_id: int, file: SpendFile, at: datetime, operator: str = "", said: Callable[[int], None] = lambda reached: None,
    stopped: Callable[[], bool] = lambda: False,
) -> SpendImport:  # fmt: skip
    """
    1. Begin with the file, or go on with it where it was left; the very same file is known again.
    2. Read each row: a payment into the open period that holds its day, or left out with its reasons. Keep them in batches, each whole.
    3. Read to its end, its sums stand beside it. Nothing is in the books yet.
    """
    made = _begun(by, partnership_id, agency_id, file, at, operator)
    if made.status != "reading":
        return made
    seen: list[FileRow] = []
    rows, days = file.rows(today=london_day(at), periods=periods_of(partnership_id)), set()
    reached = 0
    while batch := list(islice(rows, BATCH)):
        start, reached = reached, reached + len(batch)
        seen += batch
        days |= {row.spend.paid_on for row in batch if row.spend}
        if reached > made.rows_read:
            if stopped():
                return SpendImport.objects.get(pk=made.pk)
            _door("stage_spend(%s, %s, %s, %s, %s)", made.pk, start, reached, *_as_staged(batch))
        said(reached)
    _door("spend_is_read(%s, %s, %s, %s)", made.pk, json.dumps(tally_words(tally_of(seen))), min(days, default=None), max(days, default=None))
    return SpendImport.objects.get(pk=made.pk)


def finish_spend(*, by: Actor | None, import_id: int, at: datetime) -> bool:
    """Everything that was read stands in the books from now on, at one stroke; what stands there already is not put there twice. False: it was done before."""
    return bool(_door("finish_spend_import(%s, %s)", import_id, at))


def discard_spend(*, by: Actor | None, import_id: int, at: datetime) -> None:
    """What was read is thrown away. The same file may be read again."""
    _door("discard_spend_import(%s, %s)", import_id, at)


def open_missing_years(*, partnership_id: int, file: SpendFile, at: datetime) -> list[str]:
    """For a command on the server: a financial year, April to March, is opened for each day of the file that no period holds. Gives their names."""
    held, opened = periods_of(partnership_id), []
    for day in file.days(today=london_day(at)):
        if not any(period.holds(day) for period in held):
            begins = day.year if day.month >= 4 else day.year - 1
            first, last = date(begins, 4, 1), date(begins + 1, 3, 31)
            first = max([first, *(period.last + ONE_DAY for period in held if first <= period.last < day)])
            last = min([last, *(period.first - ONE_DAY for period in held if day < period.first <= last)])
            name = f"{begins}-{(begins + 1) % 100:02}" if (first, last) == (date(begins, 4, 1), date(begins + 1, 3, 31)) else f"{first:%d.%m.%Y} to {last:%d.%m.%Y}"
            made = Period.objects.create(partnership_id=partnership_id, name=name, first=first, last=last)
            held.append(PeriodFacts(made.pk, name, first, last))
            opened.append(name)
    return opened


def _begun(by: Actor | None, partnership_id: int, agency_id: int, file: SpendFile, at: datetime, operator: str) -> SpendImport:
    words = {
        "partnership": partnership_id, "agency": agency_id, "file_name": file.name, "sha256": file.sha256, "operator": operator,
        "columns": {"fields": {field: file.columns.headings[place].strip() for field, place in file.columns.places.items()}, "unused": list(file.columns.unused), "month_first": file.month_first},
    }  # fmt: skip
    return SpendImport.objects.get(pk=_door("begin_spend_import(%s, %s)", json.dumps(words), at))


def _as_staged(batch: Sequence[FileRow]) -> tuple[str, str]:
    lines = [
        {"n": row.number, "p": spend.period_id, "d": spend.paid_on.isoformat(), "s": spend.supplier, "k": kind_of_supplier(spend.supplier).value, "a": str(spend.amount), "c": spend.cost_centre,
         "r": spend.reference, "w": spend.description, "f": spend.fingerprint}
        for row in batch
        if (spend := row.spend)
    ]  # fmt: skip
    left_out = [
        {"n": row.number, "t": row.fate.value, "y": [reason[:300] for reason in row.reasons], "a": None if row.amount is None else str(row.amount), "z": ", ".join(row.cells)[:LONGEST_KEPT].replace("\x00", "")}
        for row in batch
        if row.fate in (Fate.REFUSED, Fate.DUPLICATE)
    ]  # fmt: skip
    return json.dumps(lines), json.dumps(left_out)


def tally_words(tally: FileTally) -> dict[str, Any]:
    return json.loads(json.dumps(asdict(tally), default=str))  # type: ignore[no-any-return]


def _door(call: str, *parameters: Any) -> Any:
    """One door, for whoever keeps the books or, without anybody, for a command on the server; the database asks which."""
    with said_no():
        return database.value(f"SELECT {call}", *parameters)


__all__ = ["NotASpendFile", "SpendFile", "discard_spend", "finish_spend", "look_through", "open_missing_years", "periods_of", "read_spend"]
