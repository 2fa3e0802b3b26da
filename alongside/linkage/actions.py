"""Writes of same-person links: proposed by comparing, decided by a records office, taken back at will."""

from datetime import datetime

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.common.decisions import NotKnown, Refused
from alongside.confidentiality import facts as words
from alongside.confidentiality import gate
from alongside.confidentiality.gate.obligations import carry_out
from alongside.linkage.facts import Agrees, Comparison
from alongside.linkage.rules.matching import weigh

FIELDS = ("nhs_number", "upn", "born", "given_name", "family_name", "postcode", "contact")


class ReasonNeeded(ValueError):
    """A decision about two people's records without a reason is none."""


def propose_doubles(*, at_most: int) -> int:
    """
    1. Take some of those who are new or changed; the database compares each with whoever could be the same, and tells only how they agree.
    2. Weigh each comparison; what outweighs its doubts is proposed to the records office.

    Returns how many were compared. Whoever bears a protecting marker is never compared.
    """
    rows = database.rows("SELECT * FROM compare_due(%s)", at_most)
    for _, first, second, *agreements in rows:
        if first is None:
            continue
        weighed = weigh(Comparison(first, second, **{field: Agrees(agrees) for field, agrees in zip(FIELDS, agreements, strict=True)}))
        if weighed.proposed:
            database.value("SELECT propose_same_person(%s, %s, %s, %s)", first, second, weighed.weight, list(weighed.reasons))
    return int(rows[0][0]) if rows else 0


def decide_pair(*, by: Actor, pair_id: int, status: str, reason: str, at: datetime) -> None:
    """
    1. The gate is asked whether this office may join records; its answer is in the ledger.
    2. The pair is linked, held apart, or taken back, with the reason; no row of either record is touched.
    3. What the gate obliges to follows: a second person looks at it.

    Raises ReasonNeeded, Refused, or NotKnown for a pair that is not this office's.
    """
    if not reason.strip():
        raise ReasonNeeded("Say what makes you sure, so that it can be looked at again.")
    decision = gate.decide(_question(by), at=at)
    line = {
        "verb": "merge", "category": "index_entry", "purpose": "data_quality", "decision": decision.outcome.value, "rules": list(decision.rules), "obligations": sorted(decision.obligations),
        "reason": reason.strip(), "item": f"{status}:pair:{pair_id}",
    }  # fmt: skip
    if not decision.permits:
        raise Refused(decision, line)
    two = database.value("SELECT judge_pair(%s, %s, %s)", pair_id, status, reason.strip())
    if two is None:
        raise NotKnown(None, line | {"decision": "deny"})
    line_id = gate.note(**line, person_id=two[0], people=two)
    carry_out(decision, actor=by, person_id=two[0], line_id=line_id, about=f"pair:{pair_id}", at=at, verb="merge", purpose="data_quality", category="index_entry", reason=reason)


def _question(by: Actor) -> words.AccessRequest:
    return words.AccessRequest(
        actor=words.Actor(words.Agency(by.agency_kind), words.Role(by.role), words.Relation.RECORDS_ROLE),
        subject=words.Subject(words.Kind.ADULT, None, words.Capacity.UNKNOWN),
        item=words.Item(words.Category.INDEX_ENTRY),
        action=words.Action(words.Verb.MERGE),
        purpose=words.Purpose.DATA_QUALITY,
        agreement=words.Agreement(words.AgreementState.IN_FORCE),
        consent=words.Consent(words.ConsentState.NOT_NEEDED),
        need=words.Need.DECLARED,
        facts={"training_current": by.training_current, "reason_given": True},
    )
