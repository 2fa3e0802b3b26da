"""Help, and whose record to read: pages that show nothing that happened."""

from contextlib import suppress
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.common.decisions import NotKnown, Refused
from alongside.confidentiality import gate
from alongside.confidentiality.queries import relationships
from alongside.people import queries as people
from alongside.web.entrance import person_page
from alongside.web.person.reading import opened, point_the_ways, url_for


@dataclass(frozen=True, slots=True)
class Choice:
    name: str
    href: str


@person_page()
def help_page(request: HttpRequest, person_id: int | None = None) -> HttpResponse:
    reading = opened(request, person_id, category="index_entry", item="help")
    helpers = relationships(reading.access)
    return render(request, "person/support/help.jinja", {"reading": reading, "helpers": helpers, "at": request.at})


@person_page()
def whose(request: HttpRequest) -> HttpResponse:
    """Whose record one may read: one's own, and of those one acts for each whom the gate permits. Whom it does not permit is not here, and leaves no gap."""
    point_the_ways(request, None)
    found = []
    for person_id in people.acts_for(request.actor, at=request.at):
        with suppress(Refused, NotKnown):
            access = gate.open_record(request.actor, person_id, category="index_entry", purpose="portal_view", claim=people.stands_for(request.actor, person_id, at=request.at), item="whose record", at=request.at)
            person = people.person(access)
            found.append(Choice(person.known_as or person.given_name, url_for("my_record", of=person_id)))
    return render(request, "person/support/whose.jinja", {"own": request.actor.own_person_id is not None, "choices": sorted(found, key=lambda one: one.name), "at": request.at})
