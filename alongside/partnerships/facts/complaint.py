"""How a complaint came in, and what became of it."""

from enum import StrEnum


class CameBy(StrEnum):
    """How a complaint came in."""

    SPOKEN = "spoken"
    TELEPHONE = "telephone"
    LETTER = "letter"
    EMAIL = "email"
    PAPER_FORM = "paper_form"


class Upheld(StrEnum):
    """What came of a complaint."""

    UPHELD = "upheld"
    PARTLY = "partly_upheld"
    NOT = "not_upheld"
