"""What money is for, what was agreed to be spent, what partners put in, and what is pooled."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from alongside.agencies.facts import Actor
from alongside.open_book.actions.writing import KEEPERS, in_the_books
from alongside.open_book.facts import PENNY, SupplierKind, Way
from alongside.open_book.models import Budget, Contribution, CostCentre, ObjectiveCode, PooledFund, PooledShare, Receipt, Supplier
from alongside.partnerships.actions.doors import NotNow, NotYours

WHOLE = Decimal(100)


def add_objective(*, by: Actor, partnership_id: int, code: str, name: str, objective_id: int | None = None) -> ObjectiveCode:
    """One of the partnership's objectives, or something else that money is for, gets the code that budgets and cost centres name. There already, it stays as it is."""
    if found := ObjectiveCode.objects.filter(partnership_id=partnership_id, code=code.strip()).first():
        return found
    if objective_id and ObjectiveCode.objects.filter(objective_id=objective_id).exists():
        raise NotNow("This objective has a code in the books already.")
    with in_the_books(by):
        return ObjectiveCode.objects.create(partnership_id=partnership_id, code=code.strip(), name=name.strip()[:200], objective_id=objective_id)


def set_budget(*, by: Actor, partnership_id: int, period_id: int, objective: str, amount: Decimal, at: datetime, reason: str = "") -> Budget:
    """What was agreed for an objective (none: for overheads) in a period. A change is a new row beside the former, with its reason."""
    former = Budget.objects.filter(period_id=period_id, objective=objective).order_by("-pk").first()
    if former and former.amount == amount:
        return former
    if former and not reason.strip():
        raise NotNow("Say why the budget changes.")
    with in_the_books(by):
        return Budget.objects.create(partnership_id=partnership_id, period_id=period_id, objective=objective, amount=amount, reason=reason.strip(), agreed_at=at)


def promise(
    *, by: Actor, partnership_id: int, period_id: int, agency_id: int, way: Way, what: str, due_on: date, at: datetime, amount: Decimal | None = None, quantity: Decimal | None = None,
    rate: Decimal | None = None, fund_id: int | None = None, key: uuid.UUID | None = None,
) -> Contribution:
    """
    1. In kind it is a quantity at a rate, or an amount; in money an amount.
    2. A partner says what it puts in, and by when. Sent twice with one key, it is one contribution.
    """
    if key and (found := Contribution.objects.filter(submission_key=key, said_by_id=by.practitioner_id).first()):
        return found
    if quantity is not None and rate is not None:
        amount = (quantity * rate).quantize(PENNY)
    if amount is None or amount <= 0:
        raise NotNow("Say what it comes to: an amount, or how many at which rate.")
    with in_the_books(by):
        return Contribution.objects.create(
            partnership_id=partnership_id, period_id=period_id, agency_id=agency_id, way=way.value, what=what.strip(), quantity=quantity, rate=rate, amount=amount, due_on=due_on, fund_id=fund_id,
            said_by_id=by.practitioner_id, said_at=at, submission_key=key,
        )


def note_receipt(*, by: Actor, contribution: Contribution, amount: Decimal, came_on: date, period_id: int | None = None, key: uuid.UUID | None = None) -> Receipt:
    """What of a contribution came, and when. A minus takes back what was noted wrongly; a period that is closed takes none, so it goes into the open one."""
    if key and (found := Receipt.objects.filter(submission_key=key, noted_by_id=by.practitioner_id).first()):
        return found
    with in_the_books(by):
        return Receipt.objects.create(
            partnership_id=contribution.partnership_id, period_id=period_id or contribution.period_id, contribution=contribution, agency_id=contribution.agency_id, amount=amount, came_on=came_on,
            noted_by_id=by.practitioner_id, submission_key=key,
        )


def make_fund(*, by: Actor, partnership_id: int, name: str, host_id: int, manager_id: int, shares: Mapping[int, Decimal], at: datetime) -> PooledFund:
    """A pooled fund has a host, a manager, and shares that make a hundred."""
    if sum(shares.values(), Decimal(0)) != WHOLE:
        raise NotNow(f"The shares come to {sum(shares.values(), Decimal(0)).normalize():f}; they must make 100.")
    if PooledFund.objects.filter(partnership_id=partnership_id, name=name.strip()).exists():
        raise NotNow(f"There is a fund called {name.strip()} already.")
    with in_the_books(by):
        fund = PooledFund.objects.create(partnership_id=partnership_id, name=name.strip(), host_id=host_id, manager_id=manager_id, made_at=at)
        PooledShare.objects.bulk_create(PooledShare(partnership_id=partnership_id, fund=fund, agency_id=agency, percent=percent) for agency, percent in shares.items() if percent)
        return fund


def set_cost_centre(*, by: Actor, cost_centre: CostCentre, objective: str, overhead: bool, fund_id: int | None) -> None:
    """What the lines of a cost centre are for, from now on and backwards; a line that was allocated by itself stays as it is."""
    with in_the_books(by):
        if not CostCentre.objects.filter(pk=cost_centre.pk).update(objective=objective, overhead=overhead, fund_id=fund_id):
            raise NotYours(KEEPERS)


def judge_supplier(*, by: Actor, supplier: Supplier, kind: SupplierKind) -> None:
    """Whether a supplier's name may be shown to everybody."""
    with in_the_books(by):
        if not Supplier.objects.filter(pk=supplier.pk).update(kind=kind.value):
            raise NotYours(KEEPERS)
