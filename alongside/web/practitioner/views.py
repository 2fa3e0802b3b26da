"""The practitioner's main job: my work, find, a person's page, record an entry, answer what came in."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.common.access import Access
from alongside.common.decisions import NotKnown
from alongside.confidentiality import gate
from alongside.confidentiality.circumstances import age_on
from alongside.confidentiality.queries import my_obligations, relationships
from alongside.people import queries as people
from alongside.people.rules.question import read_question
from alongside.records import actions, queries
from alongside.records.actions import OutcomeInWords
from alongside.records.facts import PersonFacts
from alongside.records.rules.kinds import kind_or_plain
from alongside.web.design.rows import Event, Identity, OutcomeRow, WorkRow
from alongside.web.entrance import practitioner_page
from alongside.web.practitioner.forms import DecisionForm, DeclineForm, EntryForm, FindForm

FORM = "entry"
STANDS_AS = {"share": "told", "withhold": "kept_back", "not_needed": "not_needed"}


def share_row(share, at: datetime) -> WorkRow:
    return WorkRow(
        title=share.headline, href=reverse("share", args=[share.reference]), due=share.due_at, about=kind_or_plain(share.kind).name, meta=f"From {share.from_agency.name}",
        state="New" if share.first_read_at is None else "", colour="blue" if share.first_read_at is None else "",
    )  # fmt: skip


@practitioner_page()
def my_work(request: HttpRequest) -> HttpResponse:
    actor, at = request.actor, request.at
    shares = queries.inbox(actor)
    gate.note(verb="read", category="index_entry", purpose="direct_care", decision="permit", item="my work", people=sorted({share.person_id for share in shares}))
    rows = [share_row(share, at) for share in shares]
    rows += [WorkRow(title=owed.summary, href=reverse("my_work"), due=owed.due_at, about="Asked of you by the gate") for owed in my_obligations(actor)]
    drafts = [
        WorkRow(title="Entry not yet sent", href=reverse("add_entry", args=[draft.about.removeprefix("person:")]), about=f"Saved {draft.saved_at:%d %B, %H:%M}", state="Draft", colour="yellow")
        for draft in queries.drafts(actor)
        if draft.form == FORM
    ]
    return render(
        request, "practitioner/my_work.jinja", {"rows": rows, "drafts": drafts, "sent": queries.sent(actor, limit=10), "at": at, "escalations": [share_row(s, at) for s in queries.escalations(actor)]}
    )


@practitioner_page()
def inbox(request: HttpRequest) -> HttpResponse:
    shares = queries.inbox(request.actor)
    gate.note(verb="read", category="index_entry", purpose="direct_care", decision="permit", item="inbox", people=sorted({share.person_id for share in shares}))
    return render(request, "practitioner/inbox.jinja", {"rows": [share_row(share, request.at) for share in shares], "at": request.at})


@practitioner_page("GET", "POST")
def find(request: HttpRequest) -> HttpResponse:
    form = FindForm(request.POST or None)
    found, problems = None, ()
    if request.method == "POST" and form.is_valid():
        asked = read_question(form.cleaned_data["question"], today=request.at.date())
        problems = asked.problems
        found = gate.find_people(request.actor, words=asked.words, sounds=asked.sounds, born=asked.born, nhs_number=asked.nhs_number, at=request.at)
    return render(request, "practitioner/find.jinja", {"form": form, "found": found, "problems": problems, "at": request.at})


def opened(request: HttpRequest, person_id: int, *, write: bool = False, item: str = "") -> tuple[Access, object]:
    """Open a record through the gate, then read whose it is."""
    access = gate.open_record(request.actor, person_id, purpose="direct_care", at=request.at, item=item, write=write)
    person = people.person(access)
    if person is None:
        raise NotKnown
    return access, person


def identity(person: object, *, profile: object | None = None, href: str = "") -> Identity:
    needs = [words for words in (profile.communication_needs, profile.access_needs) if words] if profile else []
    return Identity(
        name=f"{person.given_name} {person.family_name}".strip() or "Name not known", href=href, known_as=person.known_as, born=person.date_of_birth,
        nhs_number=person.nhs_number or "", pronouns=person.pronouns, needs=needs,
    )  # fmt: skip


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
        request, "practitioner/person.jinja",
        {"who": identity(who, profile=profile), "profile": profile, "involved": relationships(access), "events": events, "access": access, "person_id": person_id, "at": request.at},
    )  # fmt: skip


def about(who: object, request: HttpRequest) -> PersonFacts:
    age = age_on(who.date_of_birth, request.at.date())
    return PersonFacts(who.id, kind="child" if age is not None and age < 18 else "adult", age=age)


def outcome_rows(outcomes: tuple[OutcomeInWords, ...]) -> list[OutcomeRow]:
    order = ("share", "withhold", "not_needed")
    return [
        OutcomeRow(partner=f"{one.team}, {one.agency}", kind=STANDS_AS[one.outcome], why=one.why + (" Waits for a second signature." if one.held else ""))
        for one in sorted(outcomes, key=lambda one: order.index(one.outcome))
    ]


@practitioner_page("GET", "POST")
def add_entry(request: HttpRequest, person_id: int) -> HttpResponse:
    _, who = opened(request, person_id, item="add entry")
    kept = queries.draft(request.actor, form=FORM, about=f"person:{person_id}")
    form = EntryForm(request.POST) if request.method == "POST" else EntryForm(kept.fields) if kept else EntryForm(initial={"happened_on": request.at.date()})
    shown = None
    if request.method == "POST" and form.is_valid():
        new = form.entry(about(who, request), draft_form=FORM)
        if request.POST.get("step") == "save":
            recorded = actions.add_entry(by=request.actor, new=new, at=request.at)
            return HttpResponseRedirect(reverse("entry_recorded", args=[person_id, recorded.reference]))
        shown = outcome_rows(actions.preview(by=request.actor, new=new, at=request.at))
    return render(
        request, "practitioner/add_entry.jinja",
        {"form": form, "who": identity(who, href=reverse("person", args=[person_id])), "outcomes": shown, "person_id": person_id, "at": request.at, "kept": kept},
    )  # fmt: skip


@practitioner_page("POST")
def save_draft(request: HttpRequest, person_id: int) -> HttpResponse:
    fields = {name: value for name, value in request.POST.items() if name not in ("csrfmiddlewaretoken", "draft_revision", "step")}
    revision = request.POST.get("draft_revision", "")
    draft = actions.save_draft(
        by=request.actor, form=FORM, about=f"person:{person_id}", fields=fields, submission_key=UUID(fields["key"]), version=int(revision) if revision.isdigit() else None, at=request.at,
    )  # fmt: skip
    return JsonResponse({"saved_at": f"{request.at:%H:%M}", "revision": str(draft.version)})


@practitioner_page()
def entry_recorded(request: HttpRequest, person_id: int, reference: UUID) -> HttpResponse:
    _, who = opened(request, person_id, item=f"entry:{reference}")
    entry = queries.entry(request.actor, reference)
    rows = [OutcomeRow(partner=f"{row.team.name}, {row.agency.name}", kind=STANDS_AS[row.outcome], why=row.reason) for row in queries.outcomes(entry.pk)]
    told = sum(row.kind == "told" for row in rows)
    return render(
        request, "practitioner/entry_recorded.jinja",
        {"who": identity(who, href=reverse("person", args=[person_id])), "entry": entry, "outcomes": rows, "told": told, "kept": sum(row.kind == "kept_back" for row in rows), "person_id": person_id, "at": request.at},
    )  # fmt: skip


@practitioner_page("GET", "POST")
def share(request: HttpRequest, reference: UUID) -> HttpResponse:
    found = actions.read_share(by=request.actor, reference=reference, at=request.at)
    decline, decide = DeclineForm(), DecisionForm()
    if request.method == "POST":
        step = request.POST.get("step")
        if step == "acknowledge":
            actions.acknowledge_share(by=request.actor, reference=reference, at=request.at)
        elif step == "decline":
            decline = DeclineForm(request.POST)
            if not decline.is_valid():
                return share_page(request, found, decline, decide, wrong=decline)
            actions.decline_share(by=request.actor, reference=reference, reason=decline.cleaned_data["reason"], at=request.at)
        elif step == "decide":
            decide = DecisionForm(request.POST)
            if not decide.is_valid():
                return share_page(request, found, decline, decide, wrong=decide)
            actions.decide_share(by=request.actor, reference=reference, decision=decide.cleaned_data["decision"], at=request.at)
        messages.success(request, f"Answered: {found.headline}. The sender can see it.")
        following = queries.inbox(request.actor)
        return HttpResponseRedirect(reverse("share", args=[following[0].reference]) if following else reverse("my_work"))
    return share_page(request, found, decline, decide)


def share_page(request: HttpRequest, found: object, decline: DeclineForm, decide: DecisionForm, wrong: object = None) -> HttpResponse:
    mine = found.owner in request.actor.principals or found.to_team_id in request.actor.team_ids
    words = {"share": found, "entry": queries.shared_entry(found), "decline": decline, "decide": decide, "kind": kind_or_plain(found.kind).name, "mine": mine, "at": request.at}
    return render(request, "practitioner/share.jinja", words | ({"form": wrong} if wrong else {}))
