"""Why partnerships exist: founding one from a kind, the reason it runs for and when that ends, and who holds the offices it must have."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.common.decisions import NotKnown
from alongside.common.london import london_day
from alongside.partnerships import queries
from alongside.partnerships.actions import NotNow, starting
from alongside.partnerships.facts import Level, Mandate
from alongside.partnerships.queries.endings import former_partnerships
from alongside.partnerships.queries.starting import portfolio, started
from alongside.partnerships.queries.table import may_found
from alongside.partnerships.rules.starting import kinds_of_partnership
from alongside.web.design.pages import go_to
from alongside.web.entrance import board_page, partner_page
from alongside.web.partnership.agreements.drafting import shown as drawn
from alongside.web.partnership.at_the_table import at_table, fill_in, must, number_or_none, partner_choices, shown
from alongside.web.partnership.starting.forms import LEVELS, MANDATES, PostForm, StartForm, WhyForm
from alongside.web.partnership.table import lead_frame

FOUNDERS = "A partnership is founded by whoever manages a team of an agency."


@partner_page()
def partnerships(request: HttpRequest) -> HttpResponse:
    lead_frame(request)
    rows = portfolio(queries.partnerships_of(request.actor), day=london_day(request.at))
    words = {"rows": rows, "levels": LEVELS, "mandates": MANDATES, "may_found": may_found(), "former": former_partnerships(request.actor.agency_id), "at": request.at}
    return render(request, "partnership/starting/partnerships.jinja", words)


@partner_page()
def choose_kind(request: HttpRequest) -> HttpResponse:
    lead_frame(request)
    must(may_found(), FOUNDERS)
    return render(request, "partnership/starting/choose_kind.jinja", {"kinds": kinds_of_partnership().values()})


@partner_page("GET", "POST")
def start_partnership(request: HttpRequest, kind: str) -> HttpResponse:
    chosen = kinds_of_partnership().get(kind)
    if chosen is None:
        raise NotKnown
    must(may_found(), FOUNDERS)
    form = StartForm(request.POST or None, initial={"level": chosen.level.value, "mandate": chosen.mandate.value, "driver": chosen.driver, "source": chosen.source})
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        try:
            made = starting.start_partnership(
                by=request.actor, name=words["name"], vision=words["vision"], kind=kind, potential=words["stage"] == "potential", starts=london_day(request.at), at=request.at, key=form.key_given,
                **reason(words),
            )
        except NotNow as no:
            form.add_error("name", str(no))
        else:
            messages.success(request, "Founded. Your agency belongs to it; let the others join, and say who holds which office.")
            return go_to("partnership_why", made.pk)
    return drawn(request, "partnership/starting/start.jinja", {"form": form, "kind": chosen})


def reason(words: Mapping[str, Any]) -> dict[str, Any]:
    return {"level": Level(words["level"]), "mandate": Mandate(words["mandate"]), "driver": words["driver"], "source": words["source"], "driver_ends": words["driver_ends"]}


@board_page()
def partnership_why(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place = at_table(request, partnership_id)
    found = started(partnership_id, day=london_day(request.at))
    return shown(request, "partnership/starting/why.jinja", place, found=found, levels=LEVELS, mandates=MANDATES, held={post.post: post for post in found.posts})


@board_page("GET", "POST")
def change_why(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place = at_table(request, partnership_id)
    must(place.governs)
    found, to = started(partnership_id, day=london_day(request.at)), reverse("partnership_why", args=[partnership_id])
    why = found.why
    initial = {name: getattr(why, name) for name in ("level", "mandate", "driver", "source", "driver_ends")} if why else {}

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        return starting.say_why(by=request.actor, partnership_id=partnership_id, kind=why.template if why else "local_programme", at=request.at, key=key, **reason(words))

    return fill_in(
        request, place, WhyForm(request.POST or None, initial=initial), act, heading="Why it goes on", said="Written down. What was said before stays in its history.", to=to, back=("Why it exists", to)
    )


@board_page("GET", "POST")
def fill_post(request: HttpRequest, partnership_id: int, post: str) -> HttpResponse:
    place = at_table(request, partnership_id)
    must(place.governs)
    found, to = started(partnership_id, day=london_day(request.at)), reverse("partnership_why", args=[partnership_id])
    office = next((one for one in found.kind.offices if one.code == post), None) if found.kind else None
    if office is None:
        raise NotKnown
    form = PostForm(request.POST or None, agencies=partner_choices(place))

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        return starting.fill_post(by=request.actor, partnership_id=partnership_id, post=post, holder=words["holder"], agency_id=number_or_none(words["agency"]), at=request.at, key=key)

    return fill_in(request, place, form, act, heading=office.name, lead=office.what, said="Named.", to=to, back=("Why it exists", to))
