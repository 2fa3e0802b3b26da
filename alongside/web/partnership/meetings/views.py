"""Meetings of the board: agenda and papers, who came, who has an interest, what was decided with whom, dissent, who does what, and the minutes."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.common.london import london_day
from alongside.confidentiality import gate
from alongside.measures.taking_part import ATTENDANCE_CAVEAT, ATTENDANCE_VERSION
from alongside.partnerships.actions import meetings as act_on
from alongside.partnerships.facts import Came
from alongside.partnerships.queries import board as boards
from alongside.partnerships.queries import meetings as reading
from alongside.partnerships.queries.table import Place
from alongside.web.entrance import board_page
from alongside.web.partnership.at_the_table import at_table, done, fill_in, must, shown
from alongside.web.partnership.governance.forms import ROLES, SEATS
from alongside.web.partnership.meetings.forms import (
    CAME,
    FOR,
    ActionForm,
    AttendanceForm,
    CallForm,
    CloseForm,
    ConflictForm,
    DecisionForm,
    DiscussionForm,
    DissentForm,
    DoneForm,
    ItemForm,
)
from alongside.web.partnership.wording import percent

A_YEAR = timedelta(days=365)


@board_page()
def meetings(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place, day = at_table(request, partnership_id), london_day(request.at)
    found, actions = reading.meetings(partnership_id), reading.actions_open(partnership_id)
    rates = reading.attendance_by_partner(partnership_id, first=day - A_YEAR, last=day)
    came = [[name, f"{round((rate.value or 0) * rate.n)} of {rate.n}", percent(rate.value), f"{percent(rate.low)} to {percent(rate.high)}"] for name, rate in rates]
    return shown(
        request, "partnership/meetings/meetings.jinja", place, ahead=[one for one in reversed(found) if not one.closed_at and not one.cancelled_at], past=[one for one in found if one.closed_at or one.cancelled_at],
        actions=actions, late={one.pk for one in reading.overdue(actions, request.at)}, came=came, version=ATTENDANCE_VERSION, caveat=ATTENDANCE_CAVEAT, since=day - A_YEAR,
    )


@board_page("GET", "POST")
def call_meeting(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place = at_table(request, partnership_id)
    must(place.governs)
    form = CallForm(request.POST or None, after=london_day(request.at))

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        return act_on.call_meeting(by=request.actor, partnership_id=partnership_id, name=words["name"], starts=form.starts(), place=words["place"], at=request.at, key=key)

    return fill_in(
        request, place, form, act, heading="Call a meeting", said="Called. Every member finds it on their page.", to=lambda made: reverse("meeting", args=[made.pk]),
        back=("Meetings", reverse("meetings", args=[partnership_id])),
    )


@board_page()
def meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    found = reading.meeting(meeting_id)
    place = at_table(request, found.meeting.partnership)
    gate.note(verb="read", purpose="partnership_governance", decision="permit", item=f"meeting:{meeting_id}")
    template = "partnership/meetings/minutes.jinja" if found.meeting.closed_at else "partnership/meetings/meeting.jinja"
    own = [one for one in found.board if one.pk in place.seats]
    words = {"came": CAME, "what_for": FOR, "roles": ROLES, "seats": SEATS, "own": own, "seated": bool(own)}
    return shown(request, template, place, ("Meetings", reverse("meetings", args=[place.partnership.pk])), found=found, one=found.meeting, apologised={pk for pk, row in found.attendance.items() if row.came == Came.APOLOGIES}, **words)


@board_page("GET", "POST")
def add_to_agenda(request: HttpRequest, meeting_id: int) -> HttpResponse:
    found, place, back = a_meeting(request, meeting_id)
    own = own_seat(place, found.board)
    must(place.governs or own is not None, act_on.OWN_SEAT)

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        point = {name: words[name] for name in ("title", "what_for", "paper", "link")}
        return act_on.add_to_agenda(by=request.actor, meeting=found.meeting, member_id=own.pk if own else None, at=request.at, key=key, **point)

    return fill_in(request, place, ItemForm(request.POST or None), act, heading="Put a point on the agenda", caption=found.meeting.name, said="It is on the agenda.", to=back[1], back=back)


@board_page("GET", "POST")
def note_attendance(request: HttpRequest, meeting_id: int) -> HttpResponse:
    found, place, back = a_meeting(request, meeting_id)
    must(place.governs)
    form = AttendanceForm(request.POST or None, board=found.board, noted=found.attendance)

    def act(words: Mapping[str, Any], key: UUID | None) -> None:
        act_on.note_attendance(by=request.actor, meeting=found.meeting, came=form.came(found.attendance), at=request.at)

    return fill_in(request, place, form, act, heading="Who is there?", caption=found.meeting.name, said="Noted.", to=back[1], back=back, revealed=form.revealed)


@board_page("POST")
def send_apologies(request: HttpRequest, meeting_id: int) -> HttpResponse:
    found, place, back = a_meeting(request, meeting_id)
    own = own_seat(place, found.board)
    must(own is not None, act_on.OWN_SEAT)
    return done(
        request, lambda: act_on.note_attendance(by=request.actor, meeting=found.meeting, came={own.pk: (Came.APOLOGIES, "")}, at=request.at), said="Your apologies are noted. You can still put points on the agenda.", to=back[1]
    )


@board_page("GET", "POST")
def declare_conflict(request: HttpRequest, item_id: int) -> HttpResponse:
    item, found, place, back = a_point(request, item_id)
    members = speaking_for(place, found.board)
    must(bool(members), act_on.OWN_SEAT)
    form = ConflictForm(request.POST or None, members=members)

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        member = boards.member(int(words["member"]))
        return act_on.declare_conflict(by=request.actor, item=item, member=member, what=words["what"], at=request.at, key=key)

    return fill_in(request, place, form, act, heading="Declare an interest in this point", caption=item.title, said="Declared. They take no part in deciding this point.", to=back[1], back=back)


@board_page("GET", "POST")
def minute_discussion(request: HttpRequest, item_id: int) -> HttpResponse:
    item, _, place, back = a_point(request, item_id)
    must(place.governs)

    def act(words: Mapping[str, Any], key: UUID | None) -> None:
        act_on.minute_discussion(by=request.actor, item=item, words=words["words"], at=request.at)

    return fill_in(request, place, DiscussionForm(request.POST or None, initial={"words": item.discussion}), act, heading="What was said", caption=item.title, said="Minuted.", to=back[1], back=back)


@board_page("GET", "POST")
def decide(request: HttpRequest, item_id: int) -> HttpResponse:
    item, found, place, back = a_point(request, item_id)
    must(place.governs)
    now = found.point(item_id)

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        decision = {name: words[name] for name in ("words", "why", "in_favour", "against", "abstained", "ends_partnership")}
        return act_on.decide(by=request.actor, item=item, at=request.at, key=key, **decision)

    return fill_in(
        request, place, DecisionForm(request.POST or None), act, heading="Write down a decision", caption=item.title, said="Decided. Whoever dissents can say so beside it.", to=back[1], back=back, now=now,
        template="partnership/meetings/decide.jinja",
    )


@board_page("GET", "POST")
def take_on(request: HttpRequest, item_id: int) -> HttpResponse:
    item, found, place, back = a_point(request, item_id)
    must(place.governs)
    form = ActionForm(request.POST or None, members=[(one.pk, one.name) for one in found.board], after=london_day(request.at))

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        return act_on.take_on(by=request.actor, item=item, what=words["what"], owner=boards.member(int(words["owner"])), due=words["due"], at=request.at, key=key)

    return fill_in(request, place, form, act, heading="Say who does what by when", caption=item.title, said="Taken on. It is carried from meeting to meeting until it is done.", to=back[1], back=back)


@board_page("GET", "POST")
def dissent(request: HttpRequest, decision_id: int) -> HttpResponse:
    found, place, back = opened(request, reading.meeting_that_decided(decision_id), over=True)
    decision = next(row.decision for point in found.items for row in point.decisions if row.decision.pk == decision_id)
    members = speaking_for(place, found.board)
    must(bool(members), act_on.OWN_SEAT)
    form = DissentForm(request.POST or None, members=members)

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        return act_on.dissent(by=request.actor, decision=decision, member=boards.member(int(words["member"])), words=words["words"], at=request.at, key=key)

    return fill_in(request, place, form, act, heading="Dissent", caption=decision.item.title, lead=f"The board decided: “{decision.words}”", said="It stands in the minutes.", to=back[1], back=back)


@board_page("GET", "POST")
def finish_action(request: HttpRequest, action_id: int) -> HttpResponse:
    action = reading.action(action_id)
    place = at_table(request, action.item.meeting.partnership)
    must(place.governs or action.owner_id in place.seats, act_on.OWN_ACTION)
    to = reverse("meetings", args=[place.partnership.pk])

    def act(words: Mapping[str, Any], key: UUID | None) -> None:
        act_on.finish_action(by=request.actor, action=action, how=words["how"], at=request.at)

    return fill_in(request, place, DoneForm(request.POST or None), act, heading="It is done", caption=action.item.title, lead=action.what, said="Done.", to=f"{to}#actions", back=("Meetings", to))


@board_page("GET", "POST")
def close_meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    found, place, back = a_meeting(request, meeting_id)
    must(place.governs)

    def act(words: Mapping[str, Any], key: UUID | None) -> None:
        act_on.close_meeting(by=request.actor, meeting=found.meeting, next_on=words["next_on"], at=request.at)

    unnoted = [one.name for one in found.board if one.pk not in found.attendance]
    lead = "From now on it is minutes: nothing of it changes. What is not done is carried to the next meeting." + (f" Not noted whether they came: {', '.join(unnoted)}." if unnoted else "")
    return fill_in(request, place, CloseForm(request.POST or None), act, heading="Close the meeting", caption=found.meeting.name, lead=lead, confirm="Close it", said="Closed. These are its minutes.", to=back[1], back=back)


@board_page("POST")
def cancel_meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    found, place, _ = a_meeting(request, meeting_id)
    must(place.governs)
    to = reverse("meetings", args=[place.partnership.pk])
    return done(request, lambda: act_on.cancel_meeting(by=request.actor, meeting=found.meeting, at=request.at), said="Cancelled.", to=to)


def a_meeting(request: HttpRequest, meeting_id: int) -> tuple[reading.MeetingNow, Place, tuple[str, str]]:
    return opened(request, reading.meeting(meeting_id))


def opened(request: HttpRequest, found: reading.MeetingNow, *, over: bool = False) -> tuple[reading.MeetingNow, Place, tuple[str, str]]:
    """A meeting that is not over, unless it may be; the reader's place at its table, and the way back to it."""
    place = at_table(request, found.meeting.partnership)
    must(over or not found.over, act_on.OVER)
    return found, place, (found.meeting.name, reverse("meeting", args=[found.meeting.pk]))


def a_point(request: HttpRequest, item_id: int) -> tuple[Any, reading.MeetingNow, Place, tuple[str, str]]:
    found, place, back = opened(request, reading.meeting_with_point(item_id))
    return found.point(item_id).item, found, place, (back[0], f"{back[1]}#point-{item_id}")


def own_seat(place: Place, board: tuple[Any, ...]) -> Any:
    return next((one for one in board if one.pk in place.seats), None)


def speaking_for(place: Place, board: tuple[Any, ...]) -> list[tuple[int, str]]:
    """For whom the reader may say something: themselves, or anybody where they keep the books."""
    return [(one.pk, one.name) for one in board if place.governs or one.pk in place.seats]
