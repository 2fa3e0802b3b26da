"""Meetings with everything that their agenda, their minutes and the next meeting need."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import JSONBAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, JSONField, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import JSONObject

from alongside.common import database
from alongside.measures.result import Period, Result
from alongside.measures.taking_part import attendance
from alongside.partnerships.facts import Came, Quorum, QuorumRule, SeatFacts, SeatRole
from alongside.partnerships.models import AgendaItem, AgendaPaper, Attendance, BoardAction, BoardDecision, BoardMember, BoardRules, ItemConflict, Meeting
from alongside.partnerships.queries.board import UNSETTLED, quorum_rule
from alongside.partnerships.rules.governance import quorum

HERE = frozenset({Came.PRESENT, Came.SUBSTITUTE})


def meetings(partnership_id: int) -> list[Meeting]:
    return list(Meeting.objects.filter(partnership_id=partnership_id).order_by("-starts"))


@dataclass(frozen=True, slots=True)
class DissentNow:
    name: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DecisionNow:
    decision: BoardDecision
    dissents: tuple[DissentNow, ...]


@dataclass(frozen=True, slots=True)
class PaperNow:
    """A paper attached to a point: what it is called, how large, by whom and when; `by` is empty for a member who works for no partner."""

    reference: UUID
    name: str
    size: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class ItemNow:
    """A point of the agenda with its papers, who has an interest in it, what was decided and who does what; and whether the board could decide it now."""

    item: AgendaItem
    papers: tuple[PaperNow, ...]
    conflicts: tuple[ItemConflict, ...]
    decisions: tuple[DecisionNow, ...]
    actions: tuple[BoardAction, ...]
    quorum: Quorum


@dataclass(frozen=True, slots=True)
class MeetingNow:
    """A meeting: its points, the board with who came, and actions carried over from before it."""

    meeting: Meeting
    items: tuple[ItemNow, ...]
    board: tuple[BoardMember, ...]
    attendance: dict[int, Attendance]
    carried: tuple[BoardAction, ...]
    quorum: Quorum

    @property
    def over(self) -> bool:
        return bool(self.meeting.closed_at or self.meeting.cancelled_at)

    def point(self, item_id: int) -> ItemNow:
        return next(one for one in self.items if one.item.pk == item_id)


def meeting(meeting_id: int) -> MeetingNow:
    """One meeting. Raises NotKnown for none that the reader sits at the table of."""
    return _meeting(Q(pk=meeting_id))


def meeting_with_point(item_id: int) -> MeetingNow:
    """The meeting on whose agenda a point is."""
    return _meeting(Q(items=item_id))


def meeting_that_decided(decision_id: int) -> MeetingNow:
    return _meeting(Q(items__decisions=decision_id))


def _meeting(which: Q) -> MeetingNow:
    conflicts = Prefetch("conflicts", ItemConflict.objects.select_related("member").order_by("pk"))
    said = JSONBAgg(JSONObject(name="dissents__member__name", words="dissents__words", at="dissents__at"), filter=Q(dissents__isnull=False), order_by="dissents__pk", default=Value([], JSONField()))
    decisions = Prefetch("decisions", BoardDecision.objects.annotate(said=said).order_by("pk"))
    papers = JSONObject(reference="reference", name="name", size="size", at="at", by=F("by__name"))
    attached = ArraySubquery(AgendaPaper.objects.filter(item=OuterRef("pk")).order_by("pk").values(paper=papers))
    items = Prefetch("items", AgendaItem.objects.select_related("member").annotate(attached=attached).prefetch_related(conflicts, decisions).order_by("pk"))
    rules = BoardRules.objects.filter(partnership=OuterRef("partnership")).order_by("-at", "-pk").values(rule=JSONObject(members="members", partners="partners", chair="chair"))[:1]
    found = database.the_one(Meeting.objects.filter(which).select_related("partnership__lead_practitioner", "partnership__lead_agency").annotate(rule=Subquery(rules)).prefetch_related(items))
    came = attendance_at(found.pk)
    board = seats_at(found, came)
    rule = QuorumRule(**found.rule) if found.rule else UNSETTLED
    actions = list(BoardAction.objects.filter(item__meeting__partnership_id=found.partnership_id, item__meeting__starts__lte=found.starts).select_related("owner", "item__meeting").order_by("due"))
    rows = tuple(
        ItemNow(
            one, papers_in(one.attached), tuple(one.conflicts.all()), tuple(DecisionNow(row, _dissents(row.said)) for row in one.decisions.all()), tuple(action for action in actions if action.item_id == one.pk),
            quorum(seat_facts(board, came, {conflict.member_id for conflict in one.conflicts.all()}), rule),
        )
        for one in found.items.all()
    )  # fmt: skip
    carried = tuple(one for one in actions if one.item.meeting_id != found.pk and (one.done_at is None or one.done_at > found.starts))
    return MeetingNow(found, rows, board, came, carried, quorum(seat_facts(board, came, ()), rule))


def papers_in(rows: list[dict[str, Any]]) -> tuple[PaperNow, ...]:
    return tuple(PaperNow(UUID(row["reference"]), row["name"], row["size"], datetime.fromisoformat(row["at"]), row["by"] or "") for row in rows)


def paper(reference: UUID) -> AgendaPaper:
    """One paper with what stands in it. Raises NotKnown for none that the reader sits at the table of."""
    return database.the_one(AgendaPaper.objects.filter(reference=reference).select_related("item__meeting__partnership"))


def _dissents(said: list[dict[str, str]]) -> tuple[DissentNow, ...]:
    return tuple(DissentNow(one["name"], one["words"], datetime.fromisoformat(one["at"])) for one in said)


def attendance_at(meeting_id: int) -> dict[int, Attendance]:
    return {row.member_id: row for row in Attendance.objects.filter(meeting_id=meeting_id).order_by("at", "pk")}


def seats_at(found: Meeting, came: Iterable[int]) -> tuple[BoardMember, ...]:
    """Whoever sits on the board now, and whoever was noted as there and has left since."""
    seats = BoardMember.objects.filter(partnership_id=found.partnership_id).select_related("agency").order_by("name")
    return tuple(one for one in seats if one.ended_at is None or one.pk in came)


def seat_facts(board: Iterable[BoardMember], came: dict[int, Attendance], conflicted: Iterable[int]) -> list[SeatFacts]:
    return [
        SeatFacts(
            one.pk, one.agency_id, one.votes, one.role in (SeatRole.CHAIR, SeatRole.VICE_CHAIR), one.pk in came and came[one.pk].came in HERE, one.pk in set(conflicted)
        )
        for one in board
    ]  # fmt: skip


def quorum_of(item: AgendaItem) -> Quorum:
    """Whether the board can decide a point with those who are there and have no interest in it."""
    came = attendance_at(item.meeting_id)
    conflicted = set(ItemConflict.objects.filter(item=item).values_list("member_id", flat=True))
    return quorum(seat_facts(seats_at(item.meeting, came), came, conflicted), quorum_rule(item.meeting.partnership_id))


def action(action_id: int) -> BoardAction:
    return database.the_one(BoardAction.objects.filter(pk=action_id).select_related("item__meeting__partnership", "owner"))


def actions_open(partnership_id: int) -> list[BoardAction]:
    """What has been taken on and is not done, the first due on top."""
    return list(BoardAction.objects.filter(item__meeting__partnership_id=partnership_id, done_at=None).select_related("owner__agency", "item__meeting").order_by("due"))


def attendance_by_partner(partnership_id: int, *, first: date, last: date) -> list[tuple[str, Result]]:
    """How often each partner's seats were filled at closed meetings of a period, as measured."""
    held = Meeting.objects.filter(partnership_id=partnership_id, closed_at__isnull=False, starts__date__gte=first, starts__date__lte=last)
    rows = Attendance.objects.filter(meeting__in=held).select_related("member__agency").order_by("at", "pk")
    last_word = {(row.meeting_id, row.member_id): row for row in rows}
    counted: dict[str, list[bool]] = {}
    for row in last_word.values():
        counted.setdefault(row.member.agency.name if row.member.agency else row.member.name, []).append(row.came in HERE)
    return [(name, attendance(came).within(name, Period(first, last))) for name, came in sorted(counted.items())]


def overdue(actions: Iterable[BoardAction], at: datetime) -> list[BoardAction]:
    return [one for one in actions if one.due < at.date()]
