"""`alongside gate try FILE`: what a Caldicott guardian tries before signing. The very function the product runs; no Django, no database."""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import click
import yaml

from alongside.common.clock import now
from alongside.common.decisions import Decision, Outcome
from alongside.confidentiality.facts import Misread, read_request
from alongside.confidentiality.rules.decision import decide

LARGEST = 10_000_000
PERMITS = ("permit", "permit_part")
AT_RISK = ("significant_harm", "imminent_life")
DECISION_BAR, OBLIGATION_BAR = 0.95, 0.90


class StrictLoader(yaml.SafeLoader):
    """YAML without its traps: no aliases to multiply, no key twice."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            event: Any = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.YAMLError(f"line {event.start_mark.line + 1}: an alias (*name) is not allowed; write the words out.")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key, _ in node.value:
            name = key.value
            if name in seen:
                raise yaml.YAMLError(f"line {key.start_mark.line + 1}: {name!r} stands twice in the same group; keep one.")
            seen.add(name)
        return super().construct_mapping(node, deep=deep)


class Unreadable(Exception):
    """The file as a whole cannot be read."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One scenario: what the gate decided, or why it could not be read, and what was expected of it."""

    id: str
    title: str
    decision: Decision | None
    problems: tuple[str, ...] = ()
    expect: Mapping[str, Any] | None = None
    not_acting: str = ""

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
            {"id": self.id, "decision": d.outcome.value, "obligations": list(d.obligations), "withhold": list(d.withhold), "reveal_existence": d.reveal_existence, "rules": list(d.rules)}
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


def read_scenarios(text: bytes, name: str) -> list[Any]:
    """The scenarios of a file. Raises `Unreadable` with what to do."""
    if len(text) > LARGEST:
        raise Unreadable(f"{name}: is larger than {LARGEST // 1_000_000} MB; split it.")
    try:
        document = yaml.load(text.decode("utf-8-sig"), StrictLoader)
    except UnicodeDecodeError as wrong:
        raise Unreadable(f"{name}: is not UTF-8 text (byte {wrong.start}); save it as UTF-8.") from None
    except (yaml.YAMLError, RecursionError, ValueError) as wrong:
        raise Unreadable(f"{name}: is not YAML that can be read: {' '.join(str(wrong).split()) or 'nested too deeply'}") from None
    if not isinstance(document, dict) or not isinstance(document.get("scenarios"), list):
        raise Unreadable(f"{name}: must have a list named 'scenarios', each with actor, subject, item, action, purpose, agreement, consent and risk.")
    scenarios: list[Any] = document["scenarios"]
    return scenarios


def try_scenarios(scenarios: list[Any], *, at: datetime) -> list[Tried]:
    """Decide each; one that cannot be read says why, and the rest are still decided."""
    return [try_one(scenario, number, at=at) for number, scenario in enumerate(scenarios, 1)]


def try_one(scenario: Any, number: int, *, at: datetime) -> Tried:
    if not isinstance(scenario, dict):
        return Tried(f"no. {number}", "", None, ("must be a group of fields.",))
    id, title, expect = str(scenario.get("id", f"no. {number}")), str(scenario.get("title", "")), scenario.get("expect")
    problems = expectation_problems(expect)
    try:
        request = read_request(scenario)
    except Misread as wrong:
        return Tried(id, title, None, (*map(str, wrong.problems), *problems))
    if problems:
        return Tried(id, title, None, problems)
    return Tried(id, title, decide(request, at=at), (), expect, request.risk.of_not_acting.value)


def expectation_problems(expect: Any) -> tuple[str, ...]:
    if expect is None:
        return ()
    outcomes = [outcome.value for outcome in Outcome]
    if not isinstance(expect, dict) or expect.get("decision") not in outcomes:
        return (f"expect.decision: must be one of {', '.join(outcomes)}.",)
    return tuple(
        f"expect.{name}: must be a list of words." for name in ("obligations", "withhold") if not isinstance(expect.get(name) or [], list)
    )  # fmt: skip


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
    at = datetime.combine(on.date() if on else day_of(now()), time(12), tzinfo=UTC)
    name = "standard input" if str(file) == "-" else str(file)
    try:
        text = sys.stdin.buffer.read(LARGEST + 1) if str(file) == "-" else file.read_bytes()
        score = Score(try_scenarios(read_scenarios(text, name), at=at))
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


def day_of(moment: datetime) -> date:
    return moment.date()
