"""What this app does later: access lists follow the clock, late obligations climb, what was held back is looked at again."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from alongside.agencies.queries import supervisor_of
from alongside.common import database
from alongside.common.schedule import every
from alongside.confidentiality.ledger import turns  # noqa: F401 - its task is found with ours
from alongside.confidentiality.models import Obligation
from alongside.confidentiality.queries import lead_above

BATCH = 200
NEXT_RUNG = timedelta(hours=24)


@every(seconds=2)
def access_lists_follow_the_clock(at: datetime) -> int:
    """Whoever gains or loses access at a moment that has come is put on, or taken off, the person's list. (Opening a record does not wait for this.)"""
    return _call("SELECT recompute_due_acls()")


@every(seconds=30)
def climb_overdue(at: datetime) -> int:
    """
    1. Lock a batch of obligations whose next step has come.
    2. One that is late goes to the owner's supervisor as well; if it is still open a day later, to the partnership's lead; there it stays.
    """
    with transaction.atomic():
        late = list(Obligation.objects.select_for_update(skip_locked=True).filter(status="open", next_step_at__lte=at).order_by("next_step_at")[:BATCH])
        for owed in late:
            above = supervisor_of(owed.owner) if owed.climbed_to is None else None
            above = above if above not in (None, owed.owner) else lead_above(owed.owner)
            last = owed.climbed_to is not None or above is None
            Obligation.objects.filter(pk=owed.pk).update(climbed_to=above or F("climbed_to"), next_step_at=None if last else at + NEXT_RUNG)
    return len(late)


@every(seconds=60)
def look_again_at_what_is_held(at: datetime) -> int:
    """Notices whose reason to wait has ended reach the person; those whose review has come, ledger lines held back and restrictions, are owed to somebody."""
    return _call("SELECT release_notices()") + _call("SELECT review_ledger_holds()") + _call("SELECT review_restrictions()")


@every(seconds=60)
def nobody_is_left(at: datetime) -> int:
    """Where the last of those who might open a record, or a part of one, has left, whoever watches over it has it on their list within a minute."""
    return _call("SELECT tell_of_lost_readers()")


@every(seconds=600)
def ask_people_again(at: datetime) -> int:
    """Whoever wanted to be asked again on a day that has come, or whose agreement has run out, is on the list of somebody who works with them."""
    return _call("SELECT ask_again()")


def _call(question: str) -> int:
    with transaction.atomic():
        return int(database.value(question))
