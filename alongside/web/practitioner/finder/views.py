"""Find a person, through the one audited door. What was asked never stands in an address."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.web.entrance import practitioner_page
from alongside.web.practitioner.finder.asking import ask
from alongside.web.practitioner.finder.forms import FindForm
from alongside.web.practitioner.opening import address_of


@practitioner_page("GET", "POST")
def find(request: HttpRequest) -> HttpResponse:
    form = FindForm(request.POST or None)
    found, problems, status = None, (), HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        found, problems = ask(request.actor, form.cleaned_data["question"], at=request.at)
    elif request.method == "POST":
        problems, status = tuple(form.errors.get("question", ())) if request.htmx else (), HTTPStatus.UNPROCESSABLE_ENTITY
    words = {"form": form, "found": found, "problems": problems, "at": request.at, "register": address_of("register_person"), "emergency": lambda person_id: address_of("break_glass", person_id)}
    return render(request, "practitioner/finder/_found.jinja" if request.htmx else "practitioner/finder/find.jinja", words, status=HTTPStatus.OK if request.htmx else status)
