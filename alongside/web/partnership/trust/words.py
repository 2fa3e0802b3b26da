"""What is said of trust, in words."""

from alongside.measures.result import Result
from alongside.trust.facts import Item, Kept, Level, Settled
from alongside.web.design.rows import Bar

ITEMS = {
    Item.KEEPS_PROMISES: "They do what they said they would do", Item.SHARES_AIMS: "They want the same for people as we do", Item.IS_OPEN: "They say openly what is difficult, also when it is about themselves",
    Item.OPENS_DOORS: "They open doors that we cannot open", Item.TAKES_PART: "They take part, and not only in name", Item.BRINGS_SOMETHING: "They bring people, money, rooms or knowledge that count",
}
HOW_OFTEN = [("4", "Nearly always"), ("3", "Mostly"), ("2", "Sometimes"), ("1", "Hardly ever")]
KEPT = {Kept.OPEN: ("Open", "blue"), Kept.KEPT: ("Kept", "green"), Kept.NOT_KEPT: ("Not kept", "red"), Kept.RELEASED: ("Let go", "grey")}
PROMISED = {"made": "Promised", "said_done": "Said to be done", "kept": "Kept", "not_kept": "Not kept", "released": "Let go"}
SETTLED = {Settled.OPEN: ("Open", "blue"), Settled.ESCALATED: ("Handed up", "orange"), Settled.AGREED: ("Agreed", "green"), Settled.NOT_AGREED: ("Stays apart", "grey")}
LEVELS = {
    Level.NOTHING_MORE: "Do nothing more", Level.EARLY_HELP: "Offer early help", Level.CHILD_IN_NEED: "Refer as a child in need", Level.SECTION_47: "Refer as significant harm (section 47)",
}
FEW = "Fewer than five people: not shown"


def rated(name: str, found: Result) -> Bar:
    """A mean from 1 to 4 as a bar, or that too few said it."""
    if found.value is None:
        return Bar(name, None, FEW)
    low, high = found.low, found.high
    return Bar(name, float(found.value), f"{found.value:.1f} of 4", low=low, high=high, between=f"{low:.1f} to {high:.1f}" if low is not None and high is not None else "", mark=f"{found.n} people", colour="grey")


def in_hundred(found: Result | None) -> str:
    """
    >>> in_hundred(None)
    'nothing to count yet'
    """
    return "nothing to count yet" if found is None or found.value is None else f"{found.value:.0%}, n = {found.n}"
