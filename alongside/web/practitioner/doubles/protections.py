"""Markers whose very existence is secret, for the records office that looks after them and for the second person who agrees to their end."""


from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.common.decisions import NotKnown
from alongside.confidentiality.actions import protection
from alongside.confidentiality.actions.by_two import ReasonNotEnough
from alongside.confidentiality.actions.protection import StillTrue
from alongside.confidentiality.queries import protection as queries
from alongside.people.facts import Flag
from alongside.web.design.pages import form_page, go_on, go_to
from alongside.web.design.rows import Identity
from alongside.web.entrance import practitioner_page
from alongside.web.practitioner.details.words import MARKERS
from alongside.web.practitioner.doubles.forms import AnswerEndingForm, AskToEndForm

WORDS = {flag.value: words for flag, words in MARKERS.items()}


@practitioner_page(purpose="data_quality")
def protections(request: HttpRequest) -> HttpResponse:
    """What the office looks after, the next review first: by reason and day, never by name."""
    found = queries.protections() if request.actor.role == "records_manager" else None
    if found is None:
        raise NotKnown
    return render(request, "practitioner/doubles/protections.jinja", {"live": [one for one in found if one.ended_at is None], "ended": [one for one in found if one.ended_at], "words": WORDS, "at": request.at})


@practitioner_page("GET", "POST", purpose="data_quality")
def ask_to_end(request: HttpRequest, marker_id: int) -> HttpResponse:
    """What would follow stands above the button; what is asked for is what was shown."""
    found = queries.protection_to_end(marker_id) if request.actor.role == "records_manager" else None
    if found is None or found.ended:
        raise NotKnown
    form, changed = AskToEndForm(request.POST or None), False
    if request.method == "POST" and form.is_valid():
        try:
            protection.ask_to_end(by=request.actor, marker_id=marker_id, reason=form.cleaned_data["reason"], seal=request.POST.get("seal", ""), at=request.at)
        except ReasonNotEnough as wanting:
            form.add_error("reason", str(wanting))
        except StillTrue:
            changed = True
        else:
            messages.success(request, "Asked. It ends when a second person agrees; until then nothing changes.")
            return go_to("protections")
    who = Identity(found.name or "Name not known", born=found.born, nhs_number=found.nhs_number)
    words = {"found": found, "who": who, "form": form, "changed": changed, "marker": WORDS[found.flag], "effect": found.effect, "at": request.at}
    return form_page(request, "practitioner/doubles/ask_to_end.jinja", words)


@practitioner_page("GET", "POST", purpose="audit")
def answer_ending(request: HttpRequest, ending_id: int) -> HttpResponse:
    """For the guardian, or whoever else it was put before: the database says who that is, and never that whoever asked answers."""
    found = queries.ending_to_answer(ending_id)
    if found is None:
        raise NotKnown
    form, changed = AnswerEndingForm(request.POST or None), False
    if request.method == "POST" and form.is_valid():
        agreed = form.cleaned_data["outcome"] == "agree"
        try:
            protection.answer_ending(by=request.actor, ending_id=ending_id, agreed=agreed, answer=form.cleaned_data["answer"], seal=request.POST.get("seal", ""), at=request.at)
        except ReasonNotEnough as wanting:
            form.add_error("answer", str(wanting))
        except StillTrue:
            changed = True
        else:
            messages.success(request, "Agreed. The marker ended at this moment." if agreed else "Not agreed. The marker stays, and the records office can read why.")
            return go_on(reverse("guardian_queue" if request.actor.role == "caldicott_guardian" else "my_work"))
    words = {"found": found, "form": form, "changed": changed, "marker": WORDS[Flag(found.flag).value], "effect": found.effect, "at": request.at}
    return form_page(request, "practitioner/doubles/answer_ending.jinja", words)
