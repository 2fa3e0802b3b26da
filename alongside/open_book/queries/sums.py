"""What came in, what went out, what was agreed and what is left: by partner, by objective, by fund. Exact to the penny."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import Sum

from alongside.common.decisions import NotKnown
from alongside.open_book.facts import NOTHING, Way
from alongside.open_book.models import Contribution, CostCentre, ObjectiveCode, Period, PooledFund, Receipt, SpendLine
from alongside.open_book.rules.shares import divided

OVERHEADS, NO_OBJECTIVE = 2, 3
REST = {1: "", OVERHEADS: "Overheads", NO_OBJECTIVE: "For no objective yet"}


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """One partner in one period: what it said, what came, what is late, and what it paid for the partnership."""

    agency_id: int
    agency: str
    promised: Decimal = NOTHING
    cash: Decimal = NOTHING
    in_kind: Decimal = NOTHING
    late: Decimal = NOTHING
    paid: Decimal = NOTHING

    @property
    def came(self) -> Decimal:
        return self.cash + self.in_kind


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """One objective in one period. Without a code: overheads, or what is for no objective yet."""

    code: str
    name: str
    budget: Decimal = NOTHING
    spent: Decimal = NOTHING
    overhead: bool = False
    objective_id: int | None = None

    @property
    def left(self) -> Decimal:
        return self.budget - self.spent


@dataclass(frozen=True, slots=True)
class Sums:
    """One period at a glance."""

    promised: Decimal = NOTHING
    cash: Decimal = NOTHING
    in_kind: Decimal = NOTHING
    late: Decimal = NOTHING
    agreed: Decimal = NOTHING
    spent: Decimal = NOTHING
    partners: tuple[PartnerRow, ...] = ()
    objectives: tuple[ObjectiveRow, ...] = ()

    @property
    def to_come(self) -> Decimal:
        return self.promised - self.cash - self.in_kind

    @property
    def left(self) -> Decimal:
        """Money that came, and was not spent."""
        return self.cash - self.spent

    @property
    def agreed_not_spent(self) -> Decimal:
        return self.agreed - self.spent


@dataclass(frozen=True, slots=True)
class ContributionRow:
    contribution: Contribution
    came: Decimal
    last_came_on: date | None
    days_late: int

    @property
    def missing(self) -> Decimal:
        return self.contribution.amount - self.came


def contributions(period: Period, *, today: date) -> list[ContributionRow]:
    """What each partner said, with what came of it and how late it is."""
    came: dict[int, Decimal] = defaultdict(lambda: NOTHING)
    last: dict[int, date] = {}
    for receipt in Receipt.objects.filter(contribution__period=period).order_by("came_on"):
        came[receipt.contribution_id] += receipt.amount
        last[receipt.contribution_id] = receipt.came_on
    return [
        ContributionRow(one, came[one.pk], last.get(one.pk), max(0, ((last.get(one.pk, today) if came[one.pk] >= one.amount else today) - one.due_on).days))
        for one in Contribution.objects.filter(period=period).select_related("agency", "fund", "period").order_by("agency__name", "due_on", "pk")
    ]  # fmt: skip


def sums(period: Period, *, today: date) -> Sums:
    """Everything that the home of the accounts shows of one period."""
    rows = contributions(period, today=today)
    paid = {agency: (name, total) for agency, name, total in SpendLine.objects.filter(period=period).values_list("agency_id", "agency__name").annotate(Sum("amount"))}
    partners = [_partner(agency, rows, paid, today) for agency in sorted({row.contribution.agency_id for row in rows} | paid.keys())]
    objectives = by_objective(period)
    return Sums(
        promised=sum((row.contribution.amount for row in rows), NOTHING), cash=sum((one.cash for one in partners), NOTHING), in_kind=sum((one.in_kind for one in partners), NOTHING),
        late=sum((one.late for one in partners), NOTHING), agreed=sum((one.budget for one in objectives), NOTHING), spent=sum((one.spent for one in objectives), NOTHING),
        partners=tuple(sorted(partners, key=lambda one: one.agency)), objectives=tuple(objectives),
    )  # fmt: skip


def _partner(agency: int, rows: list[ContributionRow], paid: dict[int, tuple[str, Decimal]], today: date) -> PartnerRow:
    own = [row for row in rows if row.contribution.agency_id == agency]
    return PartnerRow(
        agency, own[0].contribution.agency.name if own else paid[agency][0], sum((row.contribution.amount for row in own), NOTHING),
        sum((row.came for row in own if row.contribution.way == Way.CASH), NOTHING), sum((row.came for row in own if row.contribution.way != Way.CASH), NOTHING),
        sum((max(row.missing, NOTHING) for row in own if row.contribution.due_on < today), NOTHING), paid.get(agency, ("", NOTHING))[1],
    )  # fmt: skip


def by_objective(period: Period) -> list[ObjectiveRow]:
    """Budget and spend of each objective. A line that was divided counts by its parts, every other by its cost centre; of a budget the newest row stands."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH parts AS (SELECT line_id, objective, amount FROM line_allocation WHERE period_id = %(period)s AND ends IS NULL),
            lines AS (
                SELECT objective, false AS overhead, amount FROM parts
                UNION ALL
                SELECT CASE WHEN c.overhead THEN '' ELSE coalesce(c.objective, '') END, coalesce(c.overhead, false), l.amount
                  FROM spend_line l LEFT JOIN cost_centre c ON c.id = l.cost_centre_id
                 WHERE l.period_id = %(period)s AND NOT EXISTS (SELECT 1 FROM parts WHERE parts.line_id = l.id)),
            spent AS (SELECT objective, overhead, sum(amount) AS amount FROM lines GROUP BY objective, overhead),
            agreed AS (SELECT DISTINCT ON (objective) objective, amount FROM budget WHERE period_id = %(period)s ORDER BY objective, id DESC),
            codes AS (SELECT code, name, objective_id FROM objective_code WHERE partnership_id = %(partnership)s)
            SELECT 1 AS place, code, name, (SELECT amount FROM agreed WHERE objective = code), (SELECT amount FROM spent WHERE objective = code AND NOT overhead), objective_id FROM codes
            UNION ALL
            SELECT 2, '', '', (SELECT amount FROM agreed WHERE objective = ''), (SELECT sum(amount) FROM spent WHERE overhead), NULL
            UNION ALL
            SELECT 3, '', '', NULL, (SELECT sum(amount) FROM spent WHERE NOT overhead AND objective NOT IN (SELECT code FROM codes)), NULL
             ORDER BY 1, 2
            """,
            {"period": period.pk, "partnership": period.partnership_id},
        )
        found = cursor.fetchall()
    rows = [ObjectiveRow(code, name or REST[place], agreed or NOTHING, spent or NOTHING, overhead=place == OVERHEADS, objective_id=objective) for place, code, name, agreed, spent, objective in found]
    return [row for row in rows if row.code or row.budget or row.spent]


def objectives(partnership_id: int) -> list[ObjectiveCode]:
    return list(ObjectiveCode.objects.filter(partnership_id=partnership_id).order_by("code"))


def cost_centres(partnership_id: int, *, page: int = 0, many: int = 50) -> list[CostCentre]:
    """Those for no objective yet first."""
    found = CostCentre.objects.filter(partnership_id=partnership_id)
    return list(found.select_related("fund").order_by("overhead", "objective", "name")[page * many : page * many + many + 1])


def cost_centre(partnership_id: int, cost_centre_id: int) -> CostCentre:
    """Raises NotKnown for none."""
    found = CostCentre.objects.filter(partnership_id=partnership_id, pk=cost_centre_id).first()
    if found is None:
        raise NotKnown
    return found


@dataclass(frozen=True, slots=True)
class FundRow:
    """A pooled fund in one period: what came, what was spent, what is over or short, and whose share of that is whose."""

    fund: PooledFund
    came: Decimal = NOTHING
    spent: Decimal = NOTHING
    shares: tuple[tuple[str, Decimal, Decimal], ...] = field(default=())

    @property
    def over(self) -> Decimal:
        return self.spent - self.came


def funds(partnership_id: int, period: Period | None) -> list[FundRow]:
    """Over- and underspend are borne by the fund's shares, to the penny."""
    found = list(PooledFund.objects.filter(partnership_id=partnership_id).select_related("host", "manager").prefetch_related("shares__agency").order_by("name"))
    came = dict(Receipt.objects.filter(period=period, contribution__fund__isnull=False).values_list("contribution__fund_id").annotate(Sum("amount"))) if period else {}
    spent = dict(SpendLine.objects.filter(period=period, cost_centre__fund__isnull=False).values_list("cost_centre__fund_id").annotate(Sum("amount"))) if period else {}
    return [_fund_row(fund, came.get(fund.pk, NOTHING), spent.get(fund.pk, NOTHING)) for fund in found]


def _fund_row(fund: PooledFund, came: Decimal, spent: Decimal) -> FundRow:
    shares = sorted(fund.shares.all(), key=lambda share: share.agency.name)
    parts = divided(spent - came, [share.percent for share in shares]) if shares else ()
    return FundRow(fund, came, spent, tuple((share.agency.name, share.percent, part) for share, part in zip(shares, parts, strict=True)))
