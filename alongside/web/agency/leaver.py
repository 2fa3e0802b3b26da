"""Somebody leaves: everything they hold gets a new owner first, then the account ends."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from alongside.agencies import actions
from alongside.agencies.actions import StillHolding
from alongside.agencies.actions.leaving import still_leads
from alongside.confidentiality.actions.readers import ask_for_readers
from alongside.confidentiality.queries import caseloads
from alongside.records import actions as records
from alongside.web.agency.practitioners import own_row
from alongside.web.design.forms import Form
from alongside.web.design.pages import attempt, form_page, go_to
from alongside.web.entrance import agency_page

IN_WORDS = {
    "people": "people they work with", "shares": "shares to answer", "signatures": "letters to sign", "decisions": "decisions that were referred to them", "obligations": "other things owed",
}


def still_held(practitioner_id: int) -> dict[str, int]:
    """All that is in somebody's name and needs a new owner, in words; hidden people are counted, because nobody may be lost."""
    counts = records.still_holds(practitioner_id=practitioner_id) | caseloads.holding(practitioner_id)
    return {IN_WORDS.get(what, what): count for what, count in counts.items() if count}


@agency_page("GET", "POST")
def end_account(request: HttpRequest, practitioner_id: int) -> HttpResponse:
    """What is still in their name, who can hand it over, and the end of the account once nothing is."""
    row = own_row(request, practitioner_id)
    form, wrong = Form({}), False
    if request.method == "POST" and request.POST.get("step") == "readers":
        ask_for_readers(by=request.actor, practitioner_id=practitioner_id, at=request.at)
        messages.success(request, "Asked. The guardian names others; then this account can end.")
        return go_to("end_account", practitioner_id)
    if request.method == "POST":
        try:
            if attempt(form, lambda: actions.end_practitioner(by=request.actor, practitioner_id=practitioner_id, holding=still_held(practitioner_id), at=request.at) or True):
                messages.success(request, f"The account of {row.practitioner.name} has ended. They are signed out everywhere.")
                return go_to("agency")
        except StillHolding:
            wrong = True
    held = still_held(practitioner_id) | {what: count for what, count in still_leads(practitioner_id).items() if count}
    return form_page(
        request, "agency/end_account.jinja",
        {
            "one": row.practitioner, "held": held, "only_theirs": held.get("records that only they may open", 0), "wrong": wrong, "problems": form.non_field_errors(), "at": request.at, "own": practitioner_id == request.actor.practitioner_id,
            "answers": row.practitioner.supervisor_id == request.actor.practitioner_id or any(one.team_id in request.actor.manages_team_ids for one in row.teams),
        },
        wrong=wrong or bool(form.errors),
    )
