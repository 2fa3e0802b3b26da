"""My work: what waits, most urgent first; what has climbed to me; what I have not sent; how what I sent stands."""

from collections.abc import Iterable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.confidentiality import gate
from alongside.people.queries import names_of
from alongside.records import queries
from alongside.web.design.fields import RadiosField, SelectField
from alongside.web.design.forms import Form
from alongside.web.design.frame import frame_of
from alongside.web.entrance import practitioner_page
from alongside.web.practitioner.finder.forms import FindForm
from alongside.web.practitioner.my_work.waiting import OPEN, WHAT, Desk, Waiting, desk, sent_rows, share_waits

SHOWN = 50
TO_ANSWER = frozenset({"answer", "decide"})


class NarrowForm(Form):
    whose = RadiosField(label="Whose", choices=[("mine", "Mine, or nobody’s yet"), ("team", "My teams’ as well")], initial="mine", small=True, required=False, says_optional=False)
    what = SelectField(label="What", required=False, says_optional=False, empty="Everything")
    sender = SelectField(label="From whom", required=False, says_optional=False, empty="Everybody")
    about = SelectField(label="About whom", required=False, says_optional=False, empty="Everybody")

    def offer(self, on: Desk) -> None:
        """Only what would leave something to see."""
        kinds, senders = {one.what for one in on.waiting}, {one.sender for one in on.waiting if one.sender}
        people = {one.person_id for one in on.waiting if one.person_id in on.names}
        self.fields["what"].choices = [(code, words) for code, words in WHAT.items() if code in kinds]
        self.fields["sender"].choices = [(name, name) for name in sorted(senders)]
        self.fields["about"].choices = sorted(((str(person), on.names[person]) for person in people), key=lambda one: one[1])

    def keeps(self, one: Waiting) -> bool:
        asked = self.cleaned_data
        return (
            (one.mine or asked.get("whose") == "team")
            and asked.get("what", "") in ("", one.what)
            and asked.get("sender", "") in ("", one.sender)
            and asked.get("about", "") in ("", str(one.person_id))
        )


def noted(people: Iterable[int], item: str) -> None:
    gate.note(verb="read", category="index_entry", purpose="direct_care", decision="permit", item=item, people=sorted(set(people)))


def counted(request: HttpRequest, count: int) -> None:
    """How many wait, beside the way to them."""
    frame = frame_of(request)
    request.frame = replace(frame, navigation=tuple(replace(item, count=count) if item.href == "/inbox/" else item for item in frame.navigation))  # type: ignore[attr-defined]


@practitioner_page()
def my_work(request: HttpRequest) -> HttpResponse:
    on, at = desk(request.actor, request.at), request.at
    noted([*(one.person_id for one in (*on.waiting, *on.climbed) if one.person_id), *on.names], "my work")
    counted(request, sum(one.mine for one in on.waiting if one.what in TO_ANSWER))
    form = NarrowForm({"whose": "mine"} | request.GET.dict())
    form.offer(on)
    form.is_valid()
    rows = [one.row(on.names) for one in on.waiting if form.keeps(one)]
    asked = {one.href for one in on.waiting}
    sent = sent_rows(on.sent, on.names, at)
    words = {
        "narrow": form, "rows": rows[:SHOWN], "hidden": max(len(rows) - SHOWN, 0), "others": sum(not one.mine for one in on.waiting), "climbed": [one.row(on.names) for one in on.climbed if one.href not in asked],
        "drafts": on.drafts, "open": [row for row in sent if row.state in OPEN], "done": [row for row in sent if row.state not in OPEN][:10], "at": at, "finder": FindForm(),
    }
    return render(request, "practitioner/my_work/_waiting.jinja" if request.htmx else "practitioner/my_work/my_work.jinja", words)


@practitioner_page()
def inbox(request: HttpRequest) -> HttpResponse:
    """Only what came in, for whoever works it off one after the other."""
    waiting = [share_waits(share, request.actor) for share in queries.inbox(request.actor)]
    names = names_of(one.person_id for one in waiting if one.person_id)
    noted((one.person_id for one in waiting if one.person_id), "inbox")
    counted(request, sum(one.mine for one in waiting))
    rows = [one.row(names) for one in waiting]
    return render(request, "practitioner/my_work/inbox.jinja", {"rows": rows[:SHOWN], "hidden": max(len(rows) - SHOWN, 0), "at": request.at})
