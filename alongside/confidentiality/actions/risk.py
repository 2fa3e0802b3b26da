"""Judging what may happen if nothing is done, and what acting may do. A new judgement reopens what was decided on the old one."""

from datetime import datetime, timedelta

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.confidentiality import gate
from alongside.confidentiality.facts import RiskOfActing, RiskOfNotActing
from alongside.confidentiality.models import Risk

DECIDE_AGAIN_WITHIN = timedelta(hours=24)


def judge_risk(*, by: Actor, person_id: int, of_not_acting: RiskOfNotActing, of_acting: RiskOfActing, reasons: str, purpose: str = "direct_care", at: datetime) -> Risk:
    """
    1. Ask the gate for the right to write about it.
    2. End the judgement that stood until now; it stays readable.
    3. Write the new one.
    4. Wake every decision that waits for a change of risk: whoever made it decides again within a day.

    Raises Refused or NotKnown.
    """
    gate.open_record(by, person_id, verb="write", purpose=purpose, category="safeguarding_concern", write=True, item="risk", reason=reasons, at=at)
    Risk.objects.filter(person_id=person_id, ended_at__isnull=True).update(ended_at=at)
    judged = Risk.objects.create(
        person_id=person_id, of_not_acting=of_not_acting.value, of_acting=of_acting.value, reasons=reasons.strip(), judged_by_id=by.practitioner_id, judged_at=at,
    )  # fmt: skip
    database.value("SELECT wake_for_risk(%s, %s)", person_id, DECIDE_AGAIN_WITHIN)
    return judged
