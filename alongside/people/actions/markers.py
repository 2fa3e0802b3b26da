"""Protecting facts about a person, each with its reason and its review."""

from datetime import date, datetime

from alongside.common.access import Access
from alongside.people.actions.written import end_row, write_row
from alongside.people.facts import Flag
from alongside.people.models import Marker
from alongside.people.rules.markers import may_end_alone, may_set_marker


class NotYoursToSet(ValueError):
    """Only a records office may set or end this marker; the message says so in plain words."""


def set_marker(*, access: Access, role: str, flag: Flag, reason: str, review_on: date | None, at: datetime) -> None:
    """
    1. The marker is one that this role may set.
    2. It stands from this moment, and the gate weighs it in every decision. Set twice, it stands once.

    Raises NotYoursToSet.
    """
    if not may_set_marker(flag, role):
        raise NotYoursToSet("Only the records office sets this marker. Ask them: they are in the directory.")
    write_row(Marker, access, {"flag": flag.value}, reason=reason, review_on=review_on, set_by_id=access.practitioner_id, starts=at)


def end_marker(*, access: Access, row_id: int, reason: str, at: datetime) -> None:
    """Somebody judged, with a reason, that it is no longer so. Raises NotYoursToSet for one that ends by two people, NotKnown for one that is not there."""
    flag = Marker.objects.filter(pk=row_id, person_id=access.person_id).values_list("flag", flat=True).first()
    if flag in set(Flag) and not may_end_alone(Flag(flag)):
        raise NotYoursToSet("Two people end this marker: the records office asks, and a second person agrees. Ask the records office: they are in the directory.")
    end_row(Marker, access, row_id, ends=at, ended_reason=reason)
