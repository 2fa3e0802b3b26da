"""My record: what matters to me, who helps me, what I was told and what happened; and my own words beside it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from alongside.confidentiality import gate
from alongside.confidentiality.queries import person_notices, relationships
from alongside.people import queries as people
from alongside.people.actions import set_profile
from alongside.records import queries
from alongside.records.actions.own_words import add_own_words, who_can_be_told_alone
from alongside.records.rules.kinds import kind_or_plain
from alongside.web.design.formats import sentence_list
from alongside.web.design.numbers import number
from alongside.web.design.pages import form_page, go_on
from alongside.web.entrance import person_page
from alongside.web.person.reading import Reading, opened
from alongside.web.person.record.forms import DANGER, EVERYBODY, AboutMeForm, NoteForm, StatementForm
from alongside.web.person.words import HONEST_LIMITS, parts_words

ON_A_PAGE = 20


@person_page()
def my_record(request: HttpRequest, person_id: int | None = None) -> HttpResponse:
    if person_id is None and request.actor.own_person_id is None:
        return HttpResponseRedirect(reverse("whose_record"))  # who only acts for others begins by saying for whom
    reading = opened(request, person_id)
    access = reading.access
    rows = queries.chronology(access, for_the_screen_of_the_person=True, limit=200)
    page = max(1, number(request.GET.get("page"), most=99_999) or 1)
    written = queries.own_words(access)
    shown = {row.entry_id for row in rows}
    beside = {row.entry_id: [one for one in written.values() if one.beside == row.entry_id] for row in rows}
    alone = [row for row in rows if row.entry_id not in written or written[row.entry_id].beside not in shown]
    start = (page - 1) * ON_A_PAGE
    return render(
        request, "person/record/my_record.jinja",
        {
            "reading": reading, "profile": people.profile(access), "notices": person_notices(access), "involved": relationships(access),
            "events": alone[start : start + ON_A_PAGE], "beside": beside, "written": written, "kind": kind_or_plain,
            "lent": parts_words(access.categories), "others": bool(people.acts_for(request.actor, at=request.at)) or not reading.own, "page": page, "more": len(alone) > start + ON_A_PAGE, "at": request.at,
        },
    )


@person_page("GET", "POST")
def about_me(request: HttpRequest, person_id: int | None = None) -> HttpResponse:
    reading = opened(request, person_id, to_write=True)
    now = people.profile(reading.access)
    form = AboutMeForm(request.POST or None, initial={name: getattr(now, name) for name in AboutMeForm.base_fields} if now else None)
    if request.method == "POST" and form.is_valid():
        access = gate.open_record(
            request.actor, reading.access.person_id, verb="write", category="index_entry", purpose="portal_view", claim=reading.access.basis, write=True, item="profile", at=request.at,
        )
        set_profile(person_id=access.person_id, at=request.at, written_by_person=reading.own, **form.cleaned_data)
        messages.success(request, "Saved. Everybody who helps sees it first.")
        return go_on(reading.url("my_record"))
    return answered(request, "person/record/about_me.jinja", reading, form)


@person_page("GET", "POST")
def write(request: HttpRequest, person_id: int | None = None) -> HttpResponse:
    """A note in one's own words, to everybody who helps or to one of them alone."""
    reading = opened(request, person_id, to_write=True)
    helpers = [(str(one.practitioner_id), one.name) for one in who_can_be_told_alone(request.actor, reading.access.person_id, at=request.at)]
    form = NoteForm(request.POST or None, helpers=helpers)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        recorded = add_own_words(
            by=request.actor, about=reading.facts, words=words["words"], key=form.key_given, in_danger=words["who"] == DANGER,
            only_for=int(words["who"]) if words["who"] not in (EVERYBODY, DANGER) else None, not_online=words["screen"] == "no", at=request.at,
        )
        told = sorted({f"{one.team}, {one.agency}" for one in recorded.outcomes if one.outcome == "share"})
        messages.success(request, f"Saved. It has gone to {sentence_list(told)}." if told else "Saved. Nobody has been told of it.")
        return go_on(reading.url("my_record"))
    return answered(request, "person/record/write.jinja", reading, form, limits=HONEST_LIMITS)


@person_page("GET", "POST")
def my_side(request: HttpRequest, reference: UUID, person_id: int | None = None) -> HttpResponse:
    """A statement of one's own beside an entry that somebody else wrote; the entry stays, and so does the statement."""
    reading = opened(request, person_id, item=f"entry:{reference}", to_write=True)
    entry = queries.own_entry(reading.access, reference)
    form = StatementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        add_own_words(
            by=request.actor, about=reading.facts, words=form.cleaned_data["words"], key=form.key_given, corrects=entry.pk, headline="Their own side of an earlier entry",
            at=request.at,
        )
        messages.success(request, "Saved. Your words stand beside it, and those who use it are told.")
        return go_on(reading.url("my_record"))
    return answered(request, "person/record/my_side.jinja", reading, form, entry=entry)


def answered(request: HttpRequest, template: str, reading: Reading, form: object, **more: object) -> HttpResponse:
    return form_page(request, template, {"reading": reading, "form": form, "at": request.at, **more})
