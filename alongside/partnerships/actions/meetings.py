"""A meeting from its agenda to its minutes: who came, who had an interest, what was decided by whom, who dissents, and who does what by when."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction

from alongside.agencies.facts import Actor
from alongside.partnerships.actions.doors import NotNow
from alongside.partnerships.actions.keeping import KEEPERS, change, keep, noted
from alongside.partnerships.facts import Came
from alongside.partnerships.models import AgendaItem, Attendance, BoardAction, BoardDecision, BoardMember, Dissent, ItemConflict, Meeting
from alongside.partnerships.queries.meetings import quorum_of
from alongside.partnerships.rules.governance import votes_wrong

OVER = "This meeting is closed. What was left is for the next one."
OWN_ACTION = "An action is done when its owner, or whoever keeps the board's books, says so."
OWN_SEAT = "Only a member of this board, or whoever keeps its books, may do this, and only until the meeting is closed."


def call_meeting(*, by: Actor, partnership_id: int, name: str, starts: datetime, place: str, at: datetime, key: uuid.UUID | None = None) -> Meeting:
    return keep(Meeting(partnership_id=partnership_id, name=name, starts=starts, place=place, by_id=by.practitioner_id, at=at, key=key), "meeting_called", partnership_id=partnership_id)


def add_to_agenda(
    *, by: Actor, meeting: Meeting, title: str, what_for: str, paper: str = "", link: str = "", member_id: int | None = None, at: datetime, key: uuid.UUID | None = None
) -> AgendaItem:
    """A point with its paper, put down by an officer, or by a member of the board from their own seat."""
    must_be_open(meeting)
    row = AgendaItem(meeting=meeting, member_id=member_id, title=title, what_for=what_for, paper=paper, link=link, by_id=by.practitioner_id, at=at, key=key)
    return keep(row, "agenda_added", partnership_id=meeting.partnership_id, refused=OWN_SEAT)


@transaction.atomic
def note_attendance(*, by: Actor, meeting: Meeting, came: Mapping[int, tuple[Came, str]], at: datetime) -> None:
    """Who came, by member: how, and who came in their place. The last word on each counts."""
    must_be_open(meeting)
    for member_id, (how, substitute) in came.items():
        row = Attendance(meeting=meeting, member_id=member_id, came=how.value, substitute=substitute, by_id=by.practitioner_id, at=at)
        keep(row, None, partnership_id=meeting.partnership_id, refused=OWN_SEAT)
    if came:
        noted(meeting.partnership_id, "attendance_noted", at=at)


def declare_conflict(*, by: Actor, item: AgendaItem, member: BoardMember, what: str, at: datetime, key: uuid.UUID | None = None) -> ItemConflict:
    """The member has an interest in this point: they are not counted towards its quorum and do not vote on it."""
    must_be_open(item.meeting)
    if item.decisions.exists():
        raise NotNow("This point has been decided. Tell the chair: it may have to be decided again.")
    try:
        with transaction.atomic():
            row = ItemConflict(item=item, member=member, what=what, by_id=by.practitioner_id, at=at, key=key)
            return keep(row, "conflict_declared", partnership_id=item.meeting.partnership_id, refused=OWN_SEAT)
    except IntegrityError:
        return ItemConflict.objects.get(item=item, member=member)


def minute_discussion(*, by: Actor, item: AgendaItem, words: str, at: datetime) -> None:
    must_be_open(item.meeting)
    change(AgendaItem.objects.filter(pk=item.pk), "discussion_minuted", partnership_id=item.meeting.partnership_id, at=at, discussion=words)


def decide(
    *, by: Actor, item: AgendaItem, words: str, why: str, in_favour: int, against: int, abstained: int, ends_partnership: bool = False, at: datetime, key: uuid.UUID | None = None
) -> BoardDecision:
    """
    1. Refuse while too few are there who are free to vote, and say who is missing.
    2. Refuse more votes than there are members free to vote.
    3. The decision, with the count as it was. One that ends the partnership is carried out by its lead.
    """
    must_be_open(item.meeting)
    found = quorum_of(item)
    if not found.met:
        raise NotNow(f"The board cannot decide this point now: {'; '.join(found.missing)} must be there.")
    wrong = votes_wrong(in_favour, against, abstained, found.free_to_vote)
    if wrong:
        raise NotNow(wrong)
    row = BoardDecision(
        item=item, words=words, why=why, in_favour=in_favour, against=against, abstained=abstained, present=found.free_to_vote, ends_partnership=ends_partnership, by_id=by.practitioner_id, at=at,
        key=key,
    )
    return keep(row, "board_decided", partnership_id=item.meeting.partnership_id)


def dissent(*, by: Actor, decision: BoardDecision, member: BoardMember, words: str, at: datetime, key: uuid.UUID | None = None) -> Dissent:
    """A member's own words against a decision; they may come after the meeting too, and show when."""
    row = Dissent(decision=decision, member=member, words=words, by_id=by.practitioner_id, at=at, key=key)
    return keep(row, "dissent_recorded", partnership_id=decision.item.meeting.partnership_id, refused="Dissent is the member's own, or written down for them by whoever keeps the board's books.")


def take_on(*, by: Actor, item: AgendaItem, what: str, owner: BoardMember, due: date, at: datetime, key: uuid.UUID | None = None) -> BoardAction:
    must_be_open(item.meeting)
    return keep(BoardAction(item=item, what=what, owner=owner, due=due, by_id=by.practitioner_id, at=at, key=key), "action_taken_on", partnership_id=item.meeting.partnership_id)


def finish_action(*, by: Actor, action: BoardAction, how: str, at: datetime) -> None:
    rows = BoardAction.objects.filter(pk=action.pk, done_at=None)
    change(rows, "action_done", partnership_id=action.item.meeting.partnership_id, at=at, refused=OWN_ACTION, done_at=at, done_how=how)


def close_meeting(*, by: Actor, meeting: Meeting, next_on: date | None, at: datetime) -> None:
    """From now on it is minutes: nothing of it changes, and what is not done is carried to the next meeting."""
    change(Meeting.objects.filter(pk=meeting.pk, closed_at=None), "meeting_closed", partnership_id=meeting.partnership_id, at=at, refused=KEEPERS, closed_at=at, next_on=next_on)


def cancel_meeting(*, by: Actor, meeting: Meeting, at: datetime) -> None:
    must_be_open(meeting)
    change(Meeting.objects.filter(pk=meeting.pk, cancelled_at=None), "meeting_cancelled", partnership_id=meeting.partnership_id, at=at, cancelled_at=at)


def must_be_open(meeting: Meeting) -> None:
    if meeting.closed_at or meeting.cancelled_at:
        raise NotNow(OVER)
