"""The rooms of a partnership, in the order in which its home shows them: what each is called, the route that takes the partnership's id, and what one finds there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    name: str
    route: str
    what: str


SECTIONS: tuple[Section, ...] = (
    Section("Who is heard", "voice", "what people said and what became of it, and who sits and speaks where decisions are made"),
    Section("Test and examine", "framework_runs", "what partners say of it beside what they do, and what was decided"),
    Section("Accounts", "accounts", "what each puts in, what it is spent on, down to the invoice, and what came of it"),
)
