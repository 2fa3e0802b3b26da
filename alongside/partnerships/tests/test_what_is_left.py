"""Once a partnership is over, what it left open is settled by those who did so before, or by whoever its end names in the lead's place; nothing new comes in."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction

from alongside.cli.tarnside.accounts import together as keep_books
from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.common.decisions import Refused
from alongside.common.london import london_day
from alongside.open_book import actions as money
from alongside.open_book import queries as books
from alongside.open_book.facts import NOTHING, PeriodStatus, Spend
from alongside.open_book.models import Period, SpendLine
from alongside.partnerships.actions import NotNow, complaints, endings, leave
from alongside.partnerships.facts import CameBy, GoesBack, Resource, Upheld
from alongside.partnerships.models import Complaint, Ending, ResourceReturn
from alongside.partnerships.queries import complaints as reading
from alongside.partnerships.tests.test_endings import WHY, decided, end, told
from alongside.voice import actions as voice
from alongside.voice.facts import Answer, NewContribution, Route, Verdict
from alongside.voice.models import Contribution
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def what_was_told(begins_with: Callable[[Callable[[], Tarnside]], Tarnside]) -> Tarnside:
    return begins_with(told)


def complained(made: Tarnside, about: str = "police") -> Complaint:
    with made.acting("joan", at=now()) as joan:
        return complaints.write_down_complaint(
            by=joan, partnership_id=made.partnership_id, about_id=made.agencies[about].pk, came_by=CameBy.SPOKEN, words="Nobody rang back.", received_on=london_day(now()) - 3 * DAY, at=now()
        )


def answered(made: Tarnside, one: Complaint, who: str) -> None:
    with made.acting(who, at=now()) as by:
        complaints.answer_complaint(by=by, complaint=one, outcome=Upheld.UPHELD, answer="We should have.", at=now())


def ended_with(made: Tarnside, successor: str) -> Ending:
    decision = decided(made)
    with made.acting("sunita", at=now()) as by:
        return endings.end_partnership(by=by, partnership_id=made.partnership_id, decision=decision, on=london_day(now()), successor_id=made.practitioners[successor].pk, at=now(), **WHY)


# -- complaints and what people said ------------------------------------------------------------------------------------------------------


def test_a_complaint_is_answered_afterwards_by_whoever_answered_before_and_by_nobody_else(tarnside: Tarnside) -> None:
    one = complained(tarnside)
    end(tarnside)
    for who in ("amina", "joan"):
        with pytest.raises(Refused, match="never by the partner"):
            answered(tarnside, one, who)
    with pytest.raises(NotNow, match="your own agency"):
        answered(tarnside, one, "moira")
    with tarnside.acting("moira", at=now()):
        assert Complaint.objects.filter(pk=one.pk).update(answered_at=now(), outcome="not_upheld", answer="All was well.") == 0, "the database says so too"
    answered(tarnside, one, "grace")
    with tarnside.acting("megan", at=now()):
        assert [row.answered_by.name for row in reading.answered(tarnside.partnership_id)] == ["Grace Adeyemi"]


def test_whoever_its_end_names_in_the_lead_s_place_answers_once_it_has_come_and_not_before(tarnside: Tarnside) -> None:
    one, another = complained(tarnside), complained(tarnside, about="hospital")
    with pytest.raises(Refused):
        answered(tarnside, one, "tom")
    ended_with(tarnside, "tom")
    answered(tarnside, one, "tom")
    answered(tarnside, another, "sunita")


def test_in_the_lead_s_place_comes_somebody_of_a_partner(tarnside: Tarnside) -> None:
    with tarnside.acting("peter", at=now()) as peter:
        leave(by=peter, partnership_id=tarnside.partnership_id, agency_id=peter.agency_id or 0, reason="Too many meetings.", at=now())
    decision = decided(tarnside)
    with tarnside.acting("sunita", at=now()) as sunita, pytest.raises(NotNow, match="works for a partner"):
        gone = tarnside.practitioners["joan"].pk
        endings.end_partnership(by=sunita, partnership_id=tarnside.partnership_id, decision=decision, on=london_day(now()), successor_id=gone, at=now(), **WHY)


def test_no_complaint_comes_in_afterwards(tarnside: Tarnside) -> None:
    end(tarnside)
    with pytest.raises(Refused, match="works for a partner"):
        complained(tarnside)


def test_what_people_said_before_is_answered_and_words_that_point_at_somebody_come_out(tarnside: Tarnside) -> None:
    with tarnside.acting("joan", at=now()) as joan:
        new = NewContribution(Route.PAPER, "Mrs Pell next door waits for a ramp.", now(), now() + 20 * DAY)
        voice.type_in(by=joan, partnership_id=tarnside.partnership_id, new=new, key=uuid.uuid4(), at=now())
    end(tarnside)
    with tarnside.acting("grace", at=now()) as grace:
        said = Contribution.objects.get(partnership_id=tarnside.partnership_id)
        voice.answer(by=grace, contribution_id=said.pk, answer=Answer(Verdict.NOT, "A ramp is missing", "Housing sees to it.", None, False), key=uuid.uuid4(), at=now())
        with pytest.raises(Refused, match="lead takes words out"):
            voice.redact(by=grace, contribution_id=said.pk, passage="Mrs Pell", why="A name", at=now())
    with tarnside.acting("sunita", at=now()) as sunita:
        assert voice.redact(by=sunita, contribution_id=said.pk, passage="Mrs Pell", why="A name", at=now()) == 8
    with tarnside.acting("joan", at=now()) as joan, pytest.raises(Refused):
        voice.type_in(by=joan, partnership_id=tarnside.partnership_id, new=new, key=uuid.uuid4(), at=now())


# -- the books ----------------------------------------------------------------------------------------------------------------------------


def open_periods(made: Tarnside) -> list[Period]:
    return [one for one in books.periods(made.partnership_id) if one.status != PeriodStatus.CLOSED]


def test_its_open_period_is_closed_by_two_partners_though_its_last_day_is_still_to_come(tarnside: Tarnside) -> None:
    keep_books(tarnside, tarnside.partnership_id, at=now())
    with tarnside.acting("sunita", at=now()) as sunita:
        (period,) = open_periods(tarnside)
        with pytest.raises(NotNow, match="not over yet"):
            money.propose_closing(by=sunita, period_id=period.pk, at=now())
    end(tarnside)
    settle_questions(tarnside, period)
    with tarnside.acting("sunita", at=now()) as sunita:
        money.propose_closing(by=sunita, period_id=period.pk, at=now())
    for who in ("priya", "tom"):  # of the same agency, and of another without speaking for it
        with tarnside.acting(who, at=now()) as by, pytest.raises(Refused):
            money.confirm_closing(by=by, period_id=period.pk, at=now())
    with tarnside.acting("grace", at=now()) as grace:
        money.confirm_closing(by=grace, period_id=period.pk, at=now())
        assert open_periods(tarnside) == []
    with tarnside.acting("owen", at=now()) as owen:
        money.publish(by=owen, period_id=period.pk, at=now())


def settle_questions(made: Tarnside, period: Period) -> None:
    """Questions from before the end are answered by whoever paid."""
    with made.acting("sunita", at=now()) as sunita:
        for one in books.waiting(made.partnership_id):
            money.answer(by=sunita, query_id=one.pk, words="It was for the hub.", at=now())


def test_nothing_new_comes_into_the_books_and_what_was_wrong_is_taken_back(tarnside: Tarnside) -> None:
    keep_books(tarnside, tarnside.partnership_id, at=now())
    end(tarnside)
    with tarnside.acting("sunita", at=now()) as sunita:
        (period,) = open_periods(tarnside)
        with pytest.raises(Refused):
            spend = Spend(london_day(now()), "Kettle and Crumb", Decimal("9.00"), "", "", "Tea", period_id=period.pk)
            money.record_spend(by=sunita, partnership_id=tarnside.partnership_id, agency_id=sunita.agency_id or 0, spend=spend, at=now())
        with pytest.raises(Refused):
            money.set_budget(by=sunita, partnership_id=tarnside.partnership_id, period_id=period.pk, objective="", amount=Decimal(1), reason="More", at=now())
        with pytest.raises(Refused):
            money.open_period(by=sunita, partnership_id=tarnside.partnership_id, name="Later", first=period.last + DAY, last=period.last + 30 * DAY)
        line = SpendLine.objects.filter(period=period, reverses=None, reversed_by=None).first()
        assert money.correct_spend(by=sunita, line_id=line.pk, period_id=period.pk, day=london_day(now()), reason="Paid twice", at=now())


def test_money_that_goes_back_leaves_the_books_too_once_and_they_close_when_it_has(tarnside: Tarnside) -> None:
    place = tarnside.partnership_id
    keep_books(tarnside, place, at=now())
    with tarnside.acting("sunita", at=now()):
        back = tuple(one for one in books.what_goes_back(place, day=london_day(now())) if one.amount)
    end(tarnside, returns=(*back, GoesBack(Resource.GOODS, "Chairs", tarnside.agencies["school"].pk)))
    settle_questions(tarnside, open_period := open_now(tarnside))
    with tarnside.acting("sunita", at=now()) as sunita, pytest.raises(NotNow, match="still to be given back"):
        money.propose_closing(by=sunita, period_id=open_period.pk, at=now())
    with tarnside.acting("megan", at=now()) as megan:
        for line in ResourceReturn.objects.filter(partnership_id=place, kind="money"):
            money.give_back(by=megan, line=line, how="Transferred.", at=now())
            money.give_back(by=megan, line=line, how="Transferred.", at=now())
        given = SpendLine.objects.filter(partnership_id=place, description__startswith="Given back")
        assert sorted(one.amount for one in given) == sorted(one.amount for one in back)
        assert sum((books.sums(one, today=london_day(now())).left for one in books.periods(place)), NOTHING) == NOTHING
    with tarnside.acting("sunita", at=now()) as sunita:
        money.propose_closing(by=sunita, period_id=open_period.pk, at=now())


def open_now(made: Tarnside) -> Period:
    with made.acting("sunita", at=now()):
        return open_periods(made)[0]


def test_nobody_puts_money_into_the_books_as_given_back_that_is_not_theirs_to_give(tarnside: Tarnside) -> None:
    end(tarnside, returns=(GoesBack(Resource.MONEY, "Its share", tarnside.agencies["school"].pk, Decimal(5)),))
    with tarnside.acting("grace", at=now()):
        line = ResourceReturn.objects.get(kind="money")
        with pytest.raises(Exception, match="gave it back"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT book_return(%s, now())", [line.pk])


# -- what stands on its page --------------------------------------------------------------------------------------------------------------


def test_what_still_waits_stands_on_its_page_with_its_clock_and_can_be_settled_from_there(tarnside: Tarnside) -> None:
    keep_books(tarnside, tarnside.partnership_id, at=now())
    one, place = complained(tarnside), f"/partnership/{tarnside.partnership_id}"
    end(tarnside)
    grace = signed_in("grace")
    for page in (f"{place}/", f"{place}/exit/"):
        shown = grace.get(page).content.decode()
        assert "1 complaint not answered" in shown and "Propose to close the books" in shown, page
    assert f'href="/partnership/complaints/{one.pk}/answer/"' in grace.get(f"{place}/complaints/").content.decode()
    assert "Write down a complaint" not in grace.get(f"{place}/complaints/").content.decode()
    sent = grace.post(f"/partnership/complaints/{one.pk}/answer/", {"outcome": "upheld", "answer": "We ring back now."})
    assert sent.status_code == 303
    assert "complaint not answered" not in grace.get(f"{place}/").content.decode()
    assert grace.post(f"{place}/complaints/add/", {"words": "x"}).status_code == 403
