"""Nobody is forgotten: what is late, who has nobody, how everybody stands, and who is talked about this week."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.agencies import queries as agencies
from alongside.agencies.facts import Actor
from alongside.common.london import london_day
from alongside.confidentiality import gate
from alongside.confidentiality.queries import caseloads
from alongside.records.queries import board
from alongside.records.rules.kinds import kind_or_plain
from alongside.web.design.formats import date_words
from alongside.web.design.frame import Audience, frame_for
from alongside.web.design.rows import WorkRow
from alongside.web.entrance import supervisor_page


@dataclass(frozen=True, slots=True)
class Member:
    """How one of the supervisor's people stands today."""

    practitioner_id: int
    name: str
    title: str
    people: int
    leads: int
    overdue: int
    state: str
    covered_by: str
    trained: bool


def late_row(share: object, names: dict[int, str]) -> WorkRow:
    """One share on the board: who must answer whom."""
    owner = names.get(share.owner, share.to_team.name)
    climbed = " Climbed to you." if share.escalated_at else ""
    return WorkRow(
        title=share.headline, href=reverse("late_share", args=[share.reference]), due=share.due_at, about=kind_or_plain(share.kind).name,
        meta=f"From {share.from_agency.name}. {owner} must answer.{climbed}", state="Decision owed" if share.needs_decision else "", colour="yellow" if share.needs_decision else "",
    )


def sent_row(share: object) -> WorkRow:
    """One share that one of the supervisor's people sent and nobody has, as yet, received, signed or answered."""
    by = f"{share.from_practitioner.name} to " if share.from_practitioner else "To "
    return WorkRow(
        title=share.headline, href=reverse("late_share", args=[share.reference]), due=share.due_at, about=kind_or_plain(share.kind).name, meta=f"{by}{share.to_team.name}, {share.to_agency.name}",
        state=share.get_status_display() if share.status == "held" else "", colour="orange" if share.status == "held" else "",
    )


def members(actor: Actor, *, at: datetime) -> list[Member]:
    """Overdue first, then the heaviest caseload."""
    found = agencies.supervised(actor)
    ids = [one.pk for one in found]
    counts, overdue, away, trained = caseloads.counts(actor, ids), board.overdue_by_owner(actor, ids, at=at), agencies.away(ids, at=at), agencies.training_ends(ids)
    rows = []
    for one in found:
        leave, cover = away.get(one.pk, (None, None))
        gone = leave is not None and leave.starts <= at
        state = f"Away, back on {date_words(leave.ends)}" if gone else f"Away from {date_words(leave.starts)}" if leave else ""
        count = counts.get(one.pk, caseloads.Count())
        rows.append(
            Member(
                one.pk, one.name, one.title, count.people, count.leads, overdue.get(one.pk, 0), state, cover.covering.name if cover else "",
                one.pk in trained and trained[one.pk] >= london_day(at),
            )
        )
    return sorted(rows, key=lambda row: (-row.overdue, -row.people, row.name))


@supervisor_page()
def my_team(request: HttpRequest) -> HttpResponse:
    """The board: what is late on top, then whom nobody works with, then everybody."""
    actor, at = request.actor, request.at
    request.frame = frame_for(request, Audience.SUPERVISOR)
    everybody = members(actor, at=at)
    shown = board.board(actor, [one.practitioner_id for one in everybody], at=at)
    gate.note(verb="read", category="index_entry", purpose="supervision", decision="permit", item="my team", people=shown.people)
    names = {one.practitioner_id: one.name for one in everybody}
    return render(
        request, "supervisor/my_team/my_team.jinja",
        {
            "late": [late_row(share, names) for share in shown.late], "undecided": [late_row(share, names) for share in shown.undecided], "unsigned": [sent_row(share) for share in shown.unsigned],
            "unreceived": [sent_row(share) for share in shown.unreceived], "unanswered": [sent_row(share) for share in shown.unanswered], "waiting": caseloads.unallocated(actor),
            "members": everybody, "at": at,
        },
    )


@supervisor_page()
def supervision(request: HttpRequest) -> HttpResponse:
    """The weekly list: per practitioner, the people and shares to be talked about, until they are answered. Made to be printed."""
    actor, at = request.actor, request.at
    request.frame = frame_for(request, Audience.SUPERVISOR)
    everybody = members(actor, at=at)
    listed = board.talked_about(actor)
    gate.note(
        verb="read", category="index_entry", purpose="supervision", decision="permit", item="weekly supervision", people=board.people_in(share for found in listed.values() for share in found)
    )
    names = {one.practitioner_id: one.name for one in everybody}
    rows = [(one, [late_row(share, names) for share in listed.pop(one.practitioner_id, [])]) for one in everybody]
    others = [late_row(share, names) for found in listed.values() for share in found]
    return render(request, "supervisor/my_team/supervision.jinja", {"rows": rows, "others": others, "at": at})
