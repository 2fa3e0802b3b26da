"""What we asked to know, and what others asked to know of us; each need with what it brought lately."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.agencies import queries as agencies
from alongside.common.decisions import Decision, Outcome, Refused
from alongside.common.london import london_day
from alongside.confidentiality.queries import purposes
from alongside.partnerships import actions, queries
from alongside.partnerships.queries import Brought
from alongside.records import actions as records
from alongside.records.rules.floor import floor_duties
from alongside.web.design.formats import plural, sentence_list
from alongside.web.design.pages import go_to
from alongside.web.entrance import partner_page
from alongside.web.partnership.agreements.drafting import shown
from alongside.web.partnership.needs.asking import Asked, ask
from alongside.web.partnership.needs.forms import EndForm, NeedForm, initial_of
from alongside.web.partnership.table import choices, chosen
from alongside.web.partnership.wording import KINDS_OF_PERSON, REACHES, SITUATIONS, categories_in_words, clock_in_words, tag_in_words
from alongside.web.words import in_words, spaced

HALF_A_YEAR = timedelta(days=182)
NOT_YOUR_TEAM = "A team declares, changes and ends its own needs: somebody who works in it, or who speaks for its agency."


@partner_page()
def information_needs(request: HttpRequest, partnership_id: int | None = None) -> HttpResponse:
    found, at = chosen(request, partnership_id), request.at
    names, lately = purposes(), queries.brought(found.pk, since=at - queries.LATELY)
    rows = [need_row(need, names, lately.get(need.pk, Brought())) for need in queries.needs(found.pk)]
    duties = [
        {"says": duty.need.what_for, "source": duty.need.source, "clock": clock_in_words(duty.need.how_soon), "ours": duty.need.agency_kind == request.actor.agency_kind}
        for duty in floor_duties()
        if duty.need.valid_until is None or at.date() < duty.need.valid_until
    ]
    return render(
        request, "partnership/needs/information_needs.jinja",
        {
            "partnership": found, "ours": [row for row in rows if row["need"].agency_id == request.actor.agency_id], "theirs": [row for row in rows if row["need"].agency_id != request.actor.agency_id],
            "duties": duties, "since": at - queries.LATELY, "choices": choices(queries.partnerships_of(request.actor), found, "information_needs_of"), "at": at,
        },
    )


@partner_page()
def information_need(request: HttpRequest, need_id: int) -> HttpResponse:
    need = queries.need(need_id)
    chosen(request, need.partnership_id)
    lately = queries.brought(need.partnership_id, since=request.at - queries.LATELY).get(need.pk, Brought())
    may = need.ends is None and not need.statutory_floor and queries.declares_for(need)
    return render(request, "partnership/needs/information_need.jinja", {"row": need_row(need, purposes(), lately), "need": need, "may": may, "since": request.at - queries.LATELY, "at": request.at})


@partner_page("GET", "POST")
def declare_need(request: HttpRequest, partnership_id: int) -> HttpResponse:
    found = chosen(request, partnership_id)
    return asking_page(request, found, initial={"review_on": london_day(request.at) + HALF_A_YEAR})


@partner_page("GET", "POST")
def change_need(request: HttpRequest, need_id: int) -> HttpResponse:
    need = own_need(request, need_id)
    return asking_page(request, chosen(request, need.partnership_id), initial=initial_of(need, london_day(request.at) + HALF_A_YEAR), replaces=need)


@partner_page("GET", "POST")
def end_need(request: HttpRequest, need_id: int) -> HttpResponse:
    need = own_need(request, need_id)
    chosen(request, need.partnership_id)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_need(by=request.actor, need_id=need.pk, reason=form.cleaned_data["reason"], at=request.at)
        except actions.NotNow as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "Ended. What came in because of it stays with you.")
            return go_to("information_needs_of", need.partnership_id)
    lately = queries.brought(need.partnership_id, since=request.at - queries.LATELY).get(need.pk, Brought())
    return shown(request, "partnership/needs/end_need.jinja", {"form": form, "row": need_row(need, purposes(), lately), "need": need, "since": request.at - queries.LATELY})


@partner_page("POST")
def offer_backlog(request: HttpRequest, need_id: int) -> HttpResponse:
    """What the last three months held, each item through the gate anew; pressing twice offers nothing twice."""
    need = own_need(request, need_id)
    offered = records.offer_backlog(by=request.actor, need_id=need.pk, at=request.at)
    kept = f" {plural(offered.kept_back, 'entry was', 'entries were')} kept back with a reason." if offered.kept_back else ""
    messages.success(request, f"{plural(offered.shared, 'entry', 'entries')} of the last three months went to the inbox of {need.team.name}.{kept}" if offered.shared or offered.kept_back else "The last three months held nothing of this kind for you.")
    return go_to("information_need", need.pk)


def asking_page(request: HttpRequest, found: object, *, initial: dict[str, object], replaces: object = None) -> HttpResponse:
    """First what a need would bring, then, by a second press, the need itself."""
    teams = own_teams(request, found.pk)
    if not teams:
        raise Refused(Decision(Outcome.DENY, reasons=(NOT_YOUR_TEAM,)))
    form = NeedForm(request.POST if request.method == "POST" else None, initial=initial, teams=teams, purposes=purposes())
    asked = None
    if request.method == "POST" and form.is_valid():
        need = form.need()
        asked = ask(request.actor, found.pk, tags=need["tags"], purpose=need["purpose"], reach=need["reach"], at=request.at)
        if not asked.permitted:
            form.add_error("purpose", f"Nothing of this may come to you for this purpose: {asked.refused[0][1]}")
        elif request.POST.get("step") == "declare":
            try:
                made = actions.declare_need(by=request.actor, partnership_id=found.pk, replaces_id=replaces.pk if replaces else None, key=form.key_given, at=request.at, **need)
            except actions.NotNow as no:
                form.add_error(None, str(no))
            else:
                messages.success(request, "Declared. From now on each entry that meets it comes to you, or is kept back with a reason.")
                return go_to("information_need", made.pk)
    return shown(request, "partnership/needs/declare_need.jinja", {"form": form, "partnership": found, "effect": effect_words(asked) if asked and not form.errors else None, "replaces": replaces})


def effect_words(asked: Asked) -> dict[str, object]:
    return {
        "comes": categories_in_words(asked.permitted), "lately": asked.lately,
        "stays": [(in_words(category), why) for category, why in asked.refused],
    }


def own_teams(request: HttpRequest, partnership_id: int) -> list[tuple[int, str]]:
    """The teams that the reader may speak for: those they work in or manage, or every team of an agency whose signatory they are."""
    mine = {*request.actor.team_ids, *request.actor.manages_team_ids}
    speaks = queries.standings(request.actor, partnership_id).speaks
    return [(team.pk, team.name) for team in agencies.teams(request.actor.agency_id) if speaks or team.pk in mine]


def own_need(request: HttpRequest, need_id: int) -> object:
    need = queries.need(need_id)
    if need.statutory_floor:
        raise Refused(Decision(Outcome.DENY, reasons=("This is a duty in law. No partner can change it or switch it off.",)))
    if not queries.declares_for(need):
        raise Refused(Decision(Outcome.DENY, reasons=(NOT_YOUR_TEAM,)))
    return need


def need_row(need: object, names: dict[str, str], lately: Brought) -> dict[str, object]:
    """A need in words, with what it brought."""
    about = sentence_list(KINDS_OF_PERSON.get(kind, kind) for kind in need.people) if need.people else "anybody"
    where = sentence_list(SITUATIONS.get(word, spaced(word)) for word in need.situations)
    return {
        "need": need, "what": sentence_list(tag_in_words(tag) for tag in need.tags), "purpose": names.get(need.purpose, spaced(need.purpose)), "clock": clock_in_words(need.how_soon),
        "about": f"{about}{', ' + where if where else ''}: {REACHES[need.reach]}", "enough": sentence_list(in_words(name) for name in need.minimum_fields) or "the whole entry",
        "lately": lately,
    }
