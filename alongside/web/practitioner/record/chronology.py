"""The merged chronology: what happened, what it meant, what was done or why nothing, and whose agency wrote it; filtered, turned, printed."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.agencies import queries as agencies
from alongside.common.london import LONDON
from alongside.records import queries
from alongside.records.queries import ChronologyRow
from alongside.records.rules.kinds import entry_kinds, kind_or_plain
from alongside.web.design.fields import DateField, SelectField, TickField
from alongside.web.design.forms import Form
from alongside.web.design.rows import Event
from alongside.web.entrance import practitioner_page
from alongside.web.practitioner.entry.kinds import HEADINGS, choices
from alongside.web.practitioner.opening import identity, opened
from alongside.web.practitioner.shares.minimum import summary_words

PAGE, SHORT = 25, 700
MARKS = {"corrected": "Corrected", "withdrawn": "Recorded in error", "awaiting_signature": "Waits for a signature"}
ALL_OF = "all:"


class FilterForm(Form):
    agency = SelectField(label="Whose agency", required=False, says_optional=False, empty="All agencies")
    kind = SelectField(
        label="Kind", required=False, says_optional=False, empty="All kinds",
        choices=lambda: [(words, [(ALL_OF + group, f"All: {words}"), *(pair for head, pairs in choices() if head == words for pair in pairs)]) for group, words in HEADINGS.items()],
    )
    since = DateField(label="From", hint="", required=False, says_optional=False)
    until = DateField(label="Until", hint="", required=False, says_optional=False)
    only_new = TickField(label="Only what is new since I last looked", required=False)

    def asked(self) -> dict[str, Any]:
        """What the query is asked; what was typed wrong asks for nothing, and says so beside its field."""
        words = self.cleaned_data if self.is_valid() else {}
        kind = words.get("kind", "")
        kinds = tuple(one.code for one in entry_kinds().values() if one.group == kind.removeprefix(ALL_OF)) if kind.startswith(ALL_OF) else (kind,) if kind else ()
        return {
            "agency_id": int(words["agency"]) if words.get("agency") else None, "kinds": kinds, "since": midnight(words.get("since")),
            "until": midnight(words["until"] + timedelta(days=1)) if words.get("until") else None, "new_only": bool(words.get("only_new")),
        }


def midnight(day: Any) -> datetime | None:
    return datetime.combine(day, time(), tzinfo=LONDON) if day else None


def event(row: ChronologyRow, person_id: int, *, whole: bool = False) -> Event:
    """One line. A long account is cut, and its entry a press away; in print it stands whole."""
    cut = not whole and len(row.account) > SHORT
    details = [
        ("Effect", row.effect), ("Action", row.action_taken), ("Why nothing was done", row.no_action_reason),
        ("Put right", "A later entry corrects this one. Open it to see both texts" if row.corrected else "This puts an earlier entry right. Open it to see both texts" if row.corrects else ""),
    ]
    return Event(
        when=row.happened_at, title=row.headline, href=reverse("entry", args=[person_id, row.reference]), who=f"{kind_or_plain(row.kind).name}. {row.byline}",
        text=row.account[:SHORT].rsplit(" ", 1)[0] + " …" if cut else row.account, own_words=row.words_of_person, unread=row.new,
        details=[(label, words if whole or len(words) <= SHORT else words[:SHORT] + " …") for label, words in details if words],
        mark=MARKS.get(row.status, "Correction" if row.corrects else ""),
    )


def brief(share: Any) -> Event:
    """A partner told this reader's team only what it must know: that much is part of what happened."""
    said = summary_words(share.summary)
    return Event(
        when=datetime.fromisoformat(share.summary["happened_at"]) if "happened_at" in share.summary else share.sent_at, title=share.headline, href=reverse("share", args=[share.reference]),
        who=f"{kind_or_plain(share.kind).name}. {share.from_agency.name} told you what you need to know", details=[(label, words) for label, words in said if label not in NOT_TWICE], mark="In brief",
    )


NOT_TWICE = ("What it is", "When", "Name")


def woven(rows: Sequence[ChronologyRow], shares: Sequence[Any], person_id: int, *, whole: bool = False) -> list[Event]:
    """Entries and what was told in brief, in one line of time, newest first."""
    return sorted([*(event(row, person_id, whole=whole) for row in rows), *(brief(share) for share in shares)], key=lambda one: one.when, reverse=True)


@practitioner_page()
def chronology(request: HttpRequest, person_id: int) -> HttpResponse:
    access, who = opened(request, person_id, item="chronology")
    form = FilterForm(request.GET)
    form.fields["agency"].choices = [(str(one.pk), one.name) for one in agencies.agencies()]
    turned = queries.entry(request.actor, found, access) if (found := as_reference(request.GET.get("older_than", ""))) else None
    page = {"before": turned.happened_at, "before_id": turned.pk} if turned else {}
    asked = form.asked()
    rows = queries.chronology(access, **asked, **page, limit=PAGE + 1)
    from_here = rows[PAGE - 1].happened_at if len(rows) > PAGE else asked["since"]
    told = [] if asked["new_only"] else queries.told_in_brief(
        request.actor, access, since=from_here, before=turned.happened_at if turned else asked["until"], agency_id=asked["agency_id"], kinds=asked["kinds"]
    )
    events = woven(rows[:PAGE], told, person_id, whole="print" in request.GET)
    filters = {name: value for name, value in request.GET.items() if name != "older_than" and value}
    here = reverse("chronology", args=[person_id])
    words = {
        "form": form, "who": identity(who, href=reverse("person", args=[person_id])), "events": events, "person_id": person_id, "at": request.at, "filtered": bool(filters),
        "older": f"{here}?{urlencode(filters | {'older_than': rows[PAGE - 1].reference})}" if len(rows) > PAGE else "", "whole": f"{here}?{urlencode(filters | {'print': 'yes'})}" if "print" not in filters and any(len(row.account) > SHORT for row in rows[:PAGE]) else "",
        "newest": f"{here}?{urlencode(filters)}" if turned else "",
    }
    return render(request, "practitioner/record/_events.jinja" if request.htmx else "practitioner/record/chronology.jinja", words)


def as_reference(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


