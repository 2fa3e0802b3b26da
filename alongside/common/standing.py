"""A standing question: pages ask it again and again, so its model query is put into SQL once, and only its words change from then on."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet, Value
from django.db.models.query import get_related_populators
from psycopg import sql

Row = TypeVar("Row", bound=Model)


class Word(Value):
    """A place in a standing question that each asker fills: `Word("person", "bigint")`."""

    holder = "{}"

    def __init__(self, name: str, kind: str) -> None:
        super().__init__(name)
        self.name, self.kind = name, kind

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        return self.holder.format(f"%s::{self.kind}"), [self]


class AnyOf(Word):
    """A place for a list, one of whose members must be met: `owner=AnyOf("own", "integer[]")`."""

    holder = "ANY ({})"


@dataclass(frozen=True, slots=True)
class _InSql:
    text: str
    words: tuple[Any, ...]
    model: type[Model]
    fields: list[str]
    place: slice
    related: list[Any]
    annotations: list[tuple[str, int]]
    conversions: list[tuple[int, list[Any], Any]]


def _set_beside(row: Any, related: Any, values: Any, met: dict[Any, Any]) -> None:
    """Give a row its related one. Those of a list share a few agencies and teams: each is made once and given to all, since making them anew cost most of a long list."""
    if related.related_populators or related.reorder_for_init:
        related.populate(values, row)
        return
    its = values[related.cols_start : related.cols_end]
    key = its[related.pk_idx]
    if key is not None and key not in met:
        met[key] = related.model_cls.from_db(DEFAULT_DB_ALIAS, related.init_list, its)
        related.remote_setter(met[key], row)
    related.local_setter(row, met.get(key))


def _written_out(text: str, words: Sequence[Any]) -> tuple[str, tuple[Any, ...]]:
    """With what never changes written into the SQL itself: only then may a plan that is kept use an index over part of a table."""
    left, asked = iter(words), list[Any]()

    def write(place: re.Match[str]) -> str:
        if place[0] == "%%":
            return "%%"
        word = next(left)
        if isinstance(word, (str, bool)):
            return sql.Literal(word).as_string(None).replace("%", "%%")
        asked.append(word)
        return "%s"

    return re.sub("%%|%s", write, text), tuple(asked)


class Standing(Generic[Row]):
    """A model query with `Word`s in it, answered as the query itself would be: the same rows, with the same related rows beside them.

    Django works out such a query's SQL each time it is asked; for a wide one that costs more than the database's answer.
    """

    def __init__(self, query: Callable[[], QuerySet[Row]]) -> None:
        self.query = query
        self.in_sql: _InSql | None = None

    def __call__(self, **words: Any) -> list[Row]:
        self.in_sql = asked = self.in_sql or self._put_into_sql()
        with connection.cursor() as cursor:
            cursor.execute(asked.text, [words[word.name] if isinstance(word, Word) else word for word in asked.words])
            return list(self._rows(asked, cursor.fetchall()))

    def _put_into_sql(self) -> _InSql:
        compiler: Any = self.query().query.get_compiler(DEFAULT_DB_ALIAS)
        text, words = _written_out(*compiler.as_sql())
        first = compiler.klass_info["select_fields"]
        place = slice(first[0], first[-1] + 1)
        return _InSql(
            text, words, compiler.klass_info["model"], [column.target.attname for column, _, _ in compiler.select[place]], place,
            get_related_populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS),  # type: ignore[call-arg]
            list((compiler.annotation_col_map or {}).items()),
            [(at, convert, column) for at, (convert, column) in compiler.get_converters([column for column, _, _ in compiler.select]).items()],
        )

    def _rows(self, asked: _InSql, answer: list[Any]) -> Iterator[Row]:
        met: list[dict[Any, Any]] = [{} for _ in asked.related]
        for values in answer:
            if asked.conversions:
                values = list(values)
                for at, convert, column in asked.conversions:
                    for one in convert:
                        values[at] = one(values[at], column, connection)
            row: Any = asked.model.from_db(DEFAULT_DB_ALIAS, asked.fields, values[asked.place])
            for related, there in zip(asked.related, met, strict=True):
                _set_beside(row, related, values, there)
            for name, at in asked.annotations:
                setattr(row, name, values[at])
            yield row
