"""A change of who may see a record, by somebody who does not read it: whoever settles it writes why, and the gate decides by rules whether they may."""

from collections.abc import Mapping
from datetime import datetime

from alongside.agencies.facts import Actor
from alongside.common.decisions import Refused
from alongside.confidentiality import facts as words
from alongside.confidentiality import gate

SHORTEST_REASON = 10


class ReasonNotEnough(ValueError):
    """What was written does not say why; the message says what to write."""


def permitted(
    by: Actor, reason: str, item: str, *, purpose: words.Purpose, facts: Mapping[str, bool], at: datetime, relation: words.Relation = words.Relation.RECORDS_ROLE,
    flags: frozenset[words.Flag] = frozenset(), category: words.Category = words.Category.INDEX_ENTRY, kind: words.Kind = words.Kind.ADULT,
) -> dict[str, object]:  # fmt: skip
    """The ledger line of a change of access that the gate permits. Raises ReasonNotEnough, or Refused with the line of the refusal."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonNotEnough("Say in a sentence why. Whoever looks back must be able to understand it")
    request = words.AccessRequest(
        actor=words.Actor(words.Agency(by.agency_kind), words.Role(by.role), relation),
        subject=words.Subject(kind, None, words.Capacity.UNKNOWN, flags),
        item=words.Item(category),
        action=words.Action(words.Verb.CHANGE_ACCESS),
        purpose=purpose,
        agreement=words.Agreement(words.AgreementState.IN_FORCE),
        consent=words.Consent(words.ConsentState.NOT_NEEDED),
        need=words.Need.DECLARED,
        facts={"training_current": by.training_current, "reason_given": True, **facts},
    )
    decision = gate.decide(request, at=at)
    line: dict[str, object] = {
        "verb": "change_access", "category": category.value, "purpose": purpose.value, "decision": decision.outcome.value, "rules": list(decision.rules), "obligations": sorted(decision.obligations),
        "reason": reason.strip(), "item": item,
    }  # fmt: skip
    if not decision.permits:
        raise Refused(decision, line)
    return line
