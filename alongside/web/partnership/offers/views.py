"""What partners offer one another: what there is, asking for it, giving it or saying why not."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.common.decisions import NotKnown
from alongside.common.london import london_day
from alongside.open_book.facts import Way
from alongside.partnerships.queries.table import Place
from alongside.trust import actions
from alongside.trust.facts import OfferKind
from alongside.trust.queries import offers as reading
from alongside.web.entrance import partner_page
from alongside.web.partnership.at_the_table import at_table, done, fill_in, must, shown
from alongside.web.partnership.offers.forms import GIVEN, KINDS, OfferForm, RequestAnswerForm, RequestForm

WORKERS = "What partners offer one another is for those who work for one."
AS_CONTRIBUTION = {
    OfferKind.ROOM: Way.PREMISES, OfferKind.TRANSPORT: Way.GOODS, OfferKind.TRAINING: Way.HOURS, OfferKind.LANGUAGE: Way.HOURS, OfferKind.DATA: Way.DATA, OfferKind.TIME: Way.HOURS, OfferKind.THING: Way.GOODS,
}
"""In which form the accounts count it."""


@partner_page()
def offers(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place, _ = here(request, partnership_id)
    there, gone = reading.offers(partnership_id, day=london_day(request.at))
    return shown(request, "partnership/offers/offers.jinja", place, there=there, gone=gone, kinds=KINDS, counted=counted)


@partner_page("GET", "POST")
def offer_resource(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place, to = here(request, partnership_id)

    def act(words: Mapping[str, Any], key: UUID | None) -> None:
        actions.offer_resource(by=request.actor, partnership_id=partnership_id, kind=OfferKind(words["kind"]), what=words["what"], how_much=words["how_much"], until=words["until"], at=request.at)

    form = OfferForm(request.POST or None, today=london_day(request.at))
    return fill_in(request, place, form, act, heading="Offer something", confirm="Offer it", said="On offer. You hear when somebody asks for it.", to=to, back=("What partners offer", to))


@partner_page("GET", "POST")
def ask_for_offer(request: HttpRequest, offer_id: int) -> HttpResponse:
    one = reading.offer(offer_id)
    place, to = here(request, one.partnership_id)
    must(one.agency_id != request.actor.agency_id, "This is your own offer. Others ask for it.")

    def act(words: Mapping[str, Any], key: UUID | None) -> None:
        actions.ask_for_offer(by=request.actor, offer_id=offer_id, what_for=words["what_for"], at=request.at)

    heading = f"Ask {one.agency.name} for it"
    return fill_in(request, place, RequestForm(request.POST or None), act, heading=heading, caption=one.what, confirm="Ask", said=f"Asked. {one.agency.name} answers here.", to=to, back=("What partners offer", to))


@partner_page("POST")
def withdraw_offer(request: HttpRequest, offer_id: int) -> HttpResponse:
    _, to = here(request, reading.offer(offer_id).partnership_id)
    return done(request, lambda: actions.withdraw_offer(by=request.actor, offer_id=offer_id, at=request.at), said="Taken back.", to=to)


@partner_page("GET", "POST")
def answer_offer_request(request: HttpRequest, request_id: int) -> HttpResponse:
    one = reading.offer_request(request_id)
    place, to = here(request, one.offer.partnership_id)
    if one.offer.agency_id != request.actor.agency_id:
        raise NotKnown

    def act(words: Mapping[str, Any], key: UUID | None) -> None:
        actions.answer_offer_request(by=request.actor, request_id=request_id, given=words["given"] == GIVEN, why=words["why"], at=request.at)

    lead = f"{one.asked_by.name}, {one.agency.name}: {one.what_for}"
    return fill_in(request, place, RequestAnswerForm(request.POST or None), act, heading="Do they get it?", caption=one.offer.what, lead=lead, said="Answered.", to=to, back=("What partners offer", to))


def here(request: HttpRequest, partnership_id: int) -> tuple[Place, str]:
    place = at_table(request, partnership_id)
    must(place.partner or request.method == "GET" and request.actor.is_practitioner, WORKERS)
    return place, reverse("offers", args=[partnership_id])


def counted(one: Any) -> str:
    """Where what was given is counted in the accounts, with what is known already filled in."""
    return reverse("promise_contribution", args=[one.partnership_id]) + "?" + urlencode({"what": one.what, "way": AS_CONTRIBUTION[OfferKind(one.kind)].value})
