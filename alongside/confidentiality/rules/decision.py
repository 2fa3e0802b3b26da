"""How rules add up to one decision.

1. Only rules in force on the day are asked. A duty that Parliament has passed but not started is asked once its switch has a day.
2. Weights are asked in order: never, duty, test, ground. The first weight at which any rule holds decides, and nothing below it can change that.
   So a statutory duty stands above a missing consent, and nothing stands above what is never allowed.
3. Within a weight a denial beats a referral, and a referral beats a permit: one more denial never lets anybody see more.
   When no rule holds, the answer is no.
4. What is permitted is narrowed: every rule that keeps parts back takes them out, and what is left is permitted in part.
5. Every rule that had a say adds its obligations, and so do the rules that attach obligations to an outcome.
6. Existence shows, unless a rule that had a say hides it.

Claims (a purpose, a legal basis picked from a list) are tested by rules that refuse; no rule permits on a claim alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from alongside.common.decisions import Decision, Outcome
from alongside.common.london import london_day
from alongside.common.rulebook import NOT_SET, version
from alongside.confidentiality.facts import AccessRequest
from alongside.confidentiality.rules import (  # noqa: F401 - each enters its rules in the register
    agreements,
    authorities,
    consent,
    existence,
    life,
    numbers,
    outgoing,
    oversight,
    parents,
    partnership,
    person,
    proxies,
    records,
    relationship,
    safeguarding,
    special,
    third_parties,
)
from alongside.confidentiality.rules.kinds import AT_HOME, AT_WORK, CLAUSES, KEEPS, READS, SENDS, Clause, Weight
from alongside.confidentiality.rules.situation import Situation

CAUTION = {Outcome.DENY: 0, Outcome.REFER: 1, Outcome.PERMIT: 2}
DECIDING = (Weight.NEVER, Weight.DUTY, Weight.TEST, Weight.GROUND)
NO_GROUND = "Nothing on record gives a reason to allow this."


@dataclass(frozen=True, slots=True)
class Chapter:
    """The rules in force that can be about one kind of asker and one kind of act."""

    deciding: tuple[tuple[Clause, ...], ...]
    narrowing: tuple[Clause, ...]
    obliging: Mapping[Outcome, tuple[Clause, ...]]


@dataclass(frozen=True, slots=True)
class Book:
    """The rules in force on one day under one set of switches, by who asks and what kind of act it is."""

    chapters: Mapping[tuple[str, str], Chapter]
    version: str


def decide(request: AccessRequest, *, at: datetime, switches: Mapping[str, date] = NOT_SET) -> Decision:
    """The gate's answer to one request. Pure, total and replayable: the same facts on the same day give the same decision.

    `switches` holds the days on which waiting duties were started, by the names their rules give them.
    """
    book = book_on(london_day(at), tuple(sorted(switches.items())) if switches else ())
    s = Situation(request)
    chapter = book.chapters[s.who, s.act]
    outcome, heard = _weigh(chapter, s)
    withhold: tuple[str, ...] = ()
    if outcome is Outcome.PERMIT:
        heard += [clause for clause in chapter.narrowing if clause.holds(s)]
        withhold = tuple(dict.fromkeys(part for clause in heard for part in clause.withhold))
        if withhold:
            outcome = Outcome.PERMIT_PART
    reasons = tuple(clause.rule.says for clause in heard) or (NO_GROUND,)
    heard += [clause for clause in chapter.obliging[outcome] if clause.holds(s)]
    return Decision(
        outcome=outcome,
        reasons=reasons,
        obligations=tuple(dict.fromkeys(word for clause in heard for word in clause.owes)),
        withhold=withhold,
        reveal_existence=not any(clause.hides for clause in heard),
        rules=tuple(clause.id for clause in heard),
        rulebook=book.version,
    )


def _weigh(chapter: Chapter, s: Situation) -> tuple[Outcome, list[Clause]]:
    """The outcome at the first weight where a rule holds, and the rules that gave it."""
    for clauses in chapter.deciding:
        heard = [clause for clause in clauses if clause.holds(s)]
        if heard:
            outcome = min((clause.outcome for clause in heard if clause.outcome), key=CAUTION.__getitem__)
            return outcome, [clause for clause in heard if clause.outcome is outcome]
    return Outcome.DENY, []


@cache
def book_on(day: date, switches: tuple[tuple[str, date], ...] = ()) -> Book:
    """The rules in force on a day."""
    started = dict(switches)
    live = [clause for clause in CLAUSES.values() if clause.rule.in_force(day, started)]
    chapters = {(who, act): _chapter(live, who, act) for who in (AT_WORK, AT_HOME) for act in (READS, SENDS, KEEPS)}
    return Book(chapters, rulebook_version(switches))


def _chapter(live: list[Clause], who: str, act: str) -> Chapter:
    here = [clause for clause in live if clause.who in (None, who) and clause.act in (None, act)]
    return Chapter(
        deciding=tuple(tuple(clause for clause in here if clause.weight is weight) for weight in DECIDING),
        narrowing=tuple(clause for clause in here if clause.weight is Weight.NARROWING),
        obliging={outcome: tuple(c for c in here if c.weight is Weight.OBLIGING and outcome in c.on) for outcome in Outcome},
    )


@cache
def rulebook_version(switches: tuple[tuple[str, date], ...] = ()) -> str:
    """The fingerprint of the gate's rules: their words and days, the switches set, and the text of the code that decides."""
    texts = (file.read_bytes() for file in sorted(Path(__file__).parent.glob("*.py")))
    return version((clause.rule for clause in CLAUSES.values()), dict(switches), texts)
