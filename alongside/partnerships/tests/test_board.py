"""A board decides only with those who are there and free to vote; what it closes stays; risks, duties and claims say what is wrong with them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from alongside.cli.tarnside.setup import Tarnside, set_up
from alongside.common.clock import now
from alongside.common.decisions import NotKnown, Refused
from alongside.partnerships.actions import NotNow, benefits, board, duties, meetings, risks
from alongside.partnerships.facts import Came, Claim, Finding, Grade, Nature, QuorumRule, Seat, SeatRole, WhoBenefits
from alongside.partnerships.models import AgendaItem, BoardMember, Meeting, PartnershipEvent
from alongside.partnerships.queries import benefits as benefits_read
from alongside.partnerships.queries import board as board_read
from alongside.partnerships.queries import duties as duties_read
from alongside.partnerships.queries import meetings as reading
from alongside.partnerships.queries import risks as risks_read
from alongside.partnerships.queries.waiting import AT_THE_TABLE, waiting

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
CAST = (("megan", SeatRole.CHAIR), ("sunita", SeatRole.SECRETARY), ("peter", SeatRole.MEMBER), ("grace", SeatRole.MEMBER), ("nadia", SeatRole.MEMBER))


def told() -> Tarnside:
    made = set_up(at=now())
    with made.acting("sunita", at=now()) as by:
        for who, role in CAST:
            sits = made.practitioners[who]
            board.seat_member(by=by, partnership_id=made.partnership_id, name=sits.name, seat=Seat.PARTNER, role=role, votes=True, agency_id=sits.agency_id, practitioner_id=sits.pk, at=now())
        board.set_board_rules(by=by, partnership_id=made.partnership_id, rule=QuorumRule(3, 3, chair=True), review_on=now().date() + 90 * DAY, at=now())
    return made


@pytest.fixture(scope="module")
def what_was_told(begins_with: Callable[[Callable[[], Tarnside]], Tarnside]) -> Tarnside:
    return begins_with(told)


def held(made: Tarnside, *there: str) -> tuple[Meeting, AgendaItem, dict[str, BoardMember]]:
    """A meeting with one point, at which these are there and the others not."""
    with made.acting("megan", at=now()) as by:
        one = meetings.call_meeting(by=by, partnership_id=made.partnership_id, name="Board", starts=now() - timedelta(hours=1), place="", at=now())
        point = meetings.add_to_agenda(by=by, meeting=one, title="Visits", what_for="decision", at=now())
        members = {who: BoardMember.objects.get(practitioner=made.practitioners[who]) for who, _ in CAST}
        meetings.note_attendance(by=by, meeting=one, came={member.pk: (Came.PRESENT if who in there else Came.ABSENT, "") for who, member in members.items()}, at=now())
    return one, point, members


def vote(by: object, point: AgendaItem, *, in_favour: int = 2, against: int = 0) -> object:
    return meetings.decide(by=by, item=point, words="Ten visits.", why="", in_favour=in_favour, against=against, abstained=0, at=now())


def test_a_board_without_its_chair_or_with_too_few_decides_nothing(tarnside: Tarnside) -> None:
    _, point, _ = held(tarnside, "sunita", "peter", "grace", "nadia")
    with tarnside.acting("sunita", at=now()) as by, pytest.raises(NotNow, match="the chair or vice chair"):
        vote(by, point)
    _, point, _ = held(tarnside, "megan", "peter")
    with tarnside.acting("megan", at=now()) as by, pytest.raises(NotNow, match="1 more voting member"):
        vote(by, point)


def test_whoever_has_an_interest_is_not_counted_and_nobody_votes_twice(tarnside: Tarnside) -> None:
    _, point, members = held(tarnside, "megan", "peter", "grace")
    with tarnside.acting("megan", at=now()) as by:
        assert reading.quorum_of(point).met
        with pytest.raises(NotNow, match="4 votes were counted and only 3"):
            vote(by, point, in_favour=4)
    with tarnside.acting("peter", at=now()) as peter:
        meetings.declare_conflict(by=peter, item=point, member=members["peter"], what="We are paid for it.", at=now())
    with tarnside.acting("megan", at=now()) as by, pytest.raises(NotNow, match="1 more voting member"):
        vote(by, point)


def test_dissent_is_a_members_own_and_stands_in_the_minutes(tarnside: Tarnside) -> None:
    one, point, members = held(tarnside, "megan", "peter", "grace")
    with tarnside.acting("megan", at=now()) as by:
        decision = vote(by, point)
        meetings.close_meeting(by=by, meeting=one, next_on=None, at=now())
    with tarnside.acting("grace", at=now()) as grace:
        meetings.dissent(by=grace, decision=decision, member=members["grace"], words="Too few.", at=now())
        with pytest.raises(Refused):
            meetings.dissent(by=grace, decision=decision, member=members["peter"], words="Not mine.", at=now())
        minutes = reading.meeting(one.pk)
        assert [row.words for row in minutes.items[0].decisions[0].dissents] == ["Too few."]


def test_closed_minutes_change_no_more_whoever_tries(tarnside: Tarnside) -> None:
    one, point, members = held(tarnside, "megan", "peter", "grace")
    with tarnside.acting("megan", at=now()) as by:
        meetings.close_meeting(by=by, meeting=one, next_on=None, at=now())
        stale = AgendaItem.objects.select_related("meeting").get(pk=point.pk)
        with pytest.raises(NotNow, match="closed"):
            vote(by, stale)
        stale.meeting.closed_at = None  # as if the page had not been told
        with pytest.raises(Refused):
            vote(by, stale)
        with pytest.raises(Refused):
            meetings.minute_discussion(by=by, item=stale, words="Otherwise.", at=now())
        with pytest.raises(Refused):
            meetings.note_attendance(by=by, meeting=stale.meeting, came={members["nadia"].pk: (Came.PRESENT, "")}, at=now())
        for attempt in ("UPDATE board_decision SET words = 'x'", "DELETE FROM board_dissent", "UPDATE board_meeting SET name = 'x'", "UPDATE attendance SET came = 'present'"):
            with pytest.raises(Exception, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(attempt)


def test_an_action_is_carried_over_until_it_is_done(tarnside: Tarnside) -> None:
    one, point, members = held(tarnside, "megan", "peter", "grace")
    with tarnside.acting("megan", at=now()) as by:
        action = meetings.take_on(by=by, item=point, what="Count.", owner=members["peter"], due=now().date() - 10 * DAY, at=now())
        meetings.close_meeting(by=by, meeting=one, next_on=None, at=now())
        following = meetings.call_meeting(by=by, partnership_id=tarnside.partnership_id, name="Next", starts=now() + 30 * DAY, place="", at=now())
        assert [row.pk for row in reading.meeting(following.pk).carried] == [action.pk]
        assert [row.pk for row in reading.overdue(reading.actions_open(tarnside.partnership_id), now())] == [action.pk]
    with tarnside.acting("grace", at=now()) as grace, pytest.raises(Refused):
        meetings.finish_action(by=grace, action=action, how="I say so.", at=now())
    with tarnside.acting("peter", at=now()) as peter:
        meetings.finish_action(by=peter, action=action, how="Counted.", at=now())
        assert reading.meeting(following.pk).carried == ()


def test_only_those_who_keep_the_books_seat_anybody_and_a_seat_is_taken_once(tarnside: Tarnside) -> None:
    words = {"partnership_id": tarnside.partnership_id, "name": "Tom Bright", "seat": Seat.PARTNER, "role": SeatRole.MEMBER, "votes": True, "at": now()}
    tom = tarnside.practitioners["tom"]
    with tarnside.acting("tom", at=now()) as by, pytest.raises(Refused):
        board.seat_member(by=by, agency_id=tom.agency_id, practitioner_id=tom.pk, **words)
    with tarnside.acting("megan", at=now()) as by:
        board.seat_member(by=by, agency_id=tom.agency_id, practitioner_id=tom.pk, **words)
        with pytest.raises(NotNow, match="has a seat"):
            board.seat_member(by=by, agency_id=tom.agency_id, practitioner_id=tom.pk, **words)
    with tarnside.acting("peter", at=now()) as peter:
        mine = BoardMember.objects.get(practitioner=tarnside.practitioners["peter"])
        board.declare_interest(by=peter, member=mine, nature=Nature.MONEY, what="We are paid.", at=now())
        assert [row.what for row in board_read.declared(tarnside.partnership_id)] == ["We are paid."]


def test_the_headings_that_nothing_stands_under_are_named(tarnside: Tarnside) -> None:
    with tarnside.acting("sunita", at=now()) as by:
        board.settle_heading(by=by, partnership_id=tarnside.partnership_id, heading="exit", text="Three months.", at=now())
        place = tarnside.partnership_id
        from alongside.partnerships.queries import partnership

        found = board_read.completeness(partnership(place), members=5, rules=True, rights=0, settled=board_read.texts(place))
        assert [heading.code for heading in found.missing] == ["aims", "decisions", "money", "performance", "risks"]
        board.settle_heading(by=by, partnership_id=place, heading="complaints", text="Ring us.", at=now())
        assert partnership(place).how_to_complain == "Ring us."
    with tarnside.acting("tom", at=now()) as tom, pytest.raises(Refused):
        board.settle_heading(by=tom, partnership_id=place, heading="complaints", text="Do not.", at=now())


def test_a_risk_is_judged_by_those_who_answer_for_it_and_shows_when_nobody_has(tarnside: Tarnside) -> None:
    place, today = tarnside.partnership_id, now().date()
    with tarnside.acting("tom", at=now()) as tom:
        one = risks.raise_risk(by=tom, partnership_id=place, title="Nobody comes", what="x", likelihood=3, impact=4, mitigation="Ring.", next_review=today - DAY, owner_id=None, at=now())
        assert (risks_read.risk(one.pk, day=today).band, risks_read.risk(one.pk, day=today).past_review) == ("high", True)
    with tarnside.acting("joan", at=now()) as joan, pytest.raises(Refused):
        risks.judge_risk(by=joan, risk=one, likelihood=1, impact=1, mitigation="", next_review=today, at=now())
    with tarnside.acting("sunita", at=now()) as sunita:
        assert risks.start_with_barriers(by=sunita, partnership_id=place, codes=("tokenism", "costly", "no_such"), next_review=today + DAY, at=now()) == 2
        assert risks.start_with_barriers(by=sunita, partnership_id=place, codes=("tokenism",), next_review=today + DAY, at=now()) == 0
        risks.close_risk(by=sunita, risk=one, because="They come.", at=now())
        assert {row.risk.title for row in risks_read.risks(place, day=today)} == {"It costs more than it gives", "People are asked and not heard"}


def test_a_duty_without_exactly_one_accountable_is_shown_and_a_dispute_climbs(tarnside: Tarnside) -> None:
    place, agencies = tarnside.partnership_id, tarnside.agencies
    raised = datetime(2026, 6, 1, 9, tzinfo=UTC)
    with tarnside.acting("sunita", at=now()) as by:
        duty = duties.add_duty(by=by, partnership_id=place, name="Medicines", source="", at=now())
        assert duties_read.duties(place)[0].wrong == "Nobody is accountable"
        for agency in ("hospital", "homelink"):
            duties.hold_duty(by=by, duty=duty, agency_id=agencies[agency].pk, part="accountable", at=now())
        assert duties_read.duties(place)[0].wrong == "2 are accountable"
    with tarnside.acting("peter", at=raised) as peter:
        with pytest.raises(NotNow, match="Choose another agency"):
            duties.raise_dispute(by=peter, partnership_id=place, against_id=peter.agency_id, what="x", acts_meanwhile_id=peter.agency_id, at=raised)
        one = duties.raise_dispute(by=peter, partnership_id=place, against_id=agencies["hospital"].pk, what="Who?", acts_meanwhile_id=peter.agency_id, at=raised)
        assert duties_read.dispute(one.pk, at=raised + 20 * DAY).clock.step == "with_the_board"
        found = {row.what: row.count for row in waiting([AT_THE_TABLE], place, practitioner_id=peter.practitioner_id, at=now())}
        assert (found["dispute"], found["duty"]) == (1, 1)
    with tarnside.acting("kofi", at=now()) as kofi, pytest.raises(Refused):
        duties.settle_dispute(by=kofi, dispute=one, settlement="You do.", at=now())
    with tarnside.acting("peter", at=now()) as peter:
        duties.settle_dispute(by=peter, dispute=one, settlement="The ward does.", at=now())
        assert duties_read.dispute(one.pk, at=now()).clock is None


def test_a_claim_is_never_shown_without_what_speaks_against_it(tarnside: Tarnside) -> None:
    with tarnside.acting("tom", at=now()) as tom:
        one = benefits.claim_benefit(by=tom, partnership_id=tarnside.partnership_id, harm=False, level=WhoBenefits.PERSON, words="Fewer falls.", at=now())
        benefits.add_evidence(by=tom, benefit=one, grade=Grade.BEFORE_AFTER, finding=Finding.SUPPORTS, words="Half.", source="Ours", at=now())
        assert benefits_read.benefit(one.pk).stands is Claim.HINTED
        benefits.add_evidence(by=tom, benefit=one, grade=Grade.MATCHED, finding=Finding.AGAINST, words="None.", source="Theirs", at=now())
        found = benefits_read.benefit(one.pk)
        assert found.stands is Claim.REFUTED and [row.words for row in found.evidence] == ["None.", "Half."]


def test_what_was_done_stands_in_the_history_once(tarnside: Tarnside) -> None:
    _, point, _ = held(tarnside, "megan", "peter", "grace")
    with tarnside.acting("megan", at=now()) as by:
        vote(by, point)
        said = [event.what for event in PartnershipEvent.objects.filter(partnership_id=tarnside.partnership_id).order_by("-pk")[:4]]
        assert said == ["board_decided", "attendance_noted", "agenda_added", "meeting_called"]
        with pytest.raises(NotKnown):
            reading.meeting(987654321)
