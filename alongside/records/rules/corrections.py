"""What is owed when an entry is put right: everybody whom the earlier text has reached is told, with both texts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from alongside.common.rulebook import rule
from alongside.records.facts import NeedFacts, Origin, PartnerKey, Reach, Reached, ShareFacts, ShareStatus
from alongside.records.rules.kinds import EntryKind

SINCE = date(2026, 1, 1)
CORRECTION_CLOCK = "same_working_day"
NOT_BY_HAND = "partnership"


@dataclass(frozen=True, slots=True)
class Change:
    """One field of an entry as it was and as it is."""

    field: str
    old: str
    new: str


@rule("COR-010", since=SINCE)
def owed_to(reached: Iterable[Reached]) -> Mapping[PartnerKey, tuple[NeedFacts, ...]]:
    """A correction must go to every partner that received or read any earlier version, whatever it needs, declined or has left since.

    Give the result to `route(..., owed=...)`: the gate still decides what each may have, and a refusal goes to a named person.

    Source: UK GDPR Art 19.
    Example:
        >>> from datetime import UTC, datetime
        >>> at = datetime(2026, 5, 5, tzinfo=UTC)
        >>> ward, team = PartnerKey(1, 1), PartnerKey(2, 1)
        >>> owed = owed_to([Reached(team, at), Reached(ward, at, practitioner_id=5), Reached(team, at, 6), Reached(None, at)])
        >>> [(key.agency_id, needs[0].floor, needs[0].how_soon) for key, needs in owed.items()]
        [(1, 'COR-010', 'same_working_day'), (2, 'COR-010', 'same_working_day')]
    """
    purposes: dict[PartnerKey, str] = {}
    for one in reached:
        if one.partner is not None:
            purposes.setdefault(one.partner, one.purpose)
    return {partner: (_owed(purpose),) for partner, purpose in sorted(purposes.items())}


@rule("COR-011", since=SINCE)
def readers_to_tell(reached: Iterable[Reached], *, author: int | None) -> tuple[int, ...]:
    """Each practitioner who read an earlier version must get one notice of the correction, in whatever team they are now; its author none.

    Source: UK GDPR Art 19; as many notices as readers.
    Example:
        >>> from datetime import UTC, datetime
        >>> at = datetime(2026, 5, 5, tzinfo=UTC)
        >>> readers_to_tell([Reached(None, at, 9), Reached(PartnerKey(1), at, 4), Reached(PartnerKey(1), at, 4), Reached(None, at, 2)], author=2)
        (4, 9)
    """
    return tuple(sorted({one.practitioner_id for one in reached if one.practitioner_id not in (None, author)}))


@rule("COR-020", since=SINCE)
def changes(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Change, ...]:
    """A correction must show the old and the new text of every field that changed, and the old one must stay readable to those entitled.

    Source: UK GDPR Art 5(1)(d) and Art 19.
    Example:
        >>> changes({"account": "5 mg", "headline": "Tablets"}, {"account": "50 mg", "headline": "Tablets"})
        (Change(field='account', old='5 mg', new='50 mg'),)
    """
    fields = dict.fromkeys((*before, *after))
    return tuple(
        Change(name, before.get(name, ""), after.get(name, ""))
        for name in fields
        if before.get(name, "").strip() != after.get(name, "").strip()
    )


@rule("COR-030", since=SINCE)
def answered_too(earlier: Iterable[ShareFacts]) -> tuple[ShareFacts, ...]:
    """Who acknowledges a correction has acknowledged the earlier text too, but a decision asked for by it must still be made.

    Source: a decision of this product: one answer for one piece of news.
    Example:
        >>> from datetime import UTC, datetime
        >>> at = datetime(2026, 5, 5, tzinfo=UTC)
        >>> plain = ShareFacts("visit", ShareStatus.AWAITING, "1_working_day", at, at, at, at, share_id=1)
        >>> referral = ShareFacts("referral_child", ShareStatus.AWAITING, "1_working_day", at, at, at, at, needs_decision=True, share_id=2)
        >>> [share.share_id for share in answered_too([plain, referral])]
        [1]
    """
    return tuple(share for share in earlier if share.status is ShareStatus.AWAITING and not share.needs_decision)


@dataclass(frozen=True, slots=True)
class Moved:
    """Whom a correction leaves an entry about, whom it is about now as well, and from whose record it is taken off."""

    kept: frozenset[int]
    added: frozenset[int]
    taken_off: frozenset[int]


@rule("COR-040", since=SINCE)
def moved(before: Iterable[int], after: Iterable[int]) -> Moved:
    """An entry about the wrong person must be taken off their record, where all who read it are told, and stand on the right one; neither record may say whose the other is.

    Source: UK GDPR Art 5(1)(d), 5(1)(f) and 19.
    Example:
        >>> right = moved(before=(7, 8), after=(8, 9))
        >>> sorted(right.kept), sorted(right.added), sorted(right.taken_off)
        ([8], [9], [7])
    """
    old, new = frozenset(before), frozenset(after)
    return Moved(old & new, new - old, old - new)


@rule("COR-050", since=SINCE)
def why_it_stays_this_kind(old: EntryKind, new: EntryKind, *, decided: bool) -> str:
    """A correction may change what kind of entry it is, but not once a partner has decided on what it asked for, nor into a kind that the product writes itself.

    Source: a decision of this product: what was decided was decided about the entry as it was; who asked for nothing must not be answered.
    Example:
        >>> from alongside.records.rules.kinds import entry_kind
        >>> visit, referral, correction = (entry_kind(code) for code in ("visit", "referral_child", "correction"))
        >>> why_it_stays_this_kind(visit, referral, decided=False), why_it_stays_this_kind(visit, visit, decided=True)
        ('', '')
        >>> why_it_stays_this_kind(referral, visit, decided=True)
        'A partner has already decided on this. Write a new entry that says what has changed.'
        >>> why_it_stays_this_kind(visit, correction, decided=False)
        'Choose another kind: this one is not written by hand.'
    """
    if old.code == new.code:
        return ""
    if decided:
        return "A partner has already decided on this. Write a new entry that says what has changed."
    return "Choose another kind: this one is not written by hand." if new.group == NOT_BY_HAND else ""


def _owed(purpose: str) -> NeedFacts:
    return NeedFacts(
        tags=frozenset({"corrections"}),
        purpose=purpose,
        floor="COR-010",
        how_soon=CORRECTION_CLOCK,
        what_for="You received or read the text that this corrects.",
        reach=Reach.ANYONE,
        origin=Origin.STATUTORY,
        source="UK GDPR Art 19",
    )
