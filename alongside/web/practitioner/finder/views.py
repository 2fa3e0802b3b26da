"""Find a person, through the one audited door. What was asked never stands in an address."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.common.identifiers import NotAnIdentifier, parse_nhs_number
from alongside.confidentiality.gate import FoundPerson
from alongside.web.design.pages import go_on
from alongside.web.entrance import practitioner_page
from alongside.web.practitioner.entry.companions import from_finder
from alongside.web.practitioner.finder.asking import ask
from alongside.web.practitioner.finder.forms import FindForm
from alongside.web.practitioner.opening import address_of


@practitioner_page("GET", "POST")
def find(request: HttpRequest) -> HttpResponse:
    form = FindForm(request.POST or None)
    found, problems, status = None, (), HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        found, problems = ask(request.actor, form.cleaned_data["question"], at=request.at)
        if found and not request.htmx and nobody_else(form.cleaned_data["question"], found):
            return go_on(reverse("person", args=[found[0].id]))
    elif request.method == "POST":
        problems, status = tuple(form.errors.get("question", ())) if request.htmx else (), HTTPStatus.UNPROCESSABLE_ENTITY
    words = {"form": form, "found": found, "problems": problems, "at": request.at, "register": address_of("register_person"), "emergency": lambda person_id: address_of("break_glass", person_id),
             "signed": lambda one: from_finder(one).choice(request.actor)}
    return render(request, "practitioner/finder/_found.jinja" if request.htmx else "practitioner/finder/find.jinja", words, status=HTTPStatus.OK if request.htmx else status)


def nobody_else(question: str, found: list[FoundPerson]) -> bool:
    """Whether a whole NHS number was asked and is the number of somebody the reader works with: then there is nothing to choose."""
    try:
        return len(found) == 1 and found[0].scope == "known" and found[0].nhs_number == parse_nhs_number(question)
    except NotAnIdentifier:
        return False
