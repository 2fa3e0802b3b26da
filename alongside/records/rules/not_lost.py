"""The words in which "nothing is lost" is promised and tested, and what the product does for each."""

import csv
from dataclasses import dataclass
from functools import cache

from alongside.records.facts import StepKind
from alongside.records.rules.clock_names import EDITIONS


class UnknownWord(ValueError):
    """No promise has this name."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One word of a promise: when it holds, what shows that it was kept, the rule behind it and what it says.

    `done_as` is a kind and a name, e.g. event:delivered, step:remind, rule:backlog, query:undelivered_shares, outcome:withhold, obligation:tell_person.
    """

    word: str
    when: str
    done_as: str
    rule: str
    says: str

    @property
    def step(self) -> StepKind | None:
        """The step of the ladder that keeps this promise, if it is one."""
        kind, _, name = self.done_as.partition(":")
        return StepKind(name) if kind == "step" else None


@cache
def promises() -> dict[str, Promise]:
    """Every word that is understood, in the order of the file."""
    with (EDITIONS / "not_lost.csv").open(encoding="utf-8", newline="") as lines:
        return {row["word"]: Promise(**row) for row in csv.DictReader(lines)}


def promise(word: str) -> Promise:
    """What the product does for a word. Raises `UnknownWord`, with the words there are.

    Example:
        >>> promise("remind_at_half_time").step.value
        'remind'
    """
    try:
        return promises()[word]
    except KeyError:
        raise UnknownWord(f"Nothing is promised by {word!r}; understood are {', '.join(promises())}.") from None
