"""What is said to have come of it."""

import uuid
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.open_book.actions.writing import in_the_books
from alongside.open_book.facts import WITH_COMPARATOR, BenefitFacts, Grade, Level
from alongside.open_book.models import CountedBenefit
from alongside.open_book.rules.worth import IN_THE_REGISTER, found
from alongside.partnerships.actions.benefits import add_evidence, claim_benefit
from alongside.partnerships.actions.doors import NotNow
from alongside.partnerships.facts import Claim, WhoBenefits
from alongside.partnerships.queries.benefits import BenefitNow, benefits

ANYBODY = "Anybody who works for a partner records what came of it."


@transaction.atomic
def record_benefit(
    *, by: Actor, partnership_id: int, period_id: int, outcome: str, level: Level, grade: Grade, evidence: str, at: datetime, objective: str = "", body_id: int | None = None, is_harm: bool = False,
    gross: Decimal | None = None, corrected: Decimal | None = None, cashable: bool = False, units: int | None = None, replaces_id: int | None = None, benefit_id: int | None = None, key: uuid.UUID | None = None,
) -> CountedBenefit:  # fmt: skip
    """
    1. A benefit or harm says how it is known. One with a comparator says what is left after what would have happened anyway.
    2. It belongs to a claim on the register of benefits and harms: the one named, else one in the same words, else a new one.
    3. What was found goes beside that claim as evidence of the same grade, for it or against it.
    4. A new judgement replaces the former, which stays to be read. Sent twice with one key, it is one.
    """
    if key and (sent := CountedBenefit.objects.filter(submission_key=key, recorded_by_id=by.practitioner_id).first()):
        return sent
    if not evidence.strip():
        raise NotNow("Say how it is known.")
    if grade in WITH_COMPARATOR and gross is not None and corrected is None:
        raise NotNow("With a comparator, say what is left after what would have happened anyway.")
    if corrected is not None and (gross is None or not 0 <= corrected <= gross):
        raise NotNow("What is left lies between nothing and what it is said to be worth.")
    if replaces_id and CountedBenefit.objects.filter(replaces_id=replaces_id).exists():
        raise NotNow("Somebody has judged it anew meanwhile. Look at their judgement first.")
    if replaces_id and benefit_id is None:
        benefit_id = CountedBenefit.objects.filter(pk=replaces_id, is_harm=is_harm).values_list("benefit_id", flat=True).first()
    with in_the_books(by, words=ANYBODY):
        claim = _claim(by, partnership_id, is_harm, level, outcome.strip(), benefit_id, at)
        made = CountedBenefit.objects.create(
            partnership_id=partnership_id, period_id=period_id, benefit=claim.benefit, objective=objective, outcome=outcome.strip() or claim.benefit.words[:200], level=level.value, is_harm=is_harm, body_id=body_id,
            gross=gross, corrected=corrected, cashable=cashable, units=units, grade=grade.value, evidence=evidence.strip(), recorded_by_id=by.practitioner_id, recorded_at=at, replaces_id=replaces_id, submission_key=key,
        )  # fmt: skip
        points = found(BenefitFacts(made.outcome, "", grade, gross, corrected))
        known = {(piece.grade, piece.finding, piece.words) for piece in claim.evidence}
        if points and (IN_THE_REGISTER[grade].value, points.value, made.evidence) not in known:
            add_evidence(by=by, benefit=claim.benefit, grade=IN_THE_REGISTER[grade], finding=points, words=made.evidence, source=f"Counted in the books, {made.period.name}", at=at)
        return made


def _claim(by: Actor, partnership_id: int, is_harm: bool, level: Level, words: str, benefit_id: int | None, at: datetime) -> BenefitNow:
    """The claim on the register that is counted here."""
    database.take_turns("benefit", partnership_id)
    open_now = [one for one in benefits(partnership_id) if one.benefit.harm == is_harm]
    if benefit_id is not None:
        named = next((one for one in open_now if one.benefit.pk == benefit_id), None)
        if named is None:
            raise NotNow("Choose a claim that is on the register, a benefit for a benefit and a harm for a harm.")
        return named
    alike = next((one for one in open_now if one.benefit.words.casefold() == words.casefold()), None)
    return alike or BenefitNow(claim_benefit(by=by, partnership_id=partnership_id, harm=is_harm, level=WhoBenefits(level.value), words=words, at=at), (), Claim.CLAIMED)
