"""What a person agreed to, keeps from somebody and wants to decide, as a practitioner reads it; and writing down a new answer for somebody who is not on these pages."""


from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.confidentiality import queries
from alongside.confidentiality.actions import choices as acts
from alongside.people import queries as people
from alongside.web.design.pages import form_page, go_to
from alongside.web.entrance import practitioner_page
from alongside.web.person.choices.forms import LEVELS, TOPICS
from alongside.web.person.words import REACHED, SAID_BY, STATES, category_words
from alongside.web.practitioner.choices.forms import AnswerForm, InvolvementForm, ObjectionForm
from alongside.web.practitioner.opening import about, identity, opened

COULD = {"has": "They could decide", "competent": "They could decide", "lacks": "They could not decide", "not_competent": "They could not decide", "unknown": "It was not clear whether they could decide"}


@practitioner_page()
def choices(request: HttpRequest, person_id: int) -> HttpResponse:
    access, who = opened(request, person_id, item="choices")
    given = queries.consents(access)
    return form_page(
        request, "practitioner/choices/choices.jinja",
        {
            "who": identity(who, href=reverse("person", args=[person_id])), "person_id": person_id, "standing": [one for one in given if one.ended_at is None],
            "earlier": [one for one in given if one.ended_at is not None], "objections": queries.objections(access), "involvements": queries.involvements(access),
            "judgements": queries.capacity_judgements(access)[:3], "safe_contact": people.safe_contact(access), "states": STATES, "said_by": SAID_BY, "reached": REACHED, "could": COULD,
            "category_words": category_words, "agencies": dict(helping(access)), "levels": dict(LEVELS), "topics": dict(TOPICS), "at": request.at,
        },
    )


@practitioner_page("GET", "POST")
def record_answer(request: HttpRequest, person_id: int) -> HttpResponse:
    access, who = opened(request, person_id, item="choices")
    form = AnswerForm(request.POST or None, child=about(who, request).kind == "child", agencies=helping(access))
    if request.method == "POST" and form.is_valid():
        acts.record_consent(by=request.actor, person_id=person_id, answer=form.told(), at=request.at)
        return saved(request, person_id, "Saved. It counts from now on, and everybody who uses the record is told of a no.")
    return asked(request, person_id, who, form, "Write down an answer", ("state", "words", "how", "said_by", "competence", "doubt", "until"))


@practitioner_page("GET", "POST")
def record_objection(request: HttpRequest, person_id: int) -> HttpResponse:
    access, who = opened(request, person_id, item="choices")
    form = ObjectionForm(request.POST or None, agencies=helping(access))
    if request.method == "POST" and form.is_valid():
        acts.object_to(by=request.actor, person_id=person_id, how=form.cleaned_data["how"], at=request.at, **form.kept)
        return saved(request, person_id, "Saved. It counts from now on, and everybody who uses the record is told.")
    return asked(request, person_id, who, form, "Write down what they keep from somebody", ("category", "agency", "words", "how"))


@practitioner_page("POST")
def take_back(request: HttpRequest, person_id: int, objection_id: int) -> HttpResponse:
    acts.take_back_objection(by=request.actor, person_id=person_id, objection_id=objection_id, how="told to a practitioner", at=request.at)
    return saved(request, person_id, "Taken back, as they asked.")


@practitioner_page("GET", "POST")
def record_deciding(request: HttpRequest, person_id: int) -> HttpResponse:
    _, who = opened(request, person_id, item="choices")
    form = InvolvementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.choose_involvement(by=request.actor, person_id=person_id, at=request.at, **form.cleaned_data)
        return saved(request, person_id, "Saved.")
    return asked(request, person_id, who, form, "Write down how much they want to decide", ("topic", "level", "delegate", "words", "how", "said_by", "ask_again_on"))


def helping(access: object) -> list[tuple[int, str]]:
    return sorted({(one.agency_id, one.agency.name) for one in queries.relationships(access)}, key=lambda one: one[1])


def saved(request: HttpRequest, person_id: int, words: str) -> HttpResponse:
    messages.success(request, words)
    return go_to("choices", person_id)


def asked(request: HttpRequest, person_id: int, who: object, form: object, heading: str, order: tuple[str, ...]) -> HttpResponse:
    return render(
        request, "practitioner/choices/record.jinja",
        {"form": form, "fields": [form[name] for name in order], "heading": heading, "who": identity(who), "person_id": person_id, "at": request.at},
    )
