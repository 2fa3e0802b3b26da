"""The rooms of a partnership, in the order in which its home shows them: what each is called, the route that takes the partnership's id, and what one finds there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    name: str
    route: str
    what: str
    partners_only: bool = False


SECTIONS: tuple[Section, ...] = (
    Section("Why it exists", "partnership_why", "what drives it, until when, and who holds its offices"),
    Section("Vision", "visions", "what all want, version by version, and who has signed it"),
    Section("Objectives", "objectives", "what is to be reached, who answers for it, and whether it is on track"),
    Section("Governance", "governance", "the board, when it can decide, who decides what, and interests"),
    Section("Meetings", "meetings", "agenda, papers, decisions, who does what, minutes"),
    Section("Roles", "roles", "who answers for what, who may cover, and disputes about it"),
    Section("Risks and barriers", "risks", "what may go wrong, and what is done about it"),
    Section("Accounts", "accounts", "what each puts in, what it is spent on, down to the invoice, and what came of it"),
    Section("Test and examine", "framework_runs", "what partners say of it beside what they do, and what was decided"),
    Section("Network", "network", "who shares with whom, refers, helps and pays; who stands alone, who is the only bridge"),
    Section("Trust", "trust", "what partners say of one another, promises, each other’s pressures, where they differ"),
    Section("What works against what", "effects", "which activity helps or undoes what all want, and who sees to it"),
    Section("What partners offer", "offers", "a room, a car, a day of training: who has it, who asked, and whether they got it", partners_only=True),
    Section("Who is heard", "voice", "what people said and what became of it, and who sits and speaks where decisions are made"),
    Section("Complaints", "partnership_complaints", "what went wrong for somebody, and whether they were answered in time", partners_only=True),
    Section("Benefits and harms", "benefits", "what is claimed, and what was found for it and against it"),
    Section("How it ends", "partnership_exit", "what its board decides about that, what stops, and what goes back to whom"),
)
