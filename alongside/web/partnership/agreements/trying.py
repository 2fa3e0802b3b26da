"""Try before you sign: the gate is asked, for every line and every pair of parties, what it says without this agreement and with it."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.common.decisions import Decision, Outcome
from alongside.confidentiality import facts as words
from alongside.confidentiality import gate
from alongside.confidentiality.gate.sharing import recipient_word
from alongside.confidentiality.queries import purposes
from alongside.partnerships import queries
from alongside.partnerships.facts import NewTerm
from alongside.partnerships.rules.agreements import CONSENT
from alongside.web.entrance import partner_page
from alongside.web.partnership.table import lead_frame
from alongside.web.partnership.wording import categories_in_words

ADULTS = frozenset({"safeguarding_adult", "hospital_discharge", "direct_care", "housing_support"})
A_CHILD, AN_ADULT = 7, 50
SAID = {Outcome.PERMIT: "goes", Outcome.PERMIT_PART: "goes in part", Outcome.DENY: "refused", Outcome.REFER: "waits for a named person"}


@partner_page()
def try_agreement(request: HttpRequest, agreement_id: int) -> HttpResponse:
    lead_frame(request)
    one = queries.agreement(agreement_id)
    text = queries.text_in(one)
    kinds = {party.agency_id: party.agency.kind_id for party in one.parties.all()}
    roles = {partner.agency_id: partner.front_door.role for partner in queries.partners(one.partnership_id) if partner.front_door}
    names = purposes()
    alike: dict[tuple[str, ...], list[str]] = {}
    for term in text.terms:
        alike.setdefault((names.get(term.purpose, term.purpose), *tried(term, kinds, roles, request.at)), []).append(term.category)
    rows = [(f"{purpose}: {categories_in_words(categories)}", *said) for (purpose, *said), categories in alike.items()]
    by_hand = reverse("try_the_gate") if request.actor.role == "caldicott_guardian" else ""
    return render(request, "partnership/agreements/try.jinja", {"agreement": one, "rows": rows, "by_hand": by_hand, "pairs": len(kinds) * (len(kinds) - 1), "at": request.at})


def tried(term: NewTerm, kinds: dict[int, str], roles: dict[int, str], at: datetime) -> tuple[str, str, str]:
    """What the gate says of one term without and with the agreement, over every pair of parties; and what it still keeps back."""
    pairs = [
        (sender, receiver) for sender in kinds for receiver in kinds
        if sender != receiver and term.from_agency_id in (None, sender) and term.to_agency_id in (None, receiver)
    ]
    cases = Counter((kinds[sender], roles.get(sender, "social_worker"), kinds[receiver]) for sender, receiver in pairs)
    without, agreed = ([(asked(term, *case, agreed=agreed, at=at), count) for case, count in cases.items()] for agreed in (False, True))
    still = {words for decision, _ in agreed for words in (decision.reasons[:1] if not decision.permits else tuple(f"Keeps back {part.replace('_', ' ')}." for part in decision.withhold))}
    return counted(without), counted(agreed), " ".join(sorted(still))


def counted(answers: Iterable[tuple[Decision, int]]) -> str:
    totals: Counter[str] = Counter()
    for decision, count in answers:
        totals[SAID[decision.outcome]] += count
    if len(totals) == 1:
        return f"{next(iter(totals)).capitalize()} for all {totals.total()}"
    return ", ".join(f"{said} for {count}" for said, count in totals.most_common()).capitalize() or "Nobody to ask about"


def asked(term: NewTerm, sender: str, role: str, receiver: str, *, agreed: bool, at: datetime) -> Decision:
    """An ordinary case: whoever works with somebody shares what the other has said it must know, and nobody has objected."""
    grown = term.purpose in ADULTS
    return gate.decide(
        words.AccessRequest(
            actor=words.Actor(words.Agency(sender), words.Role(role), words.Relation.ALLOCATED),
            subject=words.Subject(words.Kind.ADULT, AN_ADULT, words.Capacity.HAS) if grown else words.Subject(words.Kind.CHILD, A_CHILD, words.Capacity.NOT_COMPETENT),
            item=words.Item(words.Category(term.category)),
            action=words.Action(words.Verb.SHARE_TO, words.Recipient(recipient_word(receiver))),
            purpose=words.Purpose(term.purpose),
            agreement=words.Agreement(words.AgreementState.IN_FORCE, True, True) if agreed else words.Agreement(words.AgreementState.NONE, False, False),
            consent=words.Consent(words.ConsentState.GIVEN if term.lawful_basis in CONSENT else words.ConsentState.NOT_NEEDED),
            claimed_basis=words.Basis(term.lawful_basis),
            need=words.Need.DECLARED,
            facts={"training_current": True},
        ),
        at=at,
    )
