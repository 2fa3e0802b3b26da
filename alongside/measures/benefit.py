"""F15: what a partnership costs and what it is said to bring, kept apart by how good the evidence is. Money is exact; grades are never added up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from alongside.measures.result import Result, Unmeasurable, measured

VERSION = "F15.1"
COST_CAVEAT = "Hours at their rate, the lead body, data, premises and other help in kind. What nobody wrote down is not in it. A sum of lines has no interval."
BENEFIT_CAVEAT = (
    "Benefits of one grade of evidence only: grades are never added. 'Claimed' and 'before-after' say nothing of what would have happened anyway: "
    "a scheme that claimed 2.77 for each pound showed no reduction beside matched people. A sum of claims has no interval: how sure it is, its grade says."
)
PENNY = Decimal("0.01")


class Grade(StrEnum):
    """How good the evidence for a benefit is, weakest first."""

    CLAIMED = "claimed"
    BEFORE_AFTER = "before-after"
    MATCHED = "matched"
    TRIAL = "trial"


@dataclass(frozen=True, slots=True)
class Benefit:
    """One benefit in money. `correction` is the share that is kept after correcting for hope (1 keeps all); `cashable` means that a budget can be cut by it."""

    body: str
    amount: Decimal
    grade: Grade
    cashable: bool = False
    correction: Decimal = Decimal(1)

    @property
    def kept(self) -> Decimal:
        return self.amount * self.correction


@dataclass(frozen=True, slots=True)
class Cost:
    """One cost, and the body that bears it. Time is `hours` at a `rate`; all else is an `amount`."""

    body: str
    amount: Decimal = Decimal(0)
    hours: Decimal = Decimal(0)
    rate: Decimal = Decimal(0)

    @property
    def total(self) -> Decimal:
        return self.amount + self.hours * self.rate


@dataclass(frozen=True, slots=True)
class OfGrade:
    """What one grade of evidence says: benefit, net benefit and benefit for each pound of cost. `by_body` is each body's net under this grade."""

    grade: Grade
    benefit: Result
    cashable: Result
    net: Result
    ratio: Result
    by_body: dict[str, Result]


def cost(costs: Iterable[Cost]) -> Result:
    """All costs together, to the penny. n is the cost lines.

    Source: measure F15 of this product; HM Treasury and New Economy, cost-benefit guidance for local partnerships (2014), for what belongs in it.
    Example:
        >>> cost([Cost("council", hours=Decimal("7.5"), rate=Decimal("21.33")), Cost("trust", Decimal("1200.00"))]).value
        Decimal('1359.98')
    """
    lines = list(costs)
    if any(min(line.amount, line.hours, line.rate) < 0 for line in lines):
        raise Unmeasurable("A cost, its hours and its rate cannot be below zero: write what came back as a benefit.")
    return measured("F15 cost", VERSION, _penny(sum((line.total for line in lines), Decimal(0))), n=len(lines), inputs=lines, caveat=COST_CAVEAT)


def benefit_beside_cost(benefits: Sequence[Benefit], costs: Sequence[Cost]) -> list[OfGrade]:
    """For each grade of evidence that has a benefit: the benefit, the net, the ratio and each body's net. The whole cost stands beside each grade.

    Source: measure F15 of this product.
    Example:
        >>> paid = [Cost("social care", Decimal(172500)), Cost("health", Decimal(172500))]
        >>> said = [Benefit("social care", Decimal(339000), Grade.CLAIMED), Benefit("health", Decimal(616000), Grade.CLAIMED), Benefit("health", Decimal(0), Grade.MATCHED)]
        >>> [(one.grade.value, round(one.ratio.value, 2), int(one.net.value)) for one in benefit_beside_cost(said, paid)]
        [('claimed', Decimal('2.77'), 610000), ('matched', Decimal('0.00'), -345000)]
    """
    if any(not 0 <= one.correction <= 1 for one in benefits):
        raise Unmeasurable("A correction is the share of the benefit that is kept: from 0 to 1.")
    return [_of_grade(grade, [one for one in benefits if one.grade is grade], costs) for grade in Grade if any(one.grade is grade for one in benefits)]


def cost_per_outcome(total: Decimal, outcomes: int) -> Result:
    """Cost for each outcome reached, to the penny; None where none was. n is the outcomes.

    Source: measure F15 of this product.
    Example:
        >>> cost_per_outcome(Decimal("345440"), 1360).value
        Decimal('254.00')
    """
    if outcomes < 0 or total < 0:
        raise Unmeasurable("A cost and a number of outcomes cannot be below zero.")
    return measured("F15 cost per outcome", VERSION, _penny(total / outcomes) if outcomes else None, n=outcomes, inputs=[(total, outcomes)], caveat=COST_CAVEAT)


def _of_grade(grade: Grade, benefits: Sequence[Benefit], costs: Sequence[Cost]) -> OfGrade:
    paid = Decimal(cost(costs).value or 0)
    brought, in_cash = (sum((one.kept for one in benefits if one.cashable or not only_cash), Decimal(0)) for only_cash in (False, True))
    bodies = dict.fromkeys([*(one.body for one in benefits), *(line.body for line in costs)])
    nets = {
        body: sum((one.kept for one in benefits if one.body == body), Decimal(0)) - sum((line.total for line in costs if line.body == body), Decimal(0)) for body in bodies
    }  # fmt: skip

    def result(name: str, value: Decimal | None) -> Result:
        return measured(f"F15 {name}, {grade.value}", VERSION, value, n=len(benefits), inputs=[*benefits, *costs], caveat=BENEFIT_CAVEAT)

    return OfGrade(
        grade, result("benefit", _penny(brought)), result("cashable benefit", _penny(in_cash)), result("net benefit", _penny(brought - paid)),
        result("benefit for each pound", brought / paid if paid else None), {body: result("net for one body", _penny(net)).within(body) for body, net in nets.items()},
    )  # fmt: skip


def _penny(amount: Decimal) -> Decimal:
    return amount.quantize(PENNY, ROUND_HALF_UP)
