"""What teams must know, and what that brought them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from alongside.common import database
from alongside.partnerships.models import InformationNeed

LATELY = timedelta(days=90)


def needs(partnership_id: int) -> QuerySet[InformationNeed]:
    """What teams must know now, agency by agency."""
    live = InformationNeed.objects.filter(partnership_id=partnership_id, ends__isnull=True)
    return live.select_related("agency", "team", "declared_by").order_by("agency__name", "team__name", "pk")


def not_offered(found: Iterable[InformationNeed]) -> list[InformationNeed]:
    """Of these needs, those whose team has still not been offered what the last three months held, though the partnership's lead was told."""
    return sorted((need for need in found if need.lead_told_at and need.backlog_offered_at is None), key=lambda need: need.lead_told_at)


def need(need_id: int) -> InformationNeed:
    """One need, in force or ended. Raises NotKnown for none."""
    return database.the_one(InformationNeed.objects.filter(pk=need_id).select_related("agency", "team", "declared_by", "partnership", "replaces"))


def declares_for(found: InformationNeed) -> bool:
    """Whether the reader may change or end this need: they work in the team, or speak for its agency."""
    return bool(database.value("SELECT declares_for(%s, %s, %s)", found.team_id, found.agency_id, found.partnership_id))


@dataclass(frozen=True, slots=True)
class Brought:
    """What a need brought lately: how much came, how much was answered, sent back, said to have mattered, or late."""

    shares: int = 0
    answered: int = 0
    declined: int = 0
    used: int = 0
    late: int = 0


def brought(partnership_id: int, *, since: datetime) -> Mapping[int, Brought]:
    return {need_id: Brought(*counts) for need_id, *counts in database.rows("SELECT need_id, shares, answered, declined, used, late FROM needs_brought(%s, %s)", partnership_id, since)}


def entries_of_kinds(partnership_id: int, kinds: Iterable[str], *, reach: str, since: datetime) -> int:
    """How many entries of these kinds other partners wrote: what a need would have been about."""
    return int(database.value("SELECT entries_of_kinds(%s, %s, %s, %s)", partnership_id, list(kinds), reach, since))
