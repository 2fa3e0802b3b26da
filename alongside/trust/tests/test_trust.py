"""What is said privately stays private; promises are judged by whom they were given to; differences stand under their own names."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.common.decisions import NotKnown, Refused
from alongside.common.working_days import Calendar
from alongside.partnerships.actions import NotNow
from alongside.trust import actions, queries
from alongside.trust.facts import Item, Kept, Level, Settled
from alongside.trust.rules.disagreement import threshold_agreement

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WELL, BADLY = dict.fromkeys(Item, 4), dict.fromkeys(Item, 1)


def asked(tarnside: Tarnside, raters: dict[str, dict[Item, int]], about: str = "police", days_ago: int = 30) -> int:
    at = now() - days_ago * DAY
    with tarnside.acting("sunita", at=at) as sunita:
        round_id = actions.open_pulse(by=sunita, partnership_id=tarnside.partnership_id, closes_at=at + 10 * DAY, at=at)
    for who, answers in raters.items():
        with tarnside.acting(who, at=at + DAY) as rater:
            actions.answer_pulse(by=rater, round_id=round_id, about_agency_id=tarnside.agencies[about].pk, answers=answers, at=at + DAY)
    return round_id


def test_what_five_people_say_of_a_partner_comes_out_as_a_mean_and_what_four_say_not_at_all(tarnside: Tarnside) -> None:
    five = asked(tarnside, dict.fromkeys(("amina", "ruth", "daniel", "grace"), WELL) | {"joan": BADLY})
    with tarnside.acting("lewis", at=now()):
        received, _ = queries.pulse_results(five)
        said = received[tarnside.agencies["police"].pk]
        assert said.trust.n == 5 and float(said.trust.value or 0) == pytest.approx(3.4)
    four = asked(tarnside, dict.fromkeys(("amina", "ruth", "daniel", "grace"), WELL), days_ago=15)
    with tarnside.acting("lewis", at=now()):
        received, given = queries.pulse_results(four)
        assert received[tarnside.agencies["police"].pk].trust.value is None
        assert all(one.value is None for one in given.values())


def test_nothing_comes_out_before_the_close_and_nobody_reads_anothers_answer_even_then(tarnside: Tarnside) -> None:
    running = asked(tarnside, dict.fromkeys(("amina", "ruth", "daniel", "grace", "joan"), WELL), days_ago=2)
    for who in ("sunita", "lewis", "eleanor"):
        with tarnside.acting(who, at=now()) as reader:
            assert queries.pulse_results(running) == ({}, {})
            assert queries.my_answers(reader, running) == {}
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM pulse_answer")
                assert cursor.fetchone() == (0,)
    with tarnside.acting("amina", at=now()) as amina:
        assert queries.my_answers(amina, running) == {tarnside.agencies["police"].pk: [4] * 6}


def test_nobody_rates_their_own_agency_or_after_the_close_and_only_the_lead_opens_a_pulse(tarnside: Tarnside) -> None:
    closed = asked(tarnside, {})
    running = asked(tarnside, {}, days_ago=1)
    with tarnside.acting("lewis", at=now()) as lewis:
        with pytest.raises(NotNow, match="another partner"):
            actions.answer_pulse(by=lewis, round_id=running, about_agency_id=tarnside.agencies["police"].pk, answers=WELL, at=now())
        with pytest.raises(NotNow, match="closed"):
            actions.answer_pulse(by=lewis, round_id=closed, about_agency_id=tarnside.agencies["school"].pk, answers=WELL, at=now())
        with pytest.raises(Refused):
            actions.open_pulse(by=lewis, partnership_id=tarnside.partnership_id, closes_at=now() + DAY, at=now())


def promised(tarnside: Tarnside, at_days_ago: int = 20) -> int:
    at = now() - at_days_ago * DAY
    with tarnside.acting("moira", at=at) as moira:
        return actions.make_promise(by=moira, partnership_id=tarnside.partnership_id, to_agency_id=tarnside.agencies["school"].pk, what="Ring before school opens", due_on=(at + 10 * DAY).date(), at=at)


def test_only_whom_a_promise_was_given_to_says_that_it_was_kept(tarnside: Tarnside) -> None:
    one = promised(tarnside)
    on = (now() - 5 * DAY).date()
    with tarnside.acting("moira", at=now()) as moira:
        actions.say_promise_done(by=moira, promise_id=one, note="We ring each morning", at=now())
        with pytest.raises(Refused):
            actions.settle_promise(by=moira, promise_id=one, kept=Kept.KEPT, done_on=on, note="", at=now())
    with tarnside.acting("ruth", at=now()) as ruth, pytest.raises(Refused):
        actions.settle_promise(by=ruth, promise_id=one, kept=Kept.KEPT, done_on=on, note="", at=now())
    with tarnside.acting("grace", at=now()) as grace:
        actions.settle_promise(by=grace, promise_id=one, kept=Kept.KEPT, done_on=on, note="Late, but they do", at=now())
        rows = queries.promises(tarnside.partnership_id)
        assert [event.what for event in rows[0].events.all()] == ["made", "said_done", "kept"]
        whole, each = queries.kept_by(rows, now().date())
        assert whole is not None and (whole.value, whole.n) == (0, 1)  # done, but after its day
        assert list(each) == ["Tarnside Police"]


def test_a_promise_whose_day_has_gone_without_a_word_counts_as_not_kept(tarnside: Tarnside) -> None:
    promised(tarnside)
    with tarnside.acting("grace", at=now()):
        whole, _ = queries.kept_by(queries.promises(tarnside.partnership_id), now().date())
        assert whole is not None and (whole.value, whole.n) == (0, 1)


def test_the_order_of_a_partners_pressures_is_sealed_until_the_close(tarnside: Tarnside) -> None:
    at = now() - 20 * DAY
    with tarnside.acting("moira", at=at) as moira:
        one = actions.start_exercise(by=moira, partnership_id=tarnside.partnership_id, pressures=["Night calls", "Court dates", "Vacancies"], closes_at=now() + DAY, at=at)
    with tarnside.acting("amina", at=now()) as amina:
        assert queries.exercise(one).pressures == ["Court dates", "Night calls", "Vacancies"]
        assert queries.true_order(one) is None
        actions.guess_order(by=amina, exercise_id=one, places=[2, 1, 3], at=now())
        assert queries.my_guess(amina, one) == [2, 1, 3]
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute('SELECT "order" FROM perspective_exercise')
    with tarnside.acting("ruth", at=now()) as ruth:
        assert queries.my_guess(ruth, one) is None
        with pytest.raises(NotNow, match="place of its own"):
            actions.guess_order(by=ruth, exercise_id=one, places=[1, 1, 3], at=now())
    with tarnside.acting("lewis", at=now()) as lewis, pytest.raises(NotNow, match="your own"):
        actions.guess_order(by=lewis, exercise_id=one, places=[1, 2, 3], at=now())


def test_after_the_close_everybody_sees_the_order_and_how_near_five_people_came(tarnside: Tarnside) -> None:
    at = now() - 20 * DAY
    with tarnside.acting("moira", at=at) as moira:
        one = actions.start_exercise(by=moira, partnership_id=tarnside.partnership_id, pressures=["Night calls", "Court dates", "Vacancies"], closes_at=now() - DAY, at=at)
    for who, guess in {"amina": [2, 1, 3], "ruth": [2, 1, 3], "grace": [2, 1, 3], "joan": [2, 1, 3], "sam": [2, 3, 1]}.items():
        with tarnside.acting(who, at=at + DAY) as guesser:
            actions.guess_order(by=guesser, exercise_id=one, places=guess, at=at + DAY)
    with tarnside.acting("amina", at=now()):
        assert queries.true_order(one) == [2, 1, 3]
        mean, guesses = queries.nearness_of(one)
        assert guesses == 5 and mean == pytest.approx((4 * 1 - 1) / 5)


def test_each_profession_says_its_view_under_its_own_title_and_what_is_joint_needs_two(tarnside: Tarnside) -> None:
    with tarnside.acting("amina", at=now()) as amina:
        one = actions.open_disagreement(by=amina, partnership_id=tarnside.partnership_id, question="Is a bruise in a baby always a referral?", is_threshold=True, calendar=Calendar.of("england"), at=now())
        actions.give_view(by=amina, disagreement_id=one, view="Always", level=Level.SECTION_47, at=now())
        with pytest.raises(NotNow, match="Two professions"):
            actions.settle_disagreement(by=amina, disagreement_id=one, settled=Settled.AGREED, joint_view="Always", at=now())
    with tarnside.acting("daniel", at=now()) as daniel:
        actions.give_view(by=daniel, disagreement_id=one, view="Ask first", level=Level.CHILD_IN_NEED, at=now())
        with pytest.raises(Refused):
            actions.settle_disagreement(by=daniel, disagreement_id=one, settled=Settled.AGREED, joint_view="Ask first", at=now())
    with tarnside.acting("amina", at=now()) as amina:
        actions.settle_disagreement(by=amina, disagreement_id=one, settled=Settled.NOT_AGREED, joint_view="We stay apart on asking first.", at=now())
        found = queries.disagreement(one)
        assert [(view.byline.split(",")[0], view.profession) for view in queries.last_views(found)] == [("Amina Khan", "Nurse"), ("Daniel Osei", "Social worker")]
        assert threshold_agreement(queries.thresholds([found])) == {}


def test_a_decision_says_who_was_asked_or_why_nobody_was(tarnside: Tarnside) -> None:
    words = {"partnership_id": tarnside.partnership_id, "what": "New form for night calls", "expertise": "Domestic abuse", "decided_on": now().date(), "at": now()}
    with tarnside.acting("lewis", at=now()) as lewis:
        with pytest.raises(NotNow, match="who was asked"):
            actions.note_decision(by=lewis, asked_id=None, why_not="", **words)
        actions.note_decision(by=lewis, asked_id=tarnside.practitioners["daniel"].pk, why_not="", **words)
        actions.note_decision(by=lewis, asked_id=tarnside.practitioners["daniel"].pk, why_not="", **words)
        rate = queries.consult_rate(queries.decision_notes(tarnside.partnership_id), now())
        assert rate is not None and (rate.value, rate.n) == (1, 1)


def test_whoever_does_not_belong_to_the_partnership_reads_nothing_of_it(tarnside: Tarnside) -> None:
    round_id = asked(tarnside, {})
    from alongside.partnerships import actions as partnerships

    with tarnside.acting("sunita", at=now()) as sunita:
        partnerships.leave(by=sunita, partnership_id=tarnside.partnership_id, agency_id=tarnside.agencies["housing"].pk, reason="They left.", at=now())
    with tarnside.acting("nadia", at=now()):
        with pytest.raises(NotKnown):
            queries.pulse_round(round_id)
        assert queries.promises(tarnside.partnership_id) == []
