"""The statutory floor: what must reach whom whatever any partner has declared or switched off."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from alongside.common.rulebook import rule
from alongside.records.facts import EntryFacts, Harm, NeedFacts, Origin, PartnerFacts, PartnerKey, Reach
from alongside.records.rules.clock_names import EDITIONS
from alongside.records.rules.kinds import at_least, meets, tags_of
from alongside.records.rules.needs import in_force, knows, subjects, suits

EVERY_PARTNER_INVOLVED = "every_partner_involved"
SINCE = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class FloorDuty:
    """One duty: the need it makes, whom it names, and how sure we are of it."""

    need: NeedFacts
    roles: frozenset[str]
    harm_from: Harm | None
    standing: str
    confidence: str

    def is_about(self, entry: EntryFacts, on: date, tags: frozenset[str] | None = None) -> bool:
        """Whether this duty is about an entry: in force, named by its tags or its stakes, and about such a person in such a situation. `tags` are the entry's, where they are at hand."""
        named = bool(meets(self.need.tags, tags_of(entry) if tags is None else tags)) or (self.harm_from is not None and at_least(entry.harm, self.harm_from))
        return named and in_force(self.need, on) and any(suits(self.need, person) for person in subjects(entry))

    def recipients(self, entry: EntryFacts, partners: Sequence[PartnerFacts]) -> list[PartnerFacts]:
        """Of the named kind of agency the teams in a named role; failing them its duty desks; failing these all its teams."""
        if self.need.agency_kind == EVERY_PARTNER_INVOLVED:
            return [partner for partner in partners if any(knows(partner, person) for person in subjects(entry))]
        kind = [partner for partner in partners if partner.agency_kind == self.need.agency_kind]
        return [p for p in kind if p.role in self.roles] or [p for p in kind if p.duty_desk] or kind


@cache
def floor_duties() -> tuple[FloorDuty, ...]:
    """Every duty of the statutory floor on file."""
    with (EDITIONS / "statutory_floor.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            FloorDuty(
                need=NeedFacts(
                    tags=frozenset(row["tags"].split()),
                    purpose=row["purpose"],
                    floor=row["code"],
                    how_soon=row["clock"],
                    what_for=row["says"],
                    agency_kind=row["to_agency_kind"],
                    situations=frozenset(row["situations"].split()),
                    people=frozenset(row["people"].split()),
                    minimum_fields=tuple(row["minimum_fields"].split()),
                    reach=Reach.OUR_PEOPLE if row["to_agency_kind"] == EVERY_PARTNER_INVOLVED else Reach.ANYONE,
                    origin=Origin.STATUTORY,
                    source=row["source"],
                    valid_from=date.fromisoformat(row["since"]),
                    valid_until=date.fromisoformat(row["until"]) if row["until"] else None,
                ),
                roles=frozenset(row["to_roles"].split()),
                harm_from=Harm(row["harm_from"]) if row["harm_from"] else None,
                standing=row["standing"],
                confidence=row["confidence"],
            )
            for row in csv.DictReader(lines)
        )


@rule("REC-030", since=SINCE)
def floor_needs(entry: EntryFacts, partners: Sequence[PartnerFacts], *, on: date) -> dict[PartnerKey, tuple[NeedFacts, ...]]:
    """A duty of the statutory floor must be a need of the partner it names, whatever that partner has declared or switched off.

    Source: Children Act 1989 s47; Care Act 2014 s42; each duty has its own row and source in `editions/statutory_floor.csv`.
    Example:
        >>> from datetime import UTC, datetime
        >>> from alongside.records.facts import PersonFacts
        >>> at = datetime(2026, 5, 5, 9, tzinfo=UTC)
        >>> entry = EntryFacts("fgm_disclosure", "safeguarding_concern", (PersonFacts(1, kind="child"),), 1, "school", "teacher", at, at)
        >>> police = PartnerFacts(PartnerKey(2, 1), "police", "police_officer")
        >>> [need.floor for need in floor_needs(entry, [police], on=at.date())[police.key]]
        ['FLR-050']
    """
    owed: dict[PartnerKey, tuple[NeedFacts, ...]] = {}
    tags = tags_of(entry)
    for duty in floor_duties():
        if duty.is_about(entry, on, tags):
            for partner in duty.recipients(entry, partners):
                owed[partner.key] = (*owed.get(partner.key, ()), duty.need)
    return owed


@rule("REC-033", since=SINCE)
def unmet_floor(entry: EntryFacts, partners: Sequence[PartnerFacts], *, on: date) -> tuple[NeedFacts, ...]:
    """A duty of the statutory floor for which no partner is in scope must be shown to the author and alert the operator at once.

    Source: a decision of this product: a report is always accepted, and a missing recipient is never silent.
    Example:
        >>> from datetime import UTC, datetime
        >>> from alongside.records.facts import PersonFacts
        >>> at = datetime(2026, 5, 5, 9, tzinfo=UTC)
        >>> entry = EntryFacts("fgm_disclosure", "safeguarding_concern", (PersonFacts(1, kind="child"),), 1, "school", "teacher", at, at)
        >>> [need.floor for need in unmet_floor(entry, [], on=at.date())]
        ['FLR-010', 'FLR-050']
    """
    tags = tags_of(entry)
    return tuple(
        duty.need
        for duty in floor_duties()
        if duty.need.agency_kind != EVERY_PARTNER_INVOLVED and duty.is_about(entry, on, tags) and not duty.recipients(entry, partners)
    )
