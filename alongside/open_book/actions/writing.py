"""How a row is put into the books: the database says who may, and whether the period is open; its no comes back as a value."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, transaction

from alongside.agencies.facts import Actor
from alongside.partnerships.actions.doors import NOT_NOW, NOT_YOURS, NotNow, NotYours

KEEPERS = "The books are kept by the treasurer, by the partnership's lead and, for what an agency pays and puts in, by whoever speaks for it."


@contextmanager
def in_the_books(by: Actor, *, words: str = KEEPERS) -> Iterator[None]:
    """Raises NotYours or NotNow for what the database refuses, with everything as it was before."""
    if not by.is_practitioner:
        raise NotYours("Partnerships are run by those who work for a partner.")
    try:
        with transaction.atomic():
            yield
    except DatabaseError as no:
        state = getattr(no.__cause__, "sqlstate", None)
        if state == NOT_NOW:
            raise NotNow(str(no).splitlines()[0]) from no
        if state == NOT_YOURS:
            raise NotYours(words) from no
        raise
