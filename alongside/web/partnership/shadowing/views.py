"""Days spent with one another: what surprised somebody, what they do differently, and how near they came to the other's pressures before and after."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.common.decisions import NotKnown
from alongside.common.london import london_day
from alongside.partnerships.queries.table import Place
from alongside.trust import actions, queries
from alongside.trust.facts import SharedWith
from alongside.trust.queries import offers as reading
from alongside.trust.rules.perspective import CAVEAT
from alongside.web.entrance import partner_page
from alongside.web.partnership.at_the_table import at_table, done, fill_in, must, partner_choices, shown
from alongside.web.partnership.shadowing.forms import READERS, DayForm, ShareForm

WORKERS = "This is written by those who work for a partner."


@partner_page()
def shadowing_days(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place = at_table(request, partnership_id)
    found = reading.shadowing_days(partnership_id)
    mine = {one.pk: ShareForm(initial={"shared_with": one.shared_with}, prefix=f"day_{one.pk}") for one in found if one.writer_id == request.actor.practitioner_id and place.partner}
    return shown(request, "partnership/shadowing/days.jinja", place, trust(place), days=found, mine=mine, readers=READERS, nearness=nearness(partnership_id, request), caveat=CAVEAT)


@partner_page("GET", "POST")
def write_shadowing_day(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place, to = at_table(request, partnership_id), reverse("shadowing_days", args=[partnership_id])
    must(place.partner, WORKERS)
    others = [choice for choice in partner_choices(place) if choice[0] != request.actor.agency_id]

    def act(words: Mapping[str, Any], key: UUID | None) -> None:
        actions.write_shadowing_day(
            by=request.actor, partnership_id=partnership_id, host_id=int(words["host"]), team=words["team"], on=words["on"], surprised=words["surprised"], differently=words["differently"],
            shared_with=SharedWith(words["shared_with"]), at=request.at,
        )

    form = DayForm(request.POST or None, others=others, today=london_day(request.at))
    return fill_in(request, place, form, act, heading="I spent a day with", said="Written down.", to=to, back=("Days with one another", to))


@partner_page("POST")
def share_shadowing_day(request: HttpRequest, day_id: int) -> HttpResponse:
    one = reading.shadowing_day(day_id)
    at_table(request, one.partnership_id)
    form = ShareForm(request.POST, prefix=f"day_{day_id}")
    if not form.is_valid():
        raise NotKnown
    to = reverse("shadowing_days", args=[one.partnership_id])
    return done(request, lambda: actions.share_shadowing_day(by=request.actor, day_id=day_id, shared_with=SharedWith(form.cleaned_data["shared_with"])), said="Saved.", to=to)


def nearness(partnership_id: int, request: HttpRequest) -> list[tuple[str, str, str, str]]:
    """Of each exercise that followed another: whose pressures, how near the others came before and after, and what was done between."""
    found = {one.pk: one for one in queries.exercises(partnership_id) if one.closes_at <= request.at}
    near = queries.nearness_of_each(list(found))
    return [(one.agency.name, _near(near.get(one.after_id)), _near(near.get(one.pk)), one.what_was_done) for one in found.values() if one.after_id in found]


def _near(found: tuple[float, int] | None) -> str:
    return f"{found[0]:.2f}" if found else "Fewer than five guessed"


def trust(place: Place) -> tuple[str, str]:
    return "Trust", reverse("trust", args=[place.partnership.pk])
