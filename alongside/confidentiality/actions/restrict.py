"""Closing a record, or a part of it, to all but named practitioners: the effect is shown first, and duties in law keep their readers."""

from collections.abc import Iterable
from datetime import date, datetime

from django.contrib.postgres.functions import TransactionNow
from django.db.models import Q

from alongside.agencies.facts import PRACTITIONER_PRINCIPAL_LIMIT, Actor
from alongside.agencies.queries import practitioners as members_of
from alongside.common import database
from alongside.common.access import Access
from alongside.confidentiality import gate
from alongside.confidentiality.models import Restriction
from alongside.confidentiality.queries import Effect, effect_of_restriction, still_here

PURPOSE = "direct_care"


class EffectChanged(ValueError):
    """What was shown is no longer what would happen. Carries the effect as it is now, to be shown and confirmed again."""

    def __init__(self, effect: Effect) -> None:
        super().__init__("Who works with this person has changed since you looked. Read the effect again, then confirm.")
        self.effect = effect


class NobodyLeft(ValueError):
    """A record that nobody may open helps nobody."""


def preview_restriction(*, by: Actor, person_id: int, practitioners: Iterable[int], category: str = "", at: datetime) -> Effect:
    """Who would lose this part of the record (category empty: the whole), and who keeps it by law; the very computation that confirming runs."""
    access = _opened(by, person_id, category, at=at)
    return effect_of_restriction(access, practitioners=tuple(practitioners), category=category)


def restrict(
    *, by: Actor, person_id: int, practitioners: Iterable[int], category: str = "", reason: str, seal: str, review_on: date, at: datetime, asked_by_person: bool = False,
) -> Restriction:  # fmt: skip
    """
    1. Ask the gate for the right to change who may see; its obligations are carried out.
    2. Work out the effect again: it must be the one that was shown (`seal`).
    3. Those whom a duty in law gives this part keep it, whether or not they were named.
    4. Write the restriction as of the database's own now: it closes the record to everybody else in this very act.

    Raises EffectChanged, NobodyLeft, Refused or NotKnown.
    """
    named = set(practitioners)
    access = _opened(by, person_id, category, at=at, reason=reason)
    effect = effect_of_restriction(access, practitioners=tuple(sorted(named)), category=category)
    if effect.seal != seal:
        raise EffectChanged(effect)
    _somebody_here(named)
    named |= floor_of(effect)
    return Restriction.objects.create(
        person_id=person_id, practitioners=sorted(named), category=category, reason=reason.strip(), set_by_id=by.practitioner_id, set_by_person=asked_by_person,
        starts=TransactionNow(), review_on=review_on,
    )  # fmt: skip


def lift_restriction(*, by: Actor, person_id: int, restriction_id: int, reason: str, at: datetime) -> Restriction:
    """
    1. Ask the gate for the right to change who may see.
    2. End the restriction now; lifted twice is lifted once.

    Raises Refused, or NotKnown for a restriction that is not this person's.
    """
    access = _opened(by, person_id, "", at=at, reason=reason)
    found = database.the_one(Restriction.objects.filter(pk=restriction_id, person_id=access.person_id))
    if found.ends is None or found.ends > at:
        Restriction.objects.filter(pk=found.pk).update(ends=TransactionNow(), ended_by=by.practitioner_id, ended_reason=reason.strip())
    return found


def preview_readers(*, by: Actor, person_id: int, restriction_id: int, practitioners: Iterable[int], at: datetime) -> Effect:
    """Who would lose what is kept for few, were these its readers."""
    found, _ = _standing(by, person_id, restriction_id, at=at)
    return effect_of_restriction(_opened(by, person_id, found.category, at=at), practitioners=tuple(sorted(set(practitioners))), category=found.category)


def hand_on(*, by: Actor, person_id: int, restriction_id: int, practitioners: Iterable[int], reason: str, seal: str, review_on: date, at: datetime) -> Restriction:
    """
    1. Ask the gate for the right to change who may see: nobody hands on what they may not open.
    2. The effect must be the one that was shown (`seal`); those whom a duty in law gives this part keep it.
    3. The restriction ends, and from the same moment another stands in its place, for these readers: no moment without one.

    Raises EffectChanged, NobodyLeft, Refused, or NotKnown for a restriction that is not this person's or has ended.
    """
    found, access = _standing(by, person_id, restriction_id, at=at, reason=reason)
    named = set(practitioners)
    effect = effect_of_restriction(access, practitioners=tuple(sorted(named)), category=found.category)
    if effect.seal != seal:
        raise EffectChanged(effect)
    _somebody_here(named)
    Restriction.objects.filter(pk=found.pk).update(ends=TransactionNow(), ended_by=by.practitioner_id, ended_reason=f"Handed on. {reason.strip()}")
    return Restriction.objects.create(
        person_id=person_id, practitioners=sorted(named | floor_of(effect)), category=found.category, reason=found.reason, set_by_id=by.practitioner_id, set_by_person=found.set_by_person,
        starts=TransactionNow(), review_on=review_on,
    )  # fmt: skip


def _standing(by: Actor, person_id: int, restriction_id: int, *, at: datetime, reason: str = "") -> tuple[Restriction, Access]:
    access = _opened(by, person_id, "", at=at, reason=reason)
    found = database.the_one(Restriction.objects.filter(pk=restriction_id, person_id=person_id).filter(Q(ends__isnull=True) | Q(ends__gt=at)))
    return found, access


def _somebody_here(named: Iterable[int]) -> None:
    if not still_here(named):
        raise NobodyLeft("Name at least one practitioner who may still see it, and who still works here.")


def floor_of(effect: Effect) -> set[int]:
    """The practitioners whom a duty in law keeps: those it names, and today's members of the teams it names."""
    floor: set[int] = set()
    for one in effect.keeps_by_law:
        if one.principal > PRACTITIONER_PRINCIPAL_LIMIT:
            floor.update(members_of(team_id=one.principal - PRACTITIONER_PRINCIPAL_LIMIT).values_list("pk", flat=True))
        else:
            floor.add(one.principal)
    return floor


def _opened(by: Actor, person_id: int, category: str, *, at: datetime, reason: str = "") -> Access:
    return gate.open_record(
        by, person_id, verb="change_access", purpose=PURPOSE, category=category or "whole_record", write=True, item="restriction", reason=reason, at=at,
    )  # fmt: skip
