"""What the governance of a partnership must have settled, and when its board can decide."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from alongside.common.rulebook import rule
from alongside.partnerships.facts import Quorum, QuorumRule, SeatFacts

SINCE = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of governance: what must be settled under it, and where it is settled (a text, or a register of its own)."""

    code: str
    name: str
    asks: str
    text: bool = True


HEADINGS = (
    Heading("aims", "Aims", "Why it exists, what it wants to reach, and whether there is a better way.", text=False),
    Heading("board", "Board and quorum", "Who sits on the board, for whom, and when it can decide.", text=False),
    Heading("decisions", "Decision rights and delegation", "Who decides what, up to where, and to whom it is delegated.", text=False),
    Heading("money", "Money", "Who pays, who may spend, who can move it, and who reports."),
    Heading("performance", "How it is held to account", "What is reported to whom and how often, and who looks at it from outside."),
    Heading("risks", "Risks and interests", "What may go wrong, who watches it, and who has an interest of their own.", text=False),
    Heading("complaints", "Complaints and redress", "How somebody who is helped complains to all partners at once, and what they can expect."),
    Heading("exit", "Ending and returning", "How a partner leaves, how the partnership ends, and what becomes of money, premises, staff and records."),
)
"""Our own eight headings, after the questions that the Audit Commission put to partnerships in 2005."""


@rule("PTN-130", since=SINCE)
def headings_missing(settled: Collection[str]) -> tuple[Heading, ...]:
    """A partnership must have settled all eight headings of its governance; those it has not are named.

    Source: Audit Commission, Governing Partnerships: Bridging the Accountability Gap (2005)
    Example:
        >>> [heading.name for heading in headings_missing({"aims", "board", "decisions", "money", "performance", "risks"})]
        ['Complaints and redress', 'Ending and returning']
    """
    return tuple(heading for heading in HEADINGS if heading.code not in settled)


@rule("PTN-131", since=SINCE)
def quorum(seats: Iterable[SeatFacts], needed: QuorumRule) -> Quorum:
    """A board can decide a point only while enough voting members who have no interest in it are there, from enough partners, and, where its rules ask for it, somebody who chairs.

    Source: Nolan principles; a board's own rules
    Example:
        >>> seats = [SeatFacts(1, 10, True, True, True), SeatFacts(2, 20, True, False, True), SeatFacts(3, 30, True, False, True, conflicted=True), SeatFacts(4, None, True, False, False)]
        >>> quorum(seats, QuorumRule(members=2, partners=2)).met, quorum(seats, QuorumRule(members=3, partners=2)).missing
        (True, ('1 more voting member who has no interest in it',))
        >>> quorum([SeatFacts(1, 10, True, True, False)], QuorumRule(members=0, partners=1)).missing
        ('1 more partner', 'the chair or vice chair')
    """
    free = [seat for seat in seats if seat.present and seat.votes and not seat.conflicted]
    partners = {seat.agency_id for seat in free if seat.agency_id is not None}
    lacking, bodies = needed.members - len(free), needed.partners - len(partners)
    missing = [f"{lacking} more voting member{'s' if lacking > 1 else ''} who {'have' if lacking > 1 else 'has'} no interest in it"] if lacking > 0 else []
    missing += [f"{bodies} more partner{'s' if bodies > 1 else ''}"] if bodies > 0 else []
    missing += ["the chair or vice chair"] if needed.chair and not any(seat.chairs for seat in free) else []
    return Quorum(len(free), tuple(missing))


@rule("PTN-132", since=SINCE)
def votes_wrong(in_favour: int, against: int, abstained: int, free_to_vote: int) -> str | None:
    """Nobody votes twice, and nobody votes who is not there or has an interest: the votes counted must be no more than those free to vote.

    Source: Nolan principles
    Example:
        >>> votes_wrong(5, 1, 1, 6)
        '7 votes were counted and only 6 members were free to vote. Count again.'
        >>> votes_wrong(5, 1, 0, 6)
    """
    counted = in_favour + against + abstained
    return f"{counted} votes were counted and only {free_to_vote} members were free to vote. Count again." if counted > free_to_vote else None
