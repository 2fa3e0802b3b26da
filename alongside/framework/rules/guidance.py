"""The guidance as data: read from an edition or from what was published, and compared version with version."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from alongside.framework.facts import Change, Depth, Gate, Principle, Question, Statement, Text

EDITIONS = Path(__file__).parents[1] / "editions"
ORDER = tuple(Depth)


@cache
def editions() -> dict[str, Text]:
    """Every edition that this program brings, the newest first."""
    found = [text_of(yaml.safe_load(path.read_text(encoding="utf-8"))) for path in sorted(EDITIONS.glob("*.yaml"), reverse=True)]
    return {text.edition: text for text in found}


def text_of(content: Mapping[str, Any]) -> Text:
    """The guidance that a mapping holds, in the shape of an edition's file."""
    bands = content["significance"]["bands"]
    return Text(
        edition=content["edition"], title=content["title"], sources=content["sources"], standard_from=bands["standard"], full_from=bands["full"], content=content,
        principles=tuple(Principle(one["id"], one["name"], one["answers"]) for one in content["principles"]),
        questions=tuple(Question(one["id"], one["asks"], one["weight"], tuple(str(answer) for answer in one["answers"])) for one in content["significance"]["questions"]),
        gates=tuple(Gate(one["id"], one["name"], one["asks"], one["answers"], Depth(one["from"]), one.get("red", False)) for one in content["gates"]),
        statements=tuple(Statement(one["id"], one["principle"], one["says"], one.get("answers", ""), Depth(one["from"])) for one in content["statements"]),
    )


def with_bands(text: Text, *, standard_from: int, full_from: int) -> Text:
    """The same guidance with a council's own bands: from which total a test is standard, and from which full.

    Example:
        >>> with_bands(editions()["2026"], standard_from=10, full_from=30).full_from
        30
    """
    significance = {**text.content["significance"], "bands": {"standard": standard_from, "full": full_from}}
    return text_of({**text.content, "significance": significance})


def gates_at(text: Text, depth: Depth) -> tuple[Gate, ...]:
    """The gates that are asked at a depth: a deeper test asks all that a lighter one asks."""
    return tuple(gate for gate in text.gates if ORDER.index(gate.from_depth) <= ORDER.index(depth))


def statements_at(text: Text, depth: Depth) -> tuple[Statement, ...]:
    """The statements that are scored at a depth.

    Example:
        >>> [len(statements_at(editions()["2026"], depth)) for depth in Depth]
        [6, 12, 18]
    """
    return tuple(one for one in text.statements if ORDER.index(one.from_depth) <= ORDER.index(depth))


def changes(former: Text, new: Text) -> tuple[Change, ...]:
    """What one version of the guidance changes of another: new, gone and reworded questions, gates and statements, and other bands.

    Example:
        >>> [change.words for change in changes(editions()["2025"], editions()["2026"]) if change.what == "gate" and change.how == "new"]
        ['Basis in law', 'Basis for sharing', 'An owner']
    """
    found = [
        *_between("question", {one.id: (one.asks, one.asks, one.weight, one.answers) for one in former.questions}, {one.id: (one.asks, one.asks, one.weight, one.answers) for one in new.questions}),
        *_between("gate", {one.id: (one.name, one.asks, one.red, one.from_depth) for one in former.gates}, {one.id: (one.name, one.asks, one.red, one.from_depth) for one in new.gates}),
        *_between("statement", {one.id: (one.says, one.says, one.from_depth) for one in former.statements}, {one.id: (one.says, one.says, one.from_depth) for one in new.statements}),
    ]
    if (former.standard_from, former.full_from) != (new.standard_from, new.full_from):
        found.append(Change("bands", "changed", f"Standard from {new.standard_from} instead of {former.standard_from}, full from {new.full_from} instead of {former.full_from}"))
    return tuple(found)


def _between(what: str, former: Mapping[str, tuple[Any, ...]], new: Mapping[str, tuple[Any, ...]]) -> Iterable[Change]:
    yield from (Change(what, "new", words[0]) for key, words in new.items() if key not in former)
    yield from (Change(what, "changed", words[0]) for key, words in new.items() if key in former and former[key] != words)
    yield from (Change(what, "gone", words[0]) for key, words in former.items() if key not in new)
