"""Risks and barriers: raised by anybody at the table, judged again by the day set, closed by whoever keeps the books."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.partnerships.actions.doors import NotNow
from alongside.partnerships.actions.keeping import change, keep, sent_before
from alongside.partnerships.models import Risk, RiskReview
from alongside.partnerships.rules.risks import barriers

JUDGES = "A risk is judged by its owner, by whoever raised it, or by the partnership's lead or chair."
RAISERS = "A risk is raised by somebody who works for a partner, or by an officer of the board."


@transaction.atomic
def raise_risk(
    *, by: Actor, partnership_id: int, title: str, what: str, likelihood: int, impact: int, mitigation: str, next_review: date, owner_id: int | None, at: datetime, barrier: str = "",
    key: uuid.UUID | None = None,
) -> Risk:  # fmt: skip
    """A risk with its first judgement."""
    database.take_turns("risk", partnership_id)
    if sent := sent_before(Risk, key):
        return sent
    row = Risk(partnership_id=partnership_id, barrier=barrier, title=title, what=what, owner_id=owner_id, by_id=by.practitioner_id, at=at, key=key)
    kept = keep(row, "risk_raised", partnership_id=partnership_id, refused=RAISERS)
    first = RiskReview(risk=kept, likelihood=likelihood, impact=impact, mitigation=mitigation, next_review=next_review, by_id=by.practitioner_id, at=at)
    keep(first, None, partnership_id=partnership_id, refused=RAISERS)
    return kept


def judge_risk(*, by: Actor, risk: Risk, likelihood: int, impact: int, mitigation: str, next_review: date, at: datetime, key: uuid.UUID | None = None) -> RiskReview:
    """How likely, how bad, what is done about it, and when it is looked at again. Former judgements stay."""
    if risk.closed_at:
        raise NotNow("This risk is closed. Raise it again if it is back.")
    row = RiskReview(risk=risk, likelihood=likelihood, impact=impact, mitigation=mitigation, next_review=next_review, by_id=by.practitioner_id, at=at, key=key)
    return keep(row, "risk_judged", partnership_id=risk.partnership_id, refused=JUDGES)


def close_risk(*, by: Actor, risk: Risk, because: str, at: datetime) -> None:
    change(Risk.objects.filter(pk=risk.pk, closed_at=None), "risk_closed", partnership_id=risk.partnership_id, at=at, closed_at=at, closed_because=because)


@transaction.atomic
def start_with_barriers(*, by: Actor, partnership_id: int, codes: Iterable[str], next_review: date, at: datetime) -> int:
    """Put known barriers on the register, as somewhere to start; those that are there already stay as they are. Gives how many were added."""
    database.take_turns("risk", partnership_id)
    there = set(Risk.objects.filter(partnership_id=partnership_id, closed_at=None).exclude(barrier="").values_list("barrier", flat=True))
    found = [barriers()[code] for code in codes if code in barriers() and code not in there]
    for one in found:
        raise_risk(
            by=by, partnership_id=partnership_id, barrier=one.code, title=one.name, what=one.what, likelihood=one.likelihood, impact=one.impact, mitigation=one.mitigation, next_review=next_review,
            owner_id=by.practitioner_id, at=at,
        )  # fmt: skip
    return len(found)
