"""How a row is kept: written as its maker's, with a line in the partnership's history and one in the ledger, or not at all."""

import uuid
from datetime import datetime
from typing import Any, TypeVar

from django.db import IntegrityError
from django.db.models import QuerySet

from alongside.common import database
from alongside.partnerships.actions.doors import NotYours, said_no
from alongside.partnerships.models.said import Said

Row = TypeVar("Row", bound=Said)
KEEPERS = "This is kept by the partnership's lead, and by the chair, vice chair and secretary of its board."


def keep(row: Row, what: str | None, *, partnership_id: int, agency_id: int | None = None, refused: str = KEEPERS) -> Row:
    """
    1. A row that was sent before with the same key is given back as it is.
    2. The row, and with it what was done, in the history and the ledger; None where the row is part of an act whose line is written with it.

    Raises NotYours where row security says that its maker may not write it; `refused` says so in words.
    """
    if sent := sent_before(type(row), row.key):
        return sent
    try:
        with said_no(refused):
            row.save(force_insert=True)
            if what:
                noted(partnership_id, what, at=row.at, agency_id=agency_id)
    except IntegrityError:
        if sent := sent_before(type(row), row.key):  # by the same form, sent twice at once
            return sent
        raise
    return row


def sent_before(kind: type[Row], key: uuid.UUID | None) -> Row | None:
    return kind._default_manager.filter(key=key).first() if key else None


def change(rows: QuerySet[Any], what: str, *, partnership_id: int, at: datetime, refused: str = KEEPERS, **columns: Any) -> None:
    """Set the few columns of a row that may still be set. Raises NotYours where it is not the reader's to set them, or where they are set already."""
    with said_no(refused):
        if not rows.update(**columns):
            raise NotYours(refused)
        noted(partnership_id, what, at=at)


def noted(partnership_id: int, what: str, *, at: datetime, agency_id: int | None = None) -> None:
    database.value("SELECT note_governance(%s, %s, %s, '', %s)", partnership_id, agency_id, what, at)
