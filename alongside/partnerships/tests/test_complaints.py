"""A complaint to the partnership is written down once, answered in thirty days by somebody who was not involved, and read by partners alone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.common.decisions import NotKnown, Refused
from alongside.common.london import london_day
from alongside.partnerships.actions import NotNow, leave
from alongside.partnerships.actions.complaints import answer_complaint, write_down_complaint
from alongside.partnerships.facts import CameBy, Upheld
from alongside.partnerships.models import Complaint
from alongside.partnerships.queries import complaints as reading
from tests.places import tarnside_since_yesterday

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def what_was_told(begins_with: Callable[[Callable[[], Tarnside]], Tarnside]) -> Tarnside:
    return begins_with(tarnside_since_yesterday)


def complained(made: Tarnside, about: str = "police", who: str = "joan", days_ago: int = 3) -> Complaint:
    at = now()
    with made.acting(who, at=at) as by:
        return write_down_complaint(
            by=by, partnership_id=made.partnership_id, about_id=made.agencies[about].pk if about else None, came_by=CameBy.SPOKEN, words="Nobody rang back.", received_on=london_day(at - days_ago * DAY), at=at,
        )


def answered(made: Tarnside, one: Complaint, who: str) -> None:
    with made.acting(who, at=now()) as by:
        answer_complaint(by=by, complaint=one, outcome=Upheld.UPHELD, answer="We ring back the same day now.", at=now())


def test_it_has_thirty_days_from_the_day_on_which_it_came_in(tarnside: Tarnside) -> None:
    one = complained(tarnside, days_ago=12)
    assert one.due_on - one.received_on == 30 * DAY


def test_whom_it_is_about_does_not_answer_it_and_another_partner_does(tarnside: Tarnside) -> None:
    one = complained(tarnside)
    with pytest.raises(NotNow, match="your own agency"):
        answered(tarnside, one, "moira")
    with pytest.raises(Refused, match="never by the partner that it is about"):
        answered(tarnside, one, "joan")  # works for another partner, and does not speak for it
    answered(tarnside, one, "grace")
    with tarnside.acting("moira", at=now()):
        assert [(row.answer, row.answered_by.name) for row in reading.answered(tarnside.partnership_id)] == [("We ring back the same day now.", "Grace Adeyemi")]
        assert reading.waiting(tarnside.partnership_id) == []


def test_an_answer_stands_and_the_same_one_sent_twice_is_one(tarnside: Tarnside) -> None:
    one = complained(tarnside)
    answered(tarnside, one, "grace")
    with tarnside.acting("grace", at=now()):
        again = reading.complaint(one.pk)
    answered(tarnside, again, "grace")
    with pytest.raises(NotNow, match="stands"):
        answered(tarnside, again, "peter")


def test_the_database_itself_lets_nobody_answer_for_themselves_or_change_what_was_said(tarnside: Tarnside) -> None:
    one = complained(tarnside)
    with tarnside.acting("moira", at=now()):
        assert Complaint.objects.filter(pk=one.pk).update(answered_at=now(), outcome="not_upheld", answer="All was well.") == 0
    with tarnside.acting("grace", at=now()):
        for columns in ("words = 'x'", "due_on = due_on + 300", "about_id = NULL"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"UPDATE partnership_complaint SET {columns}")
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Complaint.objects.filter(pk=one.pk).delete()


def test_it_is_about_a_partner_or_about_all_and_about_nobody_else(tarnside: Tarnside) -> None:
    with tarnside.acting("sunita", at=now()) as sunita:
        leave(by=sunita, partnership_id=tarnside.partnership_id, agency_id=tarnside.agencies["housing"].pk, reason="They left.", at=now())
    with pytest.raises(Refused, match="works for a partner"):
        complained(tarnside, about="housing")
    assert complained(tarnside, about="").about_id is None


def test_who_works_for_no_partner_neither_writes_one_down_nor_reads_one(tarnside: Tarnside) -> None:
    one = complained(tarnside)
    with tarnside.acting("sunita", at=now()) as sunita:
        leave(by=sunita, partnership_id=tarnside.partnership_id, agency_id=tarnside.agencies["housing"].pk, reason="They left.", at=now())
    with pytest.raises(Refused):
        complained(tarnside, who="nadia")
    with tarnside.acting("nadia", at=now()), pytest.raises(NotKnown):
        reading.complaint(one.pk)
