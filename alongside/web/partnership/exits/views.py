"""How a partnership ends: what its board decided, what stops at that moment, what goes back to whom, and that it was given back."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.common.decisions import NotKnown
from alongside.common.london import london_day
from alongside.confidentiality import gate
from alongside.open_book.actions import give_back as give_back_by_the_books
from alongside.partnerships import queries
from alongside.partnerships.actions import endings as act_on
from alongside.partnerships.actions.endings import LEADS_ONLY, SeesTo
from alongside.partnerships.facts import GoesBack, Resource
from alongside.partnerships.queries import endings as reading
from alongside.partnerships.queries.board import texts
from alongside.partnerships.queries.table import Place
from alongside.web.design.formats import date_words
from alongside.web.design.rows import WorkRow
from alongside.web.entrance import board_page, partner_page
from alongside.web.partnership.accounts.book import pounds
from alongside.web.partnership.at_the_table import at_table, fill_in, must, number_or_none, partner_choices, people_choices, people_in, shown
from alongside.web.partnership.exits.effect import effect_of_ending
from alongside.web.partnership.exits.forms import RESOURCES, STAYS, CallOffForm, EndForm, GivenBackForm, ReturnForm
from alongside.web.partnership.table import lead_frame
from alongside.web.partnership.waiting import what_waits

THREE_MONTHS = timedelta(days=92)
WINDS_UP = "What goes back to whom is written down by the partnership’s lead, or by the chair, vice chair or secretary of its board."
OWNER = "Whoever sees to it says that it was given back, or those who wind the partnership up."


@board_page()
def partnership_exit(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place = at_table_or_left(request, queries.partnership(partnership_id))
    if place is None:
        return left_earlier(request, partnership_id)
    (found, before), plan = reading.endings(partnership_id), reading.returns(partnership_id)
    gate.note(verb="read", purpose="partnership_governance", decision="permit", item=f"partnership:{partnership_id} exit")
    return shown(
        request, "partnership/exits/exit.jinja", place, ending=found, over=reading.over(place.partnership, request.at), decided=reading.decisions_to_end(partnership_id), plan=plan, kinds=RESOURCES, pounds=pounds,
        owed=sum((one.amount for one in plan if one.amount and not one.done_at), 0), returned=sum((one.amount for one in plan if one.amount and one.done_at), 0), settled=texts(partnership_id).get("exit"),
        left=queries.former_partners(partnership_id), leads=place.partnership.lead_practitioner_id == request.actor.practitioner_id, me=request.actor.practitioner_id, before=before, waits=still_waits(request, place),
    )


@partner_page("GET", "POST")
def end_partnership(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place = at_table(request, partnership_id)
    must(place.partnership.lead_practitioner_id == request.actor.practitioner_id, LEADS_ONLY)
    today, to = london_day(request.at), reverse("partnership_exit", args=[partnership_id])
    partners = queries.partners(partnership_id)
    names = {one.agency_id: one.agency.name for one in partners}
    effect = effect_of_ending(place.partnership, names=names, practitioner_id=request.actor.practitioner_id, at=request.at)
    must(bool(effect.decisions) and not place.partnership.ends, "Its board must have decided first that the partnership ends; and its end is planned once.")
    form = EndForm(
        request.POST or None, decisions=effect.decisions, today=today, people=[(pk, words) for pk, (words, _) in people_in(partners).items()],
        initial={"decision": effect.decisions[0][0], "information": STAYS, "owner": request.actor.practitioner_id, "due": today + THREE_MONTHS},
    )

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        return act_on.end_partnership(
            by=request.actor, partnership_id=partnership_id, decision=reading.decision(int(words["decision"])), on=words["on"], reason=words["reason"], information=words["information"], returns=effect.back,
            sees_to=SeesTo(int(words["owner"]), words["due"]), successor_id=number_or_none(words["successor"]), at=request.at, key=key,
        )

    def said(made: Any) -> str:
        return "It has ended. Every tap in it is shut, and its members are told." if made.carried_out_at else f"Its end is planned for {date_words(made.ends)}. Its members are told now, and its taps shut by themselves at that moment."

    return fill_in(
        request, place, form, act, heading="End this partnership", confirm="End it", kind="warning", said=said, to=to, back=("How it ends", to), effect=effect, pounds=pounds,
        agencies=names, template="partnership/exits/end.jinja",
    )


@partner_page("GET", "POST")
def call_off_ending(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place = at_table(request, partnership_id)
    found, to = reading.ending(partnership_id), reverse("partnership_exit", args=[partnership_id])
    must(place.partnership.lead_practitioner_id == request.actor.practitioner_id and found is not None and not reading.over(place.partnership, request.at), "The partnership’s lead calls its end off, and only before it has come.")

    def act(words: Mapping[str, Any], key: UUID | None) -> None:
        act_on.call_off(by=request.actor, ending=found, because=words["because"], at=request.at)

    lead = "What is agreed flows on as before. To end it after all, the board must decide anew."
    return fill_in(request, place, CallOffForm(request.POST or None), act, heading="Go on after all", lead=lead, confirm="Call the end off", said="Called off. Its members are told.", to=to, back=("How it ends", to))


@board_page("GET", "POST")
def plan_return(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place = at_table(request, partnership_id, winding_up=True)
    must(place.winds_up, WINDS_UP)
    to, left = reverse("partnership_exit", args=[partnership_id]), queries.former_partners(partnership_id)
    must(bool(left) or place.partnership.ends is not None, "Nothing goes back while everybody stays.")
    agencies = dict(partner_choices(place)) | {one.agency_id: one.agency.name for one in left}
    form = ReturnForm(request.POST or None, agencies=list(agencies.items()), people=[(pk, words) for pk, (words, _) in people_choices(place).items()], today=london_day(request.at))

    def act(words: Mapping[str, Any], key: UUID | None) -> None:
        line = GoesBack(Resource(words["kind"]), words["what"], int(words["agency"]), words["amount"])
        act_on.plan_return(by=request.actor, partnership_id=partnership_id, line=line, sees_to=SeesTo(int(words["owner"]), words["due"]), at=request.at, key=key)

    return fill_in(request, place, form, act, heading="Write down what goes back", said="It stands in the exit plan.", to=f"{to}#returns", back=("How it ends", to))


@board_page("GET", "POST")
def give_back(request: HttpRequest, return_id: int) -> HttpResponse:
    """For whoever sees to it, also where their agency has left and sits at the table no more."""
    line = reading.a_return(return_id)
    place = at_table_or_left(request, line.partnership) or Place(line.partnership, partner=False, governs=False, drafts=False, speaks=False, seats=frozenset())
    must(line.owner_id == request.actor.practitioner_id or place.winds_up, OWNER)
    must(line.done_at is None or request.method == "POST", "It was given back already.")
    to = reverse("partnership_exit", args=[place.partnership.pk])

    def act(words: Mapping[str, Any], key: UUID | None) -> None:
        give_back_by_the_books(by=request.actor, line=line, how=words["how"], at=request.at)

    return fill_in(request, place, GivenBackForm(request.POST or None), act, heading="It was given back", caption=line.what, lead=f"To {line.agency.name}{', ' + pounds(line.amount) if line.amount else ''}.", said="Given back.", to=f"{to}#returns", back=("How it ends", to))


def still_waits(request: HttpRequest, place: Place) -> list[WorkRow]:
    """Once it is over: complaints, questions, books and answers that are still owed. What goes back stands in the plan."""
    back = reverse("partnership_exit", args=[place.partnership.pk]) + "#returns"
    return [row for row in what_waits(request.actor, place.partnership, request.at).rows if row.href != back] if reading.over(place.partnership, request.at) else []


def at_table_or_left(request: HttpRequest, partnership: Any) -> Place | None:
    """The reader's place at this table; none for whoever does not sit at it, or does so no more."""
    try:
        return at_table(request, partnership, winding_up=True)
    except NotKnown:
        return None


def left_earlier(request: HttpRequest, partnership_id: int) -> HttpResponse:
    """For those whose agency left while the others went on: when and why, what goes back to them, and the books that they were party to."""
    former = next((one for one in reading.former_partnerships(request.actor.agency_id) if one.partnership.pk == partnership_id), None)
    if former is None:
        raise NotKnown
    lead_frame(request)
    gate.note(verb="read", purpose="partnership_governance", decision="permit", item=f"partnership:{partnership_id} exit")
    words = {"partnership": former.partnership, "former": former, "plan": reading.returns(partnership_id), "kinds": RESOURCES, "pounds": pounds, "me": request.actor.practitioner_id, "winds_up": False, "at": request.at}
    return render(request, "partnership/exits/left.jinja", words)
