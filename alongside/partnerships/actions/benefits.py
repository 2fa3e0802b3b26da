"""What the partnership is said to do, for good or ill, and what was found about it."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.partnerships.actions.keeping import change, keep
from alongside.partnerships.facts import Finding, Grade, WhoBenefits
from alongside.partnerships.models import Benefit, Evidence
from alongside.partnerships.rules.benefits import known_claims

ANYBODY_AT_WORK = "This is written by somebody who works for a partner, or by an officer of the board."


def claim_benefit(
    *, by: Actor, partnership_id: int, harm: bool, level: WhoBenefits, words: str, at: datetime, starter: str = "", key: uuid.UUID | None = None
) -> Benefit:
    row = Benefit(partnership_id=partnership_id, starter=starter, harm=harm, level=level.value, words=words, agency_id=by.agency_id, by_id=by.practitioner_id, at=at, key=key)
    return keep(row, "benefit_claimed", partnership_id=partnership_id, agency_id=by.agency_id, refused=ANYBODY_AT_WORK)


def add_evidence(*, by: Actor, benefit: Benefit, grade: Grade, finding: Finding, words: str, source: str, at: datetime, key: uuid.UUID | None = None) -> Evidence:
    """What was found, how and by whom. Evidence against a benefit stands beside it as evidence for it does."""
    row = Evidence(benefit=benefit, grade=grade.value, finding=finding.value, words=words, source=source, by_id=by.practitioner_id, at=at, key=key)
    return keep(row, "evidence_added", partnership_id=benefit.partnership_id, refused=ANYBODY_AT_WORK)


def close_benefit(*, by: Actor, benefit: Benefit, because: str, at: datetime) -> None:
    change(Benefit.objects.filter(pk=benefit.pk, closed_at=None), "benefit_closed", partnership_id=benefit.partnership_id, at=at, closed_at=at, closed_because=because)


@transaction.atomic
def start_with_claims(*, by: Actor, partnership_id: int, codes: Iterable[str], at: datetime) -> int:
    """Put claims commonly made on the register, each with what was published for it and against it; those there already stay. Gives how many were added."""
    database.take_turns("benefit", partnership_id)
    there = set(Benefit.objects.filter(partnership_id=partnership_id).exclude(starter="").values_list("starter", flat=True))
    found = [known_claims()[code] for code in codes if code in known_claims() and code not in there]
    for one in found:
        row = claim_benefit(by=by, partnership_id=partnership_id, harm=one.harm, level=WhoBenefits(one.level), words=one.words, starter=one.code, at=at)
        for piece in one.evidence:
            known = Evidence(benefit=row, grade=piece.grade, finding=piece.finding, words=piece.words, source=piece.source, by_id=by.practitioner_id, at=at)
            keep(known, None, partnership_id=partnership_id, refused=ANYBODY_AT_WORK)
    return len(found)
