"""F6b: how far up the ladder of participation an activity is said to stand, and how far its records show that it does."""

from dataclasses import dataclass

from alongside.measures.proportion import proportion
from alongside.measures.result import Result, Unmeasurable, measured

VERSION = "F6b.1"
CAVEAT = "The evidenced rung is worked out from records: what is not recorded does not count. A lower rung is not wrong; claiming a higher one is. A rung is read and not sampled, so there is no interval of the gap."
RUNGS = {
    1: "manipulation", 2: "therapy", 3: "informing", 4: "consultation", 5: "placation", 6: "partnership", 7: "delegated power", 8: "citizen control",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """What the records of an activity show. `budget`: public members hold money; `majority`: they can outvote the rest."""

    informed: bool = False
    contributions: int = 0
    replies: int = 0
    adopted: int = 0
    reply_log: bool = False
    votes: bool = False
    budget: bool = False
    majority: bool = False


@dataclass(frozen=True, slots=True)
class Ladder:
    claimed: int
    evidenced: int
    gap: Result
    response_rate: Result | None
    adoption_rate: Result | None


def evidenced_rung(shown: Shown) -> int:
    """The highest rung that the records show. Without a log of replies it is at most 4; votes or a budget held by public members make it at least 6.

    Majority and budget: 8; majority or budget: 7; votes: 6; contributions answered and one adopted: 5; contributions: 4; information: 3; nothing on record: 1.

    Source: Arnstein, Journal of the American Institute of Planners 35 (1969) 216-224 for the rungs; what evidence each needs is this product's.
    Example:
        >>> evidenced_rung(Shown(contributions=40)), evidenced_rung(Shown(contributions=40, replies=40, adopted=3, reply_log=True)), evidenced_rung(Shown(votes=True))
        (4, 5, 6)
    """
    if shown.majority and shown.budget:
        return 8
    if shown.majority or shown.budget:
        return 7
    if shown.votes:
        return 6
    if shown.reply_log and shown.contributions and shown.adopted:
        return 5
    return 4 if shown.contributions else 3 if shown.informed else 1


def ladder(claimed: int, shown: Shown) -> Ladder:
    """Claimed rung, evidenced rung, and the tokenism gap: claimed - evidenced; with the share of contributions answered and adopted.

    Source: Arnstein 1969; measure F6 of this product.
    Example:
        >>> found = ladder(6, Shown(informed=True, contributions=40, replies=12, adopted=2))
        >>> found.evidenced, found.gap.value, found.response_rate.value
        (4, 2.0, 0.3)
    """
    if claimed not in RUNGS:
        raise Unmeasurable("The claimed rung is a whole number from 1 (manipulation) to 8 (citizen control).")
    if min(shown.contributions, shown.replies, shown.adopted) < 0 or max(shown.replies, shown.adopted) > shown.contributions:
        raise Unmeasurable("Replies and adopted contributions cannot be more than the contributions, nor any of them below zero.")
    evidenced, many = evidenced_rung(shown), shown.contributions
    gap = measured("F6 tokenism gap", VERSION, float(claimed - evidenced), n=max(1, many), inputs=[(claimed, shown)], caveat=CAVEAT)
    return Ladder(claimed, evidenced, gap, proportion(shown.replies, many) if many else None, proportion(shown.adopted, many) if many else None)
