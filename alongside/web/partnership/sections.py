"""The rooms of a partnership, in the order in which its home shows them: what each is called, the route that takes the partnership's id, and what one finds there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    name: str
    route: str
    what: str


SECTIONS: tuple[Section, ...] = (
    Section("Trust", "trust", "what partners say of one another, promises, each other’s pressures, where they differ"),
)
