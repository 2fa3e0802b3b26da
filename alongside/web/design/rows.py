"""The rows that the parts of a page are given: small, typed, and hold all that the markup may ask for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from alongside.web.design.formats import DueGroup, due_group, when_short

Colour = Literal["", "white", "grey", "green", "aqua-green", "blue", "purple", "pink", "red", "orange", "yellow"]


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose record this is. `needs` are communication and access needs, which every writer must see."""

    name: str
    href: str = ""
    known_as: str = ""
    born: date | None = None
    nhs_number: str = ""
    pronouns: str = ""
    facts: Sequence[tuple[str, str]] = ()
    needs: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One thing to do. `due` is a moment or a day; `about` is whom or what it concerns; `state` a word in a coloured tag."""

    title: str
    href: str
    due: date | datetime | None = None
    about: str = ""
    meta: str = ""
    state: str = ""
    colour: Colour = ""


def by_due_group(rows: Iterable[WorkRow], at: datetime) -> list[tuple[DueGroup, list[WorkRow]]]:
    """The shelves that hold anything, most urgent first. What has no date lies under Later, so that nothing drops off the list."""
    shelves: dict[DueGroup, list[WorkRow]] = {group: [] for group in DueGroup}
    for row in rows:
        shelves[due_group(row.due, at) if row.due else DueGroup.LATER].append(row)
    return [(group, shelf) for group, shelf in shelves.items() if shelf]


@dataclass(frozen=True, slots=True)
class SummaryRow:
    key: str
    value: str
    change: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a chronology. `own_words` are the person's; `details` such as ("Action", "Spoke to the school"); `mark` such as "Corrected"."""

    when: datetime
    title: str
    who: str
    href: str = ""
    text: str = ""
    own_words: str = ""
    details: Sequence[tuple[str, str]] = ()
    unread: bool = False
    mark: str = ""

    @property
    def when_words(self) -> str:
        return when_short(self.when)


OUTCOMES: dict[str, tuple[str, Colour]] = {
    "told": ("Will be told", "green"),
    "kept_back": ("Kept back", "red"),
    "not_needed": ("Not needed", "grey"),
    "waiting": ("Waiting for an answer", "yellow"),
    "acknowledged": ("Acknowledged", "green"),
    "declined": ("Declined", "orange"),
}


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """What becomes, or became, of an entry for one partner, and why.

    `kind` is a word of `OUTCOMES`, unless `said` and `shade` give words and colour of their own, such as "Told on Tuesday"; `then` is what happened since.
    """

    partner: str
    kind: str
    why: str
    said: str = ""
    shade: Colour = ""
    then: str = ""

    @property
    def words(self) -> str:
        return self.said or OUTCOMES[self.kind][0]

    @property
    def colour(self) -> Colour:
        return self.shade or OUTCOMES[self.kind][1]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart with its number in words. `value` None: there is none, or it may not be shown; `words` then say so.

    `beside` is what it is held against, drawn as a second bar under it; `low` and `high` are the edges of its interval, `between` the same in words;
    `mark` is a word in a tag, such as "Missing".
    """

    label: str
    value: float | None
    words: str
    beside: float | None = None
    beside_words: str = ""
    low: float | None = None
    high: float | None = None
    between: str = ""
    mark: str = ""
    colour: Colour = "orange"


def longest(bars: Iterable[Bar], most: float | None = None) -> float:
    """What a bar of full length stands for: `most` where it is known, such as 1 for shares, else the greatest number in the chart.

    Example:
        >>> longest([Bar("Carers", 4, "4", beside=9), Bar("Others", None, "Not shown")]), longest([]), longest([], most=1)
        (9, 1, 1)
    """
    return most or max((number for bar in bars for number in (bar.value, bar.beside, bar.high) if number), default=0) or 1


def as_table(bars: Sequence[Bar], of: str, first: str, second: str = "") -> tuple[list[str], list[list[str]]]:
    """The same numbers as a table: its head, and a row for each bar. A column that would be empty is left out.

    Example:
        >>> as_table([Bar("Carers", 0.1, "10%", beside=0.2, beside_words="20%", mark="Few")], "Group", "Panel", "District")
        (['Group', 'Panel', 'District', 'Note'], [['Carers', '10%', '20%', 'Few']])
    """
    columns = [(of, "label"), (first, "words"), (second, "beside_words"), ("Between", "between"), ("Note", "mark")]
    kept = [(head, name) for head, name in columns if head and (name in ("label", "words") or any(getattr(bar, name) for bar in bars))]
    return [head for head, _ in kept], [[getattr(bar, name) for _, name in kept] for bar in bars]
