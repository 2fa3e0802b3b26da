"""How complaints were answered: how many of those owed an answer had it in time, how long half of them took, and where they came in, as far as that may be told."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from alongside.framework.rules.behaviour import FEWEST

WHERE = {"access": "about who looked", "partnership": "to the partnership", "dispute": "about who acts"}


@dataclass(frozen=True, slots=True)
class Complained:
    """One complaint or dispute, without a word of it: where it came in, when, by when it must be answered, and when it was."""

    where: str
    made_at: datetime
    due_at: datetime
    answered_at: datetime | None = None


def owed(made: Sequence[Complained], at: datetime) -> list[Complained]:
    """Those that must have an answer by now, and those that have one already."""
    return [one for one in made if one.answered_at or one.due_at < at]


def in_time(made: Sequence[Complained]) -> int:
    """
    >>> from datetime import UTC, timedelta
    >>> day = datetime(2026, 11, 1, tzinfo=UTC)
    >>> month = day + timedelta(days=30)
    >>> in_time([Complained("access", day, month, day + timedelta(days=2)), Complained("access", day, month, month + timedelta(days=1)), Complained("dispute", day, month)])
    1
    """
    return sum(one.answered_at is not None and one.answered_at <= one.due_at for one in made)


def half_took(made: Sequence[Complained]) -> float | None:
    """The median number of hours from coming in to the answer; None where none was answered.

    >>> from datetime import UTC, timedelta
    >>> day = datetime(2026, 11, 1, tzinfo=UTC)
    >>> half_took([Complained("access", day, day, day + timedelta(days=days)) for days in (1, 3, 20)])
    72.0
    """
    took = [(one.answered_at - one.made_at).total_seconds() / 3600 for one in made if one.answered_at]
    return median(took) if took else None


def in_words(made: Sequence[Complained]) -> str:
    """How many came in, in all and by where; fewer than five are not told, and where one kind is that few, no kind is, so that none is found by taking the others away.

    >>> from datetime import UTC
    >>> day = datetime(2026, 11, 1, tzinfo=UTC)
    >>> one, other = Complained("access", day, day), Complained("partnership", day, day)
    >>> in_words([one] * 7 + [other] * 6)
    'In the year 13 came in: 7 about who looked, 6 to the partnership.'
    >>> in_words([one] * 7 + [other] * 2), in_words([one] * 3)
    ('In the year 9 came in.', 'In the year fewer than five came in.')
    """
    if len(made) < FEWEST:
        return "In the year fewer than five came in."
    found = Counter(one.where for one in made)
    if any(count < FEWEST for count in found.values()):
        return f"In the year {len(made)} came in."
    return f"In the year {len(made)} came in: {', '.join(f'{found[where]} {words}' for where, words in WHERE.items() if found[where])}."
