"""F13: help that is given twice: the same need served by several at once, the same question asked again, two services for the same people."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

from alongside.measures.proportion import wilson
from alongside.measures.result import Result, Unmeasurable, measured

VERSION = "F13.1"
CAVEAT = "Finds what looks repeated in the records. Two providers can be right: look at each before anything is cut."
OVERLAP_CAVEAT = "What two services could both do, not what they did for the same person. The money is at most what overlaps: the smaller spend in each cell they share. All cells are counted, so there is no interval."
AGAIN_WITHIN = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Help:
    """One provider's help with one need of one person, from the first day to the last (None: still going on). `joint`: planned together with the others."""

    person: str
    need: str
    provider: str
    first: date
    last: date | None = None
    joint: bool = False

    def meets(self, other: "Help") -> bool:
        return self.first <= (other.last or date.max) and other.first <= (self.last or date.max)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two services: Jaccard of the cells they serve, and the money spent in cells that both serve, counted at the smaller spend."""

    one: str
    other: str
    jaccard: Result
    money: Result


def repetition(helps: Iterable[Help]) -> Result:
    """Share of needs (a need of a person) that two or more providers served at overlapping dates, not planned together. n is the needs.

    Source: measure F13 of this product.
    Example:
        >>> may, june = date(2026, 5, 1), date(2026, 6, 1)
        >>> repetition([Help("p1", "speech", "trust", may), Help("p1", "speech", "school", june), Help("p2", "sleep", "trust", may, june)]).value
        0.5
    """
    needs: dict[tuple[str, str], list[Help]] = defaultdict(list)
    for one in helps:
        if one.last is not None and one.last < one.first:
            raise Unmeasurable(f"Help that began on {one.first} cannot have ended on {one.last}.")
        needs[one.person, one.need].append(one)
    if not needs:
        raise Unmeasurable("There is no help to look at.")
    repeated = sum(any(a.provider != b.provider and a.meets(b) and not (a.joint and b.joint) for a, b in combinations(given, 2)) for given in needs.values())
    inputs = [one for given in needs.values() for one in given]
    return measured("F13 needs served twice", VERSION, repeated / len(needs), n=len(needs), inputs=inputs, caveat=CAVEAT, interval=wilson(repeated, len(needs)))


def asked_again(asked: Iterable[tuple[str, str, date]], *, within: timedelta = AGAIN_WITHIN) -> Result:
    """Share of askings (person, question, day) that came within 90 days of the same question to the same person. n is the askings.

    Source: measure F13 of this product.
    Example:
        >>> asked_again([("p1", "housing", date(2026, 1, 1)), ("p1", "housing", date(2026, 2, 1)), ("p1", "housing", date(2026, 8, 1)), ("p2", "housing", date(2026, 2, 1))]).value
        0.25
    """
    days: dict[tuple[str, str], list[date]] = defaultdict(list)
    for person, question, day in asked:
        days[person, question].append(day)
    n = sum(map(len, days.values()))
    if not n:
        raise Unmeasurable("There are no askings to look at.")
    again = sum(later - earlier <= within for each in days.values() for earlier, later in zip(sorted(each), sorted(each)[1:]))
    inputs = [(key, day) for key, each in days.items() for day in each]
    return measured("F13 asked again", VERSION, again / n, n=n, inputs=inputs, caveat=CAVEAT, interval=wilson(again, n))


def overlap(one: Mapping[str, Decimal], other: Mapping[str, Decimal], *, names: tuple[str, str] = ("one", "other")) -> Overlap:
    """Jaccard |A and B| / |A or B| of the cells (need x eligibility x area x time) of two services, and the money: over shared cells, the sum of the smaller spend.

    Source: Jaccard (1912) for the ratio; the money is measure F13 of this product.
    Example:
        >>> found = overlap({"speech/north": Decimal(100), "sleep/north": Decimal(50)}, {"speech/north": Decimal(80)})
        >>> found.jaccard.value, found.money.value
        (0.5, Decimal('80'))
    """
    if not one or not other:
        raise Unmeasurable("Each service needs at least one cell it serves.")
    if any(spend < 0 for spend in (*one.values(), *other.values())):
        raise Unmeasurable("Spend cannot be below zero.")
    shared, either = one.keys() & other.keys(), one.keys() | other.keys()
    inputs = [sorted(one.items()), sorted(other.items())]
    scope = " and ".join(names)
    money = sum((min(one[cell], other[cell]) for cell in sorted(shared)), Decimal(0))
    return Overlap(
        *names, measured("F13 overlap of services (Jaccard)", VERSION, len(shared) / len(either), n=len(either), inputs=inputs, caveat=OVERLAP_CAVEAT).within(scope),
        measured("F13 overlapped spend", VERSION, money, n=len(shared), inputs=inputs, caveat=OVERLAP_CAVEAT).within(scope),
    )  # fmt: skip


def overlaps(services: Mapping[str, Mapping[str, Decimal]]) -> Sequence[Overlap]:
    """Every pair of services, those that share most first.

    Source: measure F13 of this product.
    Example:
        >>> [(one.one, one.other) for one in overlaps({"A": {"x": Decimal(1)}, "B": {"y": Decimal(1)}, "C": {"x": Decimal(1)}})][0]
        ('A', 'C')
    """
    if len(services) < 2:
        raise Unmeasurable("Overlap needs at least two services.")
    return sorted(
        (overlap(services[a], services[b], names=(a, b)) for a, b in combinations(services, 2)), key=lambda found: (-float(found.jaccard.value or 0), found.one, found.other)
    )
