"""Objectives: what each lacks, whether it is on track and how that is worked out, what bodies hope and fear, and how alike they rank them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.agencies.queries import managers_in
from alongside.common.london import london_day
from alongside.open_book.queries import money_for
from alongside.partnerships import queries
from alongside.partnerships.actions import objectives as act_on
from alongside.partnerships.facts import Track
from alongside.partnerships.queries import objectives as reading
from alongside.partnerships.queries.objectives import ObjectiveNow
from alongside.partnerships.queries.table import Place
from alongside.partnerships.rules.objectives import expected
from alongside.web.design.formats import plain_number
from alongside.web.entrance import board_page, partner_page
from alongside.web.partnership.accounts.book import pounds
from alongside.web.partnership.at_the_table import at_table, fill_in, must, shown
from alongside.web.partnership.objectives.chart import picture
from alongside.web.partnership.objectives.forms import EndForm, InterestForm, RankForm, ReadingForm, WordingForm

TRACKS = {Track.REACHED: ("Reached", "green"), Track.ON: ("On track", "green"), Track.OFF: ("Off track", "orange"), Track.MISSED: ("Missed", "red"), Track.NOT_KNOWN: ("Not known", "grey")}


@board_page()
def objectives(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place, day = at_table(request, partnership_id), london_day(request.at)
    rows = reading.objectives(partnership_id, day=day)
    ranked = reading.ranked(partnership_id, [row.objective.pk for row in rows])
    titles = {row.objective.pk: row.wording.title for row in rows}
    orders = [[agency, *(str(order.index(pk) + 1) if pk in order else "–" for pk in titles)] for agency, order in ranked.orders.items()]
    counted = {"whole": sum(not row.missing for row in rows), "unowned": [row.wording.title for row in rows if "owner" in row.missing]}
    return shown(
        request, "partnership/objectives/objectives.jinja", place, rows=rows, tracks=TRACKS, counted=counted, ranked=ranked, orders=orders, titles=list(titles.values()),
        ended=reading.objectives(partnership_id, day=day, ended=True),
    )


@board_page()
def objective(request: HttpRequest, objective_id: int) -> HttpResponse:
    one, place, back = an_objective(request, objective_id)
    readings = [(row.on, row.value) for row in one.readings]
    table = [[row.on, plain_number(row.value), plain_number(round(line, 1)) if (line := expected(one.facts, row.on)) is not None else "–", row.note or "–", row.by.name if row.by else "–"] for row in one.readings]
    measures = place.drafts or one.wording.owner_id == request.actor.practitioner_id
    return shown(
        request, "partnership/objectives/objective.jinja", place, back, one=one, tracks=TRACKS, drawn=picture(one.facts, readings) if readings else None, table=table, interests=reading.interests(objective_id),
        wordings=list(one.objective.wordings.all()), money=money_for(objective_id), pounds=pounds, measures=measures and not one.objective.ended_at,
    )


@board_page("GET", "POST")
def add_objective(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place = at_table(request, partnership_id)
    must(place.drafts, act_on.DRAFTERS)
    owners, agencies = owner_choices(place)
    form = WordingForm(request.POST or None, owners=owners)

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        return act_on.add_objective(by=request.actor, partnership_id=partnership_id, words=form.facts(agencies), at=request.at, key=key)

    return fill_in(
        request, place, form, act, heading="Add an objective", lead="What you leave empty is asked for by name until it is there.", said="Added. It is signed up to with the next version of the vision.",
        to=lambda made: reverse("objective", args=[made.pk]), back=("Objectives", reverse("objectives", args=[partnership_id])),
    )


@board_page("GET", "POST")
def word_objective(request: HttpRequest, objective_id: int) -> HttpResponse:
    one, place, _ = an_objective(request, objective_id)
    must(place.drafts and not one.objective.ended_at, act_on.DRAFTERS)
    owners, agencies = owner_choices(place)
    now = one.wording
    initial = {name: getattr(now, name) for name in ("title", "outcome", "unit", "baseline", "baseline_on", "target", "target_on")} | {"owner": now.owner_id}
    form = WordingForm(request.POST or None, owners=owners, initial=initial)

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        return act_on.word_objective(by=request.actor, objective=one.objective, words=form.facts(agencies), at=request.at, key=key)

    to = reverse("objective", args=[objective_id])
    return fill_in(
        request, place, form, act, heading="Word it anew", lead="What has been signed keeps the wording that was signed. This one is signed with the next version of the vision.", said="Worded anew.", to=to,
        back=(now.title, to),
    )


@board_page("GET", "POST")
def measure_objective(request: HttpRequest, objective_id: int) -> HttpResponse:
    one, place, _ = an_objective(request, objective_id)
    must((place.drafts or one.wording.owner_id == request.actor.practitioner_id) and not one.objective.ended_at, act_on.MEASURERS)
    day, to = london_day(request.at), reverse("objective", args=[objective_id])
    form = ReadingForm(request.POST or None, until=day, initial={"on": day})

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        return act_on.add_reading(by=request.actor, objective=one.objective, on=words["on"], value=words["value"], note=words["note"], at=request.at, key=key)

    lead = f"In {one.wording.unit}." if one.wording.unit else ""
    return fill_in(request, place, form, act, heading="Enter what was measured", caption=one.wording.title, lead=lead, said="Entered.", to=to, back=(one.wording.title, to))


@partner_page("GET", "POST")
def declare_interest_in(request: HttpRequest, objective_id: int) -> HttpResponse:
    one, place, _ = an_objective(request, objective_id)
    must(place.speaks, act_on.SPEAKERS)
    to = reverse("objective", args=[objective_id])

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        return act_on.declare_interest_in(by=request.actor, objective=one.objective, gains=words["gains"], fears=words["fears"], conflict=words["conflict"], at=request.at, key=key)

    lead = f"For {request.actor.agency_name}. All partners read it; your last words count."
    return fill_in(request, place, InterestForm(request.POST or None), act, heading="Say what you gain or fear", caption=one.wording.title, lead=lead, said="Declared.", to=to, back=(one.wording.title, to))


@partner_page("GET", "POST")
def rank_objectives(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place = at_table(request, partnership_id)
    must(place.speaks, act_on.SPEAKERS)
    rows = reading.objectives(partnership_id, day=london_day(request.at))
    form, to = RankForm(request.POST or None, objectives=[(row.objective.pk, row.wording.title) for row in rows]), reverse("objectives", args=[partnership_id])

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        return act_on.rank_objectives(by=request.actor, partnership_id=partnership_id, order=form.order(), at=request.at, key=key)

    lead = f"For {request.actor.agency_name}: 1 is what matters most to you. All partners read it."
    return fill_in(request, place, form, act, heading="Rank the objectives", lead=lead, said="Your ranking stands beside the others’.", to=f"{to}#ranked", back=("Objectives", to))


@board_page("GET", "POST")
def end_objective(request: HttpRequest, objective_id: int) -> HttpResponse:
    one, place, _ = an_objective(request, objective_id)
    must(place.governs and not one.objective.ended_at)
    to = reverse("objective", args=[objective_id])

    def act(words: Mapping[str, Any], key: UUID | None) -> None:
        act_on.end_objective(by=request.actor, objective=one.objective, because=words["because"], at=request.at)

    return fill_in(
        request, place, EndForm(request.POST or None), act, heading="End this objective", caption=one.wording.title, confirm="End it", kind="warning", said="Ended. What was measured of it stays.",
        to=reverse("objectives", args=[place.partnership.pk]), back=(one.wording.title, to),
    )


def an_objective(request: HttpRequest, objective_id: int) -> tuple[ObjectiveNow, Place, tuple[str, str]]:
    one = reading.objective(objective_id, day=london_day(request.at))
    place = at_table(request, one.objective.partnership)
    return one, place, ("Objectives", reverse("objectives", args=[place.partnership.pk]))


def owner_choices(place: Place) -> tuple[list[tuple[int, str]], dict[int, int]]:
    """Who may answer for an objective, in words, and where each works."""
    found = list(managers_in(one.agency_id for one in queries.partners(place.partnership.pk)))
    lead = place.partnership.lead_practitioner
    people = {one.pk: (f"{one.name}, {one.title}, {one.agency.name}", one.agency_id) for one in found}
    people |= {lead.pk: (f"{lead.name}, {lead.title}, {place.partnership.lead_agency.name}", lead.agency_id)} if lead else {}
    return [(pk, words) for pk, (words, _) in people.items()], {pk: agency for pk, (_, agency) in people.items()}
