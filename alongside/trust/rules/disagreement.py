"""When a difference must be settled, and how far professions agree about thresholds."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import combinations

from alongside.common.rulebook import rule
from alongside.common.working_days import Calendar
from alongside.measures.agreement import kappa
from alongside.measures.result import Result
from alongside.trust.facts import Level

SINCE = date(2026, 1, 1)
DAYS = 10
FEWEST = 5


@rule("TRU-020", since=SINCE)
def settle_by(opened: datetime, calendar: Calendar) -> datetime:
    """A difference between professions must be settled or handed up within ten working days.

    Source: a decision of this product; local escalation policies range from five to twenty working days.
    Example:
        >>> from datetime import UTC
        >>> settle_by(datetime(2026, 6, 1, 9, tzinfo=UTC), Calendar.of("england")).date()
        datetime.date(2026, 6, 15)
    """
    return calendar.working_day_end(calendar.add_working_days(calendar.local_day(opened), DAYS))


def threshold_agreement(questions: Iterable[Mapping[str, Level]]) -> dict[tuple[str, str], Result]:
    """Cohen's kappa for each pair of professions that answered at least five questions of thresholds in common; each question maps a profession to what it would do.

    Source: measure F2 of this product.
    Example:
        >>> same = [{"Nurse": level, "Social worker": level} for level in (*Level, Level.EARLY_HELP)]
        >>> {pair: found.value for pair, found in threshold_agreement(same).items()}
        {('Nurse', 'Social worker'): 1.0}
    """
    levels, pairs = list(Level), {}
    asked = list(questions)
    for one, other in combinations(sorted({profession for question in asked for profession in question}), 2):
        both = Counter((question[one], question[other]) for question in asked if one in question and other in question)
        if both.total() >= FEWEST:
            pairs[one, other] = kappa([[both[row, column] for column in levels] for row in levels])
    return pairs
