"""Where a draft of an agreement begins: a few kinds of agreement, as text that a guardian can read and change."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from alongside.partnerships.facts import NewTerm

ROWS = Path(__file__).parent / "agreement_templates" / "templates.yaml"


@dataclass(frozen=True, slots=True)
class Template:
    """One kind of agreement: its name, whom it is for, and everything a draft of it begins with."""

    code: str
    name: str
    says: str
    why: str
    who_sees: str
    safeguards: str
    retention: str
    how_people_are_told: str
    contact: str
    terms: tuple[NewTerm, ...]


@cache
def templates() -> dict[str, Template]:
    """Every template, by code, in the order of the file.

    Example:
        >>> "home_from_hospital" in templates()
        True
    """
    return {row["code"]: Template(terms=tuple(_terms(row.pop("lines"))), **row) for row in yaml.safe_load(ROWS.read_text(encoding="utf-8"))}


def _terms(lines: list[dict[str, object]]) -> list[NewTerm]:
    return [
        NewTerm(str(line["purpose"]), category, str(line["basis"]), str(line["gateway"]), minimum_fields=str(line["least"]))
        for line in lines
        for category in line["categories"]  # type: ignore[attr-defined]
    ]
