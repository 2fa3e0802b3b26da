"""A person's record as a practitioner sees it: who, what matters, who is involved, what is due, what happened."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.common.access import Access
from alongside.confidentiality.queries import my_obligations, relationships
from alongside.people import queries as people
from alongside.records import queries
from alongside.records.queries import Pressing
from alongside.web.design.rows import WorkRow
from alongside.web.entrance import practitioner_page
from alongside.web.practitioner.entry.grounds import PURPOSES
from alongside.web.practitioner.my_work.waiting import obligation_waits, share_waits
from alongside.web.practitioner.opening import address_of, identity, opened
from alongside.web.practitioner.record.chronology import woven

LATEST = 10


@practitioner_page()
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """The first screen: a stranger must be able to pick this person up at night."""
    access, who = opened(request, person_id)
    profile = getattr(who, "profile", None)
    rows = queries.chronology(access, limit=LATEST + 1)
    involved, presses = relationships(access), queries.pressing(access)
    told = queries.told_in_brief(request.actor, access, since=rows[LATEST - 1].happened_at if len(rows) > LATEST else None) if presses.told else []
    words = {
        "who": identity(who, profile=profile), "profile": profile, "involved": involved, "events": woven(rows[:LATEST], told, person_id), "more": len(rows) > LATEST,
        "last": max(rows, key=lambda row: row.written_at, default=None), "new": sum(row.new for row in rows), "due": due_for(request, access, presses), "notes": access.notes,
        "warnings": warnings(access, presses, request.at), "person_id": person_id, "at": request.at,
        "opened_for": PURPOSES[access.purpose], "ways": [(text, href) for text, href in ((text, address_of(name, person_id)) for text, name in WAYS) if href],
    }
    return render(request, "practitioner/record/person.jinja", words)


WAYS = (("Details and family", "person_details"), ("Choices and agreement", "choices"), ("Protection", "protection"), ("Who is involved", "involvement"), ("Told two different things", "two_things"), ("Own pages", "own_pages"))


def due_for(request: HttpRequest, access: Access, presses: Pressing) -> list[WorkRow]:
    """What I owe about this person, soonest first."""
    waiting = [share_waits(one, request.actor) for one in queries.inbox(request.actor, about=access.person_id)] if presses.shares else []
    waiting += [obligation_waits(one) for one in my_obligations(request.actor, about=access.person_id)] if presses.obligations else []
    return [one.row({}) for one in waiting]


MARKERS = {
    "address_concealed": "Their address is kept secret. Do not write it in an entry, a letter or a message", "portal_unsafe": "Somebody may watch their screen. Send nothing there that could put them at risk",
    "domestic_abuse_victim": "They have lived through domestic abuse", "deceased": "They have died",
}


def warnings(access: Access, presses: Pressing, at: datetime) -> list[tuple[str, str]]:
    """What one must know before acting, each with its reason and when it is looked at again; what has passed its review says so."""
    marked = [(MARKERS.get(one.flag, one.flag.replace("_", " ").capitalize()), one.reason, one.review_on) for one in (people.markers(access) if presses.markers else ())]
    unsafe = [(f"Not safe with {one.name}" if one.name else "Not safe at an address on their details", one.reason, one.review_on) for one in (people.unsafe_with(access) if presses.unsafe else ())]
    return [
        (title, " ".join(part for part in (reason, f"To be reviewed by {due:%d %B %Y}." if due and due >= at.date() else "Review is overdue." if due else "") if part))
        for title, reason, due in [*unsafe, *marked]
    ]
