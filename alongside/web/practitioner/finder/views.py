"""Find a person, through the one audited door."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.confidentiality import gate
from alongside.people.rules.question import read_question
from alongside.web.entrance import practitioner_page
from alongside.web.practitioner.finder.forms import FindForm


@practitioner_page("GET", "POST")
def find(request: HttpRequest) -> HttpResponse:
    form = FindForm(request.POST or None)
    found, problems = None, ()
    if request.method == "POST" and form.is_valid():
        asked = read_question(form.cleaned_data["question"], today=request.at.date())
        problems = asked.problems
        found = gate.find_people(
            request.actor, words=asked.words, sounds=asked.sounds, initials=asked.initials, born=asked.born, born_from=asked.born_from, born_until=asked.born_until,
            nhs_number=asked.nhs_number, upn=asked.upn, at=request.at,
        )  # fmt: skip
    return render(request, "practitioner/finder/find.jinja", {"form": form, "found": found, "problems": problems, "at": request.at})
