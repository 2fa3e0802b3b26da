"""Who asks to be let in to read a record, for the records office, and who reads it as their own already."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from alongside.common import database
from alongside.common.access import Access
from alongside.confidentiality.models import LettingIn
from alongside.people.models import Representation


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, and what became of it. `asked_by` None: the person themself asks, for a helper. `in_danger`: somebody may watch their screen, or they are unsafe with somebody."""

    id: int
    person_id: int
    person: str
    born: date | None
    nhs_number: str
    stands: str
    name: str
    email: str
    seen: str
    parts: list[str]
    until: date | None
    asked_by: str | None
    asked_at: datetime
    agreed: bool | None
    answer: str
    answered_by: str | None
    answered_at: datetime | None
    in_danger: bool


def letting_in_waiting() -> list[Asked] | None:
    """What waits for this records office, and what it answered lately. None: whoever asks is no records office."""
    found = database.document("SELECT letting_in_waiting()")
    return None if found is None else [_of(one) for one in found]


def letting_in_to_answer(asked_id: int) -> Asked | None:
    found = database.document("SELECT letting_in_to_answer(%s)", asked_id)
    return None if found is None else _of(found)


def let_in_already(access: Access) -> list[Representation]:
    """Who reads this record as their own, or for the person, at this moment."""
    return list(Representation.objects.filter(Q(ends__isnull=True) | Q(ends__gt=access.at), person_id=access.person_id).select_related("account").order_by("starts", "pk"))


def helpers_of(access: Access) -> list[Representation]:
    """Whom the person chose to read parts of this record, and who may at this moment."""
    return [one for one in let_in_already(access) if one.authority == "consent"]


def letting_in_of(access: Access) -> list[LettingIn]:
    """What was asked about this record, the latest first."""
    return list(LettingIn.objects.filter(person_id=access.person_id).select_related("asked_by", "answered_by").order_by("-asked_at", "-pk")[:20])


def _of(found: dict[str, Any]) -> Asked:
    moment = lambda text: datetime.fromisoformat(text) if text else None  # noqa: E731
    day = lambda text: date.fromisoformat(text) if text else None  # noqa: E731
    return Asked(**found | {"born": day(found["born"]), "until": day(found["until"]), "asked_at": moment(found["asked_at"]), "answered_at": moment(found["answered_at"])})
