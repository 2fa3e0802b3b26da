"""Section 3: at home on day 91 after leaving hospital with reablement. Who could not be found is shown apart, not hidden in either side."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from alongside.measures.proportion import wilson
from alongside.measures.result import Result, Unmeasurable, measured

VERSION = "D91.1"
CAVEAT = "Of people of 65 and over discharged into reablement. The official figure counts those not found, and those who died, as not at home. It says nothing of how well people live there."


class Whereabouts(StrEnum):
    """Where the person is on day 91. Home is also extra care housing and an adult placement."""

    HOME = "home"
    HOSPITAL = "hospital"
    CARE_HOME = "care home"
    DIED = "died"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DayNinetyOne:
    official: Result
    of_those_known: Result
    unknown: Result
    counts: dict[Whereabouts, int]


def day_91(people: Iterable[Whereabouts]) -> DayNinetyOne:
    """Share at home of all discharged (official), of those whose whereabouts are known, and the share not known.

    Source: NHS England and DHSC, SALT STS004 and former ASCOF 2B part 1.
    Example:
        >>> found = day_91([Whereabouts.HOME] * 80 + [Whereabouts.DIED] * 8 + [Whereabouts.HOSPITAL] * 2 + [Whereabouts.UNKNOWN] * 10)
        >>> found.official.value, round(found.of_those_known.value, 4), found.unknown.value
        (0.8, 0.8889, 0.1)
    """
    counts = Counter(people)
    n, home, unknown = sum(counts.values()), counts[Whereabouts.HOME], counts[Whereabouts.UNKNOWN]
    if not n:
        raise Unmeasurable("Nobody was discharged, so there is nobody to look for on day 91.")

    def share(name: str, count: int, of: int) -> Result:
        inputs = sorted(counts.items())
        return measured(f"Day 91 {name}", VERSION, count / of if of else None, n=of, inputs=inputs, caveat=CAVEAT, interval=wilson(count, of) if of else None)

    return DayNinetyOne(
        share("at home, of all discharged", home, n), share("at home, of those found", home, n - unknown), share("not found", unknown, n), {one: counts[one] for one in Whereabouts}
    )
