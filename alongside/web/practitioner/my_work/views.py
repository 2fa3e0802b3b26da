"""What waits for a practitioner: shares to answer, what the gate asked of them, drafts not yet sent, and how what they sent stands."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.confidentiality import gate
from alongside.confidentiality.queries import my_obligations
from alongside.records import queries
from alongside.records.rules.kinds import kind_or_plain
from alongside.web.design.rows import WorkRow
from alongside.web.entrance import practitioner_page
from alongside.web.practitioner.entry.views import FORM


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
        request, "practitioner/my_work/my_work.jinja", {"rows": rows, "drafts": drafts, "sent": queries.sent(actor, limit=10), "at": at, "escalations": [share_row(s, at) for s in queries.escalations(actor)]}
    )


@practitioner_page()
def inbox(request: HttpRequest) -> HttpResponse:
    shares = queries.inbox(request.actor)
    gate.note(verb="read", category="index_entry", purpose="direct_care", decision="permit", item="inbox", people=sorted({share.person_id for share in shares}))
    return render(request, "practitioner/my_work/inbox.jinja", {"rows": [share_row(share, request.at) for share in shares], "at": request.at})
