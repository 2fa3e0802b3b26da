"""What came in, what went out, what was agreed and what is left: by partner, by objective, by fund. Exact to the penny.

What was paid comes as sums of the database (`paid_by`, `paid_for`), so that a reader who may not see every line sees every penny.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import Max, Sum
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from alongside.common import database
from alongside.open_book.facts import NOTHING, Way
from alongside.open_book.models import Contribution, CostCentre, ObjectiveCode, Period, PooledFund, Receipt
from alongside.open_book.rules.shares import divided

OVERHEADS, NO_OBJECTIVE = 2, 3
MOST_PERIODS = 3
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
    found = Contribution.objects.filter(period=period).annotate(came=Coalesce(Sum("receipts__amount"), NOTHING), last=Max("receipts__came_on"))
    return [
        ContributionRow(one, one.came, one.last, max(0, ((one.last or today if one.came >= one.amount else today) - one.due_on).days))
        for one in found.select_related("agency", "fund", "period").order_by("agency__name", "due_on", "pk")
    ]  # fmt: skip


def sums(period: Period, *, today: date) -> Sums:
    """Everything that the home of the accounts shows of one period."""
    rows = contributions(period, today=today)
    paid = {agency: (name, total) for agency, name, total in database.rows("SELECT agency_id, agency, amount FROM paid_by(%s)", period.pk)}
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
    """Budget and spend of each objective, by the name that it has now. Of a budget the newest row stands, however often the objective was worded anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH spent AS (SELECT objective, overhead, sum(amount) AS amount FROM paid_for(%(period)s) GROUP BY objective, overhead),
            agreed AS (SELECT DISTINCT ON (objective) objective, amount FROM budget WHERE period_id = %(period)s ORDER BY objective, id DESC),
            codes AS (SELECT c.code, coalesce(w.title, c.name) AS name, c.objective_id FROM objective_code c
                        LEFT JOIN LATERAL (SELECT title FROM objective_wording WHERE objective_id = c.objective_id ORDER BY number DESC LIMIT 1) w ON true WHERE c.partnership_id = %(partnership)s)
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
    """What money is for; one of the partnership's objectives goes by its newest wording."""
    newest = RawSQL("(SELECT w.title FROM objective_wording w WHERE w.objective_id = objective_code.objective_id ORDER BY w.number DESC LIMIT 1)", ())
    found = list(ObjectiveCode.objects.filter(partnership_id=partnership_id).annotate(worded=newest).order_by("code"))
    for one in found:
        one.name = one.worded or one.name
    return found


@dataclass(frozen=True, slots=True)
class MoneyFor:
    """What was agreed and spent for one of the partnership's objectives in one period."""

    period_id: int
    period: str
    code: str
    agreed: Decimal
    spent: Decimal


def money_for(objective_id: int) -> list[MoneyFor]:
    """Period by period, the latest first; nothing where the objective has no place in the books. It belongs to the objective, whatever its wording is by now."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT p.id, p.name, c.code, coalesce((SELECT b.amount FROM budget b WHERE b.period_id = p.id AND b.objective = c.code ORDER BY b.id DESC LIMIT 1), 0.00),
                   coalesce((SELECT sum(f.amount) FROM paid_for(p.id) f WHERE f.objective = c.code AND NOT f.overhead), 0.00)
              FROM objective_code c JOIN accounting_period p ON p.partnership_id = c.partnership_id WHERE c.objective_id = %s ORDER BY p.first DESC LIMIT %s""",
            [objective_id, MOST_PERIODS],
        )
        return [one for one in (MoneyFor(*row) for row in cursor.fetchall()) if one.agreed or one.spent]


def cost_centres(partnership_id: int, *, page: int = 0, many: int = 50) -> list[CostCentre]:
    """Those for no objective yet first."""
    found = CostCentre.objects.filter(partnership_id=partnership_id)
    return list(found.select_related("fund").order_by("overhead", "objective", "name")[page * many : page * many + many + 1])


def cost_centre(partnership_id: int, cost_centre_id: int) -> CostCentre:
    """Raises NotKnown for none."""
    return database.the_one(CostCentre.objects.filter(partnership_id=partnership_id, pk=cost_centre_id))


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
    spent = spent_from_funds(period) if period else {}
    return [_fund_row(fund, came.get(fund.pk, NOTHING), spent.get(fund.pk, NOTHING)) for fund in found]


def spent_from_funds(period: Period) -> dict[int, Decimal]:
    return dict(database.rows("SELECT fund_id, sum(amount) FROM paid_for(%s) WHERE fund_id IS NOT NULL GROUP BY fund_id", period.pk))


def _fund_row(fund: PooledFund, came: Decimal, spent: Decimal) -> FundRow:
    shares = sorted(fund.shares.all(), key=lambda share: share.agency.name)
    parts = divided(spent - came, [share.percent for share in shares]) if shares else ()
    return FundRow(fund, came, spent, tuple((share.agency.name, share.percent, part) for share, part in zip(shares, parts, strict=True)))
