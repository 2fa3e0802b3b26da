"""From what the database holds about a reader, a person and a purpose to the facts that the gate decides on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.confidentiality import facts as words
from alongside.confidentiality.facts import RELY_ON_CONSENT, AccessRequest
from alongside.people.rules.ages import age_on, child_or_adult

PERSON_SIDE = frozenset({"self", "parental_responsibility", "no_parental_responsibility", "proxy"})
WORKING_RELATIONS = frozenset({"allocated", "team_cover", "supervisor", "referred_to", "records_role"})
PRESUMED_COMPETENT_AT = 16
RATE_STEP = 10
"""Views are counted in tens, rounded up: a limit of "more than" a multiple of ten is kept exactly, and equal circumstances share one decision."""

COVERS = {
    ("lpa_health_welfare", ""): "authority_over_welfare", ("lpa_property_finance", ""): "authority_over_money",
    ("deputy", "health_welfare"): "authority_over_welfare", ("deputy", "property_finance"): "authority_over_money",
}  # fmt: skip
"""What a power or a court's order covers. A deputy's order says which; one that does not say lets nothing be decided."""

WHOSE_IT_IS = frozenset({"index_entry"})
"""Whoever is let in to any part may know whose record it is."""

HIDDEN = frozenset({"restricted_record"})
NOTHING = frozenset[str]()


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Everything the gate weighs for one reader and one person, hashable: equal circumstances get equal decisions.

    `limited` are categories the person excluded when they agreed; `objected` those they keep from this reader's agency; `barred` those kept
    for named readers. `agreed_categories` are what agreements in force let through to the reader for this purpose. `parts` are those that a helper
    whom the person chose may see; None: the reader is no such helper. `exists` is False for an id that is nobody's: decided like somebody hidden, so
    that the two answers are one.
    """

    agency_kind: str
    role: str
    relation: str
    kind: str
    age: int | None = field(compare=False)  # no rule asks it (kind and capacity say what the law asks of age), so people of every age share one decision
    capacity: str
    flags: frozenset[str]
    consent: str
    consent_by: str
    limited: frozenset[str]
    barred: frozenset[str]
    agreement: str
    agreed_categories: frozenset[str]
    need_declared: bool
    risk_of_not_acting: str
    risk_of_acting: str
    facts: tuple[tuple[str, bool | int | str], ...]
    objected: frozenset[str] = NOTHING
    parts: frozenset[str] | None = None
    emergency: bool = False
    exists: bool = True

    @property
    def is_person_side(self) -> bool:
        return self.relation in PERSON_SIDE

    def agreement_covers(self, category: str) -> bool:
        """Whether what others wrote may reach this reader at all: the person's own record always, the rest as agreements say."""
        return self.is_person_side or self.emergency or (self.agreement == "in_force" and category in self.agreed_categories)


def held_facts(person_id: int, purpose: str) -> dict[str, Any] | None:
    """One round trip for everything held; for an id that is nobody's, the same questions with empty answers. None: nobody is asking."""
    return database.document("SELECT gate_facts(%s, %s)", person_id, purpose)


def circumstances(
    actor: Actor, held: Mapping[str, Any], *, on: date, purpose: str = "", claims: Mapping[str, bool | int | str] | None = None
) -> Circumstances:
    """The facts held, in the gate's words. `claims` are what only the reader says; they never replace a fact that is held."""
    age = age_on(date.fromisoformat(held["born"]) if held["born"] else None, on)
    kind = child_or_adult(age)
    representation = held["representation"] or {}
    relation = held["relation"]
    emergency = relation == "break_glass"
    state, by, limited = consent_now(held, agency_id=actor.agency_id, purpose=purpose)
    risk = held["risk"] or {}
    return Circumstances(
        agency_kind=actor.agency_kind,
        role=actor.role if actor.is_practitioner else representation.get("role", actor.role),
        relation={"break_glass": "none", "other_partner": "partnership_member"}.get(relation, relation),
        kind=kind,
        age=age,
        capacity=held["capacity"] or presumed_capacity(kind, age),
        flags=flags_of(held),
        consent=state,
        consent_by=by,
        limited=limited,
        barred=frozenset(held["barred_categories"]),
        agreement=held["agreement"],
        agreed_categories=frozenset(held["shared_categories"]),
        need_declared=held["need_declared"] or relation in WORKING_RELATIONS or emergency,
        risk_of_not_acting="imminent_life" if emergency else risk.get("of_not_acting", "none_known"),
        risk_of_acting=risk.get("of_acting", "none_known"),
        facts=tuple(sorted(((claims or {}) | supporting_facts(actor, held, relation, representation)).items())),
        objected=objections_now(held, agency_id=actor.agency_id),
        parts=WHOSE_IT_IS | frozenset(representation["parts"]) if representation.get("authority") == "consent" else None,
        emergency=emergency,
        exists=held.get("exists", True),
    )


def presumed_capacity(kind: str, age: int | None) -> str:
    """Adults are presumed to have capacity and young people from sixteen to be competent; under sixteen only a judgement says so.

    Example:
        >>> presumed_capacity("adult", None), presumed_capacity("child", 16), presumed_capacity("child", 15)
        ('has', 'competent', 'not_competent')
    """
    if kind == "adult":
        return "has"
    return "competent" if (age or 0) >= PRESUMED_COMPETENT_AT else "not_competent"


def flags_of(held: Mapping[str, Any]) -> frozenset[str]:
    flags = set(held["flags"]) & FLAGS
    if held["named"]:
        flags.discard("restricted_record")
    elif held["restricted"] or not held.get("exists", True):
        flags |= HIDDEN
    if held["concealed"]:
        flags.add("address_concealed")
    if held["died"]:
        flags.add("deceased")
    if held["tie"]:
        flags.add("relative_of_actor")
    return frozenset(flags)


def consent_now(held: Mapping[str, Any], *, agency_id: int | None, purpose: str = "") -> tuple[str, str, frozenset[str]]:
    """The latest answer for this purpose, whose it was, and what it leaves out. One that has run out is none: somebody must ask again, and what
    it left out stays out. Nobody ever asked: another basis must govern."""
    for answer in held["consents"]:
        if answer["purpose"] and purpose and answer["purpose"] != purpose:
            continue
        if answer["state"] == "given_limited" and agency_id in (answer["agencies"] or []):
            return "refused", answer["by"], NOTHING
        ran_out = answer["expired"] and answer["state"] in ("given", "given_limited")
        return "not_sought" if ran_out else answer["state"], answer["by"], frozenset(answer["categories"])
    return "not_needed", "person", NOTHING


def objections_now(held: Mapping[str, Any], *, agency_id: int | None) -> frozenset[str]:
    """Categories the person does not want this agency to have from others; an objection that names none means every one."""
    met = [made["category"] for made in held["objections"] if made["agency"] is None or made["agency"] == agency_id]
    return frozenset(CATEGORIES if "" in met else met)


def supporting_facts(
    actor: Actor, held: Mapping[str, Any], relation: str, representation: Mapping[str, Any]
) -> dict[str, bool | int | str]:
    """Facts that bear claims out or undo them."""
    documents = set(held["documents"])
    facts: dict[str, bool | int | str] = {
        "order_document_verified": any(d.startswith("court_order") for d in documents),
        "scope_specific": any(d.endswith(":specific") for d in documents),
        "authority_verified": bool(representation.get("verified")) or "authority" in documents,
        "approval_verified": any(d.startswith("approval") for d in documents),
        "incident_approved": any(d.startswith("incident") for d in documents),
        "rate_per_5min": -(-held["recent_views"] // RATE_STEP) * RATE_STEP,
    }
    if actor.is_practitioner:
        facts["training_current"] = actor.training_current
        if actor.role in {"doctor", "nurse"}:
            facts["person_under_care_of_actors_unit"] = relation in WORKING_RELATIONS
    if relation == "break_glass":
        facts |= {"reason_given": True, "reason_describes_emergency": True}
    if representation.get("barred"):
        facts["court_order_restricts_actor"] = True
    if covered := COVERS.get((representation.get("authority") or "", representation.get("limited_to") or "")):
        facts[covered] = True
    if representation.get("limited_to"):
        facts["limited_to"] = representation["limited_to"]
    if held["named"]:
        facts["on_named_list"] = True
    elif held["restricted"]:
        facts["on_named_list"] = False
    if any(answer["doubt"] for answer in held["consents"]):
        facts["consent_doubt_recorded"] = True
    return facts | {f"{hold}": True for hold in held.get("ledger_holds", ())}


def describe(
    seen: Circumstances, *, verb: str, category: str, purpose: str, claim: str, channel: str = "", shared: bool = False, about: str = "subject"
) -> AccessRequest:
    """One question for the gate: this act on this category under these circumstances.

    `shared` asks about what other agencies wrote: it needs an agreement in force for purpose and category, and the person's answer counts.
    What the reader's own agency wrote needs neither, unless its help rests on consent.
    """
    consent, by = _answer(seen, category, claim, shared=shared)
    return AccessRequest(
        actor=words.Actor(words.Agency(seen.agency_kind), words.Role(seen.role), words.Relation(seen.relation)),
        subject=words.Subject(
            words.Kind(seen.kind), seen.age, words.Capacity(seen.capacity),
            frozenset(words.Flag(flag) for flag in (seen.flags | HIDDEN if category in seen.barred else seen.flags)),
        ),
        item=words.Item(words.Category(category), words.About(about)),
        action=words.Action(words.Verb(verb), None, words.Channel(channel) if channel else None),
        purpose=words.Purpose(purpose),
        agreement=_terms(seen, category, shared=shared),
        consent=words.Consent(words.ConsentState(consent), by),
        claimed_basis=words.Basis(claim),
        need=words.Need.DECLARED if seen.need_declared else words.Need.NOT_DECLARED,
        risk=words.Risk(words.RiskOfNotActing(seen.risk_of_not_acting), words.RiskOfActing(seen.risk_of_acting)),
        facts=dict(seen.facts) | ({"on_named_list": False} if category in seen.barred else {}),
    )  # fmt: skip


def _answer(seen: Circumstances, category: str, claim: str, *, shared: bool) -> tuple[str, str]:
    if seen.parts is not None:
        return "given" if category in seen.parts and seen.capacity != "not_competent" else "not_sought", "person"
    if shared and category in seen.objected:
        return "refused", "person"
    if not (shared or seen.is_person_side or seen.agency_kind in RELY_ON_CONSENT or claim == "consent_common_law"):
        return "not_needed", seen.consent_by
    if category in seen.limited:
        return "refused", seen.consent_by
    if seen.consent == "given_limited" and seen.limited and category != "whole_record":
        return "given", seen.consent_by
    return seen.consent, seen.consent_by


def _terms(seen: Circumstances, category: str, *, shared: bool) -> words.Agreement:
    if not shared or seen.is_person_side:
        return words.Agreement(words.AgreementState.IN_FORCE)
    return words.Agreement(words.AgreementState(seen.agreement), bool(seen.agreed_categories), category in seen.agreed_categories)


def describe_search(actor: Actor, purpose: str) -> AccessRequest:
    """The question whether this reader may search at all; who is found is then the finder's own rule."""
    return AccessRequest(
        actor=words.Actor(words.Agency(actor.agency_kind), words.Role(actor.role), words.Relation.PARTNERSHIP_MEMBER if actor.is_practitioner else words.Relation.NONE),
        subject=words.Subject(words.Kind.NONE, None, words.Capacity.UNKNOWN),
        item=words.Item(words.Category.INDEX_ENTRY),
        action=words.Action(words.Verb.SEARCH),
        purpose=words.Purpose(purpose),
        agreement=words.Agreement(words.AgreementState.IN_FORCE),
        consent=words.Consent(words.ConsentState.NOT_NEEDED),
        need=words.Need.DECLARED,
        facts={"training_current": actor.training_current} if actor.is_practitioner else {},
    )  # fmt: skip


CATEGORIES = frozenset(category.value for category in words.Category)
FLAGS = frozenset(flag.value for flag in words.Flag)
