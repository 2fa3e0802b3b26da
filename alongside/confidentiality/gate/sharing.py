"""May this entry go to that partner? The same gate, asked with the recipient's facts beside the person's."""

from datetime import UTC, date, datetime, time
from functools import lru_cache

from alongside.agencies.facts import Actor
from alongside.common.decisions import Decision
from alongside.common.london import london_day
from alongside.confidentiality import facts as words
from alongside.confidentiality.gate.circumstances import Circumstances
from alongside.confidentiality.rules.decision import decide

RECIPIENT_WORDS = {r.value for r in words.Recipient}
AGENCY_AS_RECIPIENT = {
    "nhs_community": "declared_recipients", "nhs_hospital": "declared_recipients", "nhs_mental_health": "declared_recipients", "gp_practice": "declared_recipients",
    "probation": "declared_recipients", "peer_network": "voluntary", "council_commissioning": "council_adults",
}  # fmt: skip


def recipient_word(agency_kind: str) -> str:
    """The gate's word for an agency as a recipient; bodies it has no word for are recipients that have declared their need.

    Example:
        >>> recipient_word("school"), recipient_word("nhs_community")
        ('school', 'declared_recipients')
    """
    return agency_kind if agency_kind in RECIPIENT_WORDS else AGENCY_AS_RECIPIENT.get(agency_kind, "declared_recipients")


def decide_share(
    seen: Circumstances, *, by: Actor, category: str, purpose: str, to_agency_kind: str, agreement: str, covered: bool, declared: bool, claim: str, harm: str,
    channel: str = "entry", own_agency: bool = False, about: str = "subject", at,
) -> Decision:  # fmt: skip
    """The gate's answer on sharing one category about one person with one partner, for one purpose."""
    return answered(
        seen, by.agency_kind, by.role, category, purpose, recipient_word(to_agency_kind), "in_force" if own_agency else agreement, own_agency or covered, declared, claim, harm, channel, about, london_day(at),
    )  # fmt: skip


@lru_cache(maxsize=8192)
def answered(
    seen: Circumstances, agency_kind: str, role: str, category: str, purpose: str, recipient: str, agreement: str, covered: bool, declared: bool, claim: str, harm: str, channel: str, about: str, on: date
) -> Decision:  # fmt: skip
    """Pure, and the same all day for the same circumstances, so the answer is kept: partners of one kind are asked about by everybody."""
    barred = category in seen.barred or category in seen.limited
    request = words.AccessRequest(
        actor=words.Actor(words.Agency(agency_kind), words.Role(role), words.Relation(seen.relation)),
        subject=words.Subject(words.Kind(seen.kind), seen.age, words.Capacity(seen.capacity), frozenset(words.Flag(f) for f in seen.flags)),
        item=words.Item(words.Category(category), words.About(about)),
        action=words.Action(words.Verb.SHARE_TO, words.Recipient(recipient), words.Channel(channel)),
        purpose=words.Purpose(purpose),
        agreement=words.Agreement(words.AgreementState(agreement), covered, covered),
        consent=words.Consent(words.ConsentState("refused" if barred else seen.consent), seen.consent_by),
        claimed_basis=words.Basis(claim),
        need=words.Need("declared" if declared else "not_declared"),
        risk=words.Risk(words.RiskOfNotActing(max(harm, seen.risk_of_not_acting, key=HARM_ORDER.index)), words.RiskOfActing(seen.risk_of_acting)),
        facts=dict(seen.facts),
    )
    return decide(request, at=datetime.combine(on, NOON, tzinfo=UTC))


NOON = time(12)
HARM_ORDER = [r.value for r in (words.RiskOfNotActing.NONE_KNOWN, words.RiskOfNotActing.POSSIBLE, words.RiskOfNotActing.SIGNIFICANT_HARM, words.RiskOfNotActing.IMMINENT_LIFE)]
