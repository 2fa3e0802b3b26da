"""Register somebody who has no record yet; first, who there is already who could be the same."""


from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from alongside.confidentiality import gate
from alongside.confidentiality.gate import FoundPerson
from alongside.people import actions
from alongside.people.facts import PersonDetails
from alongside.people.rules.names import search_name
from alongside.people.rules.sounds import sounds
from alongside.web.design.pages import form_page, go_to
from alongside.web.entrance import practitioner_page
from alongside.web.practitioner.register.forms import RegisterForm

CLOSE_ENOUGH = 0.6


@practitioner_page("GET", "POST")
def register_person(request: HttpRequest) -> HttpResponse:
    """The gate is asked through the finder, whatever is typed: whoever may not search may not register. Nobody hidden is ever among the doubles."""
    form = RegisterForm(request.POST if request.method == "POST" else None)
    doubles: list[FoundPerson] = []
    sure = False
    if request.method == "POST" and form.is_valid():
        doubles = possible_doubles(request, form.details)
        if request.POST.get("step") == "register" or not doubles:
            who = form.details
            person_id = actions.register_person(
                given_name=who.given_name, family_name=who.family_name, known_as=who.known_as, pronouns=who.pronouns, date_of_birth=who.date_of_birth,
                birth_date_estimated=who.birth_date_estimated, nhs_number=who.nhs_number, upn=who.upn, key=form.cleaned_data["key"], allocated=True,
            )
            messages.success(request, "Registered. You are their lead practitioner. Now add how to treat them and how they may be reached.")
            return go_to("person_details", person_id)
        sure = True
    return form_page(request, "practitioner/register/register_person.jinja", {"form": form, "doubles": doubles, "sure": sure, "at": request.at})


def possible_doubles(request: HttpRequest, who: PersonDetails) -> list[FoundPerson]:
    """People the reader may learn of who have the same number, or nearly the same name and no other birth date."""
    found = gate.find_people(request.actor, nhs_number=who.nhs_number, at=request.at) if who.nhs_number else []
    names = [name for name in (who.given_name, who.family_name) if name] or [who.known_as]
    found += gate.find_people(request.actor, words=search_name(names), sounds=sounds(names), born=who.date_of_birth, at=request.at)
    return list({one.id: one for one in found if one.closeness >= CLOSE_ENOUGH or one.scope == "index"}.values())
