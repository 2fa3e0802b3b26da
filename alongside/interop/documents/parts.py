"""What a document is made of. Text only: what is on a page and in a document is the same text, so the figures are the same figures."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 1 to 3; a document leaves no level out. The title stands above level 1."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`strong` for what must not be missed."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Table:
    """The first cell names its row; `numbers` are the columns set to the right; `widths` are shares of the page's width."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: Sequence[int] = ()
    widths: Sequence[int] = ()


Part = Heading | Paragraph | Bullets | Table


@dataclass(frozen=True, slots=True)
class Document:
    """`foot` stands at the foot of every page before its number: what this is, as of when."""

    title: str
    parts: Sequence[Part]
    subtitle: str = ""
    foot: str = ""
