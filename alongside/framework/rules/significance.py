"""How much hangs on a partnership, and so how deep its test goes."""

from collections.abc import Mapping
from datetime import date

from alongside.common.rulebook import rule
from alongside.framework.facts import Depth, Text

SINCE = date(2026, 9, 1)

MOST = 3


@rule("FRW-001", since=SINCE)
def significance(text: Text, answers: Mapping[str, int]) -> int:
    """The significance of a partnership is the sum of each answer, 0 to 3, times the weight of its question.

    Raises `ValueError` for an answer that is missing or out of range. Source: measure F1b of this product; weights and bands are each council's own.
    Example:
        >>> from alongside.framework.rules.guidance import editions
        >>> significance(editions()["2026"], {"money": 3, "duty": 3, "safeguarding": 3, "people": 3, "leaving": 3, "priority": 3})
        45
    """
    for question in text.questions:
        if not 0 <= answers.get(question.id, -1) <= MOST:
            raise ValueError(f"Answer the question “{question.asks}”.")
    return sum(question.weight * answers[question.id] for question in text.questions)


def highest(text: Text) -> int:
    """The highest total that can be reached."""
    return MOST * sum(question.weight for question in text.questions)


@rule("FRW-002", since=SINCE)
def depth(text: Text, total: int) -> Depth:
    """A test is light below the first band, standard from it on, and full from the second.

    Source: Lancaster City Council's scorecard (2009) scaled its treatment of 59 partnerships in three; the bands are the guidance's own.
    Example:
        >>> from alongside.framework.rules.guidance import editions
        >>> [depth(editions()["2026"], total).value for total in (11, 12, 25, 26)]
        ['light', 'standard', 'standard', 'full']
    """
    return Depth.FULL if total >= text.full_from else Depth.STANDARD if total >= text.standard_from else Depth.LIGHT
