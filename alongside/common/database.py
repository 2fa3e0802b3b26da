"""Questions to the database. What no model answers, a function that stands beside the models does: it is called with words, and gives one value, a document, a row or rows."""

import json
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

from alongside.common.decisions import NotKnown

Row = TypeVar("Row", bound=Model)


def rows(question: str, *words: Any, **named: Any) -> list[tuple[Any, ...]]:
    """Every row. `words` are put in where the question says %s, `named` where it says %(name)s."""
    with connection.cursor() as cursor:
        cursor.execute(question, named or words)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def row(question: str, *words: Any, **named: Any) -> Any:
    """The only row; None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(question, named or words)
        return cursor.fetchone()


def value(question: str, *words: Any, **named: Any) -> Any:
    """What stands first in the only row."""
    return row(question, *words, **named)[0]


def document(question: str, *words: Any, **named: Any) -> Any:
    """The same, of a question that is answered in JSON; None where it is answered with nothing."""
    answer = value(question, *words, **named)
    return json.loads(answer) if isinstance(answer, str) else answer


def take_turns(what: str, which: int = 0) -> None:
    """Until this transaction ends, whoever does the same to the same waits: numbers that follow one another are given out once, and what is sent twice is done once."""
    value("SELECT pg_advisory_xact_lock(hashtext(%s), %s)", what, which % 2**31)


def the_one(found: QuerySet[Row]) -> Row:
    """The row that was asked for. Raises NotKnown where there is none, or none that whoever asks may see."""
    one = found.first()
    if one is None:
        raise NotKnown
    return one
