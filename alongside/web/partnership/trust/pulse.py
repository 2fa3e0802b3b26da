"""The yearly pulse: the lead opens it, everybody answers for themselves, and after its close there are means of five people and more."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse

from alongside.agencies.queries import agency_names
from alongside.common.decisions import NotKnown
from alongside.partnerships.queries import standings
from alongside.trust import actions, queries
from alongside.trust.facts import Item
from alongside.web.design.rows import Bar
from alongside.web.entrance import board_page, partner_page
from alongside.web.partnership.agreements.forms import last_moment
from alongside.web.partnership.table import own_partnership, shared_partnership
from alongside.web.partnership.trust.forms import OpenPulseForm, PulseForm
from alongside.web.partnership.trust.place import done, others, page
from alongside.web.partnership.trust.words import rated


def last_closed(rounds: list[object], at: datetime) -> object | None:
    return next((one for one in rounds if one.closes_at <= at), None)


def chart(one: object, partnership_id: int) -> tuple[list[Bar], list[Bar], list[Bar]]:
    """Trust received, value received and trust given, by partner; below five people the bar is empty and says so."""
    received, given = queries.pulse_results(one.pk)
    names = agency_names({*received, *given})
    by_name = sorted(received, key=lambda agency: names[agency])
    return (
        [rated(names[agency], received[agency].trust) for agency in by_name], [rated(names[agency], received[agency].value) for agency in by_name],
        [rated(names[agency], given[agency]) for agency in sorted(given, key=lambda agency: names[agency])],
    )


@partner_page("GET", "POST")
def open_pulse(request: HttpRequest, partnership_id: int) -> HttpResponse:
    found = own_partnership(request, partnership_id)
    form = OpenPulseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        closes = last_moment(form.cleaned_data["closes_on"])
        answer = done(
            request, form, lambda: actions.open_pulse(by=request.actor, partnership_id=partnership_id, closes_at=closes, at=request.at), said="Open. Everybody who works for a partner can answer.",
            to="trust", args=(partnership_id,),
        )
        if answer:
            return answer
    return page(request, "open_pulse", {"partnership": found, "form": form, "leads": standings(request.actor, partnership_id).leads})


@board_page()
def pulse(request: HttpRequest, round_id: int) -> HttpResponse:
    one = queries.pulse_round(round_id)
    found = shared_partnership(request, one.partnership_id)
    open_now = one.closes_at > request.at
    mine, people = queries.my_answers(request.actor, round_id), queries.pulse_turnout(round_id)
    trust, value, given = ([], [], []) if open_now else chart(one, found.pk)
    words = {
        "partnership": found, "round": one, "open_now": open_now, "partners": [(agency, name, agency in mine) for agency, name in others(request, found.pk)], "turnout": people,
        "trust": trust, "value": value, "given": given, "before": next((each for each in queries.pulse_rounds(found.pk) if each.closes_at < one.closes_at), None),
    }
    return page(request, "pulse", words)


@partner_page("GET", "POST")
def answer_pulse(request: HttpRequest, round_id: int, agency_id: int) -> HttpResponse:
    one = queries.pulse_round(round_id)
    found = own_partnership(request, one.partnership_id)
    about = dict(others(request, found.pk)).get(agency_id)
    if about is None:
        raise NotKnown
    said = queries.my_answers(request.actor, round_id)
    form = PulseForm(request.POST or None, initial={item.value: str(score) for item, score in zip(Item, said.get(agency_id, ()))})
    if request.method == "POST" and form.is_valid():
        answer = done(
            request, form, lambda: actions.answer_pulse(by=request.actor, round_id=round_id, about_agency_id=agency_id, answers=form.answers(), at=request.at),
            said=f"Saved. Nobody reads what you said of {about}; it is only ever part of a mean of five people and more.", to="pulse", args=(round_id,),
        )
        if answer:
            return answer
    return page(request, "answer_pulse", {"partnership": found, "round": one, "about": about, "form": form})
