"""What a supervisor must see of those they answer for: what is late, unanswered, unsigned or not received, and who is to be talked about."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from alongside.agencies.facts import Actor, team_principal
from alongside.records.models import Share

AT_MOST = 200
SHOULD_HAVE_ARRIVED = timedelta(minutes=10)
OPEN = ("awaiting", "acknowledged")


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
        return sorted({share.person_id for part in (self.late, self.undecided, self.unsigned, self.unreceived, self.unanswered) for share in part})


def board(actor: Actor, practitioner_ids: Iterable[int], *, at: datetime) -> Board:
    """Row security holds the same bounds: shares of those one supervises, of the teams one manages, and what climbed to oneself."""
    people = list(practitioner_ids)
    owed = _owed_by(actor, people)
    theirs = Q(from_practitioner_id__in=people)
    late = _shares(Q(status="awaiting", due_at__lte=at) & owed | Q(status="awaiting", escalated_to=actor.practitioner_id))
    return Board(
        late=late,
        undecided=_shares(Q(needs_decision=True, status__in=OPEN, due_at__gt=at) & owed),
        unsigned=_shares(Q(status="held") & theirs),
        unreceived=_shares(Q(status="awaiting", delivered_at__isnull=True, sent_at__lte=at - SHOULD_HAVE_ARRIVED) & theirs),
        unanswered=_shares(Q(status="awaiting", delivered_at__isnull=False, due_at__lte=at) & theirs, apart_from=late),
    )


def overdue_by_owner(actor: Actor, practitioner_ids: Iterable[int], *, at: datetime) -> dict[int, int]:
    """How many shares each of them should have answered by now."""
    found = Share.objects.filter(status="awaiting", due_at__lte=at, owner__in=list(practitioner_ids)).values_list("owner").annotate(many=Count("pk"))
    return dict(found)


def owed_by(practitioner_id: int) -> list[Share]:
    """What one practitioner still has to answer, soonest first; row security shows it to them and to who answers for them."""
    return _shares(Q(status="awaiting", owner=practitioner_id) | Q(status="acknowledged", needs_decision=True, owner=practitioner_id))


def for_supervision(actor: Actor, practitioner_ids: Iterable[int], *, at: datetime) -> dict[int, list[Share]]:
    """Shares to be talked about at the next weekly supervision, by the practitioner who owes the answer or wrote what waits for a signature."""
    people = list(practitioner_ids)
    listed: dict[int, list[Share]] = {}
    for share in _shares(Q(status="awaiting", due_at__lte=at, owner__in=people) | Q(status="held", due_at__lte=at, from_practitioner_id__in=people)):
        listed.setdefault(share.from_practitioner_id if share.status == "held" else share.owner, []).append(share)
    return listed


def _owed_by(actor: Actor, people: list[int]) -> Q:
    return Q(owner__in=[*people, *(team_principal(team_id) for team_id in actor.manages_team_ids)])


def _shares(which: Q, *, apart_from: Iterable[Share] = ()) -> list[Share]:
    found: QuerySet[Share] = Share.objects.filter(which).exclude(pk__in=[share.pk for share in apart_from])
    return list(found.select_related("from_agency", "to_agency", "to_team", "from_practitioner").order_by("due_at", "pk")[:AT_MOST])
