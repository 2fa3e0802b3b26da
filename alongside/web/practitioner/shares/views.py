"""One share that came in, or was sent: read it, answer it in one press, or say why it is not for us; its sender may telephone, disagree or take it back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.agencies.facts import Actor
from alongside.confidentiality.queries import own_principals
from alongside.people.queries import names_of
from alongside.records import actions, queries
from alongside.records.rules.kinds import kind_or_plain
from alongside.web.design.forms import Form
from alongside.web.design.pages import form_page, go_on, go_to
from alongside.web.entrance import practitioner_page
from alongside.web.practitioner.entry.one_entry import moment, versions_of
from alongside.web.practitioner.entry.words import FIELDS, PARTS
from alongside.web.practitioner.my_work.waiting import STANDS, sender_of
from alongside.web.practitioner.shares.forms import ChallengeForm, DecisionForm, DeclineForm, PhoneForm, WithdrawForm
from alongside.web.practitioner.shares.minimum import summary_words
from alongside.web.words import in_words

FORMS: dict[str, type[Form]] = {"decline": DeclineForm, "decide": DecisionForm, "phone": PhoneForm, "challenge": ChallengeForm, "withdraw": WithdrawForm}
GOES_ON = frozenset({"acknowledge", "decline", "decide"})
"""Answers after which the next share opens."""


@practitioner_page("GET", "POST")
def share(request: HttpRequest, reference: UUID) -> HttpResponse:
    found = actions.read_share(by=request.actor, reference=reference, at=request.at)
    step = request.POST.get("step", "") if request.method == "POST" else ""
    forms = {name: made(request.POST if step == name else None) for name, made in FORMS.items()}
    if step == "acknowledge" and found.status != "awaiting":
        messages.info(request, f"It had been answered already: {found.get_status_display().lower()}{f' by {found.answered_by.name}' if found.answered_by else ''}.")
        return go_to("share", reference)
    if step == "acknowledge" or (step in forms and forms[step].is_valid()):
        said = ACTS[step](request, reference, forms.get(step))
        messages.success(request, said)
        return go_on(following(request.actor, reference) if step in GOES_ON else reverse("share", args=[reference]))
    if step in ("mattered", "did_not_matter"):
        actions.say_whether_used(by=request.actor, reference=reference, used=step == "mattered", at=request.at)
        messages.success(request, "Thank you. That is how the partnership learns what you need to know.")
        return go_to("share", reference)
    return share_page(request, found, forms, forms.get(step))


def acknowledge(request: HttpRequest, reference: UUID, form: Form | None) -> str:
    done = actions.acknowledge_share(by=request.actor, reference=reference, at=request.at)
    return f"Acknowledged: {done.headline}. {'A decision is still to be made.' if done.needs_decision else 'The sender can see it.'}"


def decline(request: HttpRequest, reference: UUID, form: Any) -> str:
    done = actions.decline_share(by=request.actor, reference=reference, reason=form.cleaned_data["reason"], at=request.at)
    return f"Declined: {done.headline}. The sender sees why, and can challenge it."


def decide(request: HttpRequest, reference: UUID, form: Any) -> str:
    done = actions.decide_share(by=request.actor, reference=reference, decision=form.words, at=request.at)
    return f"Decided: {done.headline}. The referrer has been told."


def phone(request: HttpRequest, reference: UUID, form: Any) -> str:
    actions.record_phone_call(by=request.actor, reference=reference, note=form.cleaned_data["note"], at=request.at)
    return "The call is recorded. It still waits for an answer."


def challenge(request: HttpRequest, reference: UUID, form: Any) -> str:
    actions.challenge_answer(by=request.actor, reference=reference, why=form.cleaned_data["why"], at=request.at)
    return "They must look again, and their supervisor has been told."


def withdraw(request: HttpRequest, reference: UUID, form: Any) -> str:
    actions.withdraw_share(by=request.actor, reference=reference, why=form.cleaned_data["why_back"], at=request.at)
    return "Taken back. They can read it no longer."


ACTS: dict[str, Callable[[HttpRequest, UUID, Any], str]] = {
    "acknowledge": acknowledge, "decline": decline, "decide": decide, "phone": phone, "challenge": challenge, "withdraw": withdraw,
}


def following(actor: Actor, reference: UUID) -> str:
    """What to answer next: the most urgent that is mine or nobody's, and not yet acknowledged; else the list."""
    teams = {principal for principal in actor.principals if principal > 0}
    waiting = [one for one in queries.inbox(actor) if one.reference != reference and one.status == "awaiting" and one.owner in teams]
    return reverse("share", args=[waiting[0].reference]) if waiting else reverse("my_work")


def share_page(request: HttpRequest, found: Any, forms: dict[str, Form], wrong: Form | None) -> HttpResponse:
    actor = request.actor
    receives, sends = queries.receives(actor, found), found.from_practitioner_id in own_principals(actor)
    entry = queries.shared_entry(found)
    names, named = names_of([found.person_id]), queries.named_in(found)
    words = {
        "share": found, "entry": entry, "kind": kind_or_plain(found.kind), "about": names.get(found.person_id, ""), "named": [name for name, _ in named], "receives": receives and not (sends and found.owner not in actor.principals),
        "sends": sends, "owed": found.status in ("awaiting", "acknowledged") and (found.status == "awaiting" or found.needs_decision), "may_challenge": queries.may_challenge(actor, found),
        "events": [(one, EVENTS.get(one.what, one.what.replace("_", " ").capitalize())) for one in (queries.events(found) if sends or found.status != "awaiting" else ())], "stands": STANDS.get(found.status), "wrong": bool(wrong and wrong.errors), "wrong_form": wrong,
        "may_sign": found.status == "held" and any(one.entry_id == found.entry_id for one in queries.to_sign(actor)), "at": request.at, "fields": FIELDS, "sender": sender_of(found),
        "parts": [(PARTS.get(part.part, part.part.replace("_", " ").capitalize()), part.text) for part in queries.parts(entry)] if entry else [],
        "attachments": queries.attachments(entry) if entry else [], "versions": versions_of(entry) if entry else [], "moment": moment,
        "withheld": [in_words(part) for part in found.withheld_parts], "minimum": summary_words(found.summary, named),
    } | forms
    return form_page(request, "practitioner/shares/share.jinja", words)


EVENTS = {
    "sent": "Sent", "delivered": "Received", "read": "Read", "reminded": "Reminded", "phoned": "Told by telephone", "escalated_supervisor": "Climbed to a supervisor",
    "escalated_partnership": "Climbed to the partnership", "reassigned": "Given to somebody else", "acknowledged": "Acknowledged", "decided": "Decided", "referrer_told": "Referrer told",
    "declined": "Declined", "declined_without_reason": "Declined without a reason: does not count", "challenged": "Challenged", "corrected": "Put right", "withdrawn": "Taken back", "signed": "Signed",
    "held": "Held for a signature",
}
