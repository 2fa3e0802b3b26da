"""Who reads a record as their own: asked for by whoever works with the person, ended by them at any moment."""


from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.agencies.facts import CannotBe
from alongside.common.decisions import NotKnown
from alongside.confidentiality import gate
from alongside.confidentiality.actions.letting_in import answers_seen
from alongside.confidentiality.actions.letting_in import ask_to_let_in as ask
from alongside.confidentiality.queries.letting_in import let_in_already, letting_in_of
from alongside.people.actions import end_representation
from alongside.people.facts import Stands
from alongside.web.design.pages import form_page, go_to
from alongside.web.entrance import practitioner_page
from alongside.web.person.words import parts_words
from alongside.web.practitioner.opening import identity, opened
from alongside.web.practitioner.own_pages.forms import STANDS, AskForHelperForm, AskToLetInForm, EndOwnPagesForm
from alongside.web.sign_in.invitation import code_to_give

RELATIONS = {"self": "Themself", "parental_responsibility": "Has parental responsibility", "no_parental_responsibility": "Family, without parental responsibility", "proxy": "Acts for them"}
AUTHORITIES = {"lpa_health_welfare": "attorney for health and welfare", "lpa_property_finance": "attorney for money", "deputy": "deputy", "personal_representative": "personal representative", "consent": "their own choice"}
CATEGORY = "contact_details"


@practitioner_page()
def own_pages(request: HttpRequest, person_id: int) -> HttpResponse:
    access, who = opened(request, person_id, item="own pages")
    if not access.allows(CATEGORY):
        raise NotKnown
    answers_seen(by=request.actor, person_id=access.person_id, at=request.at)
    words = {
        "who": identity(who, href=reverse("person", args=[person_id])), "person_id": person_id, "at": request.at, "readers": let_in_already(access), "asked": letting_in_of(access),
        "relations": RELATIONS, "authorities": AUTHORITIES, "stands": {one.value: said for one, said in STANDS.items()}, "parts_words": parts_words, "code_to_give": code_to_give,
    }
    return render(request, "practitioner/own_pages/own_pages.jinja", words)


@practitioner_page("GET", "POST")
def ask_to_let_in(request: HttpRequest, person_id: int) -> HttpResponse:
    return fill_in(request, person_id, AskToLetInForm(request.POST or None))


@practitioner_page("GET", "POST")
def ask_for_helper(request: HttpRequest, person_id: int) -> HttpResponse:
    """Somebody whom the person chose: for what they ticked, until a day."""
    return fill_in(request, person_id, AskForHelperForm(request.POST or None))


def fill_in(request: HttpRequest, person_id: int, form: AskToLetInForm) -> HttpResponse:
    access, who = opened_to_write(request, person_id)
    if request.method == "POST" and form.is_valid():
        typed = {name: value for name, value in form.cleaned_data.items() if name not in ("stands", "safe")} | {"key": form.key_given}
        try:
            ask(access=access, by=request.actor, stands=Stands(form.cleaned_data.get("stands", Stands.HELPER)), **typed, at=request.at)
        except CannotBe as no:
            form.add_error(no.field or None, str(no))
        else:
            messages.success(request, "Asked. The records office lets them in or says why not. You find it in your work.")
            return go_to("own_pages", person_id)
    words = {"who": identity(who), "person_id": person_id, "form": form, "helper": isinstance(form, AskForHelperForm), "at": request.at}
    return form_page(request, "practitioner/own_pages/ask.jinja", words)


@practitioner_page("GET", "POST")
def end_own_pages(request: HttpRequest, person_id: int, representation_id: int) -> HttpResponse:
    form = EndOwnPagesForm(request.POST or None)
    ending = request.method == "POST" and form.is_valid()
    access, who = opened_to_write(request, person_id, reason=form.cleaned_data["reason"] if ending else "")
    reader = next((one for one in let_in_already(access) if one.pk == representation_id), None)
    if reader is None:
        raise NotKnown
    if ending:
        end_representation(access=access, row_id=representation_id)
        messages.success(request, "They no longer read this record, from this moment.")
        return go_to("own_pages", person_id)
    words = {"who": identity(who), "person_id": person_id, "form": form, "reader": reader, "relations": RELATIONS, "authorities": AUTHORITIES, "at": request.at}
    return form_page(request, "practitioner/own_pages/end.jinja", words)


def opened_to_write(request: HttpRequest, person_id: int, *, reason: str = "") -> tuple[object, object]:
    from alongside.people import queries as people

    writing = request.method == "POST"
    access = gate.open_record(
        request.actor, person_id, verb="write" if writing else "read", category=CATEGORY, purpose="direct_care", at=request.at, item="own pages", write=writing, reason=reason,
    )
    person = people.person(access)
    if person is None or not access.allows(CATEGORY):
        raise NotKnown
    return access, person
