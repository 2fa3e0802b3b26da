"""What is owed, and by whom."""

from django.db.models import Q, QuerySet

from alongside.agencies.facts import Actor
from alongside.agencies.models import Practitioner
from alongside.common.standing import AnyOf, Standing, Word
from alongside.confidentiality.models import Obligation


def my_obligations(actor: Actor, *, about: int | None = None) -> list[Obligation]:
    """What is owed by this practitioner or their teams, or has climbed to them, about one person or about anybody, soonest first. What sleeps is not here."""
    return _owed(own=own_principals(actor)) if about is None else _owed_about(own=own_principals(actor), person=about)


def _open_obligations() -> QuerySet[Obligation]:
    own = AnyOf("own", "integer[]")
    return Obligation.objects.filter(Q(owner=own) | Q(climbed_to=own), status="open", due_at__isnull=False).order_by("due_at", "pk")


_owed = Standing(_open_obligations)
_owed_about = Standing(lambda: _open_obligations().filter(person_id=Word("person", "bigint")))


def own_principals(actor: Actor) -> list[int]:
    """Oneself, one's teams and those one covers for; not those one supervises, whose work stays theirs until it climbs."""
    supervised = set(Practitioner.objects.filter(supervisor_id=actor.practitioner_id).values_list("pk", flat=True)) if actor.supervises else set()
    return [principal for principal in actor.principals if principal > 0 and principal not in supervised]


def obligation(actor: Actor, obligation_id: int) -> Obligation | None:
    return Obligation.objects.filter(pk=obligation_id).filter(Q(owner__in=actor.principals) | Q(climbed_to__in=actor.principals)).first()
