"""A measure as the command knows it: its name, what it reads of a file, what may be said to it, and what it gives."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from alongside.measures.files.given import Column, Given, find_columns
from alongside.measures.files.table import plain, read_table
from alongside.measures.result import Result, Unmeasurable

BLOCKS = ("block", "set")
SURE = 0.95


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


CONFIDENCE = Option("confidence", "confidence of the interval, 0.95 or 95", float, SURE)


def confidence(options: dict[str, Any]) -> float:
    """The confidence that was asked for, as a share.

    Example:
        >>> confidence({"confidence": 99.8}), confidence({"confidence": 0.95})
        (0.998, 0.95)
    """
    said = float(options["confidence"])
    share = said / 100 if said > 1 else said
    if not 0.5 <= share < 1:
        raise Unmeasurable("Confidence is from 0.5 to below 1, for example 0.95 (or 95).")
    return share


@dataclass(frozen=True, slots=True)
class Answer:
    """What a measure gives of one block: its results, and what can only be said in words."""

    results: Sequence[Result]
    notes: Sequence[str] = ()
    read: Mapping[str, str] = field(default_factory=dict)
    """Which heading each column was read from."""


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

    def of(self, content: bytes, name: str, *, options: dict[str, Any], by: Sequence[str] = (), said: Mapping[str, Sequence[str]] | None = None, header: bool = True) -> Answer:
        """The measure of a file, block by block. Raises `Unmeasurable` with one sentence that says what to do."""
        named = dict(said or {}) | ({"population": [options["weights"]]} if options.get("weights") else {})
        given = find_columns(read_table(content, name, header=header), self.columns, named)
        apart, columns = self._apart(given, by), [column.name for column in self.columns]
        results, notes = list[Result](), list[str]()
        for block, rows in given.blocks(apart):
            try:
                answer = self.work(rows, options)
            except Unmeasurable as wrong:
                raise Unmeasurable(f"{block}: {wrong}" if block else str(wrong)) from None
            results += [result.within(", ".join(part for part in (block, result.scope) if part), result.period) if block else result for result in answer.results]
            notes += [f"{block}: {note}" if block else note for note in answer.notes]
        headings = given.table.headings
        return Answer(results, notes, {name: ", ".join(headings[place] for place in places) for name, places in given.places.items() if name in columns})

    def _apart(self, given: Given, by: Sequence[str]) -> list[int]:
        headings = [plain(heading) for heading in given.table.headings]
        unknown = [heading for heading in by if plain(heading) not in headings]
        if unknown:
            raise Unmeasurable(f"{given.table.name} has no heading '{unknown[0]}' to split by. Its columns are: {', '.join(given.table.headings)}.")
        if by:
            return [headings.index(plain(heading)) for heading in by]
        taken = {place for places in given.places.values() for place in places}
        return [place for place, heading in enumerate(headings) if heading in (*BLOCKS, *map(plain, self.blocks)) and place not in taken]
