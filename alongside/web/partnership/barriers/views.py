"""Risks and barriers: the register on one four by four scale, what is done about each, and which are past their day of review."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.common.london import london_day
from alongside.partnerships.actions import risks as act_on
from alongside.partnerships.queries import risks as reading
from alongside.partnerships.queries.risks import RiskNow
from alongside.partnerships.queries.table import Place
from alongside.partnerships.rules.risks import IMPACTS, LIKELIHOODS, band, barriers
from alongside.web.entrance import board_page
from alongside.web.partnership.at_the_table import at_table, fill_in, manager_choices, must, number_or_none, shown
from alongside.web.partnership.barriers.forms import CloseForm, JudgeForm, RaiseForm, StartForm

QUARTER = timedelta(days=91)
COLOURS = {"high": "red", "middling": "orange", "low": "green"}


@board_page()
def risks(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place, day = at_table(request, partnership_id), london_day(request.at)
    rows = reading.risks(partnership_id, day=day)
    return shown(
        request, "partnership/barriers/risks.jinja", place, rows=rows, colours=COLOURS, matrix=matrix(rows), closed=reading.risks(partnership_id, day=day, closed=True),
        past=sum(row.past_review for row in rows), impacts=IMPACTS,
    )


def matrix(rows: list[RiskNow]) -> list[list[str]]:
    """How many risks stand where: likelihood down, impact across, the likeliest on top."""
    return [
        [f"{likelihood}: {LIKELIHOODS[likelihood]}", *(f"{count} ({band(likelihood, impact)})" if (count := sum((row.judged.likelihood, row.judged.impact) == (likelihood, impact) for row in rows)) else "–" for impact in IMPACTS)]
        for likelihood in sorted(LIKELIHOODS, reverse=True)
    ]


@board_page()
def risk(request: HttpRequest, risk_id: int) -> HttpResponse:
    one, place, back = a_risk(request, risk_id)
    return shown(
        request, "partnership/barriers/risk.jinja", place, back, one=one, colours=COLOURS, likelihoods=LIKELIHOODS, impacts=IMPACTS, judges=judges(request, one, place) and not one.risk.closed_at
    )


@board_page("GET", "POST")
def raise_risk(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place, day = at_table(request, partnership_id), london_day(request.at)
    must(place.partner or place.governs, act_on.RAISERS)
    form = RaiseForm(request.POST or None, after=day, owners=manager_choices(place), initial={"next_review": day + QUARTER})

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        return act_on.raise_risk(
            by=request.actor, partnership_id=partnership_id, title=words["title"], what=words["what"], likelihood=int(words["likelihood"]), impact=int(words["impact"]), mitigation=words["mitigation"],
            next_review=words["next_review"], owner_id=number_or_none(words["owner"]), at=request.at, key=key,
        )

    back = ("Risks and barriers", reverse("risks", args=[partnership_id]))
    return fill_in(request, place, form, act, heading="Raise a risk", said="It is on the register.", to=lambda made: reverse("risk", args=[made.pk]), back=back)


@board_page("GET", "POST")
def start_register(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place, day = at_table(request, partnership_id), london_day(request.at)
    must(place.governs)
    there = {row.risk.barrier for row in reading.risks(partnership_id, day=day)}
    form = StartForm(request.POST or None, known=[one for one in barriers().values() if one.code not in there])

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        return act_on.start_with_barriers(by=request.actor, partnership_id=partnership_id, codes=words["codes"], next_review=day + QUARTER, at=request.at)

    to = reverse("risks", args=[partnership_id])
    lead = "What partnerships are known to fail by, each with a first judgement and what may be done about it. Change both to fit."
    return fill_in(request, place, form, act, heading="Start with known barriers", lead=lead, said="They are on the register. Judge each for this place.", to=to, back=("Risks and barriers", to))


@board_page("GET", "POST")
def judge_risk(request: HttpRequest, risk_id: int) -> HttpResponse:
    one, place, _ = a_risk(request, risk_id)
    must(judges(request, one, place) and not one.risk.closed_at, act_on.JUDGES)
    day, to = london_day(request.at), reverse("risk", args=[risk_id])
    initial = {"likelihood": str(one.judged.likelihood), "impact": str(one.judged.impact), "mitigation": one.judged.mitigation, "next_review": day + QUARTER}
    form = JudgeForm(request.POST or None, after=day, initial=initial)

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        return act_on.judge_risk(
            by=request.actor, risk=one.risk, likelihood=int(words["likelihood"]), impact=int(words["impact"]), mitigation=words["mitigation"], next_review=words["next_review"], at=request.at, key=key
        )

    return fill_in(request, place, form, act, heading="Judge it again", caption=one.risk.title, said="Judged.", to=to, back=(one.risk.title, to))


@board_page("GET", "POST")
def close_risk(request: HttpRequest, risk_id: int) -> HttpResponse:
    one, place, _ = a_risk(request, risk_id)
    must(place.governs and not one.risk.closed_at)

    def act(words: Mapping[str, Any], key: UUID | None) -> None:
        act_on.close_risk(by=request.actor, risk=one.risk, because=words["because"], at=request.at)

    return fill_in(
        request, place, CloseForm(request.POST or None), act, heading="Close this risk", caption=one.risk.title, confirm="Close it", kind="warning", said="Closed.",
        to=reverse("risks", args=[place.partnership.pk]), back=(one.risk.title, reverse("risk", args=[risk_id])),
    )


def a_risk(request: HttpRequest, risk_id: int) -> tuple[RiskNow, Place, tuple[str, str]]:
    one = reading.risk(risk_id, day=london_day(request.at))
    place = at_table(request, one.risk.partnership)
    return one, place, ("Risks and barriers", reverse("risks", args=[place.partnership.pk]))


def judges(request: HttpRequest, one: RiskNow, place: Place) -> bool:
    me = request.actor.practitioner_id
    return place.governs or me is not None and me in (one.risk.owner_id, one.risk.by_id)
