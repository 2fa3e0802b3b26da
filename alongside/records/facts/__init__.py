"""Words of this app: an entry, who has said they need it, and what became of it for each partner. No Django, no clock.

Categories, purposes, relations, roles, flags, risks and obligations are the gate's own words, as plain strings.
Moments are aware datetimes in UTC. Clock names are the ones `records.rules.clocks` reads.
"""

from alongside.records.facts.entry import NOBODY, EntryFacts, Harm, Link, PersonFacts, Signature
from alongside.records.facts.need import NeedFacts, Origin, Reach
from alongside.records.facts.outcome import DecideShare, KeptBackAbout, NotNeeded, NotNeededReason, Outcome, Share, Withhold, WithholdReason
from alongside.records.facts.partner import PartnerFacts, PartnerKey, Reached
from alongside.records.facts.share import ShareEvent, ShareFacts, ShareStatus, Step, StepKind
from alongside.records.facts.wish import Addition, KeepBack, SenderWish

__all__ = [
    "Addition", "DecideShare", "EntryFacts", "Harm", "KeepBack", "KeptBackAbout", "Link", "NOBODY", "NeedFacts", "NotNeeded", "NotNeededReason", "Origin", "Outcome",
    "PartnerFacts", "PartnerKey", "PersonFacts", "Reach", "Reached", "SenderWish", "Share", "ShareEvent", "ShareFacts", "ShareStatus", "Signature", "Step", "StepKind",
    "Withhold", "WithholdReason",
]
