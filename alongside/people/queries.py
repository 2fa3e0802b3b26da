"""Reads about people. The first argument is the Access that the gate gave."""

from alongside.common.access import Access
from alongside.people.models import Address, ContactPoint, Person, Profile


def person(access: Access) -> Person | None:
    """Whose record this is."""
    return Person.objects.filter(pk=access.person_id).first()


def profile(access: Access) -> Profile | None:
    """How the person wants to be treated, and what matters to them."""
    return Profile.objects.filter(person_id=access.person_id).first()


def addresses(access: Access) -> list[Address]:
    return list(Address.objects.filter(person_id=access.person_id, ends__isnull=True))


def contact_points(access: Access) -> list[ContactPoint]:
    return list(ContactPoint.objects.filter(person_id=access.person_id))
