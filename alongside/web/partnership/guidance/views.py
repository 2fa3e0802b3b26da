"""The guidance by which partnerships are tested and examined: its versions, what changed, who was last looked at by an old one, and what is overdue."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from alongside.agencies.queries import managers_in
from alongside.common.decisions import Decision, NotKnown, Outcome, Refused
from alongside.common.london import london_day
from alongside.framework import actions, queries
from alongside.framework.facts import Depth
from alongside.framework.rules.guidance import changes, editions, text_of, with_bands
from alongside.partnerships import queries as partnerships
from alongside.partnerships.queries.board import own_seats
from alongside.web.design.pages import form_page, go_to
from alongside.web.entrance import board_page, partner_page
from alongside.web.partnership.framework.wording import DEPTHS
from alongside.web.partnership.guidance.forms import HandOverForm, PublishForm, ReviewForm
from alongside.web.partnership.table import lead_frame

A_YEAR = timedelta(days=365)
PUBLISHERS_ONLY = "Guidance is published and looked at again by its owner; the first version is published by whoever looks after the installation."
OWNER_ONLY = "The guidance is handed over by its owner; once they have gone, by whoever looks after the installation."
CHANGES = {"question": "question of significance", "gate": "gate", "statement": "statement", "bands": "bands of significance"}


@partner_page()
def guidance_versions(request: HttpRequest) -> HttpResponse:
    versions, today = queries.guidance_versions(), london_day(request.at)
    newest = versions[0].version if versions else 0
    last, owns, handed = queries.last_runs(), queries.ownership(), queries.hand_overs()
    words = {
        "rows": [(one, queries.review_day(one)) for one in versions], "today": today, "may_publish": owns.may_publish, "may_hand_over": owns.may_hand_over, "handed": handed,
        "owner": handed[0].owner if handed else versions[0].owner if versions else None,
        "overdue": [one for one in versions[:1] if queries.review_day(one) <= today],
        "superseded": [one for one in last if one.version is not None and one.version < newest], "never": [one for one in last if one.version is None],
    }
    return shown(request, "versions", words)


@board_page()
def guidance(request: HttpRequest, version: int) -> HttpResponse:
    if not (request.actor.is_practitioner or own_seats()):
        raise NotKnown
    one = queries.guidance(version)
    text = text_of(one.content)
    former = next((other for other in queries.guidance_versions() if other.version == version - 1), None)
    found = [(CHANGES[change.what], change.how, change.words) for change in changes(text_of(former.content), text)] if former else []
    words = {
        "one": one, "text": text, "changes": found, "former": former, "review_on": queries.review_day(one), "reviews": queries.reviews(one), "today": london_day(request.at),
        "may_publish": queries.may_publish(), "depths": DEPTHS, "full": Depth.FULL,
    }
    return shown(request, "guidance", words)


@partner_page("GET", "POST")
def publish_guidance(request: HttpRequest) -> HttpResponse:
    if not queries.may_publish():
        raise Refused(Decision(Outcome.DENY, reasons=(PUBLISHERS_ONLY,)))
    today, brought = london_day(request.at), editions()
    newest = next(iter(brought.values()))
    initial = {"edition": newest.edition, "standard_from": newest.standard_from, "full_from": newest.full_from, "review_on": today + A_YEAR}
    form = PublishForm(request.POST or None, editions=brought.values(), initial=initial)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        text = with_bands(brought[words["edition"]], standard_from=words["standard_from"], full_from=words["full_from"])
        try:
            made = actions.publish_guidance(by=request.actor, text=text, what_changed=words["what_changed"], review_on=words["review_on"], at=request.at, key=form.key_given)
        except actions.NotNow as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, f"Version {made.version} is published. Whoever was last looked at by a former version is listed.")
            return go_to("guidance", made.version)
    return shown(request, "publish", {"form": form})


@partner_page("GET", "POST")
def review_guidance(request: HttpRequest, version: int) -> HttpResponse:
    one = queries.guidance(version)
    if not queries.may_publish():
        raise Refused(Decision(Outcome.DENY, reasons=(PUBLISHERS_ONLY,)))
    form = ReviewForm(request.POST or None, initial={"review_on": london_day(request.at) + A_YEAR})
    if request.method == "POST" and form.is_valid():
        try:
            actions.review_guidance(by=request.actor, guidance_id=one.pk, note=form.cleaned_data["note"], review_on=form.cleaned_data["review_on"], at=request.at)
        except actions.NotNow as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "Written down. It stays as it is until its next day.")
            return go_to("guidance", one.version)
    return shown(request, "review", {"form": form, "one": one})


@partner_page("GET", "POST")
def hand_over_guidance(request: HttpRequest) -> HttpResponse:
    owns = queries.ownership()
    if not owns.may_hand_over:
        raise Refused(Decision(Outcome.DENY, reasons=(OWNER_ONLY,)))
    found = managers_in({partner.agency_id for one in partnerships.partnerships_of(request.actor) for partner in partnerships.partners(one.pk)})
    form = HandOverForm(request.POST or None, people=[(one.pk, f"{one.name}, {one.title}, {one.agency.name}") for one in found if one.pk != owns.owner_id])
    if request.method == "POST" and form.is_valid():
        try:
            actions.hand_over_guidance(by=request.actor, to_id=int(form.cleaned_data["owner"]), why=form.cleaned_data["why"], at=request.at)
        except actions.NotNow as no:
            form.add_error("owner", str(no))
        else:
            messages.success(request, "Handed over. From now on they publish the next version; who owned it before is kept.")
            return go_to("guidance_versions")
    return shown(request, "hand_over", {"form": form})


def shown(request: HttpRequest, template: str, words: dict[str, object]) -> HttpResponse:
    lead_frame(request)
    return form_page(request, f"partnership/guidance/{template}.jinja", words | {"at": request.at})
