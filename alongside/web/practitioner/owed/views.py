"""Answering what the gate asked of somebody: done, no longer needed, or looked at again."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from alongside.common.decisions import NotKnown
from alongside.confidentiality import gate, queries
from alongside.confidentiality.actions.documents import NotTheSecond, check_document
from alongside.confidentiality.actions.letting_in import answers_seen
from alongside.confidentiality.actions.obligations import HELD_THINGS, AnswerWanting, answer_obligation, look_again
from alongside.people.queries import names_of
from alongside.web.entrance import practitioner_page
from alongside.web.practitioner.owed.forms import AnswerForm, CheckDocumentForm, LookAgainForm


@practitioner_page("GET", "POST", purpose="service_management")
def owed(request: HttpRequest, obligation_id: int) -> HttpResponse:
    found = queries.obligation(request.actor, obligation_id)
    if found is None:
        raise NotKnown
    thing, _, number = found.about.partition(":")
    if found.code == "review_within_24h" and thing == "break_glass":
        return HttpResponseRedirect(reverse("judge_emergency", args=[number]))
    if thing == "complaint":
        return HttpResponseRedirect(reverse("complaint", args=[number]))
    if thing == "ending":
        return HttpResponseRedirect(reverse("answer_ending", args=[number]))
    if thing == "letting_in" and found.code == "second_person_approval":
        return HttpResponseRedirect(reverse("answer_letting_in", args=[number]))
    if found.code == "answer_seen" and found.person_id:
        answers_seen(by=request.actor, person_id=found.person_id, at=request.at)
        return HttpResponseRedirect(reverse("own_pages", args=[found.person_id]))
    if thing == "contradiction" and found.person_id:
        return HttpResponseRedirect(reverse("answer_two_things", args=[found.person_id, number]))
    if thing == "readers":
        return HttpResponseRedirect(reverse("readers_wanted", args=[number]))
    if found.code == "second_person_approval" and thing == "document" and found.person_id:
        return checked(request, found, int(number))
    kind = LookAgainForm if thing in HELD_THINGS else AnswerForm
    form = kind(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        try:
            if kind is LookAgainForm:
                look_again(by=request.actor, obligation_id=found.pk, let_go=words["outcome"] == "let_go", note=words["note"], until=words["until"], at=request.at)
            else:
                answer_obligation(by=request.actor, obligation_id=found.pk, needed=words["outcome"] == "done", note=words["note"], at=request.at)
        except AnswerWanting as wanting:
            form.add_error("until" if kind is LookAgainForm and words["outcome"] == "keep" else "note", str(wanting))
        else:
            return answered(request)
    if request.method == "GET":
        gate.note(verb="read", category="index_entry", purpose="service_management", decision="permit", person_id=found.person_id, item=f"obligation:{found.pk}")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "practitioner/owed/owed.jinja", {"owed": found, "form": form, "looks_again": kind is LookAgainForm, "about": names_of([found.person_id]).get(found.person_id) if found.person_id else None, "at": request.at}, status=status)


def checked(request: HttpRequest, found: object, document_id: int) -> HttpResponse:
    """A paper that waits for a second practitioner: the gate opens the record before anything of it is shown."""
    access = gate.open_record(request.actor, found.person_id, purpose="direct_care", item=f"document:{document_id}", at=request.at)
    document = next((one for one in queries.documents(access) if one.pk == document_id), None)
    if document is None:
        raise NotKnown
    form = CheckDocumentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        try:
            check_document(by=request.actor, person_id=found.person_id, document_id=document_id, genuine=words["outcome"] == "genuine", note=words["note"], at=request.at)
        except NotTheSecond as same:
            form.add_error("outcome", str(same))
        else:
            return answered(request)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "practitioner/owed/check_document.jinja", {"owed": found, "document": document, "form": form, "at": request.at}, status=status)


def answered(request: HttpRequest) -> HttpResponse:
    """On to the next thing, so that a list is worked through without going back to it."""
    messages.success(request, "Answered.")
    following = next(iter(queries.my_obligations(request.actor)), None)
    return HttpResponseRedirect(reverse("obligation", args=[following.pk]) if following and request.POST.get("step") == "next" else reverse("my_work"), status=HTTPStatus.SEE_OTHER)
