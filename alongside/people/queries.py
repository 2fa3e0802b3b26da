"""Reads about people. The first argument is the Access that the gate gave."""

from datetime import datetime

from django.db.models import Q

from alongside.agencies.facts import Actor
from alongside.common.access import Access
from alongside.people.models import Address, ContactPoint, Person, Profile, Representation, SafeContact


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


def safe_contact(access: Access) -> SafeContact | None:
    """How the person chose to be reached."""
    return SafeContact.objects.filter(person_id=access.person_id).first()


def acts_for(actor: Actor, *, at: datetime) -> list[int]:
    """Whose records this account may ask for besides its own: ids only. The gate decides about each, and only it shows a name."""
    found = Representation.objects.filter(account_id=actor.account_id, starts__lte=at).filter(Q(ends__isnull=True) | Q(ends__gt=at)).exclude(relation="self")
    return list(found.order_by("pk").values_list("person_id", flat=True))
