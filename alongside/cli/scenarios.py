"""Reading scenario files: YAML without its traps, every fault named by line, scenario and field, and the rest still read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from re import MULTILINE
from re import compile as pattern
from typing import Any

import yaml

LARGEST, DEEPEST, MOST = 10_000_000, 20, 400_000
"""Bytes, levels and pieces beyond which a file is refused unread."""

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
ONE_SCENARIO = pattern(r"^(?P<indent> *)- +(?=id *:|\{ *id *:)", MULTILINE)
FIRST_ID = pattern(r"id *: *[\"']?(?P<id>[^\s\"',}]+)")


class Unreadable(Exception):
    """The file as a whole cannot be read; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario as written, or what keeps it from being read."""

    id: str
    words: dict[str, Any]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class File:
    """The scenarios of a file in order, and the waiting duties that it asks to be tried as started."""

    scenarios: list[Scenario]
    switches: dict[str, date] = field(default_factory=dict)


class _Trap(Exception):
    """Something YAML allows and we do not, with the line it stands on."""


def read_file(text: bytes, name: str) -> File:
    """Read a file. Raises `Unreadable` when nothing in it can be read."""
    if len(text) > LARGEST:
        raise Unreadable(f"{name}: is larger than {LARGEST // 1_000_000} MB; split it.")
    try:
        written = text.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Unreadable(f"{name}: is not UTF-8 text (byte {wrong.start}); save it as UTF-8.") from None
    try:
        document = _compose(written)
    except _Trap as wrong:
        raise Unreadable(f"{name}: {wrong}") from None
    except (yaml.YAMLError, ValueError) as wrong:
        return File(list(_piece_by_piece(written, name, _said(wrong))))
    return _from_document(document, name)


def _from_document(document: Any, name: str) -> File:
    wanted = f"{name}: must have a list named 'scenarios', each with actor, subject, item, action, purpose, agreement, consent and risk."
    if not isinstance(document, yaml.MappingNode):
        raise Unreadable(wanted)
    parts: dict[str, Any] = {}
    for key, value in document.value:
        if key.value in parts:
            raise Unreadable(f"{name}: line {_line(key)}: {key.value!r} stands twice at the top of the file; keep one.")
        parts[key.value] = value
    if not isinstance(parts.get("scenarios"), yaml.SequenceNode):
        raise Unreadable(wanted)
    if not parts["scenarios"].value:
        raise Unreadable(f"{name}: holds no scenarios.")
    return File([_scenario(node, number) for number, node in enumerate(parts["scenarios"].value, 1)], _switches(parts.get("switches"), name))


def _switches(node: Any, name: str) -> dict[str, date]:
    if node is None:
        return {}
    try:
        written = _plain(node)
    except (_Trap, yaml.YAMLError, ValueError) as wrong:
        raise Unreadable(f"{name}: switches: {_said(wrong)}") from None
    if not isinstance(written, dict) or not all(type(day) is date for day in written.values()):
        raise Unreadable(f"{name}: switches: must be names of waiting duties, each with a day such as 2027-04-01.")
    return {str(switch): day for switch, day in written.items()}


def _scenario(node: Any, number: int) -> Scenario:
    """One scenario out of its node; a fault inside it stays inside it."""
    id = f"no. {number} (line {_line(node)})"
    if not isinstance(node, yaml.MappingNode):
        return Scenario(id, {}, ("must be a group of fields.",))
    for key, value in node.value:
        if key.value == "id" and isinstance(value, yaml.ScalarNode):
            id = value.value
    try:
        return Scenario(id, _plain(node))
    except (_Trap, yaml.YAMLError, ValueError) as wrong:
        return Scenario(id, {}, (_said(wrong),))


def _piece_by_piece(written: str, name: str, fault: str) -> Iterator[Scenario]:
    """When the whole cannot be parsed, parse each scenario by itself: only the broken one is lost."""
    starts = list(ONE_SCENARIO.finditer(written))
    if not starts or "scenarios" not in written[: starts[0].start()]:
        raise Unreadable(f"{name}: is not YAML that can be read: {fault}")
    for number, start in enumerate(starts, 1):
        end = starts[number].start() if number < len(starts) else len(written)
        piece, line = written[start.start() : end], written.count("\n", 0, start.start())
        named = FIRST_ID.search(piece)
        id = named["id"] if named else f"no. {number} (line {line + 1})"
        try:
            node = _compose("\n" * line + piece)
        except (_Trap, yaml.YAMLError, ValueError) as wrong:
            yield Scenario(id, {}, (f"is not YAML that can be read: {_said(wrong)}",))
        else:
            one = isinstance(node, yaml.SequenceNode) and len(node.value) == 1
            yield _scenario(node.value[0], number) if one else Scenario(id, {}, (f"is not YAML that can be read: {fault}",))


def _compose(written: str) -> Any:
    """The nodes of a text, after a look at its events: no alias that multiplies, no depth or number beyond sense."""
    depth = 0
    for count, event in enumerate(yaml.parse(written, Loader=Loader)):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Trap(f"line {_line(event)}: an alias (*name or &name) is not allowed; write the words out.")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise _Trap(f"line {_line(event)}: is nested deeper than {DEEPEST} levels.")
        if count > MOST:
            raise _Trap(f"has more than {MOST:,} pieces; split it.")
    return yaml.compose(written, Loader=Loader)


def _plain(node: Any) -> Any:
    """Words, numbers, lists and groups out of nodes. Raises on a key that stands twice or a tag we do not know."""
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each) for each in node.value]
    if isinstance(node, yaml.MappingNode):
        group: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _Trap(f"line {_line(key)}: a field must have a plain name.")
            if key.value in group:
                raise _Trap(f"{key.value}: line {_line(key)}: stands twice in the same group; keep one.")
            group[key.value] = _plain(value)
        return group
    value = yaml.constructor.SafeConstructor().construct_document(node)
    if isinstance(value, datetime) or not isinstance(value, (str, int, float, date, type(None))):
        raise _Trap(f"line {_line(node)}: {node.value[:40]!r} must be a word, a number, a day, true, false or null.")
    return value


def _line(node: Any) -> int:
    return int(node.start_mark.line) + 1


def _said(wrong: Exception) -> str:
    mark, problem = getattr(wrong, "problem_mark", None), getattr(wrong, "problem", None)
    if mark is not None and problem:
        return f"line {mark.line + 1}: {problem}."
    return " ".join(str(wrong).split())
