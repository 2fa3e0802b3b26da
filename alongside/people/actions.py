"""Writes about people: keyword-only; whoever writes holds the right to write about that person in this transaction."""

import json
from datetime import date, datetime

from django.db import connection

from alongside.common.access import Access
from alongside.people.models import ContactPoint, Profile, Representation, SafeContact
from alongside.people.rules.names import search_name, tidy_name
from alongside.people.rules.sounds import sounds


def register_person(
    *, given_name: str, family_name: str, date_of_birth: date | None = None, nhs_number: str | None = None, upn: str | None = None, known_as: str = "", pronouns: str = "",
) -> int:  # fmt: skip
    """
    1. Names are tidied and turned into what the finder compares.
    2. The person is made without a reader: whoever registers relates somebody in the same transaction.

    Answers the same whether or not somebody hidden has the same NHS number. Raises NotAName with what to do.
    """
    names = [tidy_name(name) for name in (given_name, family_name, known_as) if name]
    details = {
        "given_name": tidy_name(given_name) if given_name else "", "family_name": tidy_name(family_name) if family_name else "",
        "known_as": tidy_name(known_as) if known_as else "", "pronouns": pronouns, "date_of_birth": date_of_birth.isoformat() if date_of_birth else None,
        "nhs_number": nhs_number, "upn": upn, "search_name": search_name(names), "sounds": list(sounds(names)),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT register_person(%s)", [json.dumps(details)])
        return int(cursor.fetchone()[0])


def set_profile(*, person_id: int, at: datetime, **words: object) -> Profile:
    """What the person says of themself, or what was said for them; the latest stands."""
    profile, _ = Profile.objects.update_or_create(person_id=person_id, defaults={**words, "changed_at": at})
    return profile


def let_sign_in(*, account_id: int, person_id: int, at: datetime) -> None:
    """The account is the person's own: from now on it reads their record as themself. The person must be writable in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT let_sign_in(%s, %s)", [account_id, person_id])


def choose_safe_contact(*, access: Access, allowed: str, safe: frozenset[int], times: str = "", code_word: str = "", no_voicemail: bool = False, by_person: bool, at: datetime) -> SafeContact:
    """
    1. Write how the person may be reached; every sending asks it at the moment of sending.
    2. Mark which of their contacts are safe; the others are not used.

    The record must have been opened for writing.
    """
    for point in ContactPoint.objects.filter(person_id=access.person_id):
        if point.safe != (point.pk in safe):
            ContactPoint.objects.filter(pk=point.pk).update(safe=point.pk in safe)
    chosen, _ = SafeContact.objects.update_or_create(
        person_id=access.person_id,
        defaults={"allowed": allowed, "times": times, "code_word": code_word, "no_voicemail": no_voicemail, "chosen_by_person": by_person, "chosen_at": at},
    )  # fmt: skip
    return chosen


def let_act_for(*, access: Access, account_id: int, own_person_id: int | None, relation: str, role: str, at: datetime) -> Representation:
    """An account may see, and where the gate permits act in, this person's record: a parent with responsibility, say. Made once; the gate decides at each use."""
    found, _ = Representation.objects.get_or_create(
        account_id=account_id, person_id=access.person_id, relation=relation, ends=None, defaults={"own_person_id": own_person_id, "role": role, "starts": at}
    )
    return found
