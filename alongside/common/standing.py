"""A standing question: pages ask it again and again, so its model query is put into SQL once, and only its words change from then on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet, Value
from django.db.models.query import get_related_populators

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
        text, words = compiler.as_sql()
        first = compiler.klass_info["select_fields"]
        place = slice(first[0], first[-1] + 1)
        return _InSql(
            text, tuple(words), compiler.klass_info["model"], [column.target.attname for column, _, _ in compiler.select[place]], place,
            get_related_populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS),  # type: ignore[call-arg]
            list((compiler.annotation_col_map or {}).items()),
            [(at, convert, column) for at, (convert, column) in compiler.get_converters([column for column, _, _ in compiler.select]).items()],
        )  # fmt: skip

    def _rows(self, asked: _InSql, answer: list[Any]) -> Iterator[Row]:
        for values in answer:
            if asked.conversions:
                values = list(values)
                for at, convert, column in asked.conversions:
                    for one in convert:
                        values[at] = one(values[at], column, connection)
            row: Any = asked.model.from_db(DEFAULT_DB_ALIAS, asked.fields, values[asked.place])
            for related in asked.related:
                related.populate(values, row)
            for name, at in asked.annotations:
                setattr(row, name, values[at])
            yield row
