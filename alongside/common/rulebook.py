"""The register of every rule this product decides by: an id, a plain sentence, a source and the days on which it holds.

A rule is an ordinary function with a docstring that states it; `@rule` writes it into the register and hands it back unchanged.
A duty that Parliament has passed but not yet started names a `switch` instead of a day: it is off until somebody sets that day.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from re import compile as pattern
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])
RULE_ID = pattern(r"[A-Z][A-Z0-9]{1,5}-\d{3}")
NOT_SET: Mapping[str, date] = {}


class RuleMistake(Exception):
    """A rule that is not fit for the register, found while the program starts."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry in the register. `since` None means that it waits for its `switch`."""

    id: str
    says: str
    source: str
    since: date | None
    until: date | None
    switch: str | None
    topic: str
    function: Callable[..., Any]

    def in_force(self, on: date, switches: Mapping[str, date] = NOT_SET) -> bool:
        """Whether the rule holds on a day, given the days on which waiting duties were started."""
        since = self.starts(switches)
        return since is not None and since <= on and (self.until is None or on < self.until)

    def starts(self, switches: Mapping[str, date] = NOT_SET) -> date | None:
        """The first day on which the rule holds; None while nobody has started it."""
        return switches.get(self.switch) if self.switch else self.since


REGISTER: dict[str, Rule] = {}


def rule(
    id: str,
    *,
    says: str | None = None,
    source: str | None = None,
    since: date | None = None,
    until: date | None = None,
    switch: str | None = None,
    topic: str | None = None,
) -> Callable[[Function], Function]:
    """Enter a function in the register. What `says` and `source` leave out is read from the docstring.

    Raises `RuleMistake` for an id used twice or misshapen, and for a rule without a sentence, a source or a start.
    """

    def enter(function: Function) -> Function:
        written = stated(function)
        entry = Rule(
            id=id,
            says=says or written["says"],
            source=source or written["source"],
            since=since,
            until=until,
            switch=switch,
            topic=topic or function.__module__.removeprefix("alongside."),
            function=function,
        )
        _check(entry)
        REGISTER[id] = entry
        return function

    return enter


def stated(function: Callable[..., Any]) -> dict[str, str]:
    """The sentence and the source that a docstring states; empty where it states none.

    Example:
        >>> def a_rule():
        ...     '''A door must have a key.
        ...
        ...     Source: House rules, 3
        ...     '''
        >>> stated(a_rule)
        {'says': 'A door must have a key.', 'source': 'House rules, 3'}
    """
    paragraphs = [" ".join(lines.split()) for lines in (function.__doc__ or "").split("\n\n")]
    says = paragraphs[0].partition("Source:")[0].strip()
    _, found, rest = (function.__doc__ or "").partition("Source:")
    source = " ".join(rest.split("Example:")[0].split()) if found else ""
    return {"says": says, "source": source}


def version(rules: Iterable[Rule], switches: Mapping[str, date] = NOT_SET, texts: Iterable[bytes] = ()) -> str:
    """A short fingerprint of a set of rules: their words, their days, the switches set and the text of their code."""
    digest = sha256()
    for entry in sorted(rules, key=lambda entry: entry.id):
        digest.update(repr((entry.id, entry.says, entry.source, entry.since, entry.until, entry.switch)).encode())
    digest.update(repr(sorted(switches.items())).encode())
    for text in texts:
        digest.update(sha256(text).digest())
    return digest.hexdigest()[:16]


def _check(entry: Rule) -> None:
    if not RULE_ID.fullmatch(entry.id):
        raise RuleMistake(f"{entry.id}: an id is two to six capitals, a dash and three digits.")
    known = REGISTER.get(entry.id)
    if known and (known.function.__module__, known.function.__qualname__) != (entry.function.__module__, entry.function.__qualname__):
        raise RuleMistake(f"{entry.id} is already {known.function.__qualname__} in {known.function.__module__}.")
    if not entry.says or not entry.source:
        raise RuleMistake(f"{entry.id}: a rule states itself in one sentence and names its source.")
    if (entry.since is None) == (entry.switch is None):
        raise RuleMistake(f"{entry.id}: a rule has either a first day or a switch that waits for one.")
