"""What is said to have come of it."""

import uuid
from datetime import datetime
from decimal import Decimal

from alongside.agencies.facts import Actor
from alongside.open_book.actions.writing import in_the_books
from alongside.open_book.facts import WITH_COMPARATOR, Grade, Level
from alongside.open_book.models import CountedBenefit
from alongside.partnerships.actions.doors import NotNow


def record_benefit(
    *, by: Actor, partnership_id: int, period_id: int, outcome: str, level: Level, grade: Grade, evidence: str, at: datetime, objective: str = "", body_id: int | None = None, is_harm: bool = False,
    gross: Decimal | None = None, corrected: Decimal | None = None, cashable: bool = False, units: int | None = None, replaces_id: int | None = None, key: uuid.UUID | None = None,
) -> CountedBenefit:  # fmt: skip
    """
    1. A benefit or harm says how it is known. One with a comparator says what is left after what would have happened anyway.
    2. A new judgement replaces the former, which stays to be read. Sent twice with one key, it is one.
    """
    if key and (found := CountedBenefit.objects.filter(submission_key=key, recorded_by_id=by.practitioner_id).first()):
        return found
    if not evidence.strip():
        raise NotNow("Say how it is known.")
    if grade in WITH_COMPARATOR and gross is not None and corrected is None:
        raise NotNow("With a comparator, say what is left after what would have happened anyway.")
    if corrected is not None and (gross is None or not 0 <= corrected <= gross):
        raise NotNow("What is left lies between nothing and what it is said to be worth.")
    if replaces_id and CountedBenefit.objects.filter(replaces_id=replaces_id).exists():
        raise NotNow("Somebody has judged it anew meanwhile. Look at their judgement first.")
    with in_the_books(by, words="Anybody who works for a partner records what came of it."):
        return CountedBenefit.objects.create(
            partnership_id=partnership_id, period_id=period_id, objective=objective, outcome=outcome.strip(), level=level.value, is_harm=is_harm, body_id=body_id, gross=gross, corrected=corrected,
            cashable=cashable, units=units, grade=grade.value, evidence=evidence.strip(), recorded_by_id=by.practitioner_id, recorded_at=at, replaces_id=replaces_id, submission_key=key,
        )  # fmt: skip
