"""What a team must know."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class NeedText:
    """What a team says it must know: kinds of thing (by tag), about whom, for which purpose, how soon, and what for."""

    tags: tuple[str, ...]
    purpose: str
    how_soon: str
    what_for: str
    reach: str = "our_people"
    situations: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    minimum_fields: tuple[str, ...] = ()
    review_on: date | None = None
