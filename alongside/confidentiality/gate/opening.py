"""A record is opened: decided on, written into the ledger, lent in one act. The only place that mints an `Access`."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any

from django.db import transaction

from alongside.agencies.facts import Actor
from alongside.agencies.queries import identify
from alongside.common import database
from alongside.common.access import Access
from alongside.common.categories import CATEGORY_NUMBERS
from alongside.common.decisions import Decision, NotKnown, Outcome, Refused
from alongside.common.london import london_day
from alongside.confidentiality.gate import obligations
from alongside.confidentiality.gate.circumstances import Circumstances, circumstances, describe, held_facts
from alongside.confidentiality.rules.decision import decide

RECORD_CATEGORIES = tuple(c for c in CATEGORY_NUMBERS if c not in {"workforce", "finance_open_book", "aggregate_counts", "whole_record"})
"""What a person's record is made of; each is decided by itself, so that a reader gets what they may have and no more."""


EMERGENCY_CATEGORIES = frozenset({
    "index_entry", "contact_details", "home_address", "whereabouts", "strengths_needs_plan", "safeguarding_concern", "general_health", "mental_health", "property_entry",
})  # fmt: skip
"""What may open when the glass is broken. The database has the same list."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What the gate says of a whole record for one reader: the answer on what was asked for, and the categories that open.

    `closed` is the answer on what other agencies hold, where agreements keep that shut although the record itself opens.
    """

    decision: Decision
    own: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()
    withheld: tuple[str, ...] = ()
    closed: Decision | None = None

    @property
    def obligations(self) -> Decision:
        """The decision, owing also what a closed tap obliges us to."""
        if self.closed is None:
            return self.decision
        more = tuple(code for code in self.closed.obligations if code in TAP_OWES and code not in self.decision.obligations)
        return replace(self.decision, obligations=self.decision.obligations + more)


TAP_OWES = frozenset({"notify_partnership_lead"})
CLOSED_TAPS = frozenset({"expired", "withdrawn_by_agency"})


@lru_cache(maxsize=8192)
def weigh(seen: Circumstances, verb: str, category: str, purpose: str, claim: str, channel: str, on: date, alone: bool = False) -> Opening:
    """Decide the asked-for category, then (unless it is wanted `alone`) every category of a record under the same circumstances.

    What the reader's own agency wrote needs no agreement; what others wrote needs one in force that names purpose and category.
    Pure: the same circumstances on the same day open the same record, so the answer is kept.
    """
    at = datetime.combine(on, NOON, tzinfo=UTC)
    if seen.emergency:
        verb, purpose, claim = "break_glass", "emergency_life", "vital_interests"

    def ask(item: str, *, shared: bool) -> Decision:
        return decide(describe(seen, verb=verb, category=item, purpose=purpose, claim=claim, channel=channel, shared=shared), at=at)

    main = ask(category, shared=False)
    if not main.permits:
        return Opening(main)
    parts = {category} if alone else RECORD_CATEGORIES
    answers = {item: main if item == category else ask(item, shared=False) for item in parts if not seen.emergency or item in EMERGENCY_CATEGORIES}
    own = frozenset(item for item, answer in answers.items() if answer.permits)
    shared = frozenset(item for item in own if seen.agreement_covers(item) and ask(item, shared=True).permits)
    withheld = tuple(sorted({part for answer in (main, *(answers[item] for item in own)) for part in answer.withhold}))
    closed = ask(category, shared=True) if not seen.is_person_side and seen.agreement in CLOSED_TAPS and not seen.emergency else None
    return Opening(main, own | ({category} & {"whole_record"} if not seen.emergency else frozenset()), shared, withheld, closed if closed and not closed.permits else None)


def judge(actor: Actor, person_id: int, *, at: datetime, verb: str, category: str, purpose: str, claim: str = "none", channel: str = "",
          claims: Mapping[str, bool | int | str] | None = None, alone: bool = False, held: Mapping[str, Any] | None = None) -> tuple[Circumstances, Opening]:  # fmt: skip
    """What the gate says, with nothing opened and nothing written; of one category `alone`, where no more is asked. Raises NotKnown when nobody is asking.

    `held` are the facts held, where this transaction has fetched them already.
    """
    held = held or held_facts(person_id, purpose)
    if held is None:
        raise NotKnown
    on = london_day(at)
    seen = circumstances(actor, held, on=on, purpose=purpose, claims=claims)
    return seen, weigh(seen, verb, category, purpose, claim, channel, on, alone)


def open_record(
    actor: Actor, person_id: int, *, at: datetime, verb: str = "read", purpose: str = "direct_care", category: str = "whole_record", claim: str = "none",
    channel: str | None = None, reason: str = "", surface: str = "page", item: str = "", automatic: bool = False, write: bool = False,
    claims: Mapping[str, bool | int | str] | None = None, alone: bool = False, held: Mapping[str, Any] | None = None,
) -> Access:  # fmt: skip
    """
    1. Fetch the facts held about this reader, this person and this purpose.
    2. Decide; a no is raised as `Refused` and gets its ledger line from whoever answers (see `record_refusal`).
    3. Write the ledger line and the ticket in one act of the database, which checks for itself that this reader may know this person.
    4. Carry out what the decision obliges us to.

    `alone`: no category opens but the one asked for, for whoever comes to write and reads nothing; the thirty others need not be weighed.
    Raises Refused, or NotKnown where even existence is secret; an id that is nobody's takes the very same way. Nothing is read before the
    line is written.
    """
    seen, opening = judge(actor, person_id, at=at, verb=verb, purpose=purpose, category=category, claim=claim, channel=channel or "", claims=claims, alone=alone, held=held)
    decision = opening.obligations
    line = {
        "verb": "break_glass" if seen.emergency else verb, "category": category, "purpose": purpose, "basis": claim, "surface": surface, "item": item,
        "automatic": automatic, "person_id": person_id, "reason": stated_reason(reason, seen, decision, purpose), "decision": decision.outcome.value,
        "rules": list(decision.rules), "obligations": sorted(decision.obligations), "withheld": list(opening.withheld), "detail": {"relation": seen.relation, "rulebook": decision.rulebook},
    }  # fmt: skip
    if not decision.permits:
        raise refusal(decision, line)
    line_id = database.value("SELECT open_record(%s, %s, %s, %s, %s)", person_id, *(numbers(part) for part in (opening.own, opening.shared)), write, json.dumps(line))
    if line_id is None:
        raise NotKnown(None, line | WALLED)
    access = Access(
        person_id=person_id, account_id=actor.account_id, practitioner_id=actor.practitioner_id, agency_id=actor.agency_id, relation=seen.relation, purpose=purpose,
        line_id=line_id, at=at, write=write, basis=claim, categories=opening.own, shared_categories=opening.shared, withheld=opening.withheld,
        obligations=tuple(sorted(decision.obligations)), rules=decision.rules, principals=actor.principals, notes=opening.closed.reasons[:1] if opening.closed else (),
    )  # fmt: skip
    if not seen.emergency:  # what breaking the glass obliges us to was done when it was broken
        obligations.carry_out(decision, actor=actor, person_id=person_id, line_id=line_id, about=item, at=at, verb=verb, purpose=purpose, category=category, reason=reason)
    return access


def decision_of(access: Access) -> Decision:
    """What was decided when this record was opened, for an act that follows from it."""
    return Decision(Outcome.PERMIT_PART if access.withheld else Outcome.PERMIT, obligations=access.obligations, withhold=access.withheld, rules=access.rules)


NOON = time(12)
WALLED = {"decision": Outcome.DENY.value, "rules": ["WALL"], "obligations": ["log_denial", "neutral_denial"]}
"""What the ledger says when the gate permitted and the database's own wall did not."""


def numbers(categories: frozenset[str]) -> list[int]:
    return sorted(CATEGORY_NUMBERS[category] for category in categories)


def stated_reason(reason: str, seen: Circumstances, decision: Decision, purpose: str) -> str:
    """The reason that stands on the line: the reader's own words, or, where a reason is due and none was asked for, what the facts say."""
    if reason.strip() or not decision.must("record_reason"):
        return reason.strip()
    if seen.emergency:
        return "In the emergency that was stated when the glass was broken."
    return f"As {seen.relation.replace('_', ' ')}, for {purpose.replace('_', ' ')}."


def refusal(decision: Decision, line: Mapping[str, Any]) -> Refused | NotKnown:
    """A no to be raised: one that says so, or, where existence itself is secret, the same nothing as for nobody."""
    return Refused(decision, line) if decision.reveal_existence else NotKnown(decision, line)


def record_refusal(no: Refused | NotKnown, *, token: str, at: datetime) -> int | None:
    """
    1. Become the asker again, in a transaction of its own: what they had begun is already undone.
    2. Write the refused attempt into the ledger.
    3. Carry out what the refusal obliges us to: tell a supervisor, alert, route.

    None: nobody was asking, or the gate was not asked.
    """
    actor = identify(token) if token else None
    if actor is None or no.line is None:
        return None
    line_id = note(**no.line)
    if no.decision is not None and not no.decision.permits:
        obligations.carry_out(
            no.decision, actor=actor, person_id=no.line.get("person_id"), line_id=line_id, about=no.line.get("item", ""), at=at, verb=no.line.get("verb", "read"),
            purpose=no.line.get("purpose", ""), category=no.line.get("category", ""), reason=no.line.get("reason", ""),
        )  # fmt: skip
    return line_id


def note(**line: Any) -> int:
    """Write one ledger line for whoever is acting; for what is read without a record being opened (a list, an inbox, a count)."""
    return int(database.value("SELECT write_line(%s)", json.dumps(line, default=str)))


def open_for_report(
    actor: Actor, people: tuple[int, ...], *, at: datetime, purpose: str, category: str, claim: str, reason: str = "", item: str = "", surface: str = "page"
) -> Access:
    """Lend the right to write, never to read: a report about somebody is always taken, whether or not its sender may know them.

    Raises NotKnown for an id that is nobody's.
    """
    line = {
        "verb": "write", "category": category, "purpose": purpose, "basis": claim, "reason": reason, "item": item, "surface": surface, "decision": Outcome.PERMIT.value,
        "people": list(people), "person_id": people[0] if people else None,
    }  # fmt: skip
    line_id = database.value("SELECT open_for_report(%s, %s)", list(people), json.dumps(line))
    if line_id is None:
        raise NotKnown(None, line | {"decision": Outcome.DENY.value})
    return Access(
        person_id=people[0] if people else 0, account_id=actor.account_id, practitioner_id=actor.practitioner_id, agency_id=actor.agency_id, relation="none",
        purpose=purpose, line_id=line_id, at=at, write=True, basis=claim, principals=actor.principals,
    )  # fmt: skip


@contextmanager
def acting(token: str, *, at: datetime) -> Iterator[Actor]:
    """Act as a session outside a web request: one transaction; a no is undone, recorded and raised again.

    Raises NotKnown when the token is nobody's.
    """
    try:
        with transaction.atomic():
            actor = identify(token)
            if actor is None:
                raise NotKnown
            yield actor
    except (Refused, NotKnown) as no:
        with transaction.atomic():
            record_refusal(no, token=token, at=at)
        raise
