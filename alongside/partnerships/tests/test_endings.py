"""A partnership ends by a decision of its board that its lead carries out: at that moment its taps are shut, nobody writes at its table, and what was there stays to be read."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

import psycopg
import pytest
from django.core import mail
from django.db import connection, transaction
from psycopg.conninfo import make_conninfo

from alongside.cli.postgres.addresses import administrative_address, database_name
from alongside.cli.tarnside.accounts import together as keep_books
from alongside.cli.tarnside.setup import Tarnside, set_up
from alongside.common.clock import now
from alongside.common.decisions import NotKnown, Refused
from alongside.confidentiality import gate
from alongside.open_book import actions as money
from alongside.open_book import queries as books
from alongside.open_book.facts import Way
from alongside.open_book.models import Period
from alongside.partnerships import actions, queries
from alongside.partnerships.actions import NotNow, board, endings, meetings, objectives, risks
from alongside.partnerships.facts import Came, GoesBack, ObjectiveFacts, QuorumRule, Resource, Seat, SeatRole, Stage
from alongside.partnerships.models import BoardDecision, BoardMember, Ending, Partner, Partnership, ResourceReturn, Risk
from alongside.partnerships.queries import endings as reading
from alongside.partnerships.queries import meetings as minutes
from alongside.partnerships.queries.table import place_at
from alongside.trust.actions import promises
from alongside.trust.models import Promise
from tests.worker_role import as_worker

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WHY = {"reason": "The grant has ended.", "information": "Each keeps its own."}


def told() -> Tarnside:
    made = set_up(at=now())
    with made.acting("sunita", at=now()) as by:
        for who, role in (("megan", SeatRole.CHAIR), ("sunita", SeatRole.SECRETARY), ("peter", SeatRole.MEMBER), ("grace", SeatRole.MEMBER)):
            sits = made.practitioners[who]
            board.seat_member(by=by, partnership_id=made.partnership_id, name=sits.name, seat=Seat.PARTNER, role=role, votes=True, agency_id=sits.agency_id, practitioner_id=sits.pk, at=now())
        board.set_board_rules(by=by, partnership_id=made.partnership_id, rule=QuorumRule(3, 3, chair=True), review_on=now().date() + 90 * DAY, at=now())
    return made


@pytest.fixture(scope="module")
def what_was_told(begins_with: Callable[[Callable[[], Tarnside]], Tarnside]) -> Tarnside:
    return begins_with(told)


def decided(made: Tarnside, *, in_favour: int = 3, against: int = 1, ends: bool = True) -> BoardDecision:
    with made.acting("megan", at=now()) as megan:
        one = meetings.call_meeting(by=megan, partnership_id=made.partnership_id, name="Board", starts=now() - timedelta(hours=1), place="", at=now())
        point = meetings.add_to_agenda(by=megan, meeting=one, title="Go on or stop?", what_for="decision", at=now())
        there = BoardMember.objects.filter(partnership_id=made.partnership_id)
        meetings.note_attendance(by=megan, meeting=one, came={member.pk: (Came.PRESENT, "") for member in there}, at=now())
        return meetings.decide(by=megan, item=point, words="We stop.", why="", in_favour=in_favour, against=against, abstained=0, ends_partnership=ends, at=now())


def end(made: Tarnside, *, on: date | None = None, who: str = "sunita", decision: BoardDecision | None = None, returns: tuple[GoesBack, ...] = ()) -> Ending:
    decision = decision or decided(made)
    with made.acting(who, at=now()) as by:
        sees_to = endings.SeesTo(made.practitioners["megan"].pk, now().date() + 30 * DAY)
        return endings.end_partnership(by=by, partnership_id=made.partnership_id, decision=decision, on=on or now().date(), returns=returns, sees_to=sees_to, at=now(), **WHY)


def flows(made: Tarnside, at: datetime | None = None) -> int:
    return len(queries.live_flows(made.partnership_id, at or now()))


# -- who decides, and who carries it out --------------------------------------------------------------------------------------------------


def test_its_lead_ends_it_and_nobody_else(tarnside: Tarnside) -> None:
    decision = decided(tarnside)
    for who in ("megan", "peter", "amina"):
        with pytest.raises(Refused, match="its lead"):
            end(tarnside, who=who, decision=decision)
    assert end(tarnside, decision=decision).carried_out_at
    assert Partnership.objects.get(pk=tarnside.partnership_id).stage == Stage.ENDED


@pytest.mark.parametrize(("votes", "says"), [({"ends": False}, "does not decide"), ({"in_favour": 2, "against": 2}, "not more votes")])
def test_without_a_decision_of_its_board_to_end_it_it_goes_on(tarnside: Tarnside, votes: dict[str, int], says: str) -> None:
    decision = decided(tarnside, **votes)
    with pytest.raises(NotNow, match=says):
        end(tarnside, decision=decision)
    with tarnside.acting("sunita", at=now()), pytest.raises(Exception, match="must have decided first"), transaction.atomic(), connection.cursor() as cursor:
        words = f'{{"partnership": {tarnside.partnership_id}, "decision": {decision.pk}, "ends": "{now().isoformat()}", "reason": "x", "information": "x"}}'
        cursor.execute("SELECT end_partnership(%s, now())", [words])
    assert flows(tarnside)


def test_a_day_that_is_past_is_not_its_last(tarnside: Tarnside) -> None:
    with pytest.raises(NotNow, match="today or a day ahead"):
        end(tarnside, on=now().date() - DAY)


def test_nobody_writes_an_ending_or_a_return_by_hand(tarnside: Tarnside) -> None:
    end(tarnside, returns=(GoesBack(Resource.GOODS, "Chairs", tarnside.agencies["school"].pk),))
    with tarnside.acting("sunita", at=now()):
        for attempt in (
            "UPDATE partnership_ending SET reason = 'x'", "DELETE FROM partnership_ending", "INSERT INTO partnership_ending DEFAULT VALUES", "UPDATE resource_return SET what = 'x'", "DELETE FROM resource_return",
            "INSERT INTO resource_return DEFAULT VALUES", "UPDATE partnership SET stage = 'active', ends = NULL", "SELECT carry_out_ending(1)", "SELECT carry_out_endings_due()", "SELECT put_returns(1, NULL, '[]', now())",
        ):
            with pytest.raises(Exception, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(attempt)


# -- at that very moment ------------------------------------------------------------------------------------------------------------------


def test_everything_flows_until_then_and_nothing_from_then_on(tarnside: Tarnside) -> None:
    with tarnside.acting("joan", at=now()) as joan:
        assert gate.open_record(joan, tarnside.people["margaret"], at=now()).shared_categories
    end(tarnside)
    assert flows(tarnside) == 0
    with tarnside.acting("joan", at=now()) as joan:
        assert not gate.open_record(joan, tarnside.people["margaret"], at=now()).shared_categories
    assert {one.status for one in queries.agreements(tarnside.partnership_id)} == {"ended"}
    assert not queries.needs(tarnside.partnership_id).exists()
    assert not Partner.objects.filter(partnership_id=tarnside.partnership_id, left_at=None).exists()


def test_an_end_that_is_planned_ends_what_flows_at_its_moment_whether_the_worker_runs_or_not(tarnside: Tarnside) -> None:
    before = flows(tarnside)
    planned = end(tarnside, on=now().date() + 10 * DAY)
    assert planned.carried_out_at is None
    assert flows(tarnside) == before
    assert flows(tarnside, planned.ends - timedelta(seconds=1)) == before
    assert flows(tarnside, planned.ends) == 0


def test_a_new_signature_does_not_flow_past_the_planned_end(tarnside: Tarnside) -> None:
    planned = end(tarnside, on=now().date() + 10 * DAY)
    with tarnside.acting("peter", at=now()) as peter:
        actions.withdraw_from_agreement(by=peter, agreement_id=tarnside.agreement_id, reason="A moment.", at=now())
        actions.sign_agreement(by=peter, agreement_id=tarnside.agreement_id, at=now())
    assert flows(tarnside)
    assert flows(tarnside, planned.ends) == 0


def test_called_off_it_flows_as_before_and_to_end_it_the_board_decides_anew(tarnside: Tarnside) -> None:
    before, decision = flows(tarnside, now() + 20 * DAY), decided(tarnside)
    planned = end(tarnside, on=now().date() + 10 * DAY, decision=decision)
    with tarnside.acting("megan", at=now()) as megan, pytest.raises(Refused):
        endings.call_off(by=megan, ending=planned, because="No.", at=now())
    with tarnside.acting("sunita", at=now()) as sunita:
        endings.call_off(by=sunita, ending=planned, because="The grant came.", at=now())
    assert flows(tarnside, now() + 20 * DAY) == before
    with pytest.raises(NotNow, match="must decide anew"):
        end(tarnside, decision=decision)
    assert end(tarnside).carried_out_at


def the_moment_comes() -> None:
    """As if it had come and nobody had carried it out yet."""
    with psycopg.connect(make_conninfo(administrative_address() or "", dbname=database_name())) as administrator:
        for table in ("partnership_ending", "partnership"):
            administrator.execute(f"UPDATE {table} SET ends = now() - interval '1 second' WHERE ends IS NOT NULL")


@pytest.mark.django_db(transaction=True)
def test_between_the_moment_and_the_worker_nobody_writes_and_then_the_worker_carries_it_out(tarnside: Tarnside) -> None:
    end(tarnside, on=now().date() + 10 * DAY)
    the_moment_comes()
    with tarnside.acting("sunita", at=now()) as sunita:
        assert not place_at(tarnside.partnership_id, agency_id=sunita.agency_id).governs
        with pytest.raises(Refused):
            risks.raise_risk(by=sunita, partnership_id=tarnside.partnership_id, title="x", what="x", likelihood=1, impact=1, mitigation="", next_review=now().date() + DAY, owner_id=None, at=now())
    with as_worker():
        assert endings.carry_out_what_is_due() == 1
        assert endings.carry_out_what_is_due() == 0
    with tarnside.acting("sunita", at=now()):
        assert queries.partnership(tarnside.partnership_id).stage == Stage.ENDED


# -- afterwards ---------------------------------------------------------------------------------------------------------------------------


def test_nobody_writes_at_its_table_any_more_and_everybody_who_was_there_reads(tarnside: Tarnside) -> None:
    place = tarnside.partnership_id
    with tarnside.acting("peter", at=now()) as peter:
        risks.raise_risk(by=peter, partnership_id=place, title="Too few", what="Nobody comes.", likelihood=2, impact=2, mitigation="", next_review=now().date() + 90 * DAY, owner_id=peter.practitioner_id, at=now())
        promise = promises.make_promise(by=peter, partnership_id=place, to_agency_id=None, what="Tea", due_on=now().date() + DAY, at=now())
    keep_books(tarnside, place, at=now())
    decision = decided(tarnside)
    end(tarnside, decision=decision)
    with tarnside.acting("peter", at=now()) as peter:
        assert place_at(place, agency_id=peter.agency_id).partner is False
        assert Risk.objects.filter(partnership_id=place).exists()
        assert Promise.objects.filter(pk=promise).exists()
        assert minutes.meeting_that_decided(decision.pk).meeting.partnership_id == place
        assert books.keeping(peter, place).reads
        assert books.lines(latest(place), books.Wanted("", None, "", False, None), page=0)[1]
        for act in (
            lambda: risks.raise_risk(by=peter, partnership_id=place, title="x", what="x", likelihood=1, impact=1, mitigation="", next_review=now().date() + DAY, owner_id=None, at=now()),
            lambda: risks.judge_risk(by=peter, risk=Risk.objects.get(partnership_id=place), likelihood=1, impact=1, mitigation="", next_review=now().date() + DAY, at=now()),
            lambda: promises.make_promise(by=peter, partnership_id=place, to_agency_id=None, what="More tea", due_on=now().date() + DAY, at=now()),
            lambda: objectives.add_objective(by=peter, partnership_id=place, words=ObjectiveFacts("x"), at=now()),
            lambda: meetings.dissent(by=peter, decision=decision, member=BoardMember.objects.get(practitioner_id=peter.practitioner_id), words="Late.", at=now()),
            lambda: money.promise(by=peter, partnership_id=place, period_id=latest(place).pk, agency_id=peter.agency_id or 0, way=Way.CASH, what="x", amount=Decimal(1), due_on=now().date(), at=now()),
        ):
            with pytest.raises(Refused):
                act()
    with tarnside.acting("sunita", at=now()) as sunita:
        for act in (
            lambda: meetings.call_meeting(by=sunita, partnership_id=place, name="x", starts=now() + DAY, place="", at=now()),
            lambda: actions.join(by=sunita, partnership=queries.partnership(place), agency_id=sunita.agency_id, front_door_id=None, at=now()),
            lambda: actions.draft_agreement(by=sunita, partnership_id=place, text=queries.text_of(tarnside.agreement_id), at=now()),
        ):
            with pytest.raises(Refused):
                act()


def latest(place: int) -> Period:
    return books.periods(place)[0]


def test_whoever_never_belonged_reads_nothing_of_it_afterwards_either(tarnside: Tarnside) -> None:
    with tarnside.acting("peter", at=now()) as peter:
        actions.leave(by=peter, partnership_id=tarnside.partnership_id, agency_id=peter.agency_id or 0, reason="Too many meetings.", at=now() - DAY)
    end(tarnside)
    with tarnside.acting("joan", at=now()) as joan, pytest.raises(NotKnown):
        place_at(tarnside.partnership_id, agency_id=joan.agency_id)
    with tarnside.acting("joan", at=now()) as joan:
        assert [(one.partnership.pk, one.ended) for one in reading.former_partnerships(joan.agency_id)] == [(tarnside.partnership_id, False)]
    with tarnside.acting("amina", at=now()) as amina:
        assert [one.ended for one in reading.former_partnerships(amina.agency_id)] == [True]
        assert queries.partnerships_of(amina) == []


# -- what goes back -----------------------------------------------------------------------------------------------------------------------


def test_what_goes_back_is_ticked_off_by_whoever_sees_to_it_and_once(tarnside: Tarnside) -> None:
    school = tarnside.agencies["school"].pk
    end(tarnside, returns=(GoesBack(Resource.MONEY, "Its share", school, Decimal("12.34")), GoesBack(Resource.PREMISES, "The hall", school)))
    with tarnside.acting("grace", at=now()) as grace:
        money_line = ResourceReturn.objects.get(kind="money")
        with pytest.raises(Refused):
            endings.give_back(by=grace, line=money_line, how="It came.", at=now())
    with tarnside.acting("megan", at=now()) as megan:
        endings.give_back(by=megan, line=money_line, how="Transferred.", at=now())
        endings.give_back(by=megan, line=money_line, how="Transferred.", at=now())
        with pytest.raises(NotNow, match="already"):
            endings.give_back(by=megan, line=money_line, how="Again.", at=now())
        assert [(one.what, bool(one.done_at)) for one in reading.returns(tarnside.partnership_id)] == [("The hall", False), ("Its share", True)]
    with tarnside.acting("tom", at=now()):
        assert len(reading.returns(tarnside.partnership_id)) == 2


def test_money_that_is_left_goes_back_to_the_penny(tarnside: Tarnside) -> None:
    keep_books(tarnside, tarnside.partnership_id, at=now())
    with tarnside.acting("sunita", at=now()):
        back = books.what_goes_back(tarnside.partnership_id, day=now().date())
        came = sum((books.sums(one, today=now().date()).cash - books.sums(one, today=now().date()).spent for one in books.periods(tarnside.partnership_id)), Decimal(0))
    assert sum(one.amount for one in back if one.amount) == came
    assert {one.what for one in back if one.kind is not Resource.MONEY} == {"A room on Tuesdays", "The hall for family evenings", "Furniture for first homes"}


def test_whoever_leaves_sees_what_goes_back_to_them_and_the_books_they_were_party_to(tarnside: Tarnside) -> None:
    place, homelink = tarnside.partnership_id, tarnside.agencies["homelink"].pk
    keep_books(tarnside, place, at=now())
    line = GoesBack(Resource.INFORMATION, "The volunteers' list", homelink)
    with tarnside.acting("peter", at=now()) as peter:
        actions.leave(by=peter, partnership_id=place, agency_id=homelink, reason="Too many meetings.", returns=[line], sees_to=endings.SeesTo(peter.practitioner_id or 0, now().date() + DAY), at=now())
    with tarnside.acting("sunita", at=now()) as sunita:
        later = money.open_period(by=sunita, partnership_id=place, name="Much later", first=date(now().year + 3, 4, 1), last=date(now().year + 4, 3, 31))
    with tarnside.acting("peter", at=now()) as peter:
        assert [one.what for one in reading.returns(place)] == ["The volunteers' list"]
        assert books.keeping(peter, place).reads
        assert not books.keeping(peter, place).own
        seen = books.periods(place)
        assert len(seen) == 2
        assert later.pk not in {one.pk for one in seen}
        assert all(books.lines(one, books.Wanted("", None, "", False, None), page=0)[1] for one in seen)
        endings.give_back(by=peter, line=reading.returns(place)[0], how="Deleted the copy.", at=now())
    with tarnside.acting("lewis", at=now()):
        assert [one.leaver.agency_id for one in reading.returns(place)] == [homelink]


def test_a_line_goes_back_to_a_partner_and_somebody_of_a_partner_sees_to_it(tarnside: Tarnside) -> None:
    words = {"partnership_id": tarnside.partnership_id, "at": now()}
    sees_to = endings.SeesTo(tarnside.practitioners["megan"].pk, now().date() + DAY)
    with tarnside.acting("sunita", at=now()) as sunita:
        with pytest.raises(NotNow, match="while everybody stays"):
            endings.plan_return(by=sunita, line=GoesBack(Resource.STAFF, "Two nurses", tarnside.agencies["community"].pk), sees_to=sees_to, **words)
    end(tarnside)
    with tarnside.acting("sunita", at=now()) as sunita:
        with pytest.raises(NotNow, match="to which partner"):
            endings.plan_return(by=sunita, line=GoesBack(Resource.STAFF, "Two nurses", 10**9), sees_to=sees_to, **words)
        endings.plan_return(by=sunita, line=GoesBack(Resource.STAFF, "Two nurses", tarnside.agencies["community"].pk), sees_to=sees_to, **words)
    with tarnside.acting("tom", at=now()) as tom, pytest.raises(Refused):
        endings.plan_return(by=tom, line=GoesBack(Resource.STAFF, "One teacher", tarnside.agencies["school"].pk), sees_to=sees_to, **words)


# -- everybody is told --------------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_every_member_is_told_once_of_an_end_and_of_a_leaving(tarnside: Tarnside) -> None:
    end(tarnside, on=now().date() + 10 * DAY)
    with tarnside.acting("peter", at=now()) as peter:
        actions.leave(by=peter, partnership_id=tarnside.partnership_id, agency_id=peter.agency_id or 0, reason="Now.", at=now())
    with as_worker():
        assert endings.tell_members(at=now()) == 2
        assert endings.tell_members(at=now()) == 0
    assert sorted(letter.subject for letter in mail.outbox) == [f"Alongside: Homelink Tarnside has left {queries.partnership(tarnside.partnership_id).name}", mail.outbox[0].subject]
    told = set(mail.outbox[0].bcc)
    assert {f"{who}@tarnside.example" for who in ("sunita", "eleanor", "megan", "grace", "peter", "kofi")} <= told
