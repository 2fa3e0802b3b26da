"""The facts that the access gate decides by, in the words of the scenario files. Facts only: nothing here decides anything.

Every word list is closed. A request with an unknown word, a missing field or facts that cannot both be true is not decided but
sent back with the name of the field and the words that are allowed (`Misread`).
"""

from alongside.confidentiality.facts.action import Action, Channel, Recipient, Verb
from alongside.confidentiality.facts.actor import RELY_ON_CONSENT, Actor, Agency, Relation, Role
from alongside.confidentiality.facts.agreement import Agreement, AgreementState
from alongside.confidentiality.facts.consent import Consent, ConsentState
from alongside.confidentiality.facts.fact import KNOWN_FACTS, NO_FACTS, Fact
from alongside.confidentiality.facts.item import About, Category, Item
from alongside.confidentiality.facts.need import Need
from alongside.confidentiality.facts.obligation import Obligation
from alongside.confidentiality.facts.purpose import Basis, Purpose
from alongside.confidentiality.facts.reading import Misread, Problem, read_facts, read_request
from alongside.confidentiality.facts.request import AccessRequest
from alongside.confidentiality.facts.risk import Risk, RiskOfActing, RiskOfNotActing
from alongside.confidentiality.facts.subject import Capacity, Flag, Kind, Subject
from alongside.confidentiality.facts.words import Word

__all__ = [
    "About", "AccessRequest", "Action", "Actor", "Agency", "Agreement", "AgreementState", "Basis", "Capacity", "Category", "Channel", "Consent", "ConsentState", "Fact",
    "Flag", "Item", "KNOWN_FACTS", "Kind", "Misread", "NO_FACTS", "Need", "Obligation", "Problem", "Purpose", "RELY_ON_CONSENT", "Recipient", "Relation", "Risk", "RiskOfActing",
    "RiskOfNotActing", "Role", "Subject", "Verb", "Word", "read_facts", "read_request",
]
