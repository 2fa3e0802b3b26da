"""One entry: what it says, what it said before, and who knows."""

from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.common.decisions import NotKnown
from alongside.people.queries import names_of
from alongside.records import actions, queries
from alongside.records.queries import WhoKnows
from alongside.records.rules.kinds import kind_or_plain
from alongside.web.attached import as_file
from alongside.web.design.fields import LongTextField
from alongside.web.design.formats import due_words, plural, sentence_list, when_short, when_words
from alongside.web.design.forms import Form
from alongside.web.design.pages import go_to
from alongside.web.design.rows import Colour, OutcomeRow
from alongside.web.entrance import practitioner_page
from alongside.web.practitioner.entry.words import FIELDS, PARTS
from alongside.web.practitioner.opening import identity, opened
from alongside.web.practitioner.record.chronology import event
from alongside.web.words import in_words

STATES: dict[str, tuple[str, Colour]] = {
    "unsent": ("Waits for a signature", "yellow"), "sent": ("Sent, not yet received", "yellow"), "received": ("Received, not yet opened", "yellow"), "read": ("Read, not yet answered", "blue"),
    "acknowledged": ("Acknowledged", "green"), "decided": ("Decided", "green"), "declined": ("Declined", "orange"), "withdrawn": ("Taken back", "grey"), "kept_back": ("Kept back", "red"),
    "not_needed": ("Need not know", "grey"),
}


def knowing(rows: list[WhoKnows], request: HttpRequest) -> list[tuple[WhoKnows, OutcomeRow]]:
    """One line for each partner, those still to answer first, those who need not know last."""
    order = list(STATES)
    return [(row, outcome_row(row, request)) for row in sorted(rows, key=lambda row: order.index(row.state))]


def outcome_row(row: WhoKnows, request: HttpRequest) -> OutcomeRow:
    said = [
        f"Must answer: {due_words(row.due_at, request.at).lower()}." if row.due_at and row.state in ("sent", "received", "read") else "", f"Read {when_short(row.read_at)}." if row.read_at else "",
        f"{STATES[row.state][0]} {when_short(row.answered_at)}{f' by {row.answered_by}' if row.answered_by else ''}." if row.answered_at else "",
        f"“{row.answer}”" if row.answer else "", f"Got only: {sentence_list(map(in_words, row.minimum_fields))}." if row.minimum_fields else "",
        f"Without: {sentence_list(map(in_words, row.withheld_parts))}." if row.withheld_parts else "",
        f"Somebody named must decide about it: {due_words(row.decide_by, request.at).lower()}." if row.decide_by else "", f"Decided: {row.decided_because}" if row.decided_because else "",
    ]
    words, colour = STATES[row.state]
    return OutcomeRow(f"{row.team}, {row.agency}", row.state, row.why, said=words, shade=colour, then=" ".join(part for part in said if part))


@practitioner_page()
def entry(request: HttpRequest, person_id: int, reference: UUID) -> HttpResponse:
    """From the person's record, beside earlier entries of the same kind."""
    access, who = opened(request, person_id, item=f"entry:{reference}")
    found = queries.entry(request.actor, reference, access)
    if person_id not in queries.subjects(found):
        raise NotKnown
    tag = telling_tag(found.kind)
    words = {
        "who": identity(who, href=reverse("person", args=[person_id])), "person_id": person_id, "back": reverse("person", args=[person_id]),
        "earlier": [event(row, person_id) for row in queries.earlier_with_tag(access, found, tag, limit=10)] if tag else [],
    }
    return render(request, "practitioner/entry/entry.jinja", entry_words(request, found) | words)


def versions_of(found: Any) -> list[Any]:
    """Every version, where there is more than one."""
    return queries.versions(found) if found.corrects_id or found.status in ("corrected", "withdrawn") else []


def telling_tag(kind: str) -> str:
    """The tag by which entries of this kind belong together: a bruise is read beside the bruises before it."""
    return next(iter(sorted(kind_or_plain(kind).tags & TOGETHER)), "")


TOGETHER = frozenset({
    "injuries", "not_seen", "missed_appointments", "missing_episodes", "neglect", "domestic_abuse", "falls", "self_harm", "exclusions", "attendance", "exploitation", "self_neglect", "fire_risk",
})


@practitioner_page("GET", "POST")
def own_entry(request: HttpRequest, reference: UUID) -> HttpResponse:
    """One that I wrote, was sent, must sign or follow up, whether or not I work with the person."""
    found = actions.read_entry(by=request.actor, reference=reference, at=request.at)
    follow_up = FollowUpForm(request.POST if request.POST.get("step") == "follow_up" else None)
    if request.method == "POST":
        if request.POST.get("step") == "sign":
            gone = actions.sign_entry(by=request.actor, reference=reference, at=request.at)
            messages.success(request, f"Signed. {plural(gone, 'team')} can have it now.")
            return go_to("my_work")
        if request.POST.get("step") == "seen":
            for notice in queries.corrections_to_see(request.actor):
                if notice.correction_id == found.pk:
                    actions.see_correction(by=request.actor, notice_id=notice.pk, at=request.at)
            messages.success(request, "Noted that you have seen what was put right.")
            return go_to("my_work")
        if follow_up.is_valid():
            actions.record_follow_up(by=request.actor, reference=reference, note=follow_up.cleaned_data["note"], at=request.at)
            messages.success(request, "The follow-up is recorded as done.")
            return go_to("my_work")
    people = queries.subjects(found)
    names = names_of(people)
    words = {
        "who": None, "person_id": people[0] if people else 0, "back": reverse("my_work"), "earlier": [], "form": follow_up, "about": [(names[one], reverse("person", args=[one])) for one in people if one in names],
        "may_sign": any(share.entry_id == found.pk for share in queries.to_sign(request.actor)), "unseen": any(notice.correction_id == found.pk for notice in queries.corrections_to_see(request.actor)),
        "follow_up_due": found.follow_up_due_at if found.follow_up_due_at and not found.followed_up_at and found.author_id == request.actor.practitioner_id else None,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if follow_up.errors else HTTPStatus.OK
    return render(request, "practitioner/entry/own_entry.jinja", entry_words(request, found) | words, status=status)


class FollowUpForm(Form):
    note = LongTextField(label="What was done, or why it is not needed", rows=3, max_length=2000)


def entry_words(request: HttpRequest, found: Any) -> dict[str, Any]:
    """Everything a page says of one entry, in whichever journey it is opened."""
    rows = knowing(queries.who_knows(request.actor, found.pk), request)
    versions = versions_of(found)
    return {
        "entry": found, "kind": kind_or_plain(found.kind), "outcomes": [row for known, row in rows if known.state != "not_needed"], "others": [row for known, row in rows if known.state == "not_needed"],
        "parts": [(PARTS.get(part.part, part.part.replace("_", " ").capitalize()), part.text) for part in queries.parts(found)], "attachments": queries.attachments(found),
        "versions": versions, "fields": FIELDS, "moment": moment, "at": request.at, "mine": found.author_id == request.actor.practitioner_id,
        "newest": versions[-1].entry if versions else found,
    }


def moment(said: str) -> str:
    """A moment of a version, in words."""
    return when_words(datetime.fromisoformat(said)) if said else ""


@practitioner_page()
def attachment(request: HttpRequest, entry_reference: UUID, reference: UUID) -> HttpResponse:
    """What was attached, always as a file to save and never shown as a page: nothing in it can run here."""
    found = actions.read_attachment(by=request.actor, reference=reference, entry_reference=entry_reference, at=request.at)
    return as_file(found, content_type=found.content_type)
