"""My choices: whether to share, what to keep from whom, how much to decide, how to be reached. Each can be changed at any time and counts from then on."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.agencies.facts import CannotBe
from alongside.common.decisions import NotKnown, Outcome, Refused
from alongside.common.london import london_day
from alongside.confidentiality import gate, queries
from alongside.confidentiality.actions import choices, letting_in
from alongside.confidentiality.queries.letting_in import helpers_of, letting_in_of
from alongside.people import queries as people
from alongside.people.actions import choose_contact, mark_safe
from alongside.people.facts import ContactChoice
from alongside.web.design.formats import sentence_list
from alongside.web.design.pages import form_page, go_on
from alongside.web.entrance import person_page
from alongside.web.person.choices.forms import LEVELS, TOPICS, ContactForm, DecidingForm, HelperForm, KeepFromForm, SharingForm
from alongside.web.person.reading import Reading, opened
from alongside.web.person.words import HONEST_LIMITS, REACHED, category_words, parts_words
from alongside.web.sign_in.invitation import code_to_give

KINDS = {"mobile": "Mobile", "phone": "Phone", "email": "Email", "post": "Post", "through_worker": "Through"}
WAITS = "Thank you. We have your wish. Somebody who works with you will talk with you about it before anything changes."


@person_page("GET", "POST")
def my_choices(request: HttpRequest, person_id: int | None = None) -> HttpResponse:
    """All choices on one page; whether to share is asked right here."""
    reading = opened(request, person_id)
    if reading.helps:
        raise NotKnown  # what somebody keeps from whom, and how to reach them, is lent to no helper
    access = reading.access
    helping = queries.relationships(access)
    standing = next((one for one in queries.consents(access) if one.ended_at is None and not one.purpose), None)
    form = SharingForm(request.POST or None, agencies=agencies_of(helping), hints=hints(helping), initial=initial_of(standing, today=london_day(request.at)))
    if request.method == "POST" and form.is_valid():
        return kept(request, reading, lambda: choices.record_consent(by=request.actor, person_id=access.person_id, answer=form.answer(), at=request.at))
    return form_page(
        request, "person/choices/my_choices.jinja",
        {
            "reading": reading, "form": form, "standing": standing, "ran_out": bool(standing and standing.expires_at and standing.expires_at <= request.at),
            "objections": queries.objections(access), "involvements": queries.involvements(access),
            "safe_contact": people.safe_contact(access), "category_words": category_words, "levels": dict(LEVELS), "topics": dict(TOPICS), "reached": REACHED, "limits": HONEST_LIMITS, "at": request.at,
        },
    )


@person_page("GET", "POST")
def keep_from(request: HttpRequest, person_id: int | None = None) -> HttpResponse:
    reading = opened(request, person_id, to_write=True)
    form = KeepFromForm(request.POST or None, agencies=agencies_of(queries.relationships(reading.access)))
    if request.method == "POST" and form.is_valid():
        return kept(request, reading, lambda: choices.object_to(by=request.actor, person_id=reading.access.person_id, at=request.at, **form.kept))
    return asked(request, "person/choices/keep_from.jinja", reading, form, limits=HONEST_LIMITS)


@person_page("POST")
def take_back(request: HttpRequest, objection_id: int, person_id: int | None = None) -> HttpResponse:
    reading = opened(request, person_id, to_write=True)
    return kept(request, reading, lambda: choices.take_back_objection(by=request.actor, person_id=reading.access.person_id, objection_id=objection_id, at=request.at))


@person_page("GET", "POST")
def deciding(request: HttpRequest, person_id: int | None = None) -> HttpResponse:
    reading = opened(request, person_id, to_write=True)
    asked_for = next((one for one in queries.involvements(reading.access) if one.topic == request.GET.get("topic")), None)
    now = {name: getattr(asked_for, name) for name in DecidingForm.base_fields} | {"ask_again_on": still_to_come(asked_for.ask_again_on, london_day(request.at))} if asked_for else {"topic": request.GET.get("topic", "everything")}
    form = DecidingForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        return kept(request, reading, lambda: choices.choose_involvement(by=request.actor, person_id=reading.access.person_id, at=request.at, **form.cleaned_data))
    return asked(request, "person/choices/deciding.jinja", reading, form)


@person_page("GET", "POST")
def helpers(request: HttpRequest) -> HttpResponse:
    """Who of one's own choice reads parts of one's record, and asking a records office for another."""
    reading = opened(request, None, to_write=True)
    access = reading.access
    form = HelperForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data | {"key": form.key_given}
        try:
            return kept(request, reading, lambda: letting_in.ask_for_helper(by=request.actor, person_id=access.person_id, at=request.at, **typed), "Asked. You find here what came of it.", "helpers")
        except CannotBe as no:
            form.add_error(no.field, str(no))
    waiting = [one for one in letting_in_of(access) if one.answered_at is None]
    return asked(request, "person/choices/helpers.jinja", reading, form, readers=helpers_of(access), waiting=waiting, parts_words=parts_words, code_to_give=code_to_give)


@person_page("POST")
def end_helper(request: HttpRequest, representation_id: int) -> HttpResponse:
    reading = opened(request, None, to_write=True)
    return kept(request, reading, lambda: letting_in.end_helper(by=request.actor, person_id=reading.access.person_id, representation_id=representation_id, at=request.at), "Stopped. They read nothing from now on.", "helpers")


@person_page("GET", "POST")
def contact(request: HttpRequest, person_id: int | None = None) -> HttpResponse:
    reading = opened(request, person_id, to_write=True)
    chosen = people.safe_contact(reading.access)
    points = people.contact_points(reading.access)
    now = {name: getattr(chosen, name) for name in ("allowed", "times", "hours_from", "hours_until", "no_voicemail", "code_word")} | {"safe": [str(one.id) for one in points if one.safe]}
    form = ContactForm(request.POST or None, points=[(one.id, f"{KINDS[one.kind]}: {one.value}") for one in points], initial=now)
    if request.method == "POST" and form.is_valid():
        return kept(request, reading, lambda: keep_contact(request, reading, form))
    return asked(request, "person/choices/contact.jinja", reading, form, has_points=bool(points))


def keep_contact(request: HttpRequest, reading: Reading, form: ContactForm) -> None:
    access = gate.open_record(
        request.actor, reading.access.person_id, verb="change_access" if reading.own else "write", category="contact_details", purpose="portal_view", claim=reading.access.basis, write=True, item="safe_contact", at=request.at,
    )
    words = dict(form.cleaned_data)
    safe = frozenset(int(one) for one in words.pop("safe"))
    if words["allowed"] == ContactChoice.SAFE_ONLY:
        mark_safe(access=access, safe=safe)
    days = people.safe_contact(access).days
    choose_contact(access=access, by_person=reading.own, days=days, at=request.at, **words | {"allowed": ContactChoice(words["allowed"])})


# -- what they have in common -------------------------------------------------------------------------------------------------------------


def kept(request: HttpRequest, reading: Reading, act: Callable[[], object], said: str = "Saved. It counts from now on.", back: str = "my_choices") -> HttpResponse:
    """Do it and say so. Where the gate wants somebody to ask the person first, the page says only that: who reads it may not be who chose."""
    try:
        act()
    except Refused as no:
        if no.decision.outcome is not Outcome.REFER:
            raise
        request.refusal = no  # undone, recorded and owed to who works with the person, as any refusal
        return render(request, "person/choices/waits.jinja", {"reading": reading, "words": WAITS})
    messages.success(request, said)
    return go_on(reading.url(back))


def asked(request: HttpRequest, template: str, reading: Reading, form: object, **more: object) -> HttpResponse:
    return form_page(request, template, {"reading": reading, "form": form, "at": request.at, **more})


def agencies_of(helping: Iterable[Any]) -> list[tuple[int, str]]:
    """Who helps now, once each."""
    return sorted({(one.agency_id, one.agency.name) for one in helping}, key=lambda one: one[1])


def hints(helping: Iterable[Any]) -> dict[str, str]:
    """What a no would change, said before anybody chooses it."""
    effect = queries.effect_of_no(helping)
    if not effect.gets_no_more:
        return {}
    stops = f" {sentence_list(effect.may_have_to_stop)} may have to stop helping." if effect.may_have_to_stop else ""
    return {choices.NO: f"{sentence_list(effect.gets_no_more)} would no longer see what the others write.{stops} What must keep somebody safe is still passed on."}


def initial_of(standing: Any | None, *, today: date) -> dict[str, object]:
    if standing is None:
        return {}
    out = [*standing.excluded_categories, *(f"agency:{number}" for number in standing.excluded_agencies)]
    return {"state": choices.NO if standing.state == "withdrawn" else standing.state, "out": out, "words": standing.words, "until": still_to_come(standing.expires_at and london_day(standing.expires_at), today)}


def still_to_come(day: date | None, today: date) -> date | None:
    """A day to be asked again is shown again only while it lies ahead."""
    return day if day and day >= today else None
