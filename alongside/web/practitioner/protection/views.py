"""What protects a person: restrictions with their effect shown first, the risk, ledger lines that wait, papers that a second practitioner checks."""

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.agencies.queries import agencies, people_behind
from alongside.common.access import Access
from alongside.common.decisions import NotKnown
from alongside.common.london import LONDON
from alongside.confidentiality import queries
from alongside.confidentiality.actions.documents import NewDocument, record_document
from alongside.confidentiality.actions.holds import end_ledger_hold, hold_ledger_lines
from alongside.confidentiality.actions.restrict import EffectChanged, NobodyLeft, hand_on, lift_restriction, preview_readers, preview_restriction, restrict
from alongside.confidentiality.actions.risk import judge_risk
from alongside.confidentiality.facts import RiskOfActing, RiskOfNotActing
from alongside.web.design.pages import form_page, go_on, go_to
from alongside.web.entrance import practitioner_page
from alongside.web.practitioner.involvement.colleagues import colleagues
from alongside.web.practitioner.opening import identity, opened
from alongside.web.practitioner.protection.forms import ACTING, NOT_ACTING, DocumentForm, HandOnForm, HoldForm, LiftForm, RestrictForm, RiskForm

USUAL_REVIEW = timedelta(days=28)


@practitioner_page()
def protection(request: HttpRequest, person_id: int) -> HttpResponse:
    access, who = opened(request, person_id, item="protection")
    restrictions, risks = queries.restrictions(access), queries.risks(access)
    words = {
        "who": identity(who, href=reverse("person", args=[person_id])), "person_id": person_id, "at": request.at, "restrictions": restrictions, "holds": queries.ledger_holds(access),
        "documents": queries.documents(access), "risk": next((one for one in risks if one.ended_at is None), None), "earlier_risks": [one for one in risks if one.ended_at is not None][:5],
        "names": people_behind({one for restriction in restrictions for one in restriction.practitioners}), "not_acting": dict(NOT_ACTING), "acting": dict(ACTING),
    }
    return render(request, "practitioner/protection/protection.jinja", words)


@practitioner_page("GET", "POST")
def close(request: HttpRequest, person_id: int) -> HttpResponse:
    """First the effect is shown; confirming sends its seal back, and what is done is what was shown."""
    access, who = opened(request, person_id, item="restrict")
    form = RestrictForm(request.POST or None, practitioners=at_work_with(access, request), initial=None if request.POST else {"review_on": usual_day(request)})
    effect, changed = None, False
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        named = [int(one) for one in words["practitioners"]]
        if request.POST.get("step") == "confirm":
            try:
                restrict(
                    by=request.actor, person_id=person_id, practitioners=named, category=words["category"], reason=words["reason"], seal=request.POST.get("seal", ""), review_on=words["review_on"],
                    at=request.at, asked_by_person=words["asked_by_person"],
                )
            except EffectChanged as other:
                effect, changed = other.effect, True
            else:
                return saved(request, person_id, "Closed, from this moment. Somebody looks at it again on the day you chose.")
        else:
            effect = preview_restriction(by=request.actor, person_id=person_id, practitioners=named, category=words["category"], at=request.at)
    return asked(request, person_id, who, form, "Close the record, or a part of it", "restrict.jinja", effect=effect, changed=changed)


@practitioner_page("GET", "POST")
def readers(request: HttpRequest, person_id: int, restriction_id: int) -> HttpResponse:
    """Others in place of those named: shown first, then done as it was shown. Colleagues who do not work with the person yet can be named, so that the record never waits for nobody."""
    access, who = opened(request, person_id, item="readers")
    kept = next((one for one in queries.restrictions(access) if one.pk == restriction_id), None)
    if kept is None:
        raise NotKnown
    first = {"practitioners": [str(one) for one in kept.practitioners], "review_on": usual_day(request)}
    form = HandOnForm(request.POST or None, practitioners=could_read(access, request, kept.practitioners), initial=None if request.POST else first)
    effect, changed = None, False
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        named = [int(one) for one in words["practitioners"]]
        if request.POST.get("step") == "confirm":
            try:
                hand_on(
                    by=request.actor, person_id=person_id, restriction_id=restriction_id, practitioners=named, reason=words["reason"], seal=request.POST.get("seal", ""), review_on=words["review_on"], at=request.at,
                )
            except EffectChanged as other:
                effect, changed = other.effect, True
            except NobodyLeft as nobody:
                form.add_error("practitioners", str(nobody))
            else:
                messages.success(request, "Those you named may open it, from this moment.")
                return go_on(reverse("protection" if request.actor.practitioner_id in named else "my_work", args=[person_id] if request.actor.practitioner_id in named else []))
        else:
            effect = preview_readers(by=request.actor, person_id=person_id, restriction_id=restriction_id, practitioners=named, at=request.at)
    leaves = effect is not None and str(request.actor.practitioner_id) not in form.cleaned_data["practitioners"]
    return asked(request, person_id, who, form, "Change who may open it", "hand_on.jinja", effect=effect, changed=changed, kept=kept, leaves=leaves)


@practitioner_page("GET", "POST")
def lift(request: HttpRequest, person_id: int, restriction_id: int) -> HttpResponse:
    """Whom it opens to is shown before anybody presses; the reason stays with it."""
    access, who = opened(request, person_id, item="lift")
    kept = next((one for one in queries.restrictions(access) if one.pk == restriction_id), None)
    form = LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        lift_restriction(by=request.actor, person_id=person_id, restriction_id=restriction_id, reason=form.cleaned_data["reason"], at=request.at)
        return saved(request, person_id, "Lifted. The record opens again to those who work with the person.")
    if kept is None:
        raise NotKnown
    others = [one for one in queries.relationships(access) if one.practitioner_id not in kept.practitioners]
    return asked(request, person_id, who, form, "Lift it", "lift.jinja", kept=kept, others=others)


@practitioner_page("GET", "POST")
def risk(request: HttpRequest, person_id: int) -> HttpResponse:
    _, who = opened(request, person_id, item="risk")
    form = RiskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        judge_risk(
            by=request.actor, person_id=person_id, of_not_acting=RiskOfNotActing(words["of_not_acting"]), of_acting=RiskOfActing(words["of_acting"]), reasons=words["reasons"], at=request.at,
        )
        return saved(request, person_id, "Judged. Whoever decided on the risk as it was decides again within a day.")
    return asked(request, person_id, who, form, "Judge the risk", "form.jinja", fields=("of_not_acting", "of_acting", "reasons"))


@practitioner_page("GET", "POST")
def hold(request: HttpRequest, person_id: int) -> HttpResponse:
    _, who = opened(request, person_id, item="ledger hold")
    form = HoldForm(request.POST or None, agencies=every_agency(), initial=None if request.POST else {"review_on": usual_day(request)})
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        hold_ledger_lines(by=request.actor, person_id=person_id, reason=words["reason"], why=words["why"], review_on=words["review_on"], agency_id=int(words["whose"]), at=request.at)
        return saved(request, person_id, "These lines wait. They appear on the person’s page when the reason ends.")
    return asked(request, person_id, who, form, "Keep ledger lines from the person for now", "form.jinja", fields=("reason", "whose", "why", "review_on"))


@practitioner_page("POST")
def end_hold(request: HttpRequest, person_id: int, hold_id: int) -> HttpResponse:
    end_ledger_hold(by=request.actor, person_id=person_id, hold_id=hold_id, at=request.at)
    return saved(request, person_id, "Ended. The person sees these lines from now on.")


@practitioner_page("GET", "POST")
def document(request: HttpRequest, person_id: int) -> HttpResponse:
    _, who = opened(request, person_id, item="document")
    form = DocumentForm(request.POST or None, agencies=every_agency())
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        ends = datetime.combine(words["expires_on"] + timedelta(days=1), time(0), tzinfo=LONDON) if words["expires_on"] else None
        new = NewDocument(words["kind"], words["title"], words["scope"], words["scope_specific"], int(words["agency"]) if words["agency"] else None, ends)
        record_document(by=request.actor, person_id=person_id, new=new, at=request.at)
        return saved(request, person_id, "Recorded. It counts when a second practitioner has checked it: it is on your supervisor’s list.")
    return asked(request, person_id, who, form, "Record a document", "form.jinja", fields=("kind", "title", "scope", "scope_specific", "agency", "expires_on"))


def at_work_with(access: Access, request: HttpRequest) -> list[tuple[str, str]]:
    """Those who work with the person now, and the reader."""
    found = {str(one.practitioner_id): f"{one.practitioner.name}, {one.practitioner.title}, {one.agency.name}" for one in queries.relationships(access) if one.practitioner_id}
    return list(({str(request.actor.practitioner_id): f"{request.actor.name}, {request.actor.title}, {request.actor.agency_name}"} | found).items())


def could_read(access: Access, request: HttpRequest, named: list[int]) -> list[tuple[str, str]]:
    """Those named who are still here, those who work with the person, and colleagues of the reader's own agency."""
    here = {str(pk): words for pk, words in people_behind(set(named)).items() if pk in queries.still_here(named)}
    own = {str(one.practitioner_id): f"{one.name}, {one.title}, {request.actor.agency_name}" for one in colleagues(request.actor, at=request.at)}
    return list((here | dict(at_work_with(access, request)) | own).items())


def every_agency() -> list[tuple[str, str]]:
    return [(str(one.pk), one.name) for one in agencies()]


def usual_day(request: HttpRequest) -> Any:
    return (request.at + USUAL_REVIEW).date()


def asked(request: HttpRequest, person_id: int, who: object, form: Any, title: str, template: str, **words: Any) -> HttpResponse:
    words |= {"who": identity(who, href=reverse("person", args=[person_id])), "form": form, "title": title, "person_id": person_id, "at": request.at}
    return form_page(request, f"practitioner/protection/{template}", words)


def saved(request: HttpRequest, person_id: int, words: str) -> HttpResponse:
    messages.success(request, words)
    return go_to("protection", person_id)
