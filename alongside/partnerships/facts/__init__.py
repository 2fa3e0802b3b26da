"""Words of this app: what partners agree, who signs, what each must know. No Django, no clock.

Purposes, categories, lawful bases and clock names are the gate's and the record's own words, as plain strings.
"""

from alongside.partnerships.facts.agreement import AgreementText, Check, FlowFacts, NewTerm, PartyFacts, Signed, Standing
from alongside.partnerships.facts.benefit import Claim, Finding, Grade, WhoBenefits
from alongside.partnerships.facts.complaint import CameBy, Upheld
from alongside.partnerships.facts.ending import GoesBack, Resource
from alongside.partnerships.facts.governance import Came, Nature, Quorum, QuorumRule, Seat, SeatFacts, SeatRole
from alongside.partnerships.facts.need import NeedText
from alongside.partnerships.facts.starting import Answer, Answered, Level, Mandate, ObjectiveFacts, Stage, Track

__all__ = [
    "AgreementText", "Answer", "Answered", "Came", "CameBy", "Check", "Claim", "Finding", "FlowFacts", "GoesBack", "Grade", "Level", "Mandate", "Nature", "NeedText", "NewTerm",
    "ObjectiveFacts", "PartyFacts", "Quorum", "QuorumRule", "Resource", "Seat", "SeatFacts", "SeatRole", "Signed", "Stage", "Standing", "Track", "Upheld", "WhoBenefits",
]
