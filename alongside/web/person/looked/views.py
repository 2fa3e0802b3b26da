"""Who looked and why, whether the list is true, and what to do when a look was not right."""

import json
from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.common.decisions import NotKnown
from alongside.common.london import london_day
from alongside.confidentiality import queries
from alongside.confidentiality.actions import complaints as acts
from alongside.confidentiality.queries import Look, LooksPage
from alongside.web.design.formats import sentence_list
from alongside.web.design.pages import form_page, go_on
from alongside.web.entrance import person_page
from alongside.web.person.looked.forms import ComplaintForm
from alongside.web.person.reading import Reading, opened

LONGEST_NUMBER = 18


@person_page()
def who_looked(request: HttpRequest, person_id: int | None = None) -> HttpResponse:
    reading = opened(request, person_id, category="access_ledger", verb="view_ledger")
    page = asked_for(request, reading)
    return form_page(
        request, "person/looked/who_looked.jinja",
        {
            "reading": reading, "page": page, "days": by_day(page.looks), "agency": request.GET.get("agency", ""), "own_visits": "own_visits" in request.GET, "same": same_lines(request, page),
            "first": number(request, "upto") is None, "older": older(request, reading, page), "complaints": bool(queries.complaints(reading.access)), "at": request.at,
        },
    )


@person_page()
def check_page(request: HttpRequest, person_id: int | None = None) -> HttpResponse:
    """The lines of one page, checked: whether they stand as they were sealed, and who vouches for them."""
    reading = opened(request, person_id, category="access_ledger", verb="view_ledger", item="check")
    page = asked_for(request, reading)
    bundle = queries.prove_looks(reading.access, page)
    return render(
        request, "person/looked/check.jinja",
        {
            "reading": reading, "page": page, "checked": queries.check_looks(bundle) if bundle else None, "too_new": len(page.looks) - (len(bundle["lines"]) if bundle else 0),
            "back": f"{reading.url('who_looked')}?{same_lines(request, page)}", "same": same_lines(request, page), "sentence_list": sentence_list,
        },
    )


@person_page()
def proof(request: HttpRequest, person_id: int | None = None) -> HttpResponse:
    """A file with the proof of exactly the lines of one page, for `bin/verify-ledger` or anybody else's verifier."""
    reading = opened(request, person_id, category="access_ledger", verb="view_ledger", item="proof")
    bundle = queries.prove_looks(reading.access, asked_for(request, reading))
    if bundle is None:
        messages.info(request, "These lines are only seconds old. Try again in a moment.")
        return go_on(reading.url("who_looked"))
    return HttpResponse(json.dumps(bundle), content_type="application/json", headers={"Content-Disposition": 'attachment; filename="proof.json"', "Cache-Control": "no-store"})


@person_page("GET", "POST")
def complain(request: HttpRequest, line: int, person_id: int | None = None) -> HttpResponse:
    reading = opened(request, person_id, category="access_ledger", verb="view_ledger", item="complain")
    look = next(iter(queries.who_looked(reading.access, before=line + 1, limit=1)), None) if len(str(line)) <= LONGEST_NUMBER else None
    if look is None or look.line_id != line:
        raise NotKnown
    form = ComplaintForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.complain(by=request.actor, person_id=reading.access.person_id, text=form.cleaned_data["text"], line_id=line, at=request.at)
        messages.success(request, "We have your complaint.")
        return go_on(reading.url("complaints"))
    return render(
        request, "person/looked/complain.jinja", {"reading": reading, "form": form, "look": look, "latest": request.at + acts.ACKNOWLEDGE_WITHIN, "at": request.at},
    )


@person_page()
def complaints(request: HttpRequest, person_id: int | None = None) -> HttpResponse:
    """Where each complaint stands, and its answer."""
    reading = opened(request, person_id, category="access_ledger", verb="view_ledger", item="complaints")
    return render(request, "person/looked/complaints.jinja", {"reading": reading, "complaints": queries.complaints(reading.access), "outcomes": acts.OUTCOMES, "at": request.at})


def by_day(looks: Sequence[Look]) -> list[tuple[date, list[list[Look]]]]:
    """The lines of a page day by day; the same look of the same practitioner on one day is told once, with each of its times."""
    days: dict[date, dict[tuple[object, ...], list[Look]]] = {}
    for look in looks:
        days.setdefault(london_day(look.at), {}).setdefault((look.who, look.agency, look.did, look.refused, look.automatic), []).append(look)
    return [(day, list(alike.values())) for day, alike in days.items()]


# -- which lines --------------------------------------------------------------------------------------------------------------------------


def asked_for(request: HttpRequest, reading: Reading) -> LooksPage:
    return queries.looks_page(reading.access, upto=number(request, "upto"), agency=request.GET.get("agency", ""), own_visits="own_visits" in request.GET)


def number(request: HttpRequest, name: str) -> int | None:
    typed = request.GET.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_NUMBER else None


def same_lines(request: HttpRequest, page: LooksPage, *, upto: int | None = None) -> str:
    """The address that shows the very same lines again, however many have been written since."""
    kept = {name: request.GET[name] for name in ("agency", "own_visits") if request.GET.get(name)}
    first = upto or page.upto
    return urlencode(kept | ({"upto": first} if first else {}))


def older(request: HttpRequest, reading: Reading, page: LooksPage) -> str:
    return f"{reading.url('who_looked')}?{same_lines(request, page, upto=page.older)}" if page.older else ""
