"""What whoever reads a benefit must know beside it."""

from collections.abc import Iterable
from datetime import date

from alongside.common.rulebook import rule
from alongside.measures.benefit import Grade
from alongside.open_book.facts import BenefitFacts
from alongside.partnerships.facts import Claim, Finding
from alongside.partnerships.facts import Grade as Kind

SINCE = date(2026, 11, 26)
IN_THE_REGISTER = {Grade.CLAIMED: Kind.CLAIMED, Grade.BEFORE_AFTER: Kind.BEFORE_AFTER, Grade.MATCHED: Kind.MATCHED, Grade.TRIAL: Kind.TRIAL}
"""A grade of evidence, as the register of benefits and harms calls it."""

OVERSTATED = (
    "Support at home after hospital that reported 955,000 pounds of benefit for 345,000 showed no fewer hospital stays when 1,573 people were compared with others like them "
    "(Nuffield Trust 2014). Ask for a matched comparison before money is moved on it."
)
NOTHING_COMPARED = "Nothing was compared."
REPEATED = "Claimed in {periods} periods running and never compared with what would have happened anyway."
TWICE = "More than one row claims this outcome for the same body. Check that it is not counted twice."
NOT_CASHABLE = "Not cashable: no budget can be cut by it."
SPOKEN_AGAINST = {Claim.REFUTED: "On the register this is refuted: a comparison found nothing of it.", Claim.CONTESTED: "On the register this is contested: something was found against it."}


@rule("OBK-020", since=SINCE)
def found(benefit: BenefitFacts) -> Finding | None:
    """What was counted must stand on the register as evidence of the same grade: for a claim where something is left of it, against it where a comparison left nothing. A bare claim is no evidence.

    Source: a decision of this product, after measures part 0, point 5: a benefit and what was found against it are read together.
    Example:
        >>> from decimal import Decimal
        >>> found(BenefitFacts("Fewer nights", "Health", Grade.MATCHED, Decimal(616000), Decimal(0))).value, found(BenefitFacts("Fewer nights", "Health", Grade.BEFORE_AFTER, Decimal(5))).value
        ('against', 'supports')
        >>> found(BenefitFacts("Fewer nights", "Health", Grade.CLAIMED, Decimal(5))) is None
        True
    """
    if benefit.grade is Grade.CLAIMED:
        return None
    return Finding.AGAINST if benefit.corrected is not None and not benefit.corrected else Finding.SUPPORTS


def cautions(benefit: BenefitFacts, *, others: Iterable[BenefitFacts] = (), stands: Claim | None = None) -> tuple[str, ...]:
    """A benefit says beside itself that the register speaks against it, that nothing was compared, that it is claimed again and again or claimed twice, or that no budget can be cut by it.

    Source: measures part 0, point 5 (Nuffield Trust 2014).
    Example:
        >>> from decimal import Decimal
        >>> from alongside.open_book.facts import Grade
        >>> cautions(BenefitFacts("Fewer falls", "Health", Grade.TRIAL, Decimal(5), cashable=True))
        ()
        >>> cautions(BenefitFacts("Fewer falls", "Health", Grade.CLAIMED, Decimal(5), cashable=True))
        ('Nothing was compared.',)
    """
    told = [SPOKEN_AGAINST[stands]] if stands in SPOKEN_AGAINST else []
    if not benefit.has_comparator and benefit.gross:
        told.append(NOTHING_COMPARED)
        if benefit.periods_claimed > 1:
            told.append(REPEATED.format(periods=benefit.periods_claimed))
    if any(other is not benefit and other.outcome.casefold() == benefit.outcome.casefold() and other.body == benefit.body and other.grade is benefit.grade for other in others):
        told.append(TWICE)
    if benefit.gross and not benefit.cashable:
        told.append(NOT_CASHABLE)
    return tuple(told)
