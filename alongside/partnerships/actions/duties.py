"""Who answers for what: duties and their holders, tasks that may be covered, and disputes about who acts."""

import uuid
from datetime import datetime

from alongside.agencies.facts import Actor
from alongside.partnerships.actions.doors import NotNow
from alongside.partnerships.actions.keeping import change, keep
from alongside.partnerships.models import DelegableTask, Duty, DutyHolder, RoleDispute
from alongside.partnerships.rules.duties import PARTS

DISPUTERS = "A dispute is raised for their own agency by somebody who works for a partner."
SETTLERS = "A dispute is settled by whoever raised it, or by the partnership's lead or chair."


def add_duty(*, by: Actor, partnership_id: int, name: str, source: str, at: datetime, key: uuid.UUID | None = None) -> Duty:
    return keep(Duty(partnership_id=partnership_id, name=name, source=source, by_id=by.practitioner_id, at=at, key=key), "duty_added", partnership_id=partnership_id)


def end_duty(*, by: Actor, duty: Duty, at: datetime) -> None:
    change(Duty.objects.filter(pk=duty.pk, ended_at=None), "duty_ended", partnership_id=duty.partnership_id, at=at, ended_at=at)


def hold_duty(*, by: Actor, duty: Duty, agency_id: int, part: str, at: datetime, practitioner_id: int | None = None, key: uuid.UUID | None = None) -> DutyHolder:
    """An agency has a part in a duty. That none or two are accountable is possible, and shown: it is how things are until somebody settles it."""
    if part not in PARTS:
        raise NotNow("Choose which part they have.")
    row = DutyHolder(duty=duty, agency_id=agency_id, practitioner_id=practitioner_id, part=part, by_id=by.practitioner_id, at=at, key=key)
    return keep(row, "duty_taken", partnership_id=duty.partnership_id, agency_id=agency_id)


def leave_duty(*, by: Actor, holder: DutyHolder, at: datetime) -> None:
    change(DutyHolder.objects.filter(pk=holder.pk, ended_at=None), "duty_left", partnership_id=holder.duty.partnership_id, at=at, ended_at=at)


def add_task(*, by: Actor, partnership_id: int, task: str, must: str, may: str, cover: str, competence: str, at: datetime, key: uuid.UUID | None = None) -> DelegableTask:
    row = DelegableTask(partnership_id=partnership_id, task=task, must=must, may=may, cover=cover, competence=competence, by_id=by.practitioner_id, at=at, key=key)
    return keep(row, "task_added", partnership_id=partnership_id)


def end_task(*, by: Actor, task: DelegableTask, at: datetime) -> None:
    change(DelegableTask.objects.filter(pk=task.pk, ended_at=None), "task_ended", partnership_id=task.partnership_id, at=at, ended_at=at)


def raise_dispute(
    *, by: Actor, partnership_id: int, against_id: int, what: str, acts_meanwhile_id: int, at: datetime, duty_id: int | None = None, key: uuid.UUID | None = None
) -> RoleDispute:
    """Two bodies do not agree who acts. One of them acts until it is settled, so that nobody goes without; the clock runs from now."""
    if against_id == by.agency_id:
        raise NotNow("Choose another agency than your own.")
    if acts_meanwhile_id not in (by.agency_id, against_id):
        raise NotNow("One of the two acts until it is settled.")
    row = RoleDispute(
        partnership_id=partnership_id, duty_id=duty_id, agency_id=by.agency_id, against_id=against_id, what=what, acts_meanwhile_id=acts_meanwhile_id, by_id=by.practitioner_id, at=at, key=key
    )
    return keep(row, "dispute_raised", partnership_id=partnership_id, agency_id=by.agency_id, refused=DISPUTERS)


def settle_dispute(*, by: Actor, dispute: RoleDispute, settlement: str, at: datetime) -> None:
    change(
        RoleDispute.objects.filter(pk=dispute.pk, settled_at=None), "dispute_settled", partnership_id=dispute.partnership_id, at=at, refused=SETTLERS, settled_at=at, settled_by_id=by.practitioner_id,
        settlement=settlement,
    )
