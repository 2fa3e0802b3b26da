"""The person's own pages: my record in plain words, and who looked and why."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.common.decisions import NotKnown
from alongside.confidentiality import gate
from alongside.confidentiality.queries import person_notices, relationships, who_looked
from alongside.people import queries as people
from alongside.records import queries
from alongside.web.design.rows import Event
from alongside.web.entrance import person_page

DID = {
    "read": "read your record", "write": "wrote in your record", "search": "looked for a name and found yours", "share_to": "shared something about you",
    "break_glass": "opened your record in an emergency", "view_ledger": "looked at who looked",
}  # fmt: skip
FOR = {
    "direct_care": "to help with your care", "safeguarding_child": "to keep a child safe", "safeguarding_adult": "to keep you safe", "portal_view": "on this site",
    "supervision": "to supervise a colleague", "child_in_need_service": "to help your family",
}  # fmt: skip


def own(request: HttpRequest, *, category: str = "whole_record", verb: str = "read"):
    if request.actor.own_person_id is None:
        raise NotKnown
    return gate.open_record(request.actor, request.actor.own_person_id, purpose="portal_view", verb=verb, category=category, claim="uk_gdpr_art15", at=request.at)


@person_page()
def my_record(request: HttpRequest) -> HttpResponse:
    access = own(request)
    events = [
        Event(when=row.happened_at, title=row.headline, who=row.byline, text=row.account, own_words=row.words_of_person, details=[("What was done", row.action_taken)] if row.action_taken else [])
        for row in queries.chronology(access, for_the_screen_of_the_person=True)
    ]
    return render(
        request, "person/my_record.jinja",
        {"person": people.person(access), "events": events, "involved": relationships(access), "notices": person_notices(access), "at": request.at},
    )  # fmt: skip


@person_page()
def who_looked_page(request: HttpRequest) -> HttpResponse:
    access = own(request, category="access_ledger", verb="view_ledger")
    lines = [
        (look.at, look.who, look.agency, "saw your name on a list" if look.on_a_list else DID.get(look.verb, look.verb.replace("_", " ")), FOR.get(look.purpose, look.purpose.replace("_", " ")),
         look.decision in ("deny", "refer"), look.automatic)
        for look in who_looked(access)
    ]  # fmt: skip
    return render(request, "person/who_looked.jinja", {"lines": lines, "at": request.at})
