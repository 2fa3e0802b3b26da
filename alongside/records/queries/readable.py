"""The upper wall of the record: what a reader may have of it. Row security asks the same again, from what it holds itself."""

from django.db.models import Q

from alongside.agencies.facts import Actor
from alongside.common.access import Access

NOTHING = Q(pk__in=[])


def readable(reader: Actor | Access, access: Access | None = None) -> Q:
    """
    Entries that this reader wrote, or was sent whole, or whose categories an opened record lets through: those of their own agency and of the person as
    far as the gate opened them, those of others as far as agreements do. An entry kept for named readers only, by them alone.
    """
    own = Q(author_id=reader.practitioner_id) if reader.practitioner_id else Q(author_person_id=_own_person(reader))
    sent = Q(shared_to__overlap=list(reader.principals)) if reader.principals else NOTHING
    named = Q(only_for__isnull=True) | (Q(only_for__overlap=list(reader.principals)) if reader.principals else NOTHING)
    return named & (sent | _opened(access)) | own if access else named & sent | own


def _opened(access: Access) -> Q:
    own_side = Q(agency_id=access.agency_id) | Q(author__isnull=True) if access.practitioner_id else Q()
    let_through = Q(category__in=access.categories) & own_side | Q(category__in=access.shared_categories)
    return Q(subjects__person_id=access.person_id) & let_through


def _own_person(reader: Actor | Access) -> int | None:
    return reader.own_person_id if isinstance(reader, Actor) else reader.person_id if reader.relation == "self" else None
