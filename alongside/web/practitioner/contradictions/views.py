"""Somebody was told two different things: what was said, one more written down for them, and the answer."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from alongside.partnerships.actions import NotNow
from alongside.trust import actions
from alongside.trust import queries_effects as reading
from alongside.trust.actions.contradictions import answered_by
from alongside.web.design.forms import Form
from alongside.web.entrance import practitioner_page
from alongside.web.practitioner.choices.views import helping
from alongside.web.practitioner.contradictions.forms import AnswerForm, NoteForm
from alongside.web.practitioner.opening import identity, opened


@practitioner_page()
def two_things(request: HttpRequest, person_id: int) -> HttpResponse:
    access, who = opened(request, person_id, item="contradictions")
    rows = [(one, answered_by(one.made_at)) for one in reading.contradictions(access)]
    return page(request, person_id, who, "two_things", rows=rows)


@practitioner_page("GET", "POST")
def note_two_things(request: HttpRequest, person_id: int) -> HttpResponse:
    access, who = opened(request, person_id, item="contradictions")
    form = NoteForm(request.POST or None, agencies=helping(access))
    if request.method == "POST" and form.is_valid():
        actions.say_contradiction(by=request.actor, person_id=person_id, told=form.told(), key=form.key_given, at=request.at)
        messages.success(request, "Written down. Whoever leads the work with them owes them an answer.")
        return HttpResponseRedirect(reverse("two_things", args=[person_id]), status=HTTPStatus.SEE_OTHER)
    return page(request, person_id, who, "note", form=form, latest=answered_by(request.at))


@practitioner_page("GET", "POST")
def answer_two_things(request: HttpRequest, person_id: int, contradiction_id: int) -> HttpResponse:
    access, who = opened(request, person_id, item=f"contradiction:{contradiction_id}")
    one = reading.contradiction(access, contradiction_id)
    form = AnswerForm(request.POST or None, cells=reading.cells_of(request.actor.agency_id))
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_contradiction(by=request.actor, person_id=person_id, contradiction_id=contradiction_id, answer=form.cleaned_data["answer"], cell=form.chosen(), at=request.at)
        except NotNow as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "Answered. They are told on their pages; tell them the way they told you as well.")
            return HttpResponseRedirect(reverse("two_things", args=[person_id]), status=HTTPStatus.SEE_OTHER)
    return page(request, person_id, who, "answer", form=form, one=one, latest=answered_by(one.made_at))


def page(request: HttpRequest, person_id: int, who: object, template: str, form: Form | None = None, **words: object) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form and form.errors else HTTPStatus.OK
    common = {"who": identity(who, href=reverse("person", args=[person_id])), "person_id": person_id, "at": request.at} | ({"form": form} if form else {})
    return render(request, f"practitioner/contradictions/{template}.jinja", common | words, status=status)
