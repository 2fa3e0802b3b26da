"""One share that came in, or was sent: read it, acknowledge it, decide it, or decline it with a reason."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from alongside.records import actions, queries
from alongside.records.rules.kinds import kind_or_plain
from alongside.web.entrance import practitioner_page
from alongside.web.practitioner.shares.forms import DecisionForm, DeclineForm


@practitioner_page("GET", "POST")
def share(request: HttpRequest, reference: UUID) -> HttpResponse:
    found = actions.read_share(by=request.actor, reference=reference, at=request.at)
    decline, decide = DeclineForm(), DecisionForm()
    if request.method == "POST":
        step = request.POST.get("step")
        if step == "acknowledge":
            actions.acknowledge_share(by=request.actor, reference=reference, at=request.at)
        elif step == "decline":
            decline = DeclineForm(request.POST)
            if not decline.is_valid():
                return share_page(request, found, decline, decide, wrong=decline)
            actions.decline_share(by=request.actor, reference=reference, reason=decline.cleaned_data["reason"], at=request.at)
        elif step == "decide":
            decide = DecisionForm(request.POST)
            if not decide.is_valid():
                return share_page(request, found, decline, decide, wrong=decide)
            actions.decide_share(by=request.actor, reference=reference, decision=decide.cleaned_data["decision"], at=request.at)
        messages.success(request, f"Answered: {found.headline}. The sender can see it.")
        following = queries.inbox(request.actor)
        return HttpResponseRedirect(reverse("share", args=[following[0].reference]) if following else reverse("my_work"))
    return share_page(request, found, decline, decide)


def share_page(request: HttpRequest, found: object, decline: DeclineForm, decide: DecisionForm, wrong: object = None) -> HttpResponse:
    mine = found.owner in request.actor.principals or found.to_team_id in request.actor.team_ids
    words = {"share": found, "entry": queries.shared_entry(found), "decline": decline, "decide": decide, "kind": kind_or_plain(found.kind).name, "mine": mine, "at": request.at}
    return render(request, "practitioner/shares/share.jinja", words | ({"form": wrong} if wrong else {}))
