"""I was told two different things: saying so, and what was answered."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from alongside.confidentiality.queries import relationships
from alongside.trust import queries_effects as reading
from alongside.trust.actions import say_contradiction
from alongside.trust.actions.contradictions import answered_by
from alongside.web.entrance import person_page
from alongside.web.person.reading import opened
from alongside.web.person.record.views import answered
from alongside.web.person.told.forms import TwoThingsForm


@person_page("GET", "POST")
def told_two_things(request: HttpRequest, person_id: int | None = None) -> HttpResponse:
    who = opened(request, person_id, to_write=True, item="told_two_things")
    agencies = sorted({(one.agency_id, one.agency.name) for one in relationships(who.access)}, key=lambda one: one[1])
    form = TwoThingsForm(request.POST or None, agencies=agencies)
    if request.method == "POST" and form.is_valid():
        say_contradiction(by=request.actor, person_id=who.access.person_id, told=form.told(), key=form.key_given, at=request.at)
        messages.success(request, "Sent. You get an answer here.")
        return HttpResponseRedirect(who.url("told_two_things"), status=HTTPStatus.SEE_OTHER)
    rows = [(one, answered_by(one.made_at)) for one in reading.contradictions(who.access)]
    return answered(request, "person/told/two_things.jinja", who, form, rows=rows, latest=answered_by(request.at))
