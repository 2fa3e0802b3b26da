"""What partners want to reach: worded, measured, ranked, and what each has to gain or to fear from it."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.partnerships.actions.doors import NotNow
from alongside.partnerships.actions.keeping import change, keep, sent_before
from alongside.partnerships.facts import ObjectiveFacts
from alongside.partnerships.models import Interest, Objective, Ranking, Reading, Wording

DRAFTERS = "Objectives are worded by the partnership's lead, its chair, or whoever speaks for a partner."
SPEAKERS = "Only whoever speaks for an agency says this for it: its signatory in an agreement, or whoever manages its front door."
MEASURERS = "What was measured is entered by the objective's owner, by whoever speaks for a partner, or by the partnership's lead or chair."


@transaction.atomic
def add_objective(*, by: Actor, partnership_id: int, words: ObjectiveFacts, at: datetime, key: uuid.UUID | None = None) -> Objective:
    """An objective with its first wording, whole or not. Sent twice with the same key, it is one."""
    database.take_turns("objective", partnership_id)
    if sent := sent_before(Objective, key):
        return sent
    row = keep(Objective(partnership_id=partnership_id, by_id=by.practitioner_id, at=at, key=key), "objective_added", partnership_id=partnership_id, refused=DRAFTERS)
    keep(worded(row, 1, words, by, at), None, partnership_id=partnership_id, refused=DRAFTERS)
    return row


@transaction.atomic
def word_objective(*, by: Actor, objective: Objective, words: ObjectiveFacts, at: datetime, key: uuid.UUID | None = None) -> Wording:
    """The next wording. What has been signed keeps the wording that was signed; this one must be signed with the next version of the vision."""
    database.take_turns("objective", objective.partnership_id)
    number = (Wording.objects.filter(objective=objective).aggregate(last=Max("number"))["last"] or 0) + 1
    return keep(worded(objective, number, words, by, at, key), "objective_worded", partnership_id=objective.partnership_id, refused=DRAFTERS)


def worded(objective: Objective, number: int, words: ObjectiveFacts, by: Actor, at: datetime, key: uuid.UUID | None = None) -> Wording:
    return Wording(
        objective=objective, number=number, title=words.title, outcome=words.outcome, unit=words.unit, baseline=words.baseline, baseline_on=words.baseline_on, target=words.target, target_on=words.target_on,
        owner_agency_id=words.owner_agency_id, owner_id=words.owner_id, by_id=by.practitioner_id, at=at, key=key,
    )  # fmt: skip


def end_objective(*, by: Actor, objective: Objective, because: str, at: datetime) -> None:
    change(Objective.objects.filter(pk=objective.pk), "objective_ended", partnership_id=objective.partnership_id, at=at, ended_at=at, ended_because=because)


def add_reading(*, by: Actor, objective: Objective, on: date, value: Decimal, note: str = "", at: datetime, key: uuid.UUID | None = None) -> Reading:
    """What was measured on a day. A figure that was wrong is put right by another for the same day: the later one counts."""
    if objective.ended_at:
        raise NotNow("This objective has ended.")
    row = Reading(objective=objective, on=on, value=value, note=note, by_id=by.practitioner_id, at=at, key=key)
    return keep(row, "objective_measured", partnership_id=objective.partnership_id, refused=MEASURERS)


def declare_interest_in(*, by: Actor, objective: Objective, gains: str, fears: str, conflict: str, at: datetime, key: uuid.UUID | None = None) -> Interest:
    row = Interest(objective=objective, agency_id=by.agency_id, gains=gains, fears=fears, conflict=conflict, by_id=by.practitioner_id, at=at, key=key)
    return keep(row, "interest_declared", partnership_id=objective.partnership_id, agency_id=by.agency_id, refused=SPEAKERS)


def rank_objectives(*, by: Actor, partnership_id: int, order: Sequence[int], at: datetime, key: uuid.UUID | None = None) -> Ranking:
    """In which order the actor's agency would take the objectives, the most important first."""
    row = Ranking(partnership_id=partnership_id, agency_id=by.agency_id, order=list(order), by_id=by.practitioner_id, at=at, key=key)
    return keep(row, "objectives_ranked", partnership_id=partnership_id, agency_id=by.agency_id, refused=SPEAKERS)
