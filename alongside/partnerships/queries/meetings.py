"""Meetings with everything that their agenda, their minutes and the next meeting need."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch

from alongside.common.decisions import NotKnown
from alongside.measures.proportion import wilson
from alongside.measures.result import Period, Result, fingerprint
from alongside.partnerships.facts import Came, Quorum, SeatFacts, SeatRole
from alongside.partnerships.models import AgendaItem, Attendance, BoardAction, BoardDecision, BoardMember, Dissent, ItemConflict, Meeting
from alongside.partnerships.queries.board import quorum_rule
from alongside.partnerships.rules.governance import quorum

HERE = frozenset({Came.PRESENT, Came.SUBSTITUTE})
ATTENDANCE, ATTENDANCE_VERSION = "attendance", "F11a.1"
ATTENDANCE_CAVEAT = "Meetings that were closed, counted for each seat that the partner held then. A substitute counts as there. Being there is not the same as being heard."


def meetings(partnership_id: int) -> list[Meeting]:
    return list(Meeting.objects.filter(partnership_id=partnership_id).order_by("-starts"))


@dataclass(frozen=True, slots=True)
class ItemNow:
    """A point of the agenda with its paper, who has an interest in it, what was decided and who does what; and whether the board could decide it now."""

    item: AgendaItem
    conflicts: tuple[ItemConflict, ...]
    decisions: tuple[BoardDecision, ...]
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


def meeting(meeting_id: int) -> MeetingNow:
    """One meeting. Raises NotKnown for none that the reader sits at the table of."""
    conflicts = Prefetch("conflicts", ItemConflict.objects.select_related("member").order_by("pk"))
    decisions = Prefetch("decisions", BoardDecision.objects.prefetch_related(Prefetch("dissents", Dissent.objects.select_related("member").order_by("pk"))).order_by("pk"))
    actions = Prefetch("actions", BoardAction.objects.select_related("owner").order_by("due"))
    items = Prefetch("items", AgendaItem.objects.select_related("member").prefetch_related(conflicts, decisions, actions).order_by("pk"))
    found = Meeting.objects.filter(pk=meeting_id).select_related("partnership").prefetch_related(items).first()
    if found is None:
        raise NotKnown
    came = attendance_at(found.pk)
    board = seats_at(found, came)
    rule = quorum_rule(found.partnership_id)
    rows = tuple(
        ItemNow(
            one, tuple(one.conflicts.all()), tuple(one.decisions.all()), tuple(one.actions.all()),
            quorum(seat_facts(board, came, {conflict.member_id for conflict in one.conflicts.all()}), rule),
        )
        for one in found.items.all()
    )  # fmt: skip
    return MeetingNow(found, rows, board, came, tuple(carried_over(found)), quorum(seat_facts(board, came, ()), rule))


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


def item(item_id: int) -> AgendaItem:
    found = AgendaItem.objects.filter(pk=item_id).select_related("meeting__partnership").first()
    if found is None:
        raise NotKnown
    return found


def decision(decision_id: int) -> BoardDecision:
    found = BoardDecision.objects.filter(pk=decision_id).select_related("item__meeting__partnership").first()
    if found is None:
        raise NotKnown
    return found


def action(action_id: int) -> BoardAction:
    found = BoardAction.objects.filter(pk=action_id).select_related("item__meeting__partnership", "owner").first()
    if found is None:
        raise NotKnown
    return found


def carried_over(found: Meeting) -> list[BoardAction]:
    """What was taken on before a meeting and was not done when it began."""
    before = BoardAction.objects.filter(item__meeting__partnership_id=found.partnership_id, item__meeting__starts__lt=found.starts)
    return [one for one in before.select_related("owner", "item__meeting").order_by("due") if one.done_at is None or one.done_at > found.starts]


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
    return [(name, attendance_rate(name, came, Period(first, last))) for name, came in sorted(counted.items())]


def attendance_rate(scope: str, came: list[bool], period: Period) -> Result:
    """
    >>> attendance_rate("School", [True, True, False, True], Period(date(2026, 1, 1), date(2026, 12, 31))).value
    0.75
    """
    low, high = wilson(sum(came), len(came))
    return Result(ATTENDANCE, ATTENDANCE_VERSION, scope, period, len(came), sum(came) / len(came), low, high, False, fingerprint(came), ATTENDANCE_CAVEAT)


def overdue(actions: Iterable[BoardAction], at: datetime) -> list[BoardAction]:
    return [one for one in actions if one.due < at.date()]
