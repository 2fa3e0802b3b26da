"""The database's own doors: each asks for itself who is asking. What a door says no to comes back as a value, in its own words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, IntegrityError, transaction

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.common.decisions import Decision, Outcome, Refused

NOT_YOURS, NOT_NOW = "42501", "ALNOW"
AT_ONE_MOMENT = "Somebody did this at the same moment. Look at what stands now, and send it again if it is still needed."


class NotYours(Refused):
    """This act belongs to somebody else: only the named signatory signs, refuses or withdraws for an agency."""

    def __init__(self, words: str) -> None:
        super().__init__(Decision(Outcome.DENY, reasons=(words,)))


class NotNow(Exception):
    """This cannot be done as things stand; the message says what to do."""


@contextmanager
def said_no(row_refused: str = "") -> Iterator[None]:
    """Everything inside stands or falls together. A no of the database comes out as NotYours or NotNow; `row_refused` says in words what its row security says in its own."""
    try:
        with transaction.atomic():
            yield
    except DatabaseError as no:
        state, words = getattr(no.__cause__, "sqlstate", None), str(no).splitlines()[0]
        if state == NOT_NOW:
            raise NotNow(words) from no
        if state == NOT_YOURS:
            raise NotYours(row_refused or words) from no
        raise


def through_the_door(by: Actor, call: str, *parameters: Any) -> Any:
    """Call one function of the database and give what it gives. Raises NotYours or NotNow, with everything as it was before.

    The database asks the session who is acting and believes nothing else; `by` only spares it those who can never pass.
    """
    if not by.is_practitioner:
        raise NotYours("Partnerships are run by those who work for a partner.")
    try:
        with said_no():
            return database.value(f"SELECT {call}", *parameters)
    except IntegrityError as no:
        raise NotNow(AT_ONE_MOMENT) from no
