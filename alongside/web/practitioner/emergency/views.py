"""Emergency access: for somebody with no part in the care, when a life or a serious harm cannot wait."""


from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.confidentiality import gate
from alongside.confidentiality.actions.break_glass import Danger, ReasonNotEnough, break_glass
from alongside.confidentiality.queries import my_emergencies
from alongside.web.design.formats import time_words
from alongside.web.design.pages import form_page, go_to
from alongside.web.entrance import practitioner_page
from alongside.web.practitioner.emergency.forms import BreakGlassForm


@practitioner_page("GET", "POST", purpose="emergency_life")
def break_the_glass(request: HttpRequest, person_id: int) -> HttpResponse:
    """The page is the same for every number: it says nothing about whether there is such a person."""
    form = BreakGlassForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            broken = break_glass(by=request.actor, person_id=person_id, danger=Danger(form.cleaned_data["danger"]), reason=form.cleaned_data["reason"], at=request.at)
        except ReasonNotEnough as wanting:
            form.add_error("reason", str(wanting))
        else:
            messages.warning(request, f"The record is open to you until {time_words(broken.ends_at)}. The guardian has been told, and somebody of another team judges this within a day.")
            return go_to("person", person_id)
    return form_page(request, "practitioner/emergency/break_the_glass.jinja", {"form": form})


@practitioner_page(purpose="audit")
def my_emergency_accesses(request: HttpRequest) -> HttpResponse:
    """One's own emergency accesses, and what was judged of them."""
    found = my_emergencies(request.actor)
    gate.note(verb="view_ledger", category="access_ledger", purpose="audit", decision="permit", item="my emergencies", people=sorted({one.person_id for one in found}))
    return render(request, "practitioner/emergency/my_emergency_accesses.jinja", {"found": found, "at": request.at})
