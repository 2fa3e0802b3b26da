"""A lost second step: one person asks, another confirms. Taking the step itself off belongs to the sign-in pages."""

from datetime import datetime

from django.db import transaction

from alongside.agencies.actions.changes import own_practitioner, write_change
from alongside.agencies.facts import Actor, CannotBe
from alongside.agencies.models import Account, Practitioner, SecondStepReset
from alongside.agencies.queries import live
from alongside.agencies.rules.administration import may_confirm_reset
from alongside.common import database
from alongside.common.decisions import NotKnown


@transaction.atomic
def ask_for_reset(*, by: Actor, practitioner_id: int, reason: str, at: datetime) -> SecondStepReset:
    """
    1. Whoever looks after the agency asks, and says how they made sure who it is; never for oneself. Raises CannotBe.
    2. Asked twice is asked once. Nothing is taken off yet.
    """
    found = own_practitioner(by, practitioner_id)
    if found.pk == by.practitioner_id:
        raise CannotBe("Ask a colleague who looks after the agency to do this for you", field="reason")
    asked, new = SecondStepReset.objects.get_or_create(practitioner=found, closed_at=None, defaults={"reason": reason, "asked_by_id": by.practitioner_id, "asked_at": at})
    if new:
        write_change(by, "reset_asked", f"Asked for the second step of {found.name} to be reset: {reason}", at=at, practitioner_id=found.pk)
    return asked


@transaction.atomic
def confirm_reset(*, by: Actor, reset_id: int, at: datetime) -> Account:
    """
    1. Another person of the same agency who looks after it or manages a team confirms. Raises CannotBe when it is the same person.
    2. Every session of the account ends. The account is given back to whoever takes the step itself off, in the same transaction.
    """
    asked = _open_reset(by, reset_id)
    if by.practitioner_id is None or not may_confirm_reset(whose=asked.practitioner_id, asked_by=asked.asked_by_id, confirms=by.practitioner_id):
        raise CannotBe("Somebody else must confirm this: two people decide it, and neither is whose step it is")
    asked.confirmed_by_id, asked.closed_at = by.practitioner_id, at
    asked.save(update_fields=["confirmed_by", "closed_at"])
    database.value("SELECT end_sessions_of(%s)", asked.practitioner_id)
    write_change(by, "reset_confirmed", f"Second step of {asked.practitioner.name} reset", at=at, practitioner_id=asked.practitioner_id)
    return Account.objects.get(practitioner=asked.practitioner_id)


@transaction.atomic
def close_reset(*, by: Actor, reset_id: int, at: datetime) -> None:
    """It is not needed after all, or did not sound right: nothing is taken off."""
    asked = _open_reset(by, reset_id)
    asked.closed_at = at
    asked.save(update_fields=["closed_at"])
    write_change(by, "reset_refused", f"Second step of {asked.practitioner.name} left as it was", at=at, practitioner_id=asked.practitioner_id)


def _open_reset(by: Actor, reset_id: int) -> SecondStepReset:
    may = by.looks_after_agency or bool(by.manages_team_ids)
    found = SecondStepReset.objects.select_for_update(of=("self",)).filter(pk=reset_id, closed_at__isnull=True, practitioner__agency_id=by.agency_id).first() if may else None
    if found is None or not Practitioner.objects.filter(live(), pk=found.practitioner_id).exists():
        raise NotKnown
    return found
