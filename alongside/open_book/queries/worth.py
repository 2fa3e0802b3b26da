"""What came of it, beside what it cost: claims of the register of benefits and harms, by grade of evidence, never added across grades; and who carries it."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from alongside.common import database
from alongside.measures.benefit import Benefit as MoneyBenefit
from alongside.measures.benefit import Cost, Grade, OfGrade, benefit_beside_cost, cost_per_outcome
from alongside.measures.representation import burden_benefit_gap
from alongside.measures.result import Result as Measure
from alongside.measures.result import Unmeasurable
from alongside.open_book.facts import NOTHING, BenefitFacts
from alongside.open_book.models import CountedBenefit, Period
from alongside.open_book.queries.sums import Sums, sums
from alongside.open_book.rules.worth import cautions
from alongside.partnerships.queries.benefits import BenefitNow, benefits

PEOPLE = "People themselves"


@dataclass(frozen=True, slots=True)
class BenefitRow:
    benefit: CountedBenefit
    facts: BenefitFacts
    cautions: tuple[str, ...]
    per_outcome: Decimal | None
    claim: BenefitNow | None = None
    """The claim of the register that is counted here; none where it was taken off, or from before both were joined."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What one grade of evidence says: what was said, and the measure of what of it counts beside the whole cost."""

    said: Decimal
    of: OfGrade

    @property
    def grade(self) -> Grade:
        return self.of.grade


@dataclass(frozen=True, slots=True)
class Share:
    """One body's part in burden and benefit."""

    body: str
    cost: Decimal
    cost_share: Decimal
    gain: Decimal
    gain_share: Decimal

    @property
    def net(self) -> Decimal:
        return self.gain - self.cost


@dataclass(frozen=True, slots=True)
class Bearing:
    """Who carries and who gains, by one grade of evidence, and the claims of the register that the gains come from."""

    grade: Grade
    gap: Measure | None
    rows: tuple[Share, ...]
    claims: tuple[BenefitRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """All that a period cost and brought."""

    cost: Decimal
    sums: Sums
    rows: tuple[BenefitRow, ...]
    harms: tuple[BenefitRow, ...]
    worth: tuple[Worth, ...]
    bearings: tuple[Bearing, ...]
    uncounted: tuple[BenefitNow, ...] = ()
    """Claims of the register of which nothing is counted in this period."""

    @property
    def needs_comparing(self) -> bool:
        return any(row.facts.gross and not row.facts.has_comparator for row in self.rows)

    @property
    def measures(self) -> list[Measure]:
        """Each measure on the page, for whoever asks how it was worked out."""
        return [*(one.of.benefit for one in self.worth[:1]), *(one.gap for one in self.bearings[:1] if one.gap)]


def benefit(partnership_id: int, benefit_id: int) -> CountedBenefit:
    return database.the_one(CountedBenefit.objects.filter(partnership_id=partnership_id, pk=benefit_id).select_related("body", "recorded_by__agency", "period", "replaces"))


def outcome(period: Period, *, today: date) -> Result:
    """Cost is what was spent and what was put in in kind; each grade of evidence is set against all of it by itself."""
    until = CountedBenefit.objects.filter(partnership_id=period.partnership_id, replaced_by__isnull=True, period__first__lte=period.first)
    everything = list(until.select_related("body", "recorded_by__agency").order_by("objective", "outcome", "pk"))
    found = [one for one in everything if one.period_id == period.pk]
    again = Counter((said, body) for said, body, _ in {(one.outcome, one.body_id, one.period_id) for one in everything if one.grade == Grade.CLAIMED.value})
    facts = {one.pk: facts_of(one, again[(one.outcome, one.body_id)]) for one in found}
    register = {one.benefit.pk: one for one in benefits(period.partnership_id)}
    uncounted = tuple(one for one in register.values() if one.benefit.pk not in {row.benefit_id for row in found})
    money = sums(period, today=today)
    cost, spent = money.spent + money.in_kind, {one.code: one.spent for one in money.objectives if one.code}
    rows = [
        BenefitRow(
            one, facts[one.pk], () if one.is_harm else cautions(facts[one.pk], others=[facts[other.pk] for other in found if not other.is_harm], stands=register[one.benefit_id].stands if one.benefit_id in register else None),
            each(spent.get(one.objective, cost), one.units or 0), register.get(one.benefit_id),
        )  # fmt: skip
        for one in found
    ]  # fmt: skip
    good = [row for row in rows if not row.benefit.is_harm]
    graded = [row for row in good if row.facts.gross is not None]
    return Result(
        cost, money, tuple(good), tuple(row for row in rows if row.benefit.is_harm), tuple(worth_by_grade([row.facts for row in graded], money)), tuple(bearings(carried(money), graded)), uncounted
    )


def worth_by_grade(graded: list[BenefitFacts], money: Sums) -> list[Worth]:
    """Each grade of evidence beside the whole cost, by itself; nothing where more came back than went out."""
    try:
        found = benefit_beside_cost([MoneyBenefit(one.body, one.counts_as, one.grade, one.cashable) for one in graded], [Cost("spent", money.spent), Cost("in kind", money.in_kind)])
    except Unmeasurable:
        return []
    return [Worth(sum((one.gross or NOTHING for one in graded if one.grade is of.grade), NOTHING), of) for of in found]


def each(cost: Decimal, units: int) -> Decimal | None:
    """What one outcome cost."""
    return cost_per_outcome(cost, units).value if units > 0 and cost >= 0 else None  # type: ignore[return-value]


def carried(money: Sums) -> dict[str, Decimal]:
    """What each partner put in, in money and in kind."""
    return {one.agency: one.came for one in money.partners if one.came}


def bearings(costs: dict[str, Decimal], graded: list[BenefitRow]) -> list[Bearing]:
    """Burden beside benefit for each grade of evidence by itself, with the claims that the benefit is of."""
    found = []
    for grade in Grade:
        gains: dict[str, Decimal] = defaultdict(lambda: NOTHING)
        claims = tuple(row for row in graded if row.facts.grade is grade)
        for row in claims:
            gains[row.facts.body] += row.facts.counts_as
        paid, gained = sum(costs.values(), NOTHING), sum(gains.values(), NOTHING)
        if gains and paid > 0:
            rows = (Share(body, costs.get(body, NOTHING), costs.get(body, NOTHING) / paid, gains.get(body, NOTHING), gains.get(body, NOTHING) / gained if gained else NOTHING) for body in sorted(costs.keys() | gains.keys()))
            found.append(Bearing(grade, _gap(costs, gains), tuple(rows), claims))
    return found


def _gap(costs: dict[str, Decimal], gains: dict[str, Decimal]) -> Measure | None:
    try:
        return burden_benefit_gap(costs, dict(gains))
    except Unmeasurable:
        return None


def facts_of(one: CountedBenefit, periods_claimed: int = 1) -> BenefitFacts:
    return BenefitFacts(one.outcome, one.body.name if one.body else PEOPLE, Grade(one.grade), one.gross, one.corrected, one.cashable, one.units or 0, max(1, periods_claimed))


@dataclass(frozen=True, slots=True)
class Counted:
    """What the books say of one claim of the register, in one period and by one grade of evidence."""

    period: str
    grade: Grade
    facts: BenefitFacts


def counted(partnership_id: int) -> dict[int, list[Counted]]:
    """By claim of the register: what the books counted of it, the latest period first."""
    told: dict[int, list[Counted]] = defaultdict(list)
    for one in CountedBenefit.objects.filter(partnership_id=partnership_id, replaced_by__isnull=True, benefit__isnull=False).select_related("body", "period").order_by("-period__first", "pk"):
        told[one.benefit_id].append(Counted(one.period.name, Grade(one.grade), facts_of(one)))
    return told
