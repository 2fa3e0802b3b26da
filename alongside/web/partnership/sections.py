"""The rooms of a partnership, in the order in which its home shows them: what each is called, the route that takes the partnership's id, and what one finds there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    name: str
    route: str
    what: str


SECTIONS: tuple[Section, ...] = (
    Section("Why it exists", "partnership_why", "what drives it, until when, and who holds its offices"),
    Section("Vision", "visions", "what all want, version by version, and who has signed it"),
    Section("Objectives", "objectives", "what is to be reached, who answers for it, and whether it is on track"),
    Section("Governance", "governance", "the board, when it can decide, who decides what, and interests"),
    Section("Meetings", "meetings", "agenda, papers, decisions, who does what, minutes"),
    Section("Risks and barriers", "risks", "what may go wrong, and what is done about it"),
    Section("Roles", "roles", "who answers for what, who may cover, and disputes about it"),
    Section("Benefits and harms", "benefits", "what is claimed, and what was found for it and against it"),
)
