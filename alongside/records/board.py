"""What a supervisor must see of those they answer for: what is late, undecided, unsigned, not received or not answered, and who is to be talked about."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Q

from alongside.agencies.facts import Actor, team_principal
from alongside.records import queries
from alongside.records.models import Share
from alongside.records.queries.shares import shares

AT_MOST = 200
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
    """Row security holds the same bounds: shares of those one supervises, of the teams one manages, and what climbed to oneself."""
    people = list(practitioner_ids)
    owed = Q(owner__in=[*people, *(team_principal(team_id) for team_id in actor.manages_team_ids)])
    climbed = queries.escalations(actor)
    late = {share.pk: share for share in [*climbed, *shares().filter(owed, owed=True, due_at__lte=at).order_by("due_at", "pk")[:AT_MOST]] if share.status != "held"}
    return Board(
        late=sorted(late.values(), key=lambda share: (share.due_at, share.pk)),
        undecided=list(shares().filter(owed, owed=True, needs_decision=True, due_at__gt=at).exclude(pk__in=late).order_by("due_at", "pk")[:AT_MOST]),
        unsigned=queries.unsent(actor)[:AT_MOST],
        unreceived=[share for share in queries.undelivered(actor) if share.sent_at <= at - SHOULD_HAVE_ARRIVED][:AT_MOST],
        unanswered=list(
            shares().filter(owed=True, delivered_at__isnull=False, due_at__lte=at, from_practitioner_id__in=people).exclude(pk__in=late).order_by("due_at", "pk")[:AT_MOST]
        ),
    )


def overdue_by_owner(actor: Actor, practitioner_ids: Iterable[int], *, at: datetime) -> dict[int, int]:
    """How many shares each of them should have answered by now."""
    return dict(Share.objects.filter(owed=True, due_at__lte=at, owner__in=list(practitioner_ids)).values_list("owner").annotate(many=Count("pk")))


def owed_by(practitioner_id: int) -> list[Share]:
    """What one practitioner still has to answer, soonest first; row security shows it to them and to who answers for them."""
    return list(shares().filter(owed=True, owner=practitioner_id).order_by("due_at", "pk")[:AT_MOST])


def talked_about(actor: Actor) -> dict[int, list[Share]]:
    """What is on the list for weekly supervision, by the principal who owes the answer, or who wrote what waits for a signature."""
    listed: dict[int, list[Share]] = {}
    for share in queries.for_supervision(actor):
        listed.setdefault(share.from_practitioner_id if share.status == "held" else share.owner, []).append(share)
    return listed


def people_in(found: Iterable[Share]) -> list[int]:
    """Everybody whom these shares are about."""
    return sorted({person for share in found for person in (share.person_ids or [share.person_id])})
