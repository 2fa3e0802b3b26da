"""A person's record as a practitioner sees it: who, what matters, who is involved, what happened."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.confidentiality.queries import relationships
from alongside.people import queries as people
from alongside.records import queries
from alongside.records.rules.kinds import kind_or_plain
from alongside.web.design.rows import Event
from alongside.web.entrance import practitioner_page
from alongside.web.practitioner.opening import identity, opened


@practitioner_page()
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    access, who = opened(request, person_id)
    profile = people.profile(access)
    rows = queries.chronology(access)
    events = [
        Event(
            when=row.happened_at, title=row.headline, who=f"{kind_or_plain(row.kind).name}. {row.byline}", text=row.account, own_words=row.words_of_person, unread=row.new,
            details=[(label, words) for label, words in (("Effect", row.effect), ("Action", row.action_taken), ("Why nothing was done", row.no_action_reason)) if words],
        )
        for row in rows
    ]
    return render(
        request, "practitioner/record/person.jinja",
        {"who": identity(who, profile=profile), "profile": profile, "involved": relationships(access), "events": events, "access": access, "person_id": person_id, "at": request.at},
    )  # fmt: skip
