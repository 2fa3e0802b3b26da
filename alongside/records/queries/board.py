"""What a supervisor must see of those they answer for: what is late, undecided, unsigned, not received or not answered, and who is to be talked about."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Q

from alongside.agencies.facts import Actor, team_principal
from alongside.confidentiality.queries import own_principals
from alongside.records.models import Share
from alongside.records.queries.shares import for_supervision, people_of, shares

AT_MOST = 500
SHOULD_HAVE_ARRIVED = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Board:
    """Every list soonest first. `late` is owed by those the supervisor answers for, or has climbed to them; the others are what those people sent."""

    late: list[Share] = field(default_factory=list)
    undecided: list[Share] = field(default_factory=list)
    unsigned: list[Share] = field(default_factory=list)
    unreceived: list[Share] = field(default_factory=list)
    unanswered: list[Share] = field(default_factory=list)

    @property
    def people(self) -> list[int]:
        """Whoever a line stands for, for the ledger."""
        return people_in([*self.late, *self.undecided, *self.unsigned, *self.unreceived, *self.unanswered])


def board(actor: Actor, practitioner_ids: Iterable[int], *, at: datetime) -> Board:
    """One question, then each share to its list. Row security holds the same bounds: those one supervises, the teams one manages, what climbed to oneself."""
    people, up, mine = set(practitioner_ids), set(own_principals(actor)), set(actor.principals)
    owners, senders = people | {team_principal(team_id) for team_id in actor.manages_team_ids}, people | set(people_of(actor))
    concerned = Q(owner__in=owners) | Q(from_practitioner_id__in=senders) | Q(escalated_to__in=up) | Q(climbed_to__in=up) | Q(signatory__in=mine)
    shown = Board()
    for share in shares().filter(concerned, Q(owed=True) | Q(status="held")).order_by("due_at", "pk")[:AT_MOST]:
        sent = share.from_practitioner_id in senders
        if share.status == "held":
            shown.unsigned.append(share)
        elif share.escalated_to in up or share.climbed_to in up or share.owner in owners and share.due_at <= at:
            shown.late.append(share)
        elif share.owner in owners and share.needs_decision:
            shown.undecided.append(share)
        elif sent and share.status == "awaiting" and share.delivered_at is None and share.sent_at <= at - SHOULD_HAVE_ARRIVED:
            shown.unreceived.append(share)
        elif sent and share.delivered_at is not None and share.due_at <= at:
            shown.unanswered.append(share)
    return shown


def overdue_by_owner(actor: Actor, practitioner_ids: Iterable[int], *, at: datetime) -> dict[int, int]:
    """How many shares each of them should have answered by now."""
    return dict(Share.objects.filter(owed=True, due_at__lte=at, owner__in=list(practitioner_ids)).values_list("owner").annotate(many=Count("pk")))


def owed_by(practitioner_id: int) -> list[Share]:
    """What one practitioner still has to answer, soonest first; row security shows it to them and to who answers for them."""
    return list(shares().filter(owed=True, owner=practitioner_id).order_by("due_at", "pk")[:AT_MOST])


def talked_about(actor: Actor) -> dict[int, list[Share]]:
    """What is on the list for weekly supervision, by the principal who owes the answer, or who wrote what waits for a signature."""
    listed: dict[int, list[Share]] = {}
    for share in for_supervision(actor):
        listed.setdefault(share.from_practitioner_id if share.status == "held" else share.owner, []).append(share)
    return listed


def people_in(found: Iterable[Share]) -> list[int]:
    """Everybody whom these shares are about."""
    return sorted({person for share in found for person in (share.person_ids or [share.person_id])})
