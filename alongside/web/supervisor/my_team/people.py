"""One of the supervisor's people: whom they work with, what they owe, who stands in; work shared out, handed over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.agencies import queries as agencies
from alongside.agencies.actions import arrange_cover, end_leave
from alongside.common.decisions import NotKnown
from alongside.confidentiality import gate
from alongside.confidentiality.actions import relationships
from alongside.confidentiality.queries import caseloads
from alongside.records import actions as records
from alongside.records.queries import board
from alongside.web.agency.forms import CoverForm
from alongside.web.agency.leaver import still_held
from alongside.web.design.formats import plural
from alongside.web.design.frame import Audience, frame_for
from alongside.web.design.pages import attempt, form_page, go_to
from alongside.web.entrance import supervisor_page
from alongside.web.practitioner.involvement.colleagues import chosen_owner, colleagues, owner_choices
from alongside.web.supervisor.my_team.forms import HandOverForm, ShareOutForm
from alongside.web.supervisor.my_team.views import late_row, members

SUGGESTED = 3


def own_member(request: HttpRequest, practitioner_id: int) -> object:
    """One of those this supervisor answers for. Raises NotKnown for anybody else."""
    request.frame = frame_for(request, Audience.SUPERVISOR)
    found = next((one for one in members(request.actor, at=request.at) if one.practitioner_id == practitioner_id), None)
    if found is None:
        raise NotKnown
    return found


@supervisor_page()
def supervised(request: HttpRequest, practitioner_id: int) -> HttpResponse:
    """Their caseload by name, and what they owe; from here each person's involvement is changed."""
    one = own_member(request, practitioner_id)
    shares = board.owed_by(practitioner_id)
    gate.note(verb="read", category="index_entry", purpose="supervision", decision="permit", item=f"owed by:{practitioner_id}", people=board.people_in(shares))
    return render(
        request, "supervisor/my_team/supervised.jinja",
        {"one": one, "people": caseloads.caseload(request.actor, practitioner_id), "owed": [late_row(share, {practitioner_id: one.name}) for share in shares], "at": request.at},
    )


@supervisor_page("GET", "POST")
def cover(request: HttpRequest, practitioner_id: int) -> HttpResponse:
    """Leave and who stands in; back early by one press."""
    one = own_member(request, practitioner_id)
    choices = [(str(found.practitioner_id), found.words) for found in colleagues(request.actor, at=request.at, without=practitioner_id)]
    ending = request.POST.get("step") == "back"
    form = CoverForm((request.POST or None) if not ending else None, colleagues=choices, at=request.at)
    if ending:
        end_leave(by=request.actor, absent_id=practitioner_id, at=request.at)
        messages.success(request, f"{one.name} is back; nobody stands in any more.")
        return go_to("supervised", practitioner_id)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        if attempt(
            form,
            lambda: arrange_cover(by=request.actor, absent_id=practitioner_id, covering_id=int(words["covering"]), reason=words["reason"], starts=form.starts, ends=form.ends, at=request.at),
        ):
            messages.success(request, "Arranged. Cover begins and ends by itself; so does access.")
            return go_to("supervised", practitioner_id)
    return form_page(request, "supervisor/my_team/cover.jinja", {"one": one, "form": form, "at": request.at})


@supervisor_page("GET", "POST")
def hand_over_all(request: HttpRequest, practitioner_id: int) -> HttpResponse:
    """Everything one of them holds goes to a colleague: people, shares to answer, what is owed."""
    request.frame = frame_for(request, Audience.SUPERVISOR)
    one = next((found for found in agencies.supervised(request.actor) if found.pk == practitioner_id), None)
    if one is None:
        raise NotKnown
    choices = [(str(found.practitioner_id), found.words) for found in colleagues(request.actor, at=request.at, without=practitioner_id)]
    form = HandOverForm(request.POST or None, choices=choices)
    if request.method == "POST" and form.is_valid():
        to_id, reason = int(form.cleaned_data["to"]), form.cleaned_data["reason"]
        people = attempt(form, lambda: relationships.hand_over_all(by=request.actor, from_id=practitioner_id, to_id=to_id, reason=reason, at=request.at))
        if people is not None:
            others = records.reassign_all(by=request.actor, from_practitioner=practitioner_id, to_practitioner=to_id, at=request.at)
            messages.success(request, f"Handed over: {plural(people, 'person', 'people')} and {plural(others, 'thing')} owed.")
            return go_to("hand_over_all", practitioner_id)
    held = still_held(practitioner_id)
    return form_page(request, "supervisor/my_team/hand_over_all.jinja", {"one": one, "form": form, "held": held, "at": request.at})


@supervisor_page("GET", "POST")
def share_out(request: HttpRequest, relationship_id: int) -> HttpResponse:
    """Somebody whom a team holds and nobody works with: three colleagues suggested, each with the reason why."""
    request.frame = frame_for(request, Audience.SUPERVISOR)
    waiting = next((row for row in caseloads.unallocated(request.actor) if row.relationship_id == relationship_id), None)
    if waiting is None:
        raise NotKnown
    fit = colleagues(request.actor, at=request.at)
    members_of = {one.pk for one in agencies.practitioners(team_id=waiting.team_id)}
    suggested = [one for one in fit if not one.against and one.practitioner_id in members_of][:SUGGESTED] or [one for one in fit if not one.against][:SUGGESTED]
    form = ShareOutForm(
        request.POST or None, suggested=[(f"practitioner:{one.practitioner_id}", f"{one.name}, {one.title}") for one in suggested], others=owner_choices(request.actor, at=request.at),
        hints={f"practitioner:{one.practitioner_id}": why_fit(one) for one in suggested}, initial={"to": f"practitioner:{suggested[0].practitioner_id}" if suggested else "other"},
    )
    if request.method == "POST" and form.is_valid():
        if attempt(
            form,
            lambda: relationships.allocate(
                by=request.actor, person_id=waiting.person_id, to=chosen_owner(form.chosen), reason=f"Shared out from {waiting.team}", at=request.at, purpose="supervision"
            ),
        ):
            messages.success(request, f"{waiting.name} is allocated. They find it in their work.")
            return go_to("my_team")
    return form_page(request, "supervisor/my_team/share_out.jinja", {"waiting": waiting, "form": form, "at": request.at})


def why_fit(one: object) -> str:
    """Why a colleague is suggested: how many they work with, and what they know."""
    load = "In the team" if one.people is None else "Works with nobody yet" if one.people == 0 else f"Works with {one.people}"
    return f"{load}. Knows {', '.join(one.knows)}" if one.knows else load
