"""What it cost, who carries it and who gains; by grade of evidence, never added across grades."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from alongside.open_book.facts import NOTHING, BenefitFacts, Grade

OVERSTATED = (
    "Support at home after hospital that reported 955,000 pounds of benefit for 345,000 showed no fewer hospital stays when 1,573 people were compared with others like them "
    "(Nuffield Trust 2014). Ask for a matched comparison before money is moved on it."
)
NOTHING_COMPARED = "Nothing was compared."
REPEATED = "Claimed in {periods} periods running and never compared with what would have happened anyway."
TWICE = "More than one row claims this outcome for the same body. Check that it is not counted twice."
NOT_CASHABLE = "Not cashable: no budget can be cut by it."


@dataclass(frozen=True, slots=True)
class Worth:
    """What one grade of evidence says: benefit, what of it is cashable, net of cost, and benefit for each pound."""

    grade: Grade
    rows: int
    gross: Decimal
    counted: Decimal
    cashable: Decimal
    cost: Decimal

    @property
    def net(self) -> Decimal:
        return self.counted - self.cost

    @property
    def ratio(self) -> Decimal | None:
        return self.counted / self.cost if self.cost else None


def worth_by_grade(benefits: Iterable[BenefitFacts], cost: Decimal) -> tuple[Worth, ...]:
    """Benefit is set against the whole cost for each grade of evidence by itself; what is left after correction counts, and no sum is made across grades.

    Source: measures F15; HM Treasury and New Economy, cost-benefit guidance for local partnerships (2014).
    Example:
        >>> rows = [BenefitFacts("Fewer admissions", "Health", Grade.CLAIMED, Decimal("616000")), BenefitFacts("Less home care", "Social care", Grade.CLAIMED, Decimal("339000"))]
        >>> one, = worth_by_grade(rows, Decimal("345000")); round(one.ratio, 2), one.net
        (Decimal('2.77'), Decimal('610000.00'))
    """
    rows = list(benefits)
    return tuple(
        Worth(
            grade, len(graded), sum((row.gross or NOTHING for row in graded), NOTHING), sum((row.counts_as for row in graded), NOTHING),
            sum((row.counts_as for row in graded if row.cashable), NOTHING), cost,
        )
        for grade in Grade
        if (graded := [row for row in rows if row.grade is grade and (row.gross is not None or row.corrected is not None)])
    )  # fmt: skip


def cost_per_outcome(cost: Decimal, units: int) -> Decimal | None:
    """What one outcome cost; nothing can be said where none was counted.

    Source: measures F15.
    Example:
        >>> cost_per_outcome(Decimal("345440"), 1360)
        Decimal('254')
    """
    return cost / units if units > 0 else None


def gap(costs: Mapping[str, Decimal], benefits: Mapping[str, Decimal]) -> Decimal | None:
    """How far burden and benefit lie apart: half the sum of the differences between each body's share of cost and of benefit. 0 is even, 1 is as uneven as can be; none where either is nothing.

    Source: measures F11, S1.
    Example:
        >>> gap({"A": Decimal(75), "B": Decimal(25)}, {"A": Decimal(25), "B": Decimal(75)}) == Decimal("0.5")
        True
    """
    paid, gained = sum(costs.values(), NOTHING), sum((max(one, NOTHING) for one in benefits.values()), NOTHING)
    if paid <= 0 or gained <= 0:
        return None
    bodies = costs.keys() | benefits.keys()
    return sum((abs(costs.get(body, NOTHING) / paid - max(benefits.get(body, NOTHING), NOTHING) / gained) for body in bodies), NOTHING) / 2


def cautions(benefit: BenefitFacts, *, others: Iterable[BenefitFacts] = ()) -> tuple[str, ...]:
    """What whoever reads a benefit must know beside it: no comparator, claimed again and again, claimed twice, or no money that anybody could take out.

    Source: measures part 0, point 5 (Nuffield Trust 2014).
    Example:
        >>> cautions(BenefitFacts("Fewer falls", "Health", Grade.TRIAL, Decimal(5), cashable=True))
        ()
    """
    found = []
    if not benefit.grade.has_comparator and benefit.gross:
        found.append(NOTHING_COMPARED)
        if benefit.periods_claimed > 1:
            found.append(REPEATED.format(periods=benefit.periods_claimed))
    if any(other is not benefit and other.outcome.casefold() == benefit.outcome.casefold() and other.body == benefit.body for other in others):
        found.append(TWICE)
    if benefit.gross and not benefit.cashable:
        found.append(NOT_CASHABLE)
    return tuple(found)
