"""The people a practitioner works with: who leads, since when, what is new, what is due. Fifty a page."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.confidentiality import gate
from alongside.confidentiality.gate import CaseloadPerson
from alongside.web.design.formats import age, date_words, day_of, plural
from alongside.web.design.rows import WorkRow
from alongside.web.entrance import practitioner_page

A_PAGE = 50
ORDERS = {"name": ("In order of name", "due", "Show what is due first"), "due": ("What is due first", "name", "Show in order of name")}


@practitioner_page()
def my_people(request: HttpRequest) -> HttpResponse:
    order = request.GET.get("order") if request.GET.get("order") in ORDERS else "name"
    number = page_number(request.GET.get("page", ""))
    ordered, other, offer = ORDERS[order]
    people = gate.caseload(request.actor, order=order, offset=(number - 1) * A_PAGE, limit=A_PAGE, at=request.at)
    everybody, today = people[0].everybody if people else 0, day_of(request.at)
    return render(
        request, "practitioner/my_people/my_people.jinja",
        {
            "rows": [person_row(person, today) for person in people], "everybody": everybody, "first": (number - 1) * A_PAGE + 1, "beyond": number > 1 and not people,
            "ordered": ordered, "otherwise": address(other, 1), "offer": offer,
            "newer": address(order, number - 1) if number > 1 else "", "older": address(order, number + 1) if number * A_PAGE < everybody else "", "at": request.at,
        },
    )


def page_number(text: str) -> int:
    """A page that nobody could have meant is the first."""
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def address(order: str, number: int) -> str:
    asked = ({"order": order} if order != "name" else {}) | ({"page": number} if number > 1 else {})
    return reverse("my_people") + (f"?{urlencode(asked)}" if asked else "")


def person_row(person: CaseloadPerson, on: date) -> WorkRow:
    name = f"{person.given_name} {person.family_name}".strip() or "Name not known"
    return WorkRow(
        f"{name} ({person.known_as})" if person.known_as else name, f"/people/{person.id}/", person.due_at, age(person.date_of_birth, on) if person.date_of_birth else "Age not known",
        " · ".join(told(person)), "New" if person.unread else "", "blue" if person.unread else "",
    )


def told(person: CaseloadPerson) -> Iterator[str]:
    yield "You lead" if person.mine else f"Lead: {person.lead}" if person.lead else "Nobody leads"
    if person.covering:
        yield f"Covering for {person.covering}"
    yield f"Since {date_words(person.since)}"
    yield f"Last entry {date_words(person.changed_on)}" if person.changed_on else "No entry by you or sent to you"
    if person.due_count > 1:
        yield f"{plural(person.due_count, 'thing')} due"
