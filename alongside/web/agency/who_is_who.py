"""Who works where, what they know, and how to reach them: any practitioner may look up any agency, team and colleague."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.agencies import actions, queries
from alongside.common.decisions import NotKnown
from alongside.web.agency.forms import ExpertiseForm, LookUpForm
from alongside.web.design.pages import form_page, go_to
from alongside.web.entrance import practitioner_page


@practitioner_page(purpose="service_management")
def who_is_who(request: HttpRequest) -> HttpResponse:
    """One box over names, titles, professions, teams, agencies and expertise; without words, every agency with its duty telephone."""
    asked = request.GET.get("q", "").strip()
    form = LookUpForm(request.GET if asked else None, initial={"q": asked})
    found = queries.who_is_who(asked, at=request.at) if asked and form.is_valid() else None
    return render(request, "agency/who_is_who.jinja", {"form": form, "found": found, "agencies": queries.agencies() if found is None else (), "asked": asked, "at": request.at})


@practitioner_page(purpose="service_management")
def agency(request: HttpRequest, agency_id: int) -> HttpResponse:
    """One agency: its numbers in other registers, its teams, who works there."""
    found = queries.agencies().filter(pk=agency_id).first()
    if found is None:
        raise NotKnown
    names = dict(queries.SCHEMES)
    return render(
        request, "agency/agency_in_who_is_who.jinja",
        {
            "agency": found, "numbers": [(names[scheme], value) for scheme, value in queries.identifiers(agency_id).items()], "teams": queries.teams(agency_id),
            "people": queries.listed(queries.practitioners(agency_id=agency_id), at=request.at), "at": request.at,
        },
    )


@practitioner_page("GET", "POST", purpose="service_management")
def my_expertise(request: HttpRequest) -> HttpResponse:
    """What I know, so that colleagues of every agency find me."""
    form = ExpertiseForm(request.POST or None) if request.POST.get("step") != "remove" else ExpertiseForm()
    mine = queries.practitioner(request.actor.practitioner_id).expertise.order_by("subject")
    if request.method == "POST":
        if request.POST.get("step") == "remove":
            for one in mine:
                if (one.subject, one.kind) == (request.POST.get("subject"), request.POST.get("kind")):
                    actions.note_expertise(by=request.actor, practitioner_id=request.actor.practitioner_id, subject=one.subject, kind=one.kind, add=False, at=request.at)
            return go_to("my_expertise")
        if form.is_valid():
            actions.note_expertise(by=request.actor, practitioner_id=request.actor.practitioner_id, add=True, at=request.at, **form.cleaned_data)
            messages.success(request, "Added. Colleagues of every agency can find you by it.")
            return go_to("my_expertise")
    return form_page(request, "agency/my_expertise.jinja", {"form": form, "mine": mine, "at": request.at})
