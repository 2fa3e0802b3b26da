"""`alongside gate try FILE`: what a Caldicott guardian tries before signing. The very function the product runs; no Django, no database."""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import click

from alongside.cli.scenarios import LARGEST, Scenario, Unreadable, read_file
from alongside.common.clock import today
from alongside.common.decisions import Decision, Outcome
from alongside.common.rulebook import REGISTER
from alongside.confidentiality.facts import KNOWN_FACTS, Misread, Obligation, read_request
from alongside.confidentiality.rules.decision import decide

PERMITS = ("permit", "permit_part")
AT_RISK = ("significant_harm", "imminent_life")
DECISION_BAR, OBLIGATION_BAR = 0.95, 0.90
EXPECTED = ("decision", "obligations", "reveal_existence", "withhold")


@dataclass(frozen=True, slots=True)
class Tried:
    """One scenario: what the gate decided, or why it could not be read, and what was expected of it."""

    id: str
    title: str
    decision: Decision | None
    problems: tuple[str, ...] = ()
    expect: Mapping[str, Any] | None = None
    not_acting: str = ""
    notes: tuple[str, ...] = ()

    @property
    def as_expected(self) -> bool:
        return self.decision is not None and (self.expect is None or self.decision.outcome.value == self.expect["decision"])

    @property
    def missing(self) -> tuple[str, ...]:
        """Expected obligations that the decision does not carry."""
        wanted = self.expect.get("obligations") or () if self.expect else ()
        return tuple(word for word in wanted if self.decision is None or word not in self.decision.obligations)

    @property
    def released(self) -> tuple[str, ...]:
        """Expected parts to withhold that would go out."""
        wanted = self.expect.get("withhold") or () if self.expect else ()
        return tuple(part for part in wanted if self.decision and self.decision.permits and part not in self.decision.withhold)

    @property
    def false_permit(self) -> bool:
        wrongly = self.decision is not None and self.decision.outcome is Outcome.PERMIT and self.expect is not None and self.expect["decision"] != "permit"
        return wrongly or bool(self.released)

    @property
    def false_refusal_at_risk(self) -> bool:
        return (
            self.expect is not None and self.expect["decision"] in PERMITS and self.not_acting in AT_RISK and self.decision is not None and not self.decision.permits
        )  # fmt: skip

    @property
    def tells_of_existence(self) -> bool:
        return self.expect is not None and self.expect.get("reveal_existence") is False and self.decision is not None and self.decision.reveal_existence

    def as_json(self) -> str:
        if self.decision is None:
            return json.dumps({"id": self.id, "error": list(self.problems)})
        d = self.decision
        return json.dumps(
            {
                "id": self.id,
                "decision": d.outcome.value,
                "obligations": list(d.obligations),
                "withhold": list(d.withhold),
                "reveal_existence": d.reveal_existence,
                "rules": list(d.rules),
            }
        )


@dataclass
class Score:
    """The file's own scoring, over the scenarios that say what they expect."""

    tried: list[Tried] = field(default_factory=list)

    @property
    def judged(self) -> list[Tried]:
        return [one for one in self.tried if one.expect is not None]

    def count(self, what: str) -> int:
        return sum(bool(getattr(one, what)) for one in self.judged)

    @property
    def exact(self) -> float:
        return self.count("as_expected") / len(self.judged) if self.judged else 1.0

    @property
    def obligations(self) -> tuple[int, int]:
        wanted = sum(len(one.expect.get("obligations") or ()) for one in self.judged if one.expect)
        return wanted - sum(len(one.missing) for one in self.judged), wanted

    @property
    def unreadable(self) -> int:
        return sum(one.decision is None for one in self.tried)

    @property
    def holds(self) -> bool:
        met, wanted = self.obligations
        none = not (self.count("false_permit") or self.count("false_refusal_at_risk") or self.count("tells_of_existence"))
        return none and self.exact >= DECISION_BAR and (not wanted or met / wanted >= OBLIGATION_BAR)

    def lines(self) -> Iterator[str]:
        if not self.judged:
            return
        met, wanted = self.obligations
        yield f"{self.count('as_expected')} of {len(self.judged)} decisions as expected ({self.exact:.1%}; bar {DECISION_BAR:.0%})"
        yield f"{met} of {wanted} expected obligations ({met / wanted if wanted else 1:.1%}; bar {OBLIGATION_BAR:.0%})"
        yield f"{self.count('false_permit')} false permits, {self.count('false_refusal_at_risk')} false refusals at risk, {self.count('tells_of_existence')} tells of existence (bar 0 each)"


def try_file(text: bytes, name: str, *, at: datetime) -> Score:
    """Decide every scenario of a file; one that cannot be read says why, and the rest are still decided. Raises `Unreadable`."""
    file = read_file(text, name)
    unknown = sorted(file.switches.keys() - {rule.switch for rule in REGISTER.values()})
    if unknown:
        known = sorted({rule.switch for rule in REGISTER.values() if rule.switch})
        raise Unreadable(f"{name}: switches: {', '.join(unknown)} is not a duty that waits to be started. Allowed: {', '.join(known)}.")
    seen: set[str] = set()
    score = Score()
    for scenario in file.scenarios:
        twice = (f"id: {scenario.id!r} stands on more than one scenario.",) if scenario.id in seen else ()
        seen.add(scenario.id)
        score.tried.append(try_one(scenario, twice, at=at, switches=file.switches))
    return score


def try_one(scenario: Scenario, faults: tuple[str, ...], *, at: datetime, switches: Mapping[str, date]) -> Tried:
    title, expect = str(scenario.words.get("title", "")), scenario.words.get("expect")
    if scenario.problems:
        return Tried(scenario.id, title, None, (*scenario.problems, *faults))
    faults += expectation_problems(expect)
    try:
        request = read_request(scenario.words)
    except Misread as wrong:
        return Tried(scenario.id, title, None, (*map(str, wrong.problems), *faults))
    if faults:
        return Tried(scenario.id, title, None, faults)
    notes = tuple(f"no rule asks for the fact {name!r} by name" for name in request.facts if name not in KNOWN_FACTS)
    return Tried(scenario.id, title, decide(request, at=at, switches=switches), (), expect, request.risk.of_not_acting.value, notes)


def expectation_problems(expect: Any) -> tuple[str, ...]:
    """What is wrong with the words of an expectation."""
    if expect is None:
        return ()
    if not isinstance(expect, dict):
        return (f"expect: must be a group of fields. Allowed: {', '.join(EXPECTED)}.",)
    problems = [f"expect.{name}: is not a field. Allowed: {', '.join(EXPECTED)}." for name in expect if name not in EXPECTED]
    outcomes = [outcome.value for outcome in Outcome]
    if expect.get("decision") not in outcomes:
        problems.append(f"expect.decision: {expect.get('decision')!r} is not a decision. Allowed: {', '.join(outcomes)}.")
    if not isinstance(expect.get("reveal_existence", True), bool):
        problems.append("expect.reveal_existence: must be true or false.")
    for name in ("obligations", "withhold"):
        if not isinstance(expect.get(name) or [], list) or not all(isinstance(word, str) for word in expect.get(name) or []):
            problems.append(f"expect.{name}: must be a list of words.")
        elif name == "obligations":
            known = [word.value for word in Obligation]
            problems += [f"expect.obligations: {word!r} is not a word for this. Allowed: {', '.join(known)}." for word in expect.get(name) or () if word not in known]
    return tuple(problems)


def in_words(one: Tried) -> Iterator[str]:
    if one.decision is None:
        yield click.style(f"{one.id}: cannot be read", fg="red")
        yield from (f"    {problem}" for problem in one.problems)
        return
    d = one.decision
    mark = "" if one.expect is None else ("  as expected" if one.as_expected else click.style(f"  EXPECTED {one.expect['decision']}", fg="red"))
    yield f"{one.id}  {click.style(d.outcome.value, bold=True)}{mark}  {one.title}"
    yield from (f"    because: {reason}" for reason in d.reasons)
    if d.withhold:
        yield f"    kept back: {', '.join(d.withhold)}"
    if d.obligations:
        yield f"    must: {', '.join(d.obligations)}"
    if not d.reveal_existence:
        yield "    the answer is the same as if there were nobody there"
    yield f"    rules: {', '.join(d.rules) or 'none held'}"
    yield from (f"    note: {note}" for note in one.notes)
    if one.missing:
        yield click.style(f"    expected obligations missing: {', '.join(one.missing)}", fg="red")
    if one.released:
        yield click.style(f"    expected to be kept back: {', '.join(one.released)}", fg="red")


@click.command("try")
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One object a line: id, decision, obligations, withhold, reveal_existence, rules.")
@click.option("--at", "on", type=click.DateTime(["%Y-%m-%d"]), help="Decide by the rules in force on this day. Default: today.")
def gate_try(file: Path, as_json: bool, on: datetime | None) -> None:
    """Decide every request in FILE (YAML; - for standard input) and say why.

    Where a scenario says what it expects, compare, and sum up. Exit 0: all bars hold. 1: a bar is missed. 2: something could not be read.
    """
    at = datetime.combine(on.date() if on else today(), time(12), tzinfo=UTC)
    name = "standard input" if str(file) == "-" else str(file)
    try:
        text = sys.stdin.buffer.read(LARGEST + 1) if str(file) == "-" else file.read_bytes()
        score = try_file(text, name, at=at)
    except OSError as wrong:
        click.echo(f"{name}: cannot be opened: {wrong.strerror}.", err=True)
        sys.exit(2)
    except Unreadable as wrong:
        click.echo(str(wrong), err=True)
        sys.exit(2)
    for one in score.tried:
        if as_json:
            click.echo(one.as_json())
        else:
            for line in in_words(one):
                click.echo(line)
        if one.decision is None:
            for problem in one.problems:
                click.echo(f"{name}: {one.id}: {problem}", err=True)
    for line in score.lines():
        click.echo(line, err=as_json)
    sys.exit(2 if score.unreadable else 0 if score.holds else 1)
