"""Where a reader stands in a run, and what every page of it needs."""


from django.http import HttpRequest, HttpResponse

from alongside.common.decisions import Decision, Outcome, Refused
from alongside.framework import queries
from alongside.web.design.pages import form_page, go_to
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
    return go_to("framework_run", run_id)


def shown(request: HttpRequest, template: str, words: dict[str, object]) -> HttpResponse:
    partnership = words["partnership"] if "partnership" in words else words["run"].partnership
    return form_page(request, f"partnership/framework/{template}.jinja", words | {"at": request.at, "home": way_home(request, partnership)})
