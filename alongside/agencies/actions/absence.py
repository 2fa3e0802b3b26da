"""Leave and cover."""

from datetime import datetime, timedelta

from django.db import transaction

from alongside.agencies.actions.changes import write_change
from alongside.agencies.facts import Actor, CannotBe
from alongside.agencies.models import Cover, Leave, Practitioner
from alongside.agencies.queries import live
from alongside.agencies.rules.absence import why_not_cover
from alongside.common.decisions import NotKnown

BEFORE = timedelta(seconds=1)
"""A cover that is taken off before it began keeps its row, with a moment in the past."""


@transaction.atomic
def arrange_cover(*, by: Actor, absent_id: int, covering_id: int, reason: str, starts: datetime, ends: datetime, at: datetime | None = None) -> Cover:
    """
    1. Only for oneself, somebody one supervises, or in an agency one looks after. Raises NotKnown otherwise.
    2. The leave of the absent practitioner.
    3. The cover: from `starts` to `ends` the covering practitioner stands in; it ends by itself. Raises CannotBe when they cannot.
    """
    absent = _may_arrange(by, absent_id)
    covering = Practitioner.objects.filter(live(), pk=covering_id).first()
    problem = why_not_cover(
        absent=absent_id, covering=covering_id, same_agency=covering is None or covering.agency_id == absent.agency_id, both_work_here=covering is not None, starts=starts, ends=ends
    )
    if problem:
        raise CannotBe(problem, field="last_day" if "day" in problem or "year" in problem else "covering")
    Leave.objects.create(practitioner_id=absent_id, starts=starts, ends=ends, reason=reason)
    write_change(by, "cover_arranged", f"{covering} stands in for {absent.name} from {starts:%d %B} to {ends:%d %B}", at=at or starts, practitioner_id=absent_id, agency_id=absent.agency_id)
    return Cover.objects.create(absent_id=absent_id, covering_id=covering_id, arranged_by_id=by.practitioner_id, reason=reason, starts=starts, ends=ends)


@transaction.atomic
def end_leave(*, by: Actor, absent_id: int, at: datetime) -> None:
    """Back early: leave and cover end now; what had not begun is taken off."""
    absent = _may_arrange(by, absent_id)
    Leave.objects.filter(practitioner=absent, starts__gte=at).delete()
    Leave.objects.filter(practitioner=absent, ends__gt=at).update(ends=at)
    for cover in Cover.objects.filter(absent=absent, ends__gt=at):
        Cover.objects.filter(pk=cover.pk).update(starts=min(cover.starts, at - BEFORE), ends=at)
    write_change(by, "leave_ended", f"{absent.name} is back", at=at, practitioner_id=absent_id, agency_id=absent.agency_id)


def _may_arrange(by: Actor, absent_id: int) -> Practitioner:
    absent = Practitioner.objects.filter(live(), pk=absent_id).first()
    mine = absent is not None and (
        absent_id == by.practitioner_id or absent.supervisor_id == by.practitioner_id and by.practitioner_id is not None or by.looks_after_agency and absent.agency_id == by.agency_id
    )
    if absent is None or not mine:
        raise NotKnown
    return absent
