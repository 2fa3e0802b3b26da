"""Record once: an entry with its live preview of who will be told, its draft, and what became of it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.records import actions, queries
from alongside.records.actions import OutcomeInWords
from alongside.web.design.rows import OutcomeRow
from alongside.web.entrance import practitioner_page
from alongside.web.practitioner.entry.forms import EntryForm
from alongside.web.practitioner.opening import about, identity, opened

FORM = "entry"
STANDS_AS = {"share": "told", "withhold": "kept_back", "not_needed": "not_needed"}


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
        request, "practitioner/entry/add_entry.jinja",
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
        request, "practitioner/entry/entry_recorded.jinja",
        {"who": identity(who, href=reverse("person", args=[person_id])), "entry": entry, "outcomes": rows, "told": told, "kept": sum(row.kind == "kept_back" for row in rows), "person_id": person_id, "at": request.at},
    )  # fmt: skip
