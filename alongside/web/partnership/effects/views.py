"""What works against what: the matrix of activities and objectives, each partner's answers, and who sees to what undoes another's work."""

import csv
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.common.decisions import NotKnown
from alongside.common.london import london_day
from alongside.measures.cross_effects import CAVEAT, VERSION
from alongside.partnerships.queries.objectives import objective_titles
from alongside.partnerships.queries.table import Place
from alongside.trust import actions
from alongside.trust.facts import End
from alongside.trust.queries import effects as reading
from alongside.web.design.rows import WorkRow
from alongside.web.entrance import board_page, partner_page
from alongside.web.partnership.agreements.forms import last_moment
from alongside.web.partnership.at_the_table import at_table, done, fill_in, must, number_or_none, partner_choices, people_choices, shown
from alongside.web.partnership.effects.forms import ActivityForm, AskForm, EndForm, RateForm, TakeOnForm
from alongside.web.partnership.effects.words import ENDS, SCALE, says, sign, stands

SPEAKERS = "This is said by whoever speaks for a partner."
LEADS = "The partnership's lead asks all partners."
OTHERS = "Another partner than the one that does it, or the partnership's lead, says how this ended."


@board_page()
def effects(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place, titles = at_table(request, partnership_id), objective_titles(partnership_id)
    found = reading.matrix(partnership_id, titles, at=request.at)
    waits, own = reading.unsaid(found.running) if found.running else ({}, set())
    rows = [row_of(cell, titles) for cell in found.worst_first()]
    return shown(
        request, "partnership/effects/effects.jinja", place, found=found, rows=rows, waits=waits, own=own, leads=leads(request, place),
        mine=[one for one in found.activities if leads(request, place) or place.speaks and (one.agency_id == request.actor.agency_id or one.named_by_id == request.actor.practitioner_id)],
        takes_part=takes_part(request, place), sign=sign, says=says, stands=stands, caveat=CAVEAT, version=VERSION,
    )


@board_page()
def effect_ratings(request: HttpRequest, partnership_id: int) -> HttpResponse:
    """The ratings of the last asking as `alongside measures cross-effects` reads them."""
    at_table(request, partnership_id)
    answer = HttpResponse(content_type="text/csv; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="ratings.csv"'})
    lines = csv.writer(answer)
    lines.writerow(["activity", "objective", "partner", "effect", "reported"])
    for one in reading.matrix(partnership_id, objective_titles(partnership_id), at=request.at).ratings:
        lines.writerow([*map(plain, (one.activity, one.objective, one.partner)), one.effect, "yes" if one.reported else "no"])
    return answer


@partner_page("GET", "POST")
def name_activity(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place, to = speaking(request, partnership_id)

    def act(words: Mapping[str, Any], key: UUID | None) -> None:
        actions.name_activity(by=request.actor, partnership_id=partnership_id, agency_id=number_or_none(words["agency"]), what=words["what"], at=request.at)

    form = ActivityForm(request.POST or None, partners=partner_choices(place))
    return fill_in(request, place, form, act, heading="Name something that is done", said="On the list. When the partners are next asked, they say what it does.", to=to, back=("What works against what", to))


@partner_page("POST")
def end_activity(request: HttpRequest, activity_id: int) -> HttpResponse:
    one = reading.activity(activity_id)
    _, to = speaking(request, one.partnership_id)
    return done(request, lambda: actions.end_activity(by=request.actor, activity_id=activity_id, at=request.at), said="Taken off the list. What was said of it is kept.", to=to)


@partner_page("GET", "POST")
def ask_effects(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place, to = speaking(request, partnership_id)
    must(leads(request, place), LEADS)

    def act(words: Mapping[str, Any], key: UUID | None) -> None:
        actions.open_effect_round(by=request.actor, partnership_id=partnership_id, closes_at=last_moment(words["closes_on"]), at=request.at)

    lead = "Whoever speaks for a partner says what each activity does to each objective. Nobody sees what others say before the end."
    form = AskForm(request.POST or None, today=london_day(request.at))
    return fill_in(request, place, form, act, heading="Ask all partners", lead=lead, confirm="Ask them", said="Asked. It waits on each partner’s home page.", to=to, back=("What works against what", to))


@partner_page("GET", "POST")
def rate_effects(request: HttpRequest, round_id: int, activity_id: int) -> HttpResponse:
    one, activity = reading.effect_round(round_id), reading.activity(activity_id)
    if one.partnership_id != activity.partnership_id:
        raise NotKnown
    place, to = speaking(request, one.partnership_id)
    must(place.speaks, SPEAKERS)
    own = reading.own_rating(round_id, activity_id, request.actor.agency_id)
    form = RateForm(request.POST or None, titles=objective_titles(one.partnership_id), initial={f"objective_{objective}": "" if effect is None else str(effect) for objective, effect in own.items()})

    def act(words: Mapping[str, Any], key: UUID | None) -> bool:
        return actions.rate_effects(by=request.actor, round_id=round_id, activity_id=activity_id, effects=form.effects(), at=request.at)

    return fill_in(
        request, place, form, act, heading="What does it do to what we all want?", caption=f"{activity.what} ({doer(activity)})", lead="From −3, it undoes it, to +3, it cannot be reached without. Say it as you see it from your work.",
        said=lambda ended: "Saved. Yours was the last answer: here is what all say." if ended else "Saved. Nobody else sees it before the end.", to=to, back=("What works against what", to),
    )


@board_page()
def effect(request: HttpRequest, activity_id: int, objective_id: int) -> HttpResponse:
    place, one, titles = at_activity(request, activity_id, objective_id)
    cell = reading.matrix(one.partnership_id, titles, at=request.at).cells[activity_id, objective_id]
    said = [(partner, sign(value), "Cannot say" if value is None else SCALE[value].partition(" ")[2]) for partner, value in cell.said]
    open_now = cell.point is not None and cell.point.ended_at is None
    return shown(
        request, "partnership/effects/effect.jinja", place, to_effects(place), cell=cell, title=titles[objective_id], said=said, doer=doer(one), ends=ENDS, sign=sign, says=says, stands=stands,
        may_take_on=takes_part(request, place) and not open_now, may_end=open_now and reading.may_end_effect(activity_id), caveat=CAVEAT, version=VERSION,
    )


@partner_page("GET", "POST")
def take_on_effect(request: HttpRequest, activity_id: int, objective_id: int) -> HttpResponse:
    place, one, titles = at_activity(request, activity_id, objective_id)
    must(takes_part(request, place), SPEAKERS)

    def act(words: Mapping[str, Any], key: UUID | None) -> None:
        actions.take_on_effect(by=request.actor, activity_id=activity_id, objective_id=objective_id, owner_id=int(words["owner"]), change=words["change"], due_on=words["due_on"], at=request.at)

    form = TakeOnForm(request.POST or None, people=[(who, words) for who, (words, _) in people_choices(place).items()], today=london_day(request.at))
    return fill_in(request, place, form, act, heading="Who sees to it?", caption=f"{one.what}, against: {titles[objective_id]}", said="Taken on. It stands on the partnership’s home when it is late.", **to_cell(activity_id, objective_id))


@partner_page("GET", "POST")
def end_effect(request: HttpRequest, activity_id: int, objective_id: int) -> HttpResponse:
    place, one, titles = at_activity(request, activity_id, objective_id)
    must(reading.may_end_effect(activity_id), OTHERS)
    point = reading.last_point(activity_id, objective_id)

    def act(words: Mapping[str, Any], key: UUID | None) -> None:
        actions.end_effect(by=request.actor, point_id=point.pk, end=End(words["end"]), because=words["because"], at=request.at)

    lead, caption = f"What was to change: {point.change}", f"{one.what}, against: {titles[objective_id]}"
    return fill_in(request, place, EndForm(request.POST or None), act, heading="How does it end?", caption=caption, lead=lead, said="Written down.", **to_cell(activity_id, objective_id))


# -- whose place, which cell --------------------------------------------------------------------------------------------------------------


def leads(request: HttpRequest, place: Place) -> bool:
    return place.partnership.lead_practitioner_id is not None and place.partnership.lead_practitioner_id == request.actor.practitioner_id


def takes_part(request: HttpRequest, place: Place) -> bool:
    return place.speaks or leads(request, place)


def speaking(request: HttpRequest, partnership_id: int) -> tuple[Place, str]:
    place = at_table(request, partnership_id)
    must(takes_part(request, place), SPEAKERS)
    return place, reverse("effects", args=[partnership_id])


def to_effects(place: Place) -> tuple[str, str]:
    return "What works against what", reverse("effects", args=[place.partnership.pk])


def to_cell(activity_id: int, objective_id: int) -> dict[str, Any]:
    to = reverse("effect", args=[activity_id, objective_id])
    return {"to": to, "back": ("What it does", to)}


def at_activity(request: HttpRequest, activity_id: int, objective_id: int) -> tuple[Place, Any, dict[int, str]]:
    """An activity at its table, and what the objectives there are called. Raises NotKnown for none, and for an objective of another table."""
    one = reading.activity(activity_id)
    place, titles = at_table(request, one.partnership), objective_titles(one.partnership_id)
    if objective_id not in titles:
        raise NotKnown
    return place, one, titles


def plain(words: str) -> str:
    """Words that a spreadsheet will not take for a formula.

    >>> plain("=1+1"), plain("One visit")
    (' =1+1', 'One visit')
    """
    return f" {words}" if words[:1] in "=+-@" else words


def doer(activity: Any) -> str:
    return activity.agency.name if activity.agency else "all partners together"


def row_of(cell: reading.Cell, titles: Mapping[int, str]) -> WorkRow:
    state, colour = stands(cell) or ("", "")
    open_now = cell.point if cell.point and cell.point.ended_at is None else None
    return WorkRow(
        f"{cell.activity.what}, against: {titles[cell.objective_id]}", reverse("effect", args=[cell.activity.pk, cell.objective_id]), open_now.due_on if open_now else None,
        f"{open_now.owner.name}, {open_now.owner.agency.name}" if open_now else "", open_now.change if open_now else cell.activity.agency.name if cell.activity.agency else "All partners together", state, colour,
    )
