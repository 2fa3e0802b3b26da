"""How a row is put into the books: the database says who may, and whether the period is open; its no comes back as a value."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError
from psycopg.errors import UniqueViolation

from alongside.agencies.facts import Actor
from alongside.partnerships.actions.doors import AT_ONE_MOMENT, NotNow, NotYours, said_no

KEEPERS = "The books are kept by the treasurer, by the partnership's lead and, for what an agency pays and puts in, by whoever speaks for it."


@contextmanager
def in_the_books(by: Actor, *, words: str = KEEPERS) -> Iterator[None]:
    """Raises NotYours or NotNow for what the database refuses, with everything as it was before."""
    if not by.is_practitioner:
        raise NotYours("Partnerships are run by those who work for a partner.")
    try:
        with said_no(words):
            yield
    except IntegrityError as no:
        if isinstance(no.__cause__, UniqueViolation):
            raise NotNow(AT_ONE_MOMENT) from no
        raise
