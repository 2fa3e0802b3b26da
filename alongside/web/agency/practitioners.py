"""One practitioner, as whoever looks after the agency keeps them: account, details, teams, training, leave and cover, a lost second step."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.agencies import actions, queries
from alongside.agencies.facts import Actor, CannotBe
from alongside.common.decisions import NotKnown
from alongside.common.london import london_day
from alongside.web.agency.forms import AccountForm, CoverForm, MembershipForm, PractitionerForm, ResetForm, TrainingForm
from alongside.web.design.forms import Form
from alongside.web.design.numbers import number
from alongside.web.design.pages import attempt, form_page, go_on, go_to
from alongside.web.entrance import agency_page, practitioner_page
from alongside.web.sign_in import invitation, lost_second_step


def team_choices(actor: Actor) -> list[tuple[str, str]]:
    return [(str(team.pk), team.name) for team in queries.teams(actor.agency_id)]


def colleague_choices(actor: Actor, *, without: int | None = None) -> list[tuple[str, str]]:
    return [(str(one.pk), f"{one.name}, {one.title}") for one in queries.practitioners(agency_id=actor.agency_id) if one.pk != without]


@agency_page("GET", "POST")
def open_account(request: HttpRequest) -> HttpResponse:
    """A new colleague: who they are, one team, and an invitation to the address they will sign in with."""
    form = AccountForm(request.POST or None, supervisors=colleague_choices(request.actor), teams=team_choices(request.actor), initial={"supervisor": str(request.actor.practitioner_id)})
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        added = attempt(
            form,
            lambda: actions.invite_practitioner(by=request.actor, email=words["email"], details=form.details, team_id=int(words["team"]), manages=words["manages"], at=request.at),
        )
        if added:
            invitation.send(request, added.account)
            messages.success(request, f"An invitation is on its way to {added.email}. Note their training below: without it no record opens.")
            return go_to("practitioner", added.pk)
    return form_page(request, "agency/open_account.jinja", {"form": form, "at": request.at})


@agency_page("GET", "POST")
def practitioner(request: HttpRequest, practitioner_id: int) -> HttpResponse:
    """Everything about one colleague on one page, each part with its own small form; `step` says which was sent."""
    row = own_row(request, practitioner_id)
    forms = {
        "team": MembershipForm(teams=[(value, name) for value, name in team_choices(request.actor)]),
        "training": TrainingForm(at=request.at), "cover": CoverForm(colleagues=colleague_choices(request.actor, without=practitioner_id), at=request.at), "reset": ResetForm(),
    }
    wrong = None
    if request.method == "POST":
        step = request.POST.get("step", "")
        if step in forms:
            forms[step] = wrong = sent_form(request, step, practitioner_id)
        if wrong is None or wrong.is_valid():
            said = attempt(wrong or Form({}), lambda: do(request, step, row, wrong.cleaned_data if wrong else {}, wrong))
            if said:
                messages.success(request, said)
                return go_to("practitioner", practitioner_id)
    return form_page(
        request, "agency/practitioner.jinja",
        {
            "row": row, "one": row.practitioner, "forms": forms, "at": request.at, "today": london_day(request.at), "changes": queries.directory_changes(request.actor.agency_id, practitioner_id=practitioner_id),
            "resets": [one for one in queries.open_resets(request.actor.agency_id) if one.practitioner_id == practitioner_id], "own": practitioner_id == request.actor.practitioner_id,
        } | ({"form": wrong} if wrong else {}),
    )


def own_row(request: HttpRequest, practitioner_id: int) -> queries.StaffRow:
    row = queries.staff_member(request.actor.agency_id, practitioner_id, at=request.at)
    if row is None:
        raise NotKnown
    return row


def sent_form(request: HttpRequest, step: str, practitioner_id: int) -> Form:
    match step:
        case "team":
            return MembershipForm(request.POST, teams=team_choices(request.actor))
        case "training":
            return TrainingForm(request.POST, at=request.at)
        case "cover":
            return CoverForm(request.POST, colleagues=colleague_choices(request.actor, without=practitioner_id), at=request.at)
        case _:
            return ResetForm(request.POST)


def do(request: HttpRequest, step: str, row: queries.StaffRow, words: dict[str, object], form: Form | None) -> str:
    """Carry out one step; what it gives is what the page says next."""
    whose = {"by": request.actor, "practitioner_id": row.practitioner.pk, "at": request.at}
    match step:
        case "team":
            actions.join_team(team_id=int(str(words["team"])), manages=bool(words["manages"]), **whose)
            return "Added to the team."
        case "leave_team":
            actions.leave_team(team_id=chosen_number(request, "team"), **whose)
            return "Taken out of the team."
        case "training":
            actions.note_training(completed_on=words["completed_on"], **whose)
            return "Training noted."
        case "cover" if isinstance(form, CoverForm):
            arrange(request.actor, row.practitioner.pk, form, at=request.at)
            return "Arranged. Cover begins and ends by itself."
        case "back":
            actions.end_leave(by=request.actor, absent_id=row.practitioner.pk, at=request.at)
            return "They are back; nobody stands in for them any more."
        case "invite":
            invitation.send(request, row.practitioner.account)
            return "The invitation has been sent again."
        case "owner":
            actions.name_system_owner(owner=not row.practitioner.system_owner, **whose)
            return "Saved."
        case "reset":
            actions.ask_for_reset(reason=str(words["proof"]), **whose)
            return "Asked. Somebody else must confirm it before anything changes."
    raise NotKnown


def chosen_number(request: HttpRequest, name: str) -> int:
    chosen = number(request.POST.get(name))
    if chosen is None:
        raise NotKnown
    return chosen


def arrange(actor: Actor, absent_id: int, form: CoverForm, *, at: datetime) -> None:
    words = form.cleaned_data
    actions.arrange_cover(by=actor, absent_id=absent_id, covering_id=int(words["covering"]), reason=words["reason"], starts=form.starts, ends=form.ends, at=at)


@agency_page("GET", "POST")
def change_practitioner(request: HttpRequest, practitioner_id: int) -> HttpResponse:
    one = own_row(request, practitioner_id).practitioner
    initial = {"name": one.name, "title": one.title, "profession": one.profession, "role": one.role, "phone": one.phone, "supervisor": str(one.supervisor_id or "")}
    form = PractitionerForm(request.POST or None, supervisors=colleague_choices(request.actor, without=practitioner_id), initial=initial)
    if request.method == "POST" and form.is_valid():
        if attempt(form, lambda: actions.change_practitioner(by=request.actor, practitioner_id=practitioner_id, details=form.details, at=request.at) or True):
            messages.success(request, "Saved. Partners and families see it from now on.")
            return go_to("practitioner", practitioner_id)
    return form_page(request, "agency/change_practitioner.jinja", {"form": form, "one": one, "at": request.at})


@practitioner_page("GET", "POST", purpose="service_management")
def answer_reset(request: HttpRequest, reset_id: int) -> HttpResponse:
    """A second person reads who asked and why, and confirms or leaves the second step as it is."""
    actor = request.actor
    asked = next((one for one in queries.open_resets(actor.agency_id) if one.pk == reset_id), None)
    if asked is None or not (actor.looks_after_agency or actor.manages_team_ids):
        raise NotKnown
    if request.method == "POST":
        try:
            if request.POST.get("step") == "confirm":
                lost_second_step.reset(request, actions.confirm_reset(by=actor, reset_id=reset_id, at=request.at))
                messages.success(request, "Done. They sign in with their password and set up a new second step; they have been told by mail.")
            else:
                actions.close_reset(by=actor, reset_id=reset_id, at=request.at)
                messages.success(request, "Nothing was changed.")
        except CannotBe as no:
            messages.error(request, str(no))
            return go_to("answer_reset", reset_id)
        return go_on(reverse("agency") if actor.looks_after_agency else reverse("my_work"))
    return render(request, "agency/answer_reset.jinja", {"asked": asked, "may": actor.practitioner_id not in (asked.asked_by_id, asked.practitioner_id), "at": request.at})
