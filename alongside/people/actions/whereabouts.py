"""Where a person lives and how they may be reached."""

from datetime import date, datetime, time

from alongside.common.access import Access
from alongside.people.actions.written import end_row, write_row
from alongside.people.facts import AddressKind, ContactChoice, ContactKind
from alongside.people.models import Address, ContactPoint, SafeContact
from alongside.people.rules.places import address_keys, contact_keys, parse_postcode


def add_address(*, access: Access, kind: AddressKind, lines: str, postcode: str = "", concealed: bool = False, starts: date | None = None, at: datetime) -> None:
    """
    1. The postcode is checked, and the address turned into keys by which it is recognised in any text.
    2. A concealed address opens with whereabouts only; from this moment it is taken out of every text released to others.
    3. A new home ends the one before, which becomes a previous home.

    Raises NotAPostcode.
    """
    code = parse_postcode(postcode) if postcode.strip() else ""
    keys = list(address_keys(lines, code))
    if kind is AddressKind.HOME:
        former = Address.objects.filter(person_id=access.person_id, kind=AddressKind.HOME.value, ends__isnull=True).exclude(lines=lines, postcode=code, concealed=concealed)
        former.update(kind=AddressKind.PREVIOUS.value, ends=starts or at.date())
    write_row(Address, access, {"kind": kind.value, "lines": lines, "postcode": code, "concealed": concealed}, starts=starts, keys=keys, recorded_at=at)


def end_address(*, access: Access, row_id: int, at: datetime, ends: date | None = None) -> None:
    """They are no longer there. What was concealed stays concealed."""
    end_row(Address, access, row_id, ends=ends or at.date())


def add_contact(*, access: Access, kind: ContactKind, value: str, safe: bool, shared_with_others: bool = False, note: str = "", at: datetime) -> None:
    """A way to reach the person, with what they said of its safety. The same one given again is put right, not doubled."""
    ContactPoint.objects.filter(person_id=access.person_id, kind=kind.value, value=value, ends__isnull=True).update(safe=safe, shared_with_others=shared_with_others, note=note)
    more = {"safe": safe, "shared_with_others": shared_with_others, "note": note, "keys": list(contact_keys(value)), "recorded_at": at}
    write_row(ContactPoint, access, {"kind": kind.value, "value": value}, **more)


def end_contact(*, access: Access, row_id: int, at: datetime) -> None:
    """It is no longer theirs, and nothing is sent there any more."""
    end_row(ContactPoint, access, row_id, ends=at)


def choose_contact(
    *, access: Access, allowed: ContactChoice, no_voicemail: bool, hours_from: time | None, hours_until: time | None, days: frozenset[int], times: str = "", code_word: str = "",
    by_person: bool, at: datetime,
) -> None:
    """How the person lets themself be reached; the latest choice stands, and is asked for at every sending."""
    chosen = {
        "allowed": allowed.value, "no_voicemail": no_voicemail, "hours_from": hours_from, "hours_until": hours_until, "days": sorted(days), "times": times, "code_word": code_word,
        "chosen_by_person": by_person, "chosen_at": at,
    }
    SafeContact.objects.update_or_create(person_id=access.person_id, defaults=chosen)


def mark_safe(*, access: Access, safe: frozenset[int]) -> None:
    """Which of their contacts the person says are safe; the others are used for nothing. Ids that are not theirs are left alone."""
    for point in ContactPoint.objects.filter(person_id=access.person_id, ends__isnull=True):
        if point.safe != (point.pk in safe):
            ContactPoint.objects.filter(pk=point.pk).update(safe=point.pk in safe)
