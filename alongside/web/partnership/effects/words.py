"""What an activity does to an objective, in signs and words."""

from alongside.measures.cross_effects import AGREEING
from alongside.trust.facts import End
from alongside.trust.queries.effects import Cell
from alongside.web.design.rows import Colour

SCALE = {
    3: "+3 It cannot be reached without this", 2: "+2 Helps much", 1: "+1 Helps a little", 0: "0 Does nothing to it", -1: "−1 Gets in its way a little", -2: "−2 Works against it", -3: "−3 Undoes it",
}
ENDS = {End.SOLVED: "Solved", End.ACCEPTED: "Accepted"}
LITTLE = 0.5


def sign(effect: float | None) -> str:
    """
    >>> sign(-2.5), sign(1), sign(0), sign(None)
    ('−2.5', '+1', '0', '–')
    """
    return "–" if effect is None else "0" if effect == 0 else f"{effect:+.2g}".replace("-", "−")


def says(cell: Cell) -> str:
    """A cell in a word or two, without its colour."""
    if cell.counter_productive:
        return "Works against it" if cell.against >= AGREEING else "People were told two different things"
    if cell.mean is None:
        return "Nobody has said"
    return "One partner says it works against it" if cell.against else "Helps" if cell.mean >= LITTLE else "Does little"


def stands(cell: Cell) -> tuple[str, Colour] | None:
    """What has become of a cell that works against an objective."""
    if not cell.counter_productive:
        return None
    if cell.wants_owner or cell.point is None:
        return "Nobody has taken it on", "red"
    return (ENDS[End(cell.point.end)], "grey") if cell.point.ended_at else ("Taken on", "orange")
