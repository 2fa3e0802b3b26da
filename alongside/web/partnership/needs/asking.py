"""May this need be declared, and what would it bring? The gate is asked for every kind of information that the need is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from alongside.agencies.facts import Actor
from alongside.common.decisions import Decision
from alongside.confidentiality import facts as words
from alongside.confidentiality import gate
from alongside.partnerships import queries
from alongside.records.rules.kinds import entry_kinds, meets

FEW = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """What the gate says of a need: categories that may come, categories that may not with the first reason, and how many entries lately it would have been about."""

    permitted: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]
    lately: str


def ask(actor: Actor, partnership_id: int, *, tags: Iterable[str], purpose: str, reach: str, at: datetime) -> Asked:
    """Ask for each category; write what was asked into the ledger."""
    kinds = [kind for kind in entry_kinds().values() if meets(tags, kind.tags | {kind.code})]
    agreed = queries.categories_flowing_to(actor.agency_id, purpose=purpose, at=at)
    answers = {category: decided(actor, category, purpose, agreed, at) for category in sorted({kind.category for kind in kinds})}
    for category, answer in answers.items():
        gate.note(verb="declare_need", category=category, purpose=purpose, decision=answer.outcome.value, rules=list(answer.rules), obligations=sorted(answer.obligations), item="information need")
    count = queries.entries_of_kinds(partnership_id, [kind.code for kind in kinds], reach=reach, since=at - queries.LATELY)
    return Asked(
        tuple(category for category, answer in answers.items() if answer.permits),
        tuple((category, next(iter(answer.reasons), "The gate does not allow it.")) for category, answer in answers.items() if not answer.permits),
        "no entry" if count == 0 else f"fewer than {FEW} entries" if count < FEW else f"{count:,} entries",
    )


def decided(actor: Actor, category: str, purpose: str, agreed: frozenset[str], at: datetime) -> Decision:
    return gate.decide(
        words.AccessRequest(
            actor=words.Actor(words.Agency(actor.agency_kind), words.Role(actor.role), words.Relation.PARTNERSHIP_MEMBER),
            subject=words.Subject(words.Kind.NONE, None, words.Capacity.UNKNOWN),
            item=words.Item(words.Category(category)),
            action=words.Action(words.Verb.DECLARE_NEED),
            purpose=words.Purpose(purpose),
            agreement=words.Agreement(words.AgreementState.IN_FORCE if agreed else words.AgreementState.NONE, bool(agreed), category in agreed),
            consent=words.Consent(words.ConsentState.NOT_NEEDED),
            need=words.Need.DECLARED,
            facts={"training_current": actor.training_current},
        ),
        at=at,
    )
