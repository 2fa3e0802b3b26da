"""An agency's own directory, for whoever looks after it: its details, teams and people at a glance."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.agencies import actions, queries
from alongside.common.decisions import NotKnown
from alongside.common.london import london_day
from alongside.confidentiality.queries.caseloads import holding_of_team
from alongside.web.agency.forms import AgencyForm, TeamForm
from alongside.web.design.pages import attempt, form_page, go_to
from alongside.web.entrance import agency_page

SOON = 30
"""Days before training ends at which it shows."""


@agency_page()
def agency(request: HttpRequest) -> HttpResponse:
    """What needs doing first: resets that wait, training that ends, invitations not taken up; then everybody and every team."""
    agency_id, on = request.actor.agency_id, london_day(request.at)
    rows = queries.staff(agency_id, at=request.at)
    return render(
        request, "agency/agency.jinja",
        {
            "agency": queries.own_agency(request.actor), "rows": rows, "teams": queries.teams(agency_id), "resets": queries.open_resets(agency_id), "changes": queries.directory_changes(agency_id),
            "untrained": [row for row in rows if row.training_ends is None or (row.training_ends - on).days <= SOON], "at": request.at, "today": on,
        },
    )


@agency_page("GET", "POST")
def change_agency(request: HttpRequest) -> HttpResponse:
    own = queries.own_agency(request.actor)
    form = AgencyForm(request.POST or None, initial={"duty_phone": own.duty_phone, **queries.identifiers(own.pk)})
    if request.method == "POST" and form.is_valid():
        if attempt(form, lambda: actions.change_agency(by=request.actor, duty_phone=form.cleaned_data["duty_phone"], identifiers=form.identifiers, at=request.at) or True):
            messages.success(request, "Saved. Every partner sees it at once.")
            return go_to("agency")
    return form_page(request, "agency/change_agency.jinja", {"form": form, "agency": own, "at": request.at})


@agency_page("GET", "POST")
def change_team(request: HttpRequest, team_id: int | None = None) -> HttpResponse:
    """A new team, another name for one, or its end once it holds nothing."""
    team = queries.teams(request.actor.agency_id).filter(pk=team_id).first() if team_id else None
    if team_id and team is None:
        raise NotKnown
    initial = {"name": team.name, "duty_desk": team.duty_desk} if team else {}
    ending = request.POST.get("step") == "end"
    form = TeamForm((request.POST or None) if not ending else {**initial, "duty_desk": "on" if initial.get("duty_desk") else ""}, initial=initial)
    if request.method == "POST" and form.is_valid():
        if ending and team:
            done = attempt(form, lambda: actions.end_team(by=request.actor, team_id=team.pk, holding=holding_of_team(team.pk), at=request.at) or True)
        else:
            done = attempt(form, lambda: actions.change_team(by=request.actor, team_id=team_id, at=request.at, **form.cleaned_data))
        if done:
            messages.success(request, "The team has ended. What names it stays readable." if ending else "Saved.")
            return go_to("agency")
    members = list(queries.practitioners(team_id=team.pk)) if team else []
    return form_page(request, "agency/change_team.jinja", {"form": form, "team": team, "members": members, "at": request.at})
