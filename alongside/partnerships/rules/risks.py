"""How grave a risk is, when it must be looked at again, and the barriers that partnerships are known to fail by."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from alongside.common.rulebook import rule

SINCE = date(2026, 1, 1)
ROWS = Path(__file__).parent / "starters" / "barriers.yaml"
LIKELIHOODS = {1: "Hardly ever", 2: "Now and then", 3: "Likely", 4: "Almost certain"}
IMPACTS = {1: "A nuisance", 2: "Work suffers", 3: "People are let down", 4: "People come to harm"}
HIGH, MIDDLE = 9, 4


@rule("PTN-140", since=SINCE)
def band(likelihood: int, impact: int) -> str:
    """A risk must be judged on one four by four scale: likelihood times impact; from 9 it is high, from 4 it is middling.

    Source: a decision of this product: partners who use different scales cannot compare (Chichester District Council, 2018).
    Example:
        >>> band(3, 3), band(2, 2), band(1, 3)
        ('high', 'middling', 'low')
    """
    product = likelihood * impact
    return "high" if product >= HIGH else "middling" if product >= MIDDLE else "low"


@rule("PTN-141", since=SINCE)
def past_review(next_review: date | None, day: date) -> bool:
    """A risk must have been judged, and must be judged again by the day that was set.

    Source: a decision of this product
    Example:
        >>> past_review(date(2026, 5, 1), date(2026, 5, 2)), past_review(date(2026, 5, 1), date(2026, 5, 1)), past_review(None, date(2026, 5, 1))
        (True, False, True)
    """
    return next_review is None or next_review < day


@dataclass(frozen=True, slots=True)
class Barrier:
    """One thing that partnerships fail by, how it shows, and what may be done about it here."""

    code: str
    name: str
    what: str
    mitigation: str
    likelihood: int
    impact: int


@cache
def barriers() -> dict[str, Barrier]:
    """Every known barrier, by code, in the order of the file.

    Example:
        >>> barriers()["lost_information"].impact
        4
    """
    return {row["code"]: Barrier(**row) for row in yaml.safe_load(ROWS.read_text(encoding="utf-8"))}
