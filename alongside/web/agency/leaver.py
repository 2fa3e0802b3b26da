"""Somebody leaves: everything they hold gets a new owner first, then the account ends."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from alongside.agencies import actions
from alongside.agencies.actions import StillHolding
from alongside.agencies.actions.leaving import still_leads
from alongside.confidentiality.caseloads import holding
from alongside.web.agency.practitioners import own_row
from alongside.web.design.forms import Form
from alongside.web.entrance import agency_page
from alongside.web.practitioner.involvement.views import attempt

SEE_OTHER, UNPROCESSABLE = 303, 422


@agency_page("GET", "POST")
def end_account(request: HttpRequest, practitioner_id: int) -> HttpResponse:
    """What is still in their name, who can hand it over, and the end of the account once nothing is."""
    row = own_row(request, practitioner_id)
    form, wrong = Form({}), False
    if request.method == "POST":
        try:
            if attempt(form, lambda: actions.end_practitioner(by=request.actor, practitioner_id=practitioner_id, holding=holding(practitioner_id), at=request.at) or True):
                messages.success(request, f"The account of {row.practitioner.name} has ended. They are signed out everywhere.")
                return HttpResponseRedirect(reverse("agency"), status=SEE_OTHER)
        except StillHolding:
            wrong = True
    held = {what: count for what, count in (holding(practitioner_id) | still_leads(practitioner_id)).items() if count}
    return render(
        request, "agency/end_account.jinja",
        {
            "one": row.practitioner, "held": held, "wrong": wrong, "problems": form.non_field_errors(), "at": request.at, "own": practitioner_id == request.actor.practitioner_id,
            "answers": row.practitioner.supervisor_id == request.actor.practitioner_id or any(one.team_id in request.actor.manages_team_ids for one in row.teams),
        },
        status=UNPROCESSABLE if wrong or form.errors else 200,
    )  # fmt: skip
