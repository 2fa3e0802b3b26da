"""What a person is called, and who they are by their numbers and dates."""

from datetime import datetime
from enum import StrEnum

from django.db.models import F

from alongside.common.access import Access
from alongside.common.decisions import NotKnown
from alongside.people.actions.written import end_row, write_row
from alongside.people.facts import NameKind, PersonDetails, Protection
from alongside.people.models import Person, PersonName
from alongside.people.rules.names import search_name, tidy_name
from alongside.people.rules.sounds import sounds


class OldName(StrEnum):
    """What becomes of the name a person had until now."""

    PREVIOUS = "previous"
    MISTAKE = "mistake"
    GENDER = "gender_history"
    ADOPTION = "adoption_history"
    HIDDEN_IDENTITY = "whereabouts"


def change_person(*, access: Access, details: PersonDetails, old_name: OldName, at: datetime) -> None:
    """
    1. Where the name changes, the old one is kept as a previous name, kept under protection, or was a mistake and goes.
    2. The person's own row says who they are now; a verified NHS number that changes is no longer verified.
    3. What the finder compares is made anew from the names that may be searched.
    """
    before = Person.objects.filter(pk=access.person_id).first()
    if before is None:
        raise NotKnown
    new_name = (details.given_name, details.family_name)
    if (before.given_name, before.family_name) != new_name and old_name is not OldName.MISTAKE and (before.given_name or before.family_name):
        protection = Protection.NONE if old_name is OldName.PREVIOUS else Protection(old_name.value)
        add_name(access=access, kind=NameKind.PREVIOUS, given_name=before.given_name, family_name=before.family_name, protected_as=protection, at=at)
    Person.objects.filter(pk=access.person_id).update(
        given_name=details.given_name, family_name=details.family_name, known_as=details.known_as, pronouns=details.pronouns, date_of_birth=details.date_of_birth,
        birth_date_estimated=details.birth_date_estimated, died_on=details.died_on, nhs_number=details.nhs_number, upn=details.upn,
        nhs_number_status=F("nhs_number_status") if before.nhs_number == details.nhs_number else "03",
    )
    _be_found(access)


def add_name(*, access: Access, kind: NameKind, given_name: str, family_name: str, protected_as: Protection = Protection.NONE, at: datetime) -> None:
    """Another name of the person. A protected one is written once, opens with its own category, and is never searched."""
    given, family = (tidy_name(name) if name else "" for name in (given_name, family_name))
    same = {"kind": kind.value, "given_name": given, "family_name": family, "protected_as": protected_as.value}
    write_row(PersonName, access, same, recorded_at=at)
    _be_found(access)


def end_name(*, access: Access, row_id: int, at: datetime) -> None:
    """The name was written down wrongly: it is no longer shown or searched."""
    end_row(PersonName, access, row_id, ends=at)
    _be_found(access)


def _be_found(access: Access) -> None:
    person = Person.objects.filter(pk=access.person_id).first()
    if person is None:
        raise NotKnown
    others = PersonName.objects.filter(person_id=access.person_id, protected_as="", ends__isnull=True).order_by("pk").values_list("given_name", "family_name")
    names = [name for name in (person.given_name, person.family_name, person.known_as, *(part for pair in others for part in pair)) if name]
    Person.objects.filter(pk=access.person_id).update(search_name=search_name(names), sounds=list(sounds(names)))
