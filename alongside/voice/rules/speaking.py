"""Who spoke, proposed and was followed, the silent among them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from alongside.common.rulebook import rule
from alongside.measures.result import Result
from alongside.measures.voices import effective_voices, gini, influence_ratio, worth_a_look
from alongside.voice.facts import PUBLIC_SEATS, Seat, SeatCount
from alongside.voice.rules.suppression import SMALLEST

SINCE = date(2026, 1, 1)
PUBLIC, PARTNERS = "public", "partners"


@dataclass(frozen=True, slots=True)
class Part:
    """What one seat, or one side of the table, did. Shares run from 0 to 1; `influence` is its share of what was adopted beside its share of the places."""

    name: str
    members: int
    turns: int
    of_members: float
    of_turns: float | None
    written: int
    proposals: int
    adopted: int
    influence: Result
    look: bool


@dataclass(frozen=True, slots=True)
class Speaking:
    """A sitting, or several together. `places` counts whoever was there at each of them, `silent` those who said nothing. Parts are none where they would point at somebody."""

    sittings: int
    places: int
    silent: int
    turns: int
    written: int
    gini: Result | None
    voices: Result | None
    parts: tuple[Part, ...]


@rule("VCE-030", since=SINCE)
def shown_by(sittings: Sequence[Sequence[SeatCount]]) -> str:
    """Who spoke must be shown by seat only where each seat that is taken has at least 5 members at some sitting; else by side of the table under the same condition; else not at all.

    Source: as VCE-010
    Example:
        >>> board = [SeatCount(Seat.PROFESSIONAL, (3,) * 6), SeatCount(Seat.LIVED, (1,) * 4), SeatCount(Seat.CARER, (0, 2))]
        >>> shown_by([board]), shown_by([board[:2]]), shown_by([board[:1]])
        ('side', '', 'seat')
    """
    for way, name in (("seat", lambda seat: seat.value), ("side", side_of)):
        most: dict[str, int] = {}
        for sitting in sittings:
            there = totals(sitting, name)
            most |= {part: max(most.get(part, 0), members) for part, counts in there.items() if (members := sum(one.members for one in counts))}
        if most and min(most.values()) >= SMALLEST:
            return way
    return ""


def speaking(sittings: Sequence[Sequence[SeatCount]]) -> Speaking:
    """How speaking and adoption were spread over these sittings, with the silent counted.

    Example:
        >>> board = [SeatCount(Seat.PROFESSIONAL, (40, 25, 20, 10, 5), proposals=9, adopted=9), SeatCount(Seat.LIVED, (0,) * 15, proposals=3, adopted=1)]
        >>> found = speaking([board])
        >>> round(found.gini.value, 3), round(found.voices.value, 2), found.silent, [(part.name, round(part.influence.value, 2), part.look) for part in found.parts]
        (0.835, 3.64, 15, [('lived_experience', 0.13, True), ('professional', 3.6, True)])
    """
    every = [count for sitting in sittings for count in sitting]
    turns = [number for count in every for number in count.turns]
    way, spoke = shown_by(sittings), sum(turns) > 0
    found = totals(every, side_of if way == "side" else lambda seat: seat.value) if way else {}
    adopted = sum(count.adopted for count in every)
    return Speaking(
        len(sittings), len(turns), sum(number == 0 for number in turns), sum(turns), sum(count.written for count in every), gini(turns) if spoke else None, effective_voices(turns) if spoke else None,
        tuple(part_of(name, counts, len(turns), sum(turns), adopted) for name, counts in sorted(found.items(), key=lambda one: place(one[0]))),
    )  # fmt: skip


def part_of(name: str, counts: Sequence[SeatCount], places: int, all_turns: int, all_adopted: int) -> Part:
    members, turns, adopted = sum(one.members for one in counts), sum(sum(one.turns) for one in counts), sum(one.adopted for one in counts)
    ratio = influence_ratio(adopted, all_adopted, members, places)
    return Part(
        name, members, turns, members / places if places else 0.0, turns / all_turns if all_turns else None, sum(one.written for one in counts), sum(one.proposals for one in counts), adopted, ratio,
        worth_a_look(ratio),
    )  # fmt: skip


def totals(counts: Iterable[SeatCount], name: object) -> Mapping[str, list[SeatCount]]:
    found: dict[str, list[SeatCount]] = {}
    for one in counts:
        found.setdefault(name(one.seat), []).append(one)  # type: ignore[operator]
    return found


def side_of(seat: Seat) -> str:
    return PUBLIC if seat in PUBLIC_SEATS else PARTNERS


def place(name: str) -> int:
    return [PUBLIC, PARTNERS, *Seat].index(name)


def public_turns(counts: Iterable[SeatCount]) -> int:
    """How often public members spoke.

    Example:
        >>> public_turns([SeatCount(Seat.CARER, (2, 0)), SeatCount(Seat.ELECTED, (9,))])
        2
    """
    return sum(sum(one.turns) for one in counts if one.seat in PUBLIC_SEATS)
