"""What the gate decides: one act that somebody wants to do, and what is known about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from alongside.confidentiality.facts.action import Action
from alongside.confidentiality.facts.actor import Actor
from alongside.confidentiality.facts.agreement import Agreement
from alongside.confidentiality.facts.consent import Consent
from alongside.confidentiality.facts.fact import NO_FACTS, Fact
from alongside.confidentiality.facts.item import Item
from alongside.confidentiality.facts.need import Need
from alongside.confidentiality.facts.purpose import Basis, Purpose
from alongside.confidentiality.facts.risk import Risk
from alongside.confidentiality.facts.subject import Subject


@dataclass(frozen=True, slots=True)
class AccessRequest:
    """One act that somebody wants to do with information about somebody, and what is known about it."""

    actor: Actor
    subject: Subject
    item: Item
    action: Action
    purpose: Purpose
    agreement: Agreement
    consent: Consent
    claimed_basis: Basis = Basis.NONE
    need: Need = Need.NOT_DECLARED
    risk: Risk = Risk()
    facts: Mapping[str, Fact] = field(default_factory=lambda: NO_FACTS)
