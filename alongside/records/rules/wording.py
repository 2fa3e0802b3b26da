"""Outcomes of routing in plain words, for the author who sees them and for the person who may read them."""

from collections.abc import Sequence

from alongside.records.facts import NeedFacts, NotNeeded, NotNeededReason, Origin, Share, Withhold, WithholdReason
from alongside.records.rules.floor import floor_duties

NOT_NEEDED = {
    NotNeededReason.NO_NEED_DECLARED: "They have not said that they need to know this.",
    NotNeededReason.NEED_NOT_IN_FORCE: "They needed to know this once; that has ended.",
    NotNeededReason.SITUATION_DIFFERS: "They need to know this only in another situation.",
    NotNeededReason.NOT_KNOWN_TO_PARTNER: "They do not work with this person.",
    NotNeededReason.RECORDED_BY_THEM: "They recorded it themselves.",
}
WITHHELD = {
    WithholdReason.GATE_DENIED: "May not be shared with them.",
    WithholdReason.GATE_REFERRED: "Waits for a named person to decide.",
    WithholdReason.PERSON_OBJECTS: "The person does not want them to know.",
    WithholdReason.RAISES_RISK: "Telling them would put somebody at risk.",
    WithholdReason.THIRD_PARTY_HARM: "It would harm somebody else.",
    WithholdReason.COVERT_ENQUIRY: "An enquiry is under way that must not be given away.",
    WithholdReason.LEGAL_PRIVILEGE: "It is legal advice.",
    WithholdReason.COURT_ORDER: "A court order forbids it.",
    WithholdReason.NAMED_READERS_ONLY: "Its author keeps it for named readers.",
}


def why_shared(share: Share, needs: Sequence[NeedFacts]) -> str:
    """Which need it answers: the partner's own words first, else the duty in law, else the sender's reason."""
    said = [need.what_for for need in needs if need.what_for]
    if said:
        return f"They need to know: {said[0]}"
    if share.origin is Origin.STATUTORY:
        duties = {duty.need.floor: duty.need.what_for for duty in floor_duties()}
        return next((f"The law says they must know: {duties[str(code)]}" for code in (*getattr(share, "floor", ()), *share.need_ids) if str(code) in duties), "The law says they must know.")
    return "You asked that they be told."


def withheld_in_words(outcome: Withhold) -> str:
    reason = outcome.reasons[0] if outcome.reasons else ""
    return " ".join(part for part in (WITHHELD[outcome.reason], outcome.explanation or reason) if part)


def not_needed_in_words(outcome: NotNeeded) -> str:
    return NOT_NEEDED[outcome.reason]
