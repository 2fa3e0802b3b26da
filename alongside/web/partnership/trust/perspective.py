"""What weighs on us: a partner orders its pressures, the others guess, then both compare; after a day spent with one another, once more."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from alongside.trust import actions, queries
from alongside.trust.rules.perspective import CAVEAT, nearness
from alongside.web.entrance import partner_page
from alongside.web.partnership.agreements.forms import last_moment
from alongside.web.partnership.table import own_partnership
from alongside.web.partnership.trust.forms import GuessForm, PressuresForm
from alongside.web.partnership.trust.place import done, page, speaks


def exercise_rows(found: Sequence[object], at: datetime) -> list[dict[str, object]]:
    """Exercises in a list, asked about at once."""
    near = queries.nearness_of_each([one.pk for one in found if one.closes_at <= at])
    return [exercise_row(one, at, near) for one in found]


def exercise_row(one: object, at: datetime, near: Mapping[int, tuple[float, int]] | None = None) -> dict[str, object]:
    """An exercise in a list; how near the guesses came only after its close and from five on."""
    near = queries.nearness_of_each([one.pk]) if near is None and one.closes_at <= at else near or {}
    mean, guesses = near.get(one.pk, (None, 0))
    return {"exercise": one, "open_now": one.closes_at > at, "near": f"{mean:.2f}" if mean is not None else "", "guesses": guesses}


@partner_page()
def pressures(request: HttpRequest, partnership_id: int) -> HttpResponse:
    found = own_partnership(request, partnership_id)
    rows = exercise_rows(queries.exercises(partnership_id)[:12], request.at)
    return page(request, "pressures", {"partnership": found, "rows": rows, "speaks": speaks(request, partnership_id), "caveat": CAVEAT})


@partner_page("GET", "POST")
def start_exercise(request: HttpRequest, partnership_id: int) -> HttpResponse:
    found = own_partnership(request, partnership_id)
    former = next((one for one in queries.exercises(partnership_id) if one.agency_id == request.actor.agency_id and one.closes_at <= request.at), None)
    form = PressuresForm(request.POST or None, again=former is not None)
    if request.method == "POST" and form.is_valid():
        closes = last_moment(form.cleaned_data["closes_on"])
        answer = done(
            request, form, lambda: actions.start_exercise(
                by=request.actor, partnership_id=partnership_id, pressures=form.pressures(), closes_at=closes, at=request.at, after_id=former.pk if former else None,
                what_was_done=form.cleaned_data.get("what_was_done", ""),
            ), said="Open. The others see them in the order of the alphabet and guess yours.", to="pressures", args=(partnership_id,),
        )
        if answer:
            return answer
    return page(request, "start_exercise", {"partnership": found, "form": form, "former": former, "rows": [form[f"pressure_{place}"] for place in range(1, 6)]})


@partner_page("GET", "POST")
def exercise(request: HttpRequest, exercise_id: int) -> HttpResponse:
    one = queries.exercise(exercise_id)
    found = own_partnership(request, one.partnership_id)
    open_now, ours, mine = one.closes_at > request.at, one.agency_id == request.actor.agency_id, queries.my_guess(request.actor, exercise_id)
    form = GuessForm(request.POST or None, pressures=one.pressures, initial={f"place_{number}": str(place) for number, place in enumerate(mine or ())})
    if request.method == "POST" and open_now and not ours and form.is_valid():
        answer = done(
            request, form, lambda: actions.guess_order(by=request.actor, exercise_id=exercise_id, places=form.places(), at=request.at),
            said="Saved. You see how near you came when it closes.", to="exercise", args=(exercise_id,),
        )
        if answer:
            return answer
    truth = queries.true_order(exercise_id)
    words = {
        "partnership": found, "exercise": one, "open_now": open_now, "ours": ours, "guessed": mine is not None, "form": form, "fields": [form[f"place_{number}"] for number in range(len(one.pressures))],
        "order": sorted(zip(truth, one.pressures, mine or [""] * len(one.pressures), strict=True)) if truth and not open_now else [], "row": exercise_row(one, request.at),
        "before": exercise_row(queries.exercise(one.after_id), request.at) if one.after_id else None, "near": f"{nearness(truth, mine).value:.2f}" if truth and mine and not open_now else "", "caveat": CAVEAT,
    }
    return page(request, "exercise", words)
