"""What people choose counts at the next request, is recorded as theirs by whichever way it came, and reaches everybody who must know of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest

from alongside.agencies import actions as agencies
from alongside.agencies.facts import Actor
from alongside.agencies.models import Account
from alongside.cli.tarnside.own_side import mother_of
from alongside.cli.tarnside.setup import Tarnside, set_up
from alongside.cli.tarnside.story import sign_ins
from alongside.common.clock import now
from alongside.common.decisions import NotKnown, Outcome, Refused
from alongside.confidentiality import gate, queries
from alongside.confidentiality.actions import choices
from alongside.confidentiality.actions.choices import Answer
from alongside.confidentiality.models import CapacityJudgement, Consent, Involvement, Objection
from alongside.people.models import Marker

pytestmark = pytest.mark.django_db


def told() -> Tarnside:
    at = now()
    made = set_up(at=at)
    sign_ins(made, at)
    return made


@pytest.fixture(scope="module")
def what_was_told(begins_with: Callable[[Callable[[], Tarnside]], Tarnside]) -> Tarnside:
    return begins_with(told)


@contextmanager
def themself(made: Tarnside, who: str) -> Iterator[Actor]:
    account = Account.objects.get(email=f"{who}@tarnside.example")
    with gate.acting(agencies.begin_session(account, user_agent="Test"), at=now()) as actor:
        yield actor


def may_read(made: Tarnside, who: str, whose: str, category: str = "whole_record") -> tuple[bool, frozenset[str]]:
    at = now()
    with made.acting(who, at=at) as reader:
        _, opening = gate.judge(reader, made.people[whose], at=at, verb="read", category=category, purpose="direct_care")
        return opening.decision.permits, opening.shared


def answer(made: Tarnside, state: str, **more: object) -> Consent:
    with themself(made, "margaret") as margaret:
        return choices.record_consent(by=margaret, person_id=made.people["margaret"], answer=Answer(state, **more), at=now())


def owed(who: str, made: Tarnside) -> set[tuple[str, str]]:
    with made.acting(who, at=now()) as actor:
        return {(one.code, one.about.partition(":")[0]) for one in queries.my_obligations(actor)}


def test_a_no_closes_at_the_next_request_what_others_wrote_and_ends_help_that_rests_on_consent(tarnside: Tarnside) -> None:
    assert may_read(tarnside, "joan", "margaret")[0]
    assert may_read(tarnside, "sam", "margaret")[1]
    answer(tarnside, "refused")
    assert not may_read(tarnside, "joan", "margaret")[0]
    assert may_read(tarnside, "sam", "margaret") == (True, frozenset())


def test_a_no_after_a_yes_is_a_yes_taken_back_and_both_stay_readable(tarnside: Tarnside) -> None:
    answer(tarnside, "given", words="Yes, do")
    assert answer(tarnside, "refused", words="I changed my mind").state == "withdrawn"
    with themself(tarnside, "margaret") as margaret:
        access = gate.open_record(margaret, tarnside.people["margaret"], purpose="portal_view", at=now())
        assert [(one.state, one.ended_at is None) for one in queries.consents(access)] == [("withdrawn", True), ("given", False)]


def test_what_was_left_out_of_a_yes_is_not_shared_and_the_rest_is(tarnside: Tarnside) -> None:
    answer(tarnside, "given_limited", excluded_categories=("general_health",))
    _, shared = may_read(tarnside, "megan", "margaret")
    assert "general_health" not in shared
    assert "strengths_needs_plan" in shared


def test_an_agency_left_out_of_a_yes_gets_nothing_more(tarnside: Tarnside) -> None:
    answer(tarnside, "given_limited", excluded_agencies=(tarnside.agencies["surgery"].pk,))
    assert may_read(tarnside, "sam", "margaret")[1] == frozenset()
    assert may_read(tarnside, "megan", "margaret")[1]


def test_a_yes_that_has_run_out_is_no_yes_and_its_limits_stay(tarnside: Tarnside) -> None:
    given = answer(tarnside, "given_limited", excluded_categories=("general_health",), until=now().date())
    with themself(tarnside, "margaret") as margaret:
        gate.open_record(margaret, tarnside.people["margaret"], verb="change_access", category="strengths_needs_plan", purpose="portal_view", write=True, at=now())
        Consent.objects.filter(pk=given.pk).update(expires_at=now() - timedelta(minutes=1))
    at = now()
    with tarnside.acting("megan", at=at) as megan:
        seen, opening = gate.judge(megan, tarnside.people["margaret"], at=at, verb="read", category="whole_record", purpose="direct_care")
    assert seen.consent == "not_sought"
    assert "general_health" not in opening.shared


def test_whoever_uses_the_record_is_told_of_a_no(tarnside: Tarnside) -> None:
    answer(tarnside, "refused")
    for who in ("joan", "megan", "sam", "kofi"):
        assert "tell_recipients" in {code for code, _ in owed(who, tarnside)}


def test_the_same_answer_sent_twice_stands_once(tarnside: Tarnside) -> None:
    first, again = answer(tarnside, "refused", words="No"), answer(tarnside, "refused", words="No")
    assert first.pk == again.pk
    assert first.state == "refused"


def test_what_was_told_to_a_practitioner_says_so_and_a_doubt_sends_somebody_to_ask_again(tarnside: Tarnside) -> None:
    at = now()
    with tarnside.acting("joan", at=at) as joan:
        given = choices.record_consent(
            by=joan, person_id=tarnside.people["margaret"], at=at,
            answer=Answer("given", words="Whatever he says", how="telephone", competence="has", doubt="Her nephew answered for her."),
        )
    assert (given.how, given.by, given.recorded_by_id, given.recorded_by_person) == ("telephone", "person", tarnside.practitioners["joan"].pk, False)
    with tarnside.acting("megan", at=at) as megan:
        gate.open_record(megan, tarnside.people["margaret"], at=at)
        assert CapacityJudgement.objects.get(person_id=tarnside.people["margaret"]).outcome == "has"
    assert ("seek_persons_own_view", "consent") in owed("megan", tarnside)
    assert ("notify_supervisor", "consent") in owed("peter", tarnside)


def test_an_objection_keeps_one_thing_from_one_agency_until_it_is_taken_back(tarnside: Tarnside) -> None:
    me = tarnside.people["margaret"]
    with themself(tarnside, "margaret") as margaret:
        made = choices.object_to(by=margaret, person_id=me, category="general_health", agency_id=tarnside.agencies["adults"].pk, words="Not my knees again", at=now())
        assert choices.object_to(by=margaret, person_id=me, category="general_health", agency_id=tarnside.agencies["adults"].pk, at=now()).pk == made.pk
    assert "general_health" not in may_read(tarnside, "megan", "margaret")[1]
    assert "general_health" in may_read(tarnside, "sam", "margaret")[1]
    with themself(tarnside, "margaret") as margaret:
        choices.take_back_objection(by=margaret, person_id=me, objection_id=made.pk, at=now())
    assert "general_health" in may_read(tarnside, "megan", "margaret")[1]


def test_nobody_takes_back_another_persons_objection(tarnside: Tarnside) -> None:
    with themself(tarnside, "margaret") as margaret:
        made = choices.object_to(by=margaret, person_id=tarnside.people["margaret"], category="housing", at=now())
    with pytest.raises(NotKnown), themself(tarnside, "leah") as leah:
        choices.take_back_objection(by=leah, person_id=tarnside.people["leah"], objection_id=made.pk, at=now())
    with themself(tarnside, "margaret") as margaret:
        gate.open_record(margaret, tarnside.people["margaret"], purpose="portal_view", at=now())
        assert Objection.objects.get(pk=made.pk).ended_at is None


def test_a_parent_answers_for_a_young_child_and_a_stranger_for_nobody(tarnside: Tarnside) -> None:
    noah = tarnside.people["noah"]
    with pytest.raises(NotKnown), themself(tarnside, "leah") as leah:
        choices.record_consent(by=leah, person_id=noah, answer=Answer("given"), at=now())
    mother_of(tarnside, now() - timedelta(days=1))
    with themself(tarnside, "leah") as leah:
        assert choices.record_consent(by=leah, person_id=noah, answer=Answer("given"), at=now()).by == "parent"


def test_where_somebody_may_watch_the_screen_a_change_waits_until_the_person_was_asked_safely(tarnside: Tarnside) -> None:
    me, at = tarnside.people["margaret"], now()
    with tarnside.acting("megan", at=at) as megan:
        gate.open_record(megan, me, verb="write", category="whole_record", write=True, purpose="safeguarding_adult", at=at)
        Marker.objects.bulk_create([Marker(person_id=me, flag="portal_unsafe", reason="Her nephew reads it.", starts=at - timedelta(days=1))])
    with pytest.raises(Refused) as no:
        answer(tarnside, "given")
    assert no.value.decision.outcome is Outcome.REFER
    assert no.value.decision.must("notify_allocated_worker")


def test_how_much_to_decide_is_kept_for_each_topic_and_the_latest_stands(tarnside: Tarnside) -> None:
    me, at = tarnside.people["margaret"], now()
    with themself(tarnside, "margaret") as margaret:
        choices.choose_involvement(by=margaret, person_id=me, topic="money", level="told", delegate="Susan", at=at)
        choices.choose_involvement(by=margaret, person_id=me, topic="home", level="decide", at=at)
        choices.choose_involvement(by=margaret, person_id=me, topic="money", level="decide", at=at)
        access = gate.open_record(margaret, me, purpose="portal_view", at=at)
        assert [(one.topic, one.level) for one in queries.involvements(access)] == [("home", "decide"), ("money", "decide")]
        assert Involvement.objects.filter(person_id=me).count() == 3


@pytest.mark.django_db(transaction=True)
def test_ask_me_again_puts_the_question_on_somebodys_list_once(tarnside: Tarnside, as_worker: psycopg.Connection) -> None:
    me, at = tarnside.people["margaret"], now()
    with themself(tarnside, "margaret") as margaret:
        choices.choose_involvement(by=margaret, person_id=me, topic="plan", level="not_now", ask_again_on=at.date() - timedelta(days=1), at=at)
    assert ("seek_persons_own_view", "involvement") not in owed("megan", tarnside)
    as_worker.autocommit = True
    assert [as_worker.execute("SELECT ask_again()").fetchone()[0] for _ in range(2)] == [1, 0]
    assert ("seek_persons_own_view", "involvement") in owed("megan", tarnside)


def test_before_a_no_it_is_said_who_would_get_no_more_and_who_may_have_to_stop(tarnside: Tarnside) -> None:
    with themself(tarnside, "margaret") as margaret:
        access = gate.open_record(margaret, tarnside.people["margaret"], purpose="portal_view", at=now())
        effect = queries.effect_of_no(queries.relationships(access))
        assert effect.may_have_to_stop == ("Homelink Tarnside",)
        assert "Riverside Surgery" in effect.gets_no_more
