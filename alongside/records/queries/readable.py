"""The upper wall of the record: what a reader may have of it. Row security asks the same again, from what it holds itself."""

from django.db.models import Q

from alongside.agencies.facts import Actor
from alongside.common.access import Access

NOTHING = Q(pk__in=[])


def readable(reader: Actor, access: Access | None = None) -> Q:
    """
    Entries that this reader wrote, or was sent whole, or whose categories an opened record lets through: those of their own agency and of the person as
    far as the gate opened them, those of others as far as agreements do. An entry kept for named readers only, by them alone.
    """
    sent = Q(shared_to__overlap=list(reader.principals)) if reader.principals else NOTHING
    named = Q(only_for__isnull=True) | (Q(only_for__overlap=list(reader.principals)) if reader.principals else NOTHING)
    return named & (sent | _opened(access)) | _written_by(reader) if access else named & sent | _written_by(reader)


def _written_by(reader: Actor) -> Q:
    if reader.practitioner_id:
        return Q(author_id=reader.practitioner_id)
    return Q(author_person_id=reader.own_person_id) if reader.own_person_id else NOTHING  # to ask for "no author" would be to ask for everybody's


def _opened(access: Access) -> Q:
    own_side = Q(agency_id=access.agency_id) | Q(author__isnull=True) if access.practitioner_id else Q()
    let_through = Q(category__in=access.categories) & own_side | Q(category__in=access.shared_categories)
    return Q(subjects__person_id=access.person_id) & let_through
