"""The map of duties, the matrix of tasks that may be covered, and disputes with their clock."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from alongside.common import database
from alongside.common.working_days import Calendar
from alongside.partnerships.models import DelegableTask, Duty, DutyHolder, RoleDispute
from alongside.partnerships.rules.duties import DisputeClock, accountability_wrong, dispute_clock


@dataclass(frozen=True, slots=True)
class DutyNow:
    duty: Duty
    holders: tuple[DutyHolder, ...]
    wrong: str | None


def duties(partnership_id: int) -> list[DutyNow]:
    """Every duty with its holders; those for which not exactly one is accountable come first."""
    holders = Prefetch("holders", DutyHolder.objects.filter(ended_at=None).select_related("agency", "practitioner").order_by("part", "pk"))
    found = Duty.objects.filter(partnership_id=partnership_id, ended_at=None).prefetch_related(holders).order_by("pk")
    rows = [DutyNow(one, tuple(one.holders.all()), accountability_wrong(holder.part for holder in one.holders.all())) for one in found]
    return sorted(rows, key=lambda row: row.wrong is None)


def duty(duty_id: int) -> Duty:
    return database.the_one(Duty.objects.filter(pk=duty_id).select_related("partnership"))


def holder(holder_id: int) -> DutyHolder:
    return database.the_one(DutyHolder.objects.filter(pk=holder_id).select_related("duty__partnership", "agency"))


def tasks(partnership_id: int) -> list[DelegableTask]:
    return list(DelegableTask.objects.filter(partnership_id=partnership_id, ended_at=None).order_by("task"))


def task(task_id: int) -> DelegableTask:
    return database.the_one(DelegableTask.objects.filter(pk=task_id).select_related("partnership"))


@dataclass(frozen=True, slots=True)
class DisputeNow:
    """A dispute and, while it is open, with whom it lies and until when."""

    dispute: RoleDispute
    clock: DisputeClock | None

    def overdue(self, at: datetime) -> bool:
        return self.clock is not None and self.clock.due < at

    @property
    def days(self) -> int | None:
        """How many days it took to settle."""
        return (self.dispute.settled_at - self.dispute.at).days if self.dispute.settled_at else None


def disputes(partnership_id: int, *, area: str, at: datetime) -> list[DisputeNow]:
    """The open ones first, the longest open on top."""
    found = RoleDispute.objects.filter(partnership_id=partnership_id).select_related("agency", "against", "acts_meanwhile", "duty", "by", "settled_by").order_by("settled_at", "at")
    rows = [_now(one, area, at) for one in found]
    return sorted(rows, key=lambda row: row.dispute.settled_at is not None)


def dispute(dispute_id: int, *, at: datetime) -> DisputeNow:
    found = database.the_one(RoleDispute.objects.filter(pk=dispute_id).select_related("partnership", "agency", "against", "acts_meanwhile", "duty", "by"))
    return _now(found, found.partnership.area, at)


def _now(one: RoleDispute, area: str, at: datetime) -> DisputeNow:
    return DisputeNow(one, None if one.settled_at else dispute_clock(one.at, at, Calendar.of(area)))
