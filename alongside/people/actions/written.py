"""How a row about a person is written and ended."""

from datetime import date, datetime
from typing import Any

from django.db.models import Model

from alongside.common.access import Access
from alongside.common.decisions import NotKnown


def write_row(model: type[Model], access: Access, same: dict[str, Any], **more: Any) -> None:
    """A row for whoever the record is about, unless the same stands there already: so that sending twice writes once.

    It is not read back: whoever tells us something may lack the right to read it afterwards.
    """
    if not model._default_manager.filter(person_id=access.person_id, ends__isnull=True, **same).exists():
        model._default_manager.bulk_create([model(person_id=access.person_id, **same, **more)], ignore_conflicts=True)


def end_row(model: type[Model], access: Access, row_id: int, *, ends: date | datetime, **more: Any) -> None:
    """End one row. Raises NotKnown when it is not there for this reader; one that has ended stays as it ended."""
    mine = model._default_manager.filter(pk=row_id, person_id=access.person_id)
    if not mine.filter(ends__isnull=True).update(ends=ends, **more) and not mine.exists():
        raise NotKnown
