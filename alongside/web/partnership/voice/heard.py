"""Who is heard in a forum: charts against the population, the ladder, and how speaking and adoption were spread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.html import format_html

from alongside.measures.ladder import evidenced_rung, ladder
from alongside.measures.result import Result
from alongside.voice import queries
from alongside.voice.facts import Characteristic, Claim, ReplyLog, Rung, SeatCount
from alongside.voice.queries import Counted
from alongside.voice.rules.comparison import Comparison, GroupHeard, compare
from alongside.voice.rules.ladder import evidence, shown_by_records
from alongside.voice.rules.speaking import Speaking, speaking
from alongside.web.design.formats import date_words
from alongside.web.design.rows import Bar
from alongside.web.partnership.voice.words import CHARACTERISTICS, RUNGS, STANDINGS, group_in_words, part_in_words, percent, so_many

A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Chart:
    """One characteristic of a forum beside the population, ready to be drawn."""

    name: str
    bars: tuple[Bar, ...]
    found: Comparison
    missing: tuple[str, ...]
    forum: Counted
    population: Counted


def charts(profile: Mapping[Characteristic, Counted], population: Mapping[Characteristic, Counted]) -> list[Chart]:
    """A chart for each characteristic of which both are known, in the order of the census."""
    return [chart(characteristic, profile[characteristic], population[characteristic]) for characteristic in Characteristic if characteristic in profile and characteristic in population]


def chart(characteristic: Characteristic, forum: Counted, population: Counted) -> Chart:
    found = compare(forum.counts, population.counts)
    bars = tuple(bar_of(characteristic, one) for one in found.groups)
    return Chart(CHARACTERISTICS[characteristic], bars, found, tuple(group_in_words(characteristic, group) for group in found.missing), forum, population)


def bar_of(characteristic: Characteristic, one: GroupHeard) -> Bar:
    mark, colour = STANDINGS[one.standing]
    words = "not shown" if one.members is None else f"{percent(one.share) or '0%'} ({one.members:,})"
    return Bar(group_in_words(characteristic, one.group), one.share, words, one.of_population, percent(one.of_population), mark=mark, colour=colour or "grey")


@dataclass(frozen=True, slots=True)
class Rungs:
    """The rung that is claimed beside the rung that is on record. `gap` (None while nothing is claimed) above zero: more is claimed than done."""

    claimed: Rung | None
    evidenced: Rung
    gap: Result | None
    lines: tuple[str, ...]

    @property
    def too_many(self) -> int:
        """So many rungs more are claimed than are on record; zero where none are."""
        return max(0, round(float(self.gap.value))) if self.gap and self.gap.value is not None else 0

    @property
    def bars(self) -> tuple[Bar, ...]:
        """Both rungs as bars of up to eight."""
        rungs = [("Claimed", self.claimed)] * (self.claimed is not None) + [("On record", self.evidenced)]
        return tuple(Bar(label, int(rung), f"{int(rung)}, {RUNGS[rung][0].lower()}") for label, rung in rungs if rung)


def rungs_of(claim: Claim | None, log: ReplyLog, sittings: Sequence[Sequence[SeatCount]]) -> Rungs:
    every = [count for counts in sittings for count in counts]
    shown = shown_by_records(log, every, claim)
    gap = ladder(int(claim.rung), shown).gap if claim else None
    return Rungs(claim.rung if claim else None, Rung(evidenced_rung(shown)), gap, tuple(evidence(log, every, claim)))


@dataclass(frozen=True, slots=True)
class ForumHeard:
    """All that a forum's page, and its line on the list, say."""

    forum: object
    claim: Claim | None
    ladder: Rungs
    speaking: Speaking
    sittings: Sequence[tuple[object, Sequence[SeatCount]]]

    @property
    def sitting_rows(self) -> list[tuple[str, ...]]:
        """Each sitting as a row of a table; one that was minuted leads to its minutes."""
        rows = []
        for sitting, counts in self.sittings:
            turns = [number for one in counts for number in one.turns]
            proposals, adopted = sum(one.proposals for one in counts), sum(one.adopted for one in counts)
            label = format_html('<a href="{}">{}</a>', reverse("meeting", args=[sitting.meeting_id]), sitting.label) if sitting.meeting_id else sitting.label
            rows.append((label, date_words(sitting.held_on), so_many(len(turns)), so_many(turns.count(0)), str(proposals), str(adopted)))
        return rows

    @property
    def spoke_bars(self) -> tuple[Bar, ...]:
        return tuple(
            Bar(part_in_words(part.name), part.of_turns, percent(part.of_turns) or "nobody spoke", part.of_members, percent(part.of_members)) for part in self.speaking.parts
        )

    @property
    def influence_bars(self) -> tuple[Bar, ...]:
        """Each part's share of what was adopted beside its share of the places; worth a look where the ratio is above 2 or below 0.5."""
        adopted = sum(part.adopted for part in self.speaking.parts)
        return tuple(
            Bar(
                part_in_words(part.name), part.adopted / adopted, f"{percent(part.adopted / adopted)}, {part.adopted} of {part.proposals} proposals", part.of_members, percent(part.of_members),
                mark=f"Ratio {float(part.influence.value):.1f}" if part.look and part.influence.value is not None else "", colour="orange",
            )
            for part in self.speaking.parts
        ) if adopted else ()


def forum_heard(one: object, sittings: Sequence[tuple[object, Sequence[SeatCount]]], log: ReplyLog, at: datetime) -> ForumHeard:
    """What is on record of the last year."""
    lately = [(sitting, counts) for sitting, counts in sittings if sitting.held_on >= (at - A_YEAR).date()]
    claim, counts = queries.claim_of(one), [counts for _, counts in lately]
    return ForumHeard(one, claim, rungs_of(claim, log, counts), speaking(counts), lately)
