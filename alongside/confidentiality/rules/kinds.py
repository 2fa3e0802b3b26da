"""The seven kinds of rule, and the register in which each rule stands with what follows from it.

| kind      | weighs as | what it does |
|-----------|-----------|--------------|
| forbid    | 1 never   | denies what no urgency, order or consent can allow |
| duty      | 2 duty    | permits what must happen: life at risk, a report of harm, a court's order |
| refuse    | 3 test    | denies, because a condition of lawful sharing is not met |
| ask_first | 3 test    | refers: a named person must look before anything is released |
| allow     | 4 ground  | permits, because facts held give a reason to |
| keep_back | -         | takes parts out of what is permitted |
| oblige    | -         | says what must be done besides |
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from alongside.common.decisions import Outcome
from alongside.common.rulebook import REGISTER, Rule, rule
from alongside.confidentiality.facts import Obligation
from alongside.confidentiality.rules.situation import Situation

Holds = Callable[[Situation], bool]
Words = tuple[str, ...]

START = date(2018, 5, 25)
"""The day UK data protection law took its present shape. Rules of practice count from here; before it nothing but a duty permits."""

ALLOWED = (Outcome.PERMIT, Outcome.PERMIT_PART)
REFUSED = (Outcome.DENY,)
ANSWERED = (*ALLOWED, Outcome.DENY, Outcome.REFER)


AT_WORK, AT_HOME = "at_work", "at_home"
"""Whom a rule is about: staff of an agency, or the person, their family and everybody else outside. Without this, everybody."""

READS, SENDS, KEEPS = "reads", "sends", "keeps"
"""Which kind of act a rule is about: looking, passing on, or writing and looking after records. Without this, all three."""


class Weight(IntEnum):
    """Which rules are asked first. The first weight at which any rule holds decides."""

    NEVER = 1
    DUTY = 2
    TEST = 3
    GROUND = 4
    NARROWING = 5
    OBLIGING = 6


@dataclass(frozen=True, slots=True)
class Clause:
    """A rule of the gate: when it holds, what it makes of the request, and what follows."""

    rule: Rule
    kind: str
    weight: Weight
    outcome: Outcome | None
    holds: Holds
    owes: Words = ()
    withhold: Words = ()
    hides: bool = False
    on: tuple[Outcome, ...] = field(default=ANSWERED)
    who: str | None = None
    act: str | None = None

    @property
    def id(self) -> str:
        return self.rule.id


CLAUSES: dict[str, Clause] = {}


def forbid(
    id: str, *, since: date | None = START, until: date | None = None, owes: Words = (), hides: bool = False, who: str | None = None, act: str | None = None
) -> Callable[[Holds], Holds]:
    """Deny, whatever the urgency and whoever agrees."""
    return _clause(id, "forbid", Weight.NEVER, Outcome.DENY, since=since, until=until, owes=owes, hides=hides, who=who, act=act)


def duty(
    id: str,
    *,
    since: date | None = START,
    until: date | None = None,
    switch: str | None = None,
    owes: Words = (),
    withhold: Words = (),
    who: str | None = None,
    act: str | None = None,
) -> Callable[[Holds], Holds]:
    """Permit, because law or life demands it; no missing consent, agreement or relationship stands against it."""
    return _clause(id, "duty", Weight.DUTY, Outcome.PERMIT, since=since, until=until, switch=switch, owes=owes, withhold=withhold, who=who, act=act)


def refuse(
    id: str, *, since: date | None = START, until: date | None = None, owes: Words = (), hides: bool = False, who: str | None = None, act: str | None = None
) -> Callable[[Holds], Holds]:
    """Deny, because a condition is not met."""
    return _clause(id, "refuse", Weight.TEST, Outcome.DENY, since=since, until=until, owes=owes, hides=hides, who=who, act=act)


def ask_first(
    id: str, *, since: date | None = START, until: date | None = None, owes: Words = (), hides: bool = False, who: str | None = None, act: str | None = None
) -> Callable[[Holds], Holds]:
    """Refer: nothing is released until a named person has decided."""
    return _clause(id, "ask_first", Weight.TEST, Outcome.REFER, since=since, until=until, owes=owes, hides=hides, who=who, act=act)


def allow(id: str, *, since: date | None = START, until: date | None = None, owes: Words = (), who: str | None = None, act: str | None = None) -> Callable[[Holds], Holds]:
    """Permit, because the facts give a reason."""
    return _clause(id, "allow", Weight.GROUND, Outcome.PERMIT, since=since, until=until, owes=owes, who=who, act=act)


def keep_back(
    id: str, *parts: str, since: date | None = START, until: date | None = None, owes: Words = (), hides: bool = False, who: str | None = None, act: str | None = None
) -> Callable[[Holds], Holds]:
    """Take parts out of what is permitted."""
    return _clause(id, "keep_back", Weight.NARROWING, None, since=since, until=until, owes=owes, withhold=parts, hides=hides, on=ALLOWED, who=who, act=act)


def oblige(
    id: str,
    *owes: str,
    on: tuple[Outcome, ...] = ANSWERED,
    since: date | None = START,
    until: date | None = None,
    hides: bool = False,
    who: str | None = None,
    act: str | None = None,
) -> Callable[[Holds], Holds]:
    """Say what must be done besides, for the outcomes named."""
    return _clause(id, "oblige", Weight.OBLIGING, None, since=since, until=until, owes=owes, hides=hides, on=on, who=who, act=act)


def _clause(
    id: str,
    kind: str,
    weight: Weight,
    outcome: Outcome | None,
    *,
    since: date | None,
    until: date | None,
    switch: str | None = None,
    owes: Words = (),
    withhold: Words = (),
    hides: bool = False,
    on: tuple[Outcome, ...] = ANSWERED,
    who: str | None = None,
    act: str | None = None,
) -> Callable[[Holds], Holds]:
    def enter(holds: Holds) -> Holds:
        topic = "confidentiality." + holds.__module__.rpartition(".")[2]
        rule(id, since=None if switch else since, until=until, switch=switch, topic=topic)(holds)
        CLAUSES[id] = Clause(REGISTER[id], kind, weight, outcome, holds, tuple(Obligation(word).value for word in owes), withhold, hides, on, who, act)
        return holds

    return enter
