"""The books are open to every partner and to nobody else; who keeps them, what is closed, and that every change leaves a trace, hold in the database itself."""

import uuid
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import psycopg
import pytest
from django.db import connection

from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.common.decisions import Refused
from alongside.open_book import actions, queries
from alongside.open_book.facts import Grade, Level, Spend, SupplierKind, Way
from alongside.open_book.models import BookEvent, Budget, Contribution, LineAllocation, LineQuery, Period, SpendLine
from tests.places import tarnside_since_yesterday

pytestmark = pytest.mark.django_db
LAST_YEAR = (date(2025, 4, 1), date(2026, 3, 31))


@pytest.fixture(scope="module")
def what_was_told(begins_with: Callable[[Callable[[], Tarnside]], Tarnside]) -> Tarnside:
    return begins_with(tarnside_since_yesterday)


@pytest.fixture
def period(tarnside: Tarnside) -> Period:
    with tarnside.acting("sunita", at=now()) as sunita:
        actions.add_objective(by=sunita, partnership_id=tarnside.partnership_id, code="O1", name="Stories told once")
        actions.add_objective(by=sunita, partnership_id=tarnside.partnership_id, code="O2", name="Home sooner")
        return actions.open_period(by=sunita, partnership_id=tarnside.partnership_id, name="2025-26", first=LAST_YEAR[0], last=LAST_YEAR[1])


def paid(tarnside: Tarnside, period: Period, *, by: str = "sunita", agency: str = "children", amount: str = "100.00", **more: object) -> SpendLine:
    spend = Spend(date(2025, 5, 1), "Acme Cleaning Ltd", Decimal(amount), "Hub", "T1", "Cleaning", period_id=period.pk)
    with tarnside.acting(by, at=now()) as actor:
        line = actions.record_spend(by=actor, partnership_id=tarnside.partnership_id, agency_id=tarnside.agencies[agency].pk, spend=spend, at=now(), **more)  # type: ignore[arg-type]
        return queries.line(tarnside.partnership_id, line)


def close(tarnside: Tarnside, period: Period) -> None:
    with tarnside.acting("sunita", at=now()) as sunita:
        actions.propose_closing(by=sunita, period_id=period.pk, at=now())
    with tarnside.acting("peter", at=now()) as peter:
        actions.confirm_closing(by=peter, period_id=period.pk, at=now())


def test_each_partner_reads_the_books_and_nobody_else_does(tarnside: Tarnside, period: Period) -> None:
    line = paid(tarnside, period)
    for who in ("joan", "tom", "lewis"):
        with tarnside.acting(who, at=now()):
            assert queries.line(tarnside.partnership_id, line.pk).amount == Decimal("100.00")
    with tarnside.acting("sunita", at=now()) as sunita:
        from alongside.partnerships.actions import leave

        leave(by=sunita, partnership_id=tarnside.partnership_id, agency_id=tarnside.agencies["housing"].pk, reason="Moved away.", at=now())
        actions.open_period(by=sunita, partnership_id=tarnside.partnership_id, name="2036-37", first=date(2036, 4, 1), last=date(2037, 3, 31))
    with tarnside.acting("nadia", at=now()):
        assert [one.pk for one in Period.objects.all()] == [period.pk], "whoever left reads the periods that it was party to, and no later one"
        assert not BookEvent.objects.exists()


def test_whoever_speaks_for_an_agency_keeps_what_it_pays_and_nothing_of_another(tarnside: Tarnside, period: Period) -> None:
    assert paid(tarnside, period, by="peter", agency="homelink").agency.name == "Homelink Tarnside"
    for who, agency in (("peter", "children"), ("joan", "homelink"), ("tom", "school")):
        with pytest.raises(Refused, match="books are kept"):
            paid(tarnside, period, by=who, agency=agency)
    with pytest.raises(Refused), tarnside.acting("joan", at=now()) as joan:
        actions.set_budget(by=joan, partnership_id=tarnside.partnership_id, period_id=period.pk, objective="O1", amount=Decimal(5), at=now())


def test_the_lead_names_a_treasurer_who_keeps_all_the_books(tarnside: Tarnside, period: Period) -> None:
    with pytest.raises(Refused), tarnside.acting("peter", at=now()) as peter:
        actions.name_treasurer(by=peter, partnership_id=tarnside.partnership_id, practitioner_id=tarnside.practitioners["owen"].pk, at=now())
    with tarnside.acting("sunita", at=now()) as sunita:
        actions.name_treasurer(by=sunita, partnership_id=tarnside.partnership_id, practitioner_id=tarnside.practitioners["owen"].pk, at=now())
    assert paid(tarnside, period, by="owen", agency="police").amount == Decimal("100.00")


def test_a_payment_sent_twice_is_one_line(tarnside: Tarnside, period: Period) -> None:
    key = uuid.uuid4()
    assert paid(tarnside, period, key=key).pk == paid(tarnside, period, key=key).pk


def test_parts_of_a_line_make_it_up_to_the_penny_or_are_refused(tarnside: Tarnside, period: Period) -> None:
    line = paid(tarnside, period)
    with tarnside.acting("sunita", at=now()) as sunita:
        actions.add_objective(by=sunita, partnership_id=tarnside.partnership_id, code="O3", name="Fair")
        parts = actions.allocate(by=sunita, line=line, weights={"O1": Decimal(1), "O2": Decimal(1), "O3": Decimal(1)}, at=now())
        assert [str(part) for part in parts] == ["33.34", "33.33", "33.33"]
        assert sum(row.spent for row in queries.by_objective(period)) == Decimal("100.00")
        actions.allocate(by=sunita, line=line, weights={"O2": Decimal(1)}, at=now())
        assert [(part.objective, part.amount) for part in queries.parts(line)] == [("O2", Decimal("100.00"))]
        assert LineAllocation.objects.filter(line=line).count() == 4, "what was said before is kept"
        with pytest.raises(actions.NotNow, match="make it up"):
            from alongside.partnerships.actions.doors import through_the_door

            through_the_door(sunita, "allocate_line(%s, %s, %s)", line.pk, '[{"objective": "O1", "amount": "99.99"}]', now())


def test_a_period_is_closed_by_two_partners_and_takes_nothing_more(tarnside: Tarnside, period: Period) -> None:
    line = paid(tarnside, period)
    with pytest.raises(Refused), tarnside.acting("peter", at=now()) as peter:
        actions.propose_closing(by=peter, period_id=period.pk, at=now())
    with tarnside.acting("sunita", at=now()) as sunita:
        actions.propose_closing(by=sunita, period_id=period.pk, at=now())
    for who in ("sunita", "priya", "joan"):
        with pytest.raises(Refused), tarnside.acting(who, at=now()) as actor:
            actions.confirm_closing(by=actor, period_id=period.pk, at=now())
    close(tarnside, period)
    with pytest.raises(actions.NotNow, match="stays closed"):
        paid(tarnside, period)
    with tarnside.acting("sunita", at=now()) as sunita:
        for write in (
            lambda: actions.set_budget(by=sunita, partnership_id=tarnside.partnership_id, period_id=period.pk, objective="O1", amount=Decimal(5), at=now()),
            lambda: actions.allocate(by=sunita, line=line, weights={"O1": Decimal(1)}, at=now()),
            lambda: actions.promise(by=sunita, partnership_id=tarnside.partnership_id, period_id=period.pk, agency_id=tarnside.agencies["children"].pk, way=Way.CASH, what="More", due_on=date(2026, 1, 1), amount=Decimal(1), at=now()),
        ):
            with pytest.raises(actions.NotNow, match="stays closed"):
                write()


@pytest.mark.django_db(transaction=True)
def test_not_even_the_database_s_own_functions_write_into_closed_books_or_take_anything_out(tarnside: Tarnside, period: Period, as_owner: psycopg.Connection) -> None:
    line = paid(tarnside, period)
    close(tarnside, period)
    for order in (
        f"UPDATE spend_line SET amount = 1 WHERE id = {line.pk}", f"DELETE FROM spend_line WHERE id = {line.pk}", f"UPDATE accounting_period SET status = 'open', closed_at = NULL WHERE id = {period.pk}",
        "DELETE FROM book_event", "UPDATE book_event SET what = 'nothing'",
    ):
        as_owner.execute("SET ROLE alongside_definer")
        with pytest.raises(psycopg.errors.Error, match="closed|not taken out|permission denied"):
            as_owner.execute(order)
        as_owner.rollback()


def test_what_is_wrong_in_closed_books_is_taken_back_by_its_opposite_in_the_open_period(tarnside: Tarnside, period: Period) -> None:
    line = paid(tarnside, period)
    close(tarnside, period)
    with tarnside.acting("sunita", at=now()) as sunita:
        today = now().date()
        this_year = actions.open_period(by=sunita, partnership_id=tarnside.partnership_id, name="2026-27", first=date(2026, 4, 1), last=date(2027, 3, 31))
        first = actions.correct_spend(by=sunita, line_id=line.pk, period_id=this_year.pk, day=today, reason="Wrong amount.", amount=Decimal("90.00"), at=now())
        assert first == actions.correct_spend(by=sunita, line_id=line.pk, period_id=this_year.pk, day=today, reason="Wrong amount.", amount=Decimal("90.00"), at=now()), "corrected twice, it is one pair"
        with pytest.raises(actions.NotNow, match="takes another one back"):
            actions.correct_spend(by=sunita, line_id=first, period_id=this_year.pk, day=today, reason="Again", at=now())
        assert sorted(SpendLine.objects.filter(period=this_year).values_list("amount", flat=True)) == [Decimal("-100.00"), Decimal("90.00")]
        assert SpendLine.objects.get(pk=line.pk).amount == Decimal("100.00")


def test_questions_are_answered_by_whoever_paid_within_ten_working_days_before_the_books_close(tarnside: Tarnside, period: Period) -> None:
    line = paid(tarnside, period, by="peter", agency="homelink")
    asked_at = now().replace(year=2026, month=4, day=1, hour=10)
    with tarnside.acting("tom", at=now()) as tom:
        question = actions.ask(by=tom, line=line, question="What was cleaned?", area="england", at=asked_at)
        assert question.due_on == date(2026, 4, 17), "Easter counts for nothing"
        with pytest.raises(Refused):
            actions.answer(by=tom, query_id=question.pk, words="I know.", at=now())
    with tarnside.acting("sunita", at=now()) as sunita, pytest.raises(actions.NotNow, match="wait for an answer: 1"):
        actions.propose_closing(by=sunita, period_id=period.pk, at=now())
    with tarnside.acting("peter", at=now()) as peter:
        assert queries.overdue(queries.waiting(tarnside.partnership_id), date(2026, 4, 18))
        actions.answer(by=peter, query_id=question.pk, words="The family hub, twice a week.", at=now())
        with pytest.raises(actions.NotNow, match="answered it meanwhile"):
            actions.answer(by=peter, query_id=question.pk, words="Something else.", at=now())
        assert not queries.waiting(tarnside.partnership_id)


def test_every_change_leaves_who_when_before_and_after(tarnside: Tarnside, period: Period) -> None:
    line = paid(tarnside, period)
    with tarnside.acting("sunita", at=now()) as sunita:
        actions.set_cost_centre(by=sunita, cost_centre=line.cost_centre, objective="O1", overhead=False, fund_id=None)
        latest = queries.history(tarnside.partnership_id)[0]
        assert (latest.by.name, latest.what, latest.subject, latest.before["objective"], latest.after["objective"]) == ("Sunita Rao", "changed", "cost_centre", "", "O1")
        assert {"accounting_period", "objective_code", "spend_line", "supplier", "cost_centre"} <= {event.subject for event in queries.history(tarnside.partnership_id)}


def test_in_kind_is_hours_at_a_rate_and_what_is_not_there_on_its_day_is_late(tarnside: Tarnside, period: Period) -> None:
    with tarnside.acting("peter", at=now()) as peter:
        hours = actions.promise(by=peter, partnership_id=tarnside.partnership_id, period_id=period.pk, agency_id=tarnside.agencies["homelink"].pk, way=Way.HOURS, what="Volunteers", quantity=Decimal("120.5"), rate=Decimal("11.44"), due_on=date(2026, 1, 1), at=now())
        assert hours.amount == Decimal("1378.52")
        actions.note_receipt(by=peter, contribution=hours, amount=Decimal("1000.00"), came_on=date(2026, 1, 1))
        sums = queries.sums(period, today=date(2026, 1, 11))
        assert (sums.promised, sums.in_kind, sums.cash, sums.late) == (Decimal("1378.52"), Decimal("1000.00"), Decimal(0), Decimal("378.52"))
        assert queries.contributions(period, today=date(2026, 1, 11))[0].days_late == 10
        assert Contribution.objects.get().said_by.name == "Peter Lund"


def test_an_overspent_pool_is_borne_by_its_shares_to_the_penny(tarnside: Tarnside, period: Period) -> None:
    line = paid(tarnside, period, amount="100.01")
    with tarnside.acting("sunita", at=now()) as sunita:
        shares = {tarnside.agencies[key].pk: Decimal(percent) for key, percent in (("children", "33.3333"), ("police", "33.3333"), ("homelink", "33.3334"))}
        with pytest.raises(actions.NotNow, match="must make 100"):
            actions.make_fund(by=sunita, partnership_id=tarnside.partnership_id, name="Pool", host_id=tarnside.agencies["children"].pk, manager_id=tarnside.practitioners["sunita"].pk, shares=dict(list(shares.items())[:2]), at=now())
        fund = actions.make_fund(by=sunita, partnership_id=tarnside.partnership_id, name="Pool", host_id=tarnside.agencies["children"].pk, manager_id=tarnside.practitioners["sunita"].pk, shares=shares, at=now())
        actions.set_cost_centre(by=sunita, cost_centre=line.cost_centre, objective="O1", overhead=False, fund_id=fund.pk)
        (row,) = queries.funds(tarnside.partnership_id, period)
        assert (row.over, sum(part for _, _, part in row.shares)) == (Decimal("100.01"), Decimal("100.01"))


def test_everybody_reads_published_books_without_the_names_of_people_who_were_paid(tarnside: Tarnside, period: Period) -> None:
    paid(tarnside, period)
    with tarnside.acting("sunita", at=now()) as sunita:
        for supplier in ("Mrs Jane Canary", "Jane Canary"):
            actions.record_spend(by=sunita, partnership_id=tarnside.partnership_id, agency_id=tarnside.agencies["children"].pk, spend=Spend(date(2025, 5, 2), supplier, Decimal(5), description="To Jane Canary", period_id=period.pk), at=now())
        with pytest.raises(actions.NotNow, match="Only closed"):
            actions.publish(by=sunita, period_id=period.pk, at=now())
    close(tarnside, period)
    assert queries.published_periods(tarnside.partnership_id) == [] and queries.published_lines(period.pk) == []
    with tarnside.acting("sunita", at=now()) as sunita:
        actions.publish(by=sunita, period_id=period.pk, at=now())
    shown = queries.published_lines(period.pk)
    assert [line.supplier for line in shown] == ["", "", "Acme Cleaning Ltd"]
    assert "Canary" not in str(shown)
    assert queries.published_periods(tarnside.partnership_id)[0].spent == Decimal("110.00")


def test_a_better_judgement_replaces_a_claim_and_a_claim_made_again_says_so(tarnside: Tarnside, period: Period) -> None:
    common = {"partnership_id": tarnside.partnership_id, "outcome": "Fewer nights in hospital", "level": Level.ORGANISATION, "body_id": tarnside.agencies["hospital"].pk, "gross": Decimal("616000.00")}
    with tarnside.acting("sunita", at=now()) as sunita:
        this_year = actions.open_period(by=sunita, partnership_id=tarnside.partnership_id, name="2026-27", first=date(2026, 4, 1), last=date(2027, 3, 31))
        actions.record_benefit(by=sunita, period_id=period.pk, grade=Grade.CLAIMED, evidence="Said by the ward.", at=now(), **common)  # type: ignore[arg-type]
        claim = actions.record_benefit(by=sunita, period_id=this_year.pk, grade=Grade.CLAIMED, evidence="Said again.", at=now(), **common)  # type: ignore[arg-type]
        assert any("2 periods running" in words for words in queries.outcome(this_year, today=now().date()).rows[0].cautions)
        with pytest.raises(actions.NotNow, match="what is left"):
            actions.record_benefit(by=sunita, period_id=this_year.pk, grade=Grade.MATCHED, evidence="Matched.", at=now(), replaces_id=claim.pk, **common)  # type: ignore[arg-type]
        actions.record_benefit(by=sunita, period_id=this_year.pk, grade=Grade.MATCHED, corrected=Decimal("0.00"), evidence="Compared with 1,573 like them.", at=now(), replaces_id=claim.pk, **common)  # type: ignore[arg-type]
        (worth,) = queries.outcome(this_year, today=now().date()).worth
        assert (worth.grade, worth.said, worth.of.benefit.value) == (Grade.MATCHED, Decimal("616000.00"), Decimal("0.00"))


def test_a_supplier_is_judged_by_whoever_keeps_the_books(tarnside: Tarnside, period: Period) -> None:
    line = paid(tarnside, period)
    with pytest.raises(Refused), tarnside.acting("tom", at=now()) as tom:
        actions.judge_supplier(by=tom, supplier=line.supplier, kind=SupplierKind.INDIVIDUAL)
    with tarnside.acting("sunita", at=now()) as sunita:
        actions.judge_supplier(by=sunita, supplier=line.supplier, kind=SupplierKind.INDIVIDUAL)
        assert queries.line(tarnside.partnership_id, line.pk).supplier.kind == "individual"


def test_nobody_writes_a_line_by_hand(tarnside: Tarnside, period: Period) -> None:
    line = paid(tarnside, period)
    for order in (f"UPDATE spend_line SET amount = 1 WHERE id = {line.pk}", "DELETE FROM book_event", f"DELETE FROM budget WHERE period_id = {period.pk}", "INSERT INTO book_event (what) VALUES ('x')"):
        from django.db import DatabaseError, transaction

        with pytest.raises(DatabaseError, match="permission denied"), tarnside.acting("sunita", at=now()), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(order)
    assert not Budget.objects.exists()


def test_a_question_sent_twice_at_one_moment_stands_once_and_says_so(tarnside: Tarnside, period: Period, monkeypatch: pytest.MonkeyPatch) -> None:
    line, key = paid(tarnside, period), uuid.uuid4()
    words = {"line": line, "question": "What was it for?", "area": "england", "key": key}
    with tarnside.acting("peter", at=now()) as peter:
        actions.ask(by=peter, at=now(), **words)
    with tarnside.acting("peter", at=now()) as peter:
        monkeypatch.setattr(LineQuery.objects, "filter", lambda **_: LineQuery.objects.none())  # the other has not been committed yet when this one looks
        with pytest.raises(actions.NotNow, match="at the same moment"):
            actions.ask(by=peter, at=now(), **words)
