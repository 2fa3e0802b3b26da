"""Who is involved with a person, since when, and who was; one's own part ended or handed over; colleagues allocated."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.agencies.facts import CannotBe
from alongside.common.decisions import NotKnown
from alongside.confidentiality.actions import relationships
from alongside.confidentiality.queries import caseloads
from alongside.web.design.pages import attempt, go_on, go_to
from alongside.web.entrance import practitioner_page
from alongside.web.practitioner.involvement.colleagues import chosen_owner, owner_choices
from alongside.web.practitioner.involvement.forms import AllocateForm, EndForm
from alongside.web.practitioner.opening import identity, opened


@practitioner_page("GET", "POST")
def involvement(request: HttpRequest, person_id: int) -> HttpResponse:
    """Everybody's part with its dates; the lead is changed by one press."""
    access, who = opened(request, person_id, item="involvement")
    everybody, at = caseloads.involvement(access), request.at
    if request.method == "POST":
        chosen = next((one for one in everybody if str(one.pk) == request.POST.get("lead")), None)
        if chosen is None:
            raise NotKnown
        try:
            relationships.set_lead(by=request.actor, person_id=person_id, relationship_id=chosen.pk, reason="Chosen on the page of those involved", at=at)
            messages.success(request, f"{chosen.practitioner.name if chosen.practitioner else chosen.team.name} leads now.")
        except CannotBe as no:
            messages.error(request, str(no))
        return go_to("involvement", person_id)
    now = [one for one in everybody if one.ends is None or one.ends > at]
    lead = next((one for one in now if one.lead), None)
    speaks = {one.pk for one in now if relationships.speaks_for(request.actor, one)}
    return render(
        request, "practitioner/involvement/involvement.jinja",
        {
            "who": identity(who, href=reverse("person", args=[person_id])), "now": now, "past": [one for one in everybody if one not in now], "speaks": speaks, "person_id": person_id, "at": at,
            "may_set_lead": lead is None or lead.pk in speaks, "shares_out": request.actor.supervises or bool(request.actor.manages_team_ids),
        },
    )


@practitioner_page("GET", "POST")
def allocate(request: HttpRequest, person_id: int) -> HttpResponse:
    """A colleague or a team of one's own agency begins to work with them, for good or until a day."""
    _, who = opened(request, person_id, item="allocate")
    form = AllocateForm(request.POST or None, choices=owner_choices(request.actor, at=request.at))
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        done = attempt(
            form, lambda: relationships.allocate(by=request.actor, person_id=person_id, to=chosen_owner(words["to"]), reason=words["reason"], lead=words["lead"], until=form.ends, at=request.at)
        )
        if done:
            messages.success(request, "Allocated. They find it in their work, and can open the record from now on.")
            return go_to("involvement", person_id)
    return render(
        request, "practitioner/involvement/allocate.jinja",
        {"who": identity(who, href=reverse("person", args=[person_id])), "form": form, "person_id": person_id, "at": request.at}, status=422 if form.errors else 200,
    )


@practitioner_page("GET", "POST")
def end_or_hand_over(request: HttpRequest, person_id: int, relationship_id: int) -> HttpResponse:
    """One part ends with a reason, or goes to a colleague without a moment between."""
    access, who = opened(request, person_id, item=f"relationship:{relationship_id}")
    part = next((one for one in caseloads.involvement(access) if one.pk == relationship_id and (one.ends is None or one.ends > request.at)), None)
    if part is None or not relationships.speaks_for(request.actor, part):
        raise NotKnown
    form = EndForm(request.POST or None, choices=owner_choices(request.actor, at=request.at, without=part.practitioner_id))
    if request.method == "POST" and form.is_valid():
        words = {"by": request.actor, "person_id": person_id, "relationship_id": part.pk, "reason": form.cleaned_data["reason"], "at": request.at}
        if form.cleaned_data["how"] == "hand_over":
            done = attempt(form, lambda: relationships.hand_over(to=chosen_owner(form.cleaned_data["to"]), **words))
        else:
            done = attempt(form, lambda: relationships.end_relationship(**words))
        if done:
            own = part.practitioner_id == request.actor.practitioner_id
            messages.success(request, "Done. The record is closed to you from now on." if own else "Done.")
            return go_on(reverse("my_work") if own else reverse("involvement", args=[person_id]))
    return render(
        request, "practitioner/involvement/end_or_hand_over.jinja",
        {"who": identity(who, href=reverse("person", args=[person_id])), "form": form, "part": part, "person_id": person_id, "at": request.at}, status=422 if form.errors else 200,
    )
