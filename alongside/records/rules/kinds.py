"""The kinds of entry, as editioned data: what each is called, whom it concerns by tag, how soon, and what follows."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from alongside.records.facts import EntryFacts, Harm, Link, Signature
from alongside.records.rules.clock_names import EDITIONS

HARM_IN_ORDER = tuple(Harm)
OF_CONCERN = frozenset({"safeguarding_concern", "child_protection_plan", "domestic_abuse", "whereabouts"})
ASKED_FOR_BY = {Link.SIBLING: "siblings", Link.HOUSEHOLD: "household"}
ORDINARY_CLOCK = "1_working_day"


class UnknownKind(ValueError):
    """No kind of entry has this code."""


@dataclass(frozen=True, slots=True)
class EntryKind:
    """One kind of entry.

    `tags` are the words partners use in their needs. `decision_for` is the tag whose needers must decide, not only acknowledge.
    `signature` is what its author must wait for. `minimum_fields` are all that leaves, unless a partner's need or the law asks for more.
    `happened_is` names the moment its `happened_at` stands for, so that clocks can start from it. `if_not` are the words of
    `records.rules.not_lost` that are done, beyond what is done for every kind, when it is not answered in time.
    """

    code: str
    name: str
    group: str
    category: str
    tags: frozenset[str]
    clock: str = ORDINARY_CLOCK
    in_order: bool = False
    phone_fallback: bool = False
    decision_for: str = ""
    signature: Signature = Signature.NONE
    minimum_fields: tuple[str, ...] = ()
    happened_is: str = ""
    follow_up: str = ""
    follow_up_clock: str = ""
    if_not: tuple[str, ...] = ()
    source: str = ""


@cache
def entry_kinds() -> dict[str, EntryKind]:
    """Every kind of entry, by code, in the order of the file."""
    with (EDITIONS / "kinds.csv").open(encoding="utf-8", newline="") as lines:
        return {
            row["code"]: EntryKind(
                code=row["code"],
                name=row["name"],
                group=row["group"],
                category=row["category"],
                tags=frozenset(row["tags"].split()),
                clock=row["clock"],
                in_order=row["in_order"] == "yes",
                phone_fallback=row["phone_fallback"] == "yes",
                decision_for=row["decision_for"],
                signature=Signature(row["signature"]),
                minimum_fields=tuple(row["minimum_fields"].split()),
                happened_is=row["happened_is"],
                follow_up=row["follow_up"],
                follow_up_clock=row["follow_up_clock"],
                if_not=tuple(row["if_not"].split()),
                source=row["source"],
            )
            for row in csv.DictReader(lines)
        }


def entry_kind(code: str) -> EntryKind:
    """The kind with this code. Raises `UnknownKind`, with the codes there are.

    Example:
        >>> entry_kind("injury_observation").clock
        'same_working_day'
    """
    try:
        return entry_kinds()[code]
    except KeyError:
        raise UnknownKind(f"No kind of entry is called {code!r}; there are {', '.join(entry_kinds())}.") from None


def kind_or_plain(code: str) -> EntryKind:
    """The kind with this code, or a plain one that carries its code as its tag: what came in from elsewhere is routed, never refused.

    Example:
        >>> kind_or_plain("frailty_score").tags
        frozenset({'frailty_score'})
    """
    return entry_kinds().get(code) or EntryKind(code, code.replace("_", " ").capitalize(), "other", "", frozenset({code}))


def tags_of(entry: EntryFacts) -> frozenset[str]:
    """Every word by which a need can meet an entry: its kind's code and tags, the author's own, what its stakes add, and the family of a concern.

    Example:
        >>> from datetime import UTC, datetime
        >>> at = datetime(2026, 5, 5, tzinfo=UTC)
        >>> entry = EntryFacts("visit", "strengths_needs_plan", (), 1, "voluntary", "support_worker", at, at, harm=Harm.SIGNIFICANT)
        >>> sorted(tags_of(entry))
        ['changes_in_risk', 'significant_harm', 'visit', 'visits']
    """
    tags = kind_or_plain(entry.kind).tags | {entry.kind} | entry.tags
    if at_least(entry.harm, Harm.SIGNIFICANT):
        tags |= {"significant_harm", "changes_in_risk"}
    concern = "changes_in_risk" in tags or entry.category in OF_CONCERN or at_least(entry.harm, Harm.POSSIBLE)
    return tags | {ASKED_FOR_BY[person.link] for person in entry.about if concern and person.link in ASKED_FOR_BY}


def meets(need_tags: Iterable[str], entry_tags: Iterable[str]) -> frozenset[str]:
    """The tags of a need that an entry carries; singular and plural are the same word.

    Example:
        >>> sorted(meets({"allergies", "falls"}, {"allergy", "visit"}))
        ['allergies']
    """
    carried = {singular(tag) for tag in entry_tags}
    return frozenset(tag for tag in need_tags if singular(tag) in carried)


@lru_cache(maxsize=4096)  # of a few hundred words that partners and editions use, each is asked hundreds of times for one entry
def singular(tag: str) -> str:
    """A tag without its plural.

    Example:
        >>> [singular(tag) for tag in ("injuries", "referrals", "mental_health_crises", "homelessness", "domestic_abuse")]
        ['injury', 'referral', 'mental_health_crisis', 'homelessness', 'domestic_abuse']
    """
    if tag.endswith("ies"):
        return f"{tag[:-3]}y"
    if tag.endswith("crises"):
        return f"{tag[:-2]}is"
    return tag if tag.endswith(("ss", "is", "us")) else tag.removesuffix("s")


def at_least(harm: Harm, level: Harm) -> bool:
    """Whether the stakes are as high as a level."""
    return HARM_IN_ORDER.index(harm) >= HARM_IN_ORDER.index(level)
