"""When a need that a partner has declared is about an entry, and about whom in it."""

from collections.abc import Sequence
from datetime import date

from alongside.common.rulebook import rule
from alongside.records.facts import NOBODY, EntryFacts, Link, NeedFacts, NotNeededReason, PartnerFacts, PersonFacts, Reach
from alongside.records.rules.kinds import ASKED_FOR_BY, meets

SINCE = date(2026, 1, 1)
LIVE_RELATIONS = frozenset({"allocated", "team_cover", "supervisor", "referred_to"})
NEAREST_MISS = (
    NotNeededReason.NOT_KNOWN_TO_PARTNER,
    NotNeededReason.SITUATION_DIFFERS,
    NotNeededReason.NEED_NOT_IN_FORCE,
    NotNeededReason.NO_NEED_DECLARED,
)


@rule("REC-020", since=SINCE)
def miss(need: NeedFacts, partner: PartnerFacts, entry: EntryFacts, tags: frozenset[str], on: date) -> NotNeededReason | None:
    """A need must be met by an entry that carries one of its tags, while it is in force, about a person it asks about.

    None means that it is met; otherwise the reason why it is not.

    Source: a decision of this product: the receiver says what it must know, the sender does not guess.
    Example:
        >>> from datetime import UTC, datetime
        >>> from alongside.records.facts import PartnerKey
        >>> at = datetime(2026, 5, 5, 9, tzinfo=UTC)
        >>> entry = EntryFacts("fall", "general_health", (PersonFacts(1),), 1, "gp_practice", "doctor", at, at)
        >>> visitor = PartnerFacts(PartnerKey(2, 1), "voluntary", "support_worker", relations={1: "allocated"})
        >>> need = NeedFacts(frozenset({"falls"}), "direct_care")
        >>> miss(need, visitor, entry, frozenset({"fall"}), at.date()) is None
        True
        >>> miss(need, visitor, entry, frozenset({"visit"}), at.date()).value
        'no_need_declared'
    """
    if not meets(need.tags, tags):
        return NotNeededReason.NO_NEED_DECLARED
    if not in_force(need, on):
        return NotNeededReason.NEED_NOT_IN_FORCE
    people = people_of(need, entry)
    if not people:
        return NotNeededReason.SITUATION_DIFFERS
    if need.reach is Reach.OUR_PEOPLE and not any(knows(partner, person) for person in people):
        return NotNeededReason.NOT_KNOWN_TO_PARTNER
    return None


@rule("REC-080", since=SINCE)
def people_of(need: NeedFacts, entry: EntryFacts) -> tuple[PersonFacts, ...]:
    """A need on siblings must be met by a concern about one child for the others too, on each child's record that the gate permits.

    Source: Daniel Pelka serious case review (2013): no record of the family as a whole.
    Example:
        >>> from datetime import UTC, datetime
        >>> at = datetime(2026, 5, 5, 9, tzinfo=UTC)
        >>> children = (PersonFacts(1, kind="child"), PersonFacts(2, Link.SIBLING, "child"))
        >>> entry = EntryFacts("sibling_concern", "safeguarding_concern", children, 1, "nhs_hospital", "nurse", at, at)
        >>> [len(people_of(NeedFacts(frozenset({tag}), "safeguarding_child"), entry)) for tag in ("siblings", "injuries")]
        [2, 1]
    """
    return tuple(
        person
        for person in entry.about or (NOBODY,)
        if (person.link is Link.SUBJECT or ASKED_FOR_BY.get(person.link) in need.tags) and suits(need, person)
    )


def in_force(need: NeedFacts, on: date) -> bool:
    """Whether a need holds on a day. The day it ends is the first it does not."""
    return (need.valid_from is None or need.valid_from <= on) and (need.valid_until is None or on < need.valid_until)


def suits(need: NeedFacts, person: PersonFacts) -> bool:
    """Whether a person is of a kind and in a situation the need asks about."""
    return (not need.people or person.kind in need.people) and need.situations <= words_of(person)


def words_of(person: PersonFacts) -> frozenset[str]:
    """Every word that holds of a person: kind, flags, situations, and those that follow from age.

    Example:
        >>> sorted(words_of(PersonFacts(1, kind="child", age=0)))
        ['child', 'under_five', 'under_one', 'under_two']
    """
    if person.age is None:
        return person.situations | person.flags | {person.kind}
    by_age = {"under_one": 1, "under_two": 2, "under_five": 5}
    return person.situations | person.flags | {person.kind} | {word for word, limit in by_age.items() if person.age < limit}


def subjects(entry: EntryFacts) -> tuple[PersonFacts, ...]:
    """The people the entry is about, as against siblings, household and those only mentioned."""
    return tuple(person for person in entry.about if person.link is Link.SUBJECT)


def knows(partner: PartnerFacts, person: PersonFacts) -> bool:
    """Whether the partner works with a person now; what is about nobody is everybody's business."""
    return person is NOBODY or partner.relations.get(person.person_id) in LIVE_RELATIONS


def nearest_miss(misses: Sequence[NotNeededReason]) -> NotNeededReason:
    """Of several reasons why no need was met, the one that came nearest.

    Example:
        >>> nearest_miss([]).value
        'no_need_declared'
    """
    return min(misses, key=NEAREST_MISS.index, default=NotNeededReason.NO_NEED_DECLARED)
