"""A person's details: read them, add to them, put them right, end what is over. Each noun opens with its own category, at the gate."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.common.access import Access
from alongside.common.decisions import Conflict, NotKnown
from alongside.confidentiality import gate
from alongside.linkage.queries import other_records
from alongside.people import queries as people
from alongside.people.actions import NotYoursToSet
from alongside.web.design.forms import Form
from alongside.web.design.pages import go_on
from alongside.web.entrance import practitioner_page
from alongside.web.practitioner.details.forms import EndForm
from alongside.web.practitioner.details.sections import SECTIONS, Row, Section
from alongside.web.practitioner.opening import identity, opened


@practitioner_page()
def person_details(request: HttpRequest, person_id: int) -> HttpResponse:
    access, who = opened(request, person_id, item="details")
    shown = [(section, section.summary(access) if section.summary else section.rows(access, request.at)) for section in SECTIONS.values() if access.allows(section.category)]
    words = {"who": identity(who, href=reverse("person", args=[person_id])), "sections": shown, "others": other_records(access), "person_id": person_id, "at": request.at}
    return render(request, "practitioner/details/details.jinja", words)


@practitioner_page("GET", "POST")
def add_detail(request: HttpRequest, person_id: int, noun: str) -> HttpResponse:
    section = section_of(noun, many=True)
    return typed(request, person_id, section, row_id=None, title=f"Add {section.one}")


@practitioner_page("GET", "POST")
def change_detail(request: HttpRequest, person_id: int, noun: str, row_id: int | None = None) -> HttpResponse:
    section = section_of(noun, many=row_id is not None)
    return typed(request, person_id, section, row_id=row_id, title=f"Change {section.one}")


@practitioner_page("GET", "POST")
def end_detail(request: HttpRequest, person_id: int, noun: str, row_id: int) -> HttpResponse:
    section = section_of(noun, many=True)
    access = open_for(request, person_id, section)
    form = EndForm(request.POST or None) if section.end_needs_reason else None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            section.end(access, row_id, form.cleaned_data["reason"] if form else "", request.at)
        except NotYoursToSet as no:
            form.add_error("reason", str(no))
        else:
            return saved(request, person_id, section, "It is no longer in force.")
    row = row_of(section, access, row_id, request)
    words = {"section": section, "row": row, "who": identity(people.person(access)), "person_id": person_id, "at": request.at} | ({"form": form} if form else {})
    return render(request, "practitioner/details/end_detail.jinja", words, status=status_of(form))


def typed(request: HttpRequest, person_id: int, section: Section, *, row_id: int | None, title: str) -> HttpResponse:
    """Show the form, or save it: what changes is written anew and the row before it ends, so that nothing that was known is lost."""
    access = open_for(request, person_id, section)
    row = row_of(section, access, row_id, request) if row_id is not None else None
    before = row.initial if row else section.initial(access) if section.initial else {}
    options = {"role": request.actor.role} if section.noun == "markers" else {}
    form = section.form(request.POST if request.method == "POST" else None, initial=before, **options)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            if row is not None and section.end is not None:
                section.end(access, row.id, "Put right", request.at)
            section.save(request, access, form)
        except NotYoursToSet as no:
            form.add_error(None, str(no))
        except Conflict as other:
            conflict = other.texts
        else:
            return saved(request, person_id, section, "Saved.")
    words = {
        "form": form, "section": section, "title": title, "who": identity(people.person(access)), "person_id": person_id, "at": request.at, "conflict": conflict,
        "seen": version(section, access) if conflict or request.method == "GET" else request.POST.get("seen", ""),
    }
    return render(request, "practitioner/details/detail_form.jinja", words, status=HTTPStatus.CONFLICT if conflict else status_of(form))


def open_for(request: HttpRequest, person_id: int, section: Section) -> Access:
    """Open the record for this noun: to read it, or, when the form was sent, to write it."""
    writing = request.method == "POST"
    access = gate.open_record(
        request.actor, person_id, verb="write" if writing else "read", category=section.category, purpose="direct_care", at=request.at, item=f"details:{section.noun}", write=writing,
    )
    if not access.allows(section.category) or people.person(access) is None:
        raise NotKnown
    return access


def section_of(noun: str, *, many: bool) -> Section:
    section = SECTIONS.get(noun)
    if section is None or (section.rows is not None) is not many:
        raise NotKnown
    return section


def row_of(section: Section, access: Access, row_id: int, request: HttpRequest) -> Row:
    for row in section.rows(access, request.at) if section.rows else ():
        if row.id == row_id:
            return row
    raise NotKnown


def version(section: Section, access: Access) -> str:
    said = people.profile(access) if section.noun == "profile" else None
    return said.changed_at.isoformat() if said else ""


def saved(request: HttpRequest, person_id: int, section: Section, words: str) -> HttpResponse:
    messages.success(request, f"{section.title}: {words}")
    return go_on(reverse("person_details", args=[person_id]) + f"#{section.noun}")


def status_of(form: Form | None) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form is not None and form.errors else HTTPStatus.OK
