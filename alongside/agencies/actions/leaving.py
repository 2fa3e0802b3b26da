"""The end of an account: nothing that somebody held is left without an owner."""

from datetime import datetime

from django.db import transaction

from alongside.agencies.actions.changes import write_change
from alongside.agencies.facts import Actor, CannotBe
from alongside.agencies.models import Account, Cover, Practitioner, TeamMembership
from alongside.agencies.queries import live
from alongside.common.decisions import NotKnown


class StillHolding(Exception):
    """An account cannot end while its owner still holds work; `counts` says how much of what."""

    def __init__(self, counts: dict[str, int]) -> None:
        super().__init__(f"still holds {counts}")
        self.counts = counts


@transaction.atomic
def end_practitioner(*, by: Actor, practitioner_id: int, holding: dict[str, int], at: datetime) -> None:
    """
    1. Only whoever looks after the agency, and never one's own. Raises NotKnown or CannotBe.
    2. Refuse while anything is still held in their name: people, shares, what is owed, those they supervise, a team that only they manage.
       Everything gets a new owner first. Raises StillHolding.
    3. End memberships, covers and the practitioner; their account signs in no more, and every session of theirs ends with this transaction.
    """
    if practitioner_id == by.practitioner_id:
        raise CannotBe("Somebody else who looks after the agency must end your account")
    leaver = Practitioner.objects.select_for_update(of=("self",)).filter(live(), pk=practitioner_id, agency_id=by.agency_id).first()
    if leaver is None or not by.looks_after_agency:
        raise NotKnown
    holding = holding | still_leads(practitioner_id)
    if any(holding.values()):
        raise StillHolding({what: count for what, count in holding.items() if count})
    TeamMembership.objects.filter(practitioner=leaver, ends__isnull=True).update(ends=at)
    Cover.objects.filter(covering=leaver, starts__lt=at, ends__gt=at).update(ends=at)
    leaver.ends = at.date()
    leaver.save(update_fields=["ends"])
    Account.objects.filter(practitioner=leaver).update(is_active=False)
    write_change(by, "account_ended", f"{leaver.name} left", at=at, practitioner_id=leaver.pk)


def still_leads(practitioner_id: int) -> dict[str, int]:
    """Colleagues who would have no supervisor, teams that would have no manager, and absences that would have no cover."""
    only = [
        team_id
        for team_id in TeamMembership.objects.filter(live(), practitioner_id=practitioner_id, is_manager=True).values_list("team_id", flat=True)
        if not TeamMembership.objects.filter(live(), team_id=team_id, is_manager=True).exclude(practitioner_id=practitioner_id).exists()
    ]
    return {"colleagues to supervise": Practitioner.objects.filter(live(), supervisor_id=practitioner_id).count(), "teams to manage": len(only)}
