"""Objectives as they are worded now, with what was measured of them, what each body hopes and fears, and how alike partners rank them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from alongside.agencies.queries import agency_names
from alongside.common import database
from alongside.measures.agreement import alignment
from alongside.measures.result import Result
from alongside.partnerships.facts import ObjectiveFacts, Track
from alongside.partnerships.models import Interest, Objective, Ranking, Reading, Wording
from alongside.partnerships.rules.objectives import fields_missing, track


@dataclass(frozen=True, slots=True)
class ObjectiveNow:
    """One objective: its newest wording, what it lacks, its readings (one for each day, the last said), and where it stands."""

    objective: Objective
    wording: Wording
    facts: ObjectiveFacts
    readings: tuple[Reading, ...]
    missing: tuple[str, ...]
    track: Track


def objectives(partnership_id: int, *, day: date, ended: bool = False) -> list[ObjectiveNow]:
    """Those that run, in the order they were added; with `ended` the others."""
    found = Objective.objects.filter(partnership_id=partnership_id, ended_at__isnull=not ended).order_by("pk")
    return [_now(one, day) for one in found.prefetch_related(*_everything())]


def objective(objective_id: int, *, day: date) -> ObjectiveNow:
    """One objective. Raises NotKnown for none that the reader sits at the table of."""
    found = database.the_one(Objective.objects.filter(pk=objective_id).select_related("partnership").prefetch_related(*_everything()))
    return _now(found, day)


def _everything() -> tuple[Prefetch, ...]:
    wordings = Wording.objects.select_related("owner", "owner_agency", "by__agency").order_by("-number")
    return Prefetch("wordings", wordings), Prefetch("readings", Reading.objects.select_related("by").order_by("on", "pk"))


def _now(one: Objective, day: date) -> ObjectiveNow:
    wording = one.wordings.all()[0]
    facts = facts_of(wording)
    readings = tuple({row.on: row for row in one.readings.all()}.values())
    return ObjectiveNow(one, wording, facts, readings, fields_missing(facts), track(facts, [(row.on, row.value) for row in readings], day))


def facts_of(wording: Wording) -> ObjectiveFacts:
    return ObjectiveFacts(
        wording.title, wording.outcome, wording.unit, wording.baseline, wording.baseline_on, wording.target, wording.target_on, wording.owner_agency_id, wording.owner_id
    )


def interests(objective_id: int) -> list[Interest]:
    """What each body declared last about an objective."""
    found = Interest.objects.filter(objective_id=objective_id).select_related("agency", "by").order_by("at", "pk")
    return sorted({row.agency_id: row for row in found}.values(), key=lambda row: row.agency.name)


@dataclass(frozen=True, slots=True)
class Ranked:
    """How each body ranks the objectives, and how alike those do that ranked all of them; None while that cannot be said."""

    orders: dict[str, tuple[int, ...]]
    alike: Result | None


def ranked(partnership_id: int, live: Sequence[int]) -> Ranked:
    """The last ranking of each body, of those objectives that still run."""
    rows = {row.agency_id: row for row in Ranking.objects.filter(partnership_id=partnership_id).order_by("at", "pk")}
    names = agency_names(rows)
    orders = {names[agency]: tuple(one for one in row.order if one in live) for agency, row in sorted(rows.items(), key=lambda pair: names[pair[0]])}
    places = {name: [order.index(one) for one in live] for name, order in orders.items() if set(order) == set(live)}
    return Ranked(orders, alignment(places) if len(places) > 1 and len(live) > 1 else None)


def published(partnership_id: int) -> list[dict[str, object]]:
    """What everybody may read: the objectives of the version that was adopted last."""
    return [dict(zip(("title", "outcome", "unit", "baseline", "target", "target_on"), row, strict=True)) for row in database.rows("SELECT title, outcome, unit, baseline, target, target_on FROM published_objectives(%s)", partnership_id)]


def objective_titles(partnership_id: int) -> dict[int, str]:
    """What the objectives that run are called now, in the order they were added."""
    found = Wording.objects.filter(objective__partnership_id=partnership_id, objective__ended_at=None).order_by("objective_id", "-number").distinct("objective_id")
    return dict(found.values_list("objective_id", "title"))
