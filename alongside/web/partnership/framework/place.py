"""Where a reader stands in a run, and what every page of it needs."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from alongside.common.decisions import Decision, Outcome, Refused
from alongside.framework import queries
from alongside.web.partnership.table import lead_frame, way_home

NOT_YOURS = "A test or examination is filled in by the partnership's lead and by those who speak for its partners. Everybody else there can read it."


def own_run(request: HttpRequest, run_id: int) -> object:
    lead_frame(request)
    return queries.run(run_id)


def run_to_fill_in(request: HttpRequest, run_id: int) -> object:
    """The run, for those who take part in it while nothing is decided."""
    one = own_run(request, run_id)
    if not queries.takes_part(one.partnership_id):
        raise Refused(Decision(Outcome.DENY, reasons=(NOT_YOURS,)))
    return one


def to_run(run_id: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("framework_run", args=[run_id]), status=HTTPStatus.SEE_OTHER)


def shown(request: HttpRequest, template: str, words: dict[str, object]) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if "form" in words and words["form"].errors else HTTPStatus.OK
    partnership = words["partnership"] if "partnership" in words else words["run"].partnership
    return render(request, f"partnership/framework/{template}.jinja", words | {"at": request.at, "home": way_home(request, partnership)}, status=status)
