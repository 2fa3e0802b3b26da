"""A measure as the command knows it: its name, what it reads of a file, what may be said to it, and what it gives."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from alongside.measures.files.given import Column, Given, find_columns
from alongside.measures.files.table import plain, read_table
from alongside.measures.result import Result, Unmeasurable

BLOCKS = ("block", "set")


@dataclass(frozen=True, slots=True)
class Option:
    """Something that may be said beside the file. `choices` are the words allowed; a default of None must be said, or can be left out where `needed` is False."""

    name: str
    says: str
    kind: type = str
    default: Any = None
    choices: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    needed: bool = False
    many: bool = False

    @property
    def key(self) -> str:
        return self.name.replace("-", "_")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a measure gives of one block: its results, and what can only be said in words."""

    results: Sequence[Result]
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """`blocks` are headings by which a file is taken apart without being asked. `wide`: the file is a table of counts, so it may have no headings."""

    name: str
    says: str
    columns: Sequence[Column]
    work: Callable[[Given, dict[str, Any]], Answer]
    example: str
    options: Sequence[Option] = ()
    aliases: Sequence[str] = ()
    blocks: Sequence[str] = ()
    wide: bool = False
    example_options: Sequence[str] = field(default=())

    def of(self, content: bytes, name: str, *, options: dict[str, Any], by: Sequence[str] = (), said: dict[str, str] | None = None, header: bool = True) -> Answer:
        """The measure of a file, block by block. Raises `Unmeasurable` with one sentence that says what to do."""
        given = find_columns(read_table(content, name, header=header), self.columns, said or {})
        apart = self._apart(given, by)
        results, notes = list[Result](), list[str]()
        for block, rows in given.blocks(apart):
            try:
                answer = self.work(rows, options)
            except Unmeasurable as wrong:
                raise Unmeasurable(f"{block}: {wrong}" if block else str(wrong)) from None
            results += [result.within(", ".join(part for part in (block, result.scope) if part), result.period) if block else result for result in answer.results]
            notes += [f"{block}: {note}" if block else note for note in answer.notes]
        return Answer(results, notes)

    def _apart(self, given: Given, by: Sequence[str]) -> list[int]:
        headings = [plain(heading) for heading in given.table.headings]
        unknown = [heading for heading in by if plain(heading) not in headings]
        if unknown:
            raise Unmeasurable(f"{given.table.name} has no heading '{unknown[0]}' to split by. Its columns are: {', '.join(given.table.headings)}.")
        if by:
            return [headings.index(plain(heading)) for heading in by]
        taken = {place for places in given.places.values() for place in places}
        return [place for place, heading in enumerate(headings) if heading in (*BLOCKS, *map(plain, self.blocks)) and place not in taken]
