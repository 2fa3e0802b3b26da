"""What whoever reads a benefit must know beside it."""

from collections.abc import Iterable

from alongside.open_book.facts import BenefitFacts

OVERSTATED = (
    "Support at home after hospital that reported 955,000 pounds of benefit for 345,000 showed no fewer hospital stays when 1,573 people were compared with others like them "
    "(Nuffield Trust 2014). Ask for a matched comparison before money is moved on it."
)
NOTHING_COMPARED = "Nothing was compared."
REPEATED = "Claimed in {periods} periods running and never compared with what would have happened anyway."
TWICE = "More than one row claims this outcome for the same body. Check that it is not counted twice."
NOT_CASHABLE = "Not cashable: no budget can be cut by it."


def cautions(benefit: BenefitFacts, *, others: Iterable[BenefitFacts] = ()) -> tuple[str, ...]:
    """A benefit says beside itself that nothing was compared, that it is claimed again and again or claimed twice, or that no budget can be cut by it.

    Source: measures part 0, point 5 (Nuffield Trust 2014).
    Example:
        >>> from decimal import Decimal
        >>> from alongside.open_book.facts import Grade
        >>> cautions(BenefitFacts("Fewer falls", "Health", Grade.TRIAL, Decimal(5), cashable=True))
        ()
        >>> cautions(BenefitFacts("Fewer falls", "Health", Grade.CLAIMED, Decimal(5), cashable=True))
        ('Nothing was compared.',)
    """
    found = []
    if not benefit.has_comparator and benefit.gross:
        found.append(NOTHING_COMPARED)
        if benefit.periods_claimed > 1:
            found.append(REPEATED.format(periods=benefit.periods_claimed))
    if any(other is not benefit and other.outcome.casefold() == benefit.outcome.casefold() and other.body == benefit.body and other.grade is benefit.grade for other in others):
        found.append(TWICE)
    if benefit.gross and not benefit.cashable:
        found.append(NOT_CASHABLE)
    return tuple(found)
