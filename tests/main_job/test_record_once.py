"""Record once; the partners who need to know receive it; everybody can prove who looked. On real PostgreSQL, as the web's own role."""

import uuid
from datetime import UTC, datetime

import pytest

from alongside.agencies.models import Team
from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.common.decisions import NotKnown, Refused
from alongside.confidentiality import gate
from alongside.partnerships import actions as partnerships
from alongside.people.rules.question import read_question
from alongside.records import actions, queries
from alongside.records.actions import NewEntry, add_entry, preview
from alongside.records.facts import Harm, PersonFacts
from alongside.records.models import Delivery, Entry, RoutingOutcome, Share

pytestmark = pytest.mark.django_db


def bruise(tarnside: Tarnside, **changes: object) -> NewEntry:
    fields = {
        "submission_key": uuid.uuid4(), "kind": "injury_observation", "about": (PersonFacts(tarnside.people["noah"], kind="child", age=0),), "headline": "Bruise on Noah's cheek",
        "account": "A small round bruise on the left cheek. He is four months old and not yet mobile.", "action_taken": "Spoke with Leah; rang the duty manager.",
        "happened_at": datetime(2026, 11, 23, 10, tzinfo=UTC), "harm": Harm.SIGNIFICANT, "purpose": "safeguarding_child",
    }
    return NewEntry(**(fields | changes))  # type: ignore[arg-type]


def test_every_partner_gets_exactly_one_outcome_and_those_who_need_it_are_told(tarnside: Tarnside) -> None:
    at = now()
    with tarnside.acting("amina", at=at) as amina:
        recorded = add_entry(by=amina, new=bruise(tarnside), at=at)
        teams = [outcome.team_id for outcome in recorded.outcomes]
        assert len(teams) == len(set(teams)) == RoutingOutcome.objects.filter(entry_id=recorded.entry_id).count()
        told = {outcome.team for outcome in recorded.outcomes if outcome.outcome == "share"}
        assert {"Front Door", "Assessment Team"} <= told
        assert all(outcome.why for outcome in recorded.outcomes)
        assert Share.objects.filter(entry_id=recorded.entry_id).count() == Delivery.objects.filter(share__entry_id=recorded.entry_id).count() == len(told)


def test_what_the_author_was_shown_before_saving_is_what_happens(tarnside: Tarnside) -> None:
    at = now()
    with tarnside.acting("amina", at=at) as amina:
        before = preview(by=amina, new=bruise(tarnside), at=at)
        assert before == add_entry(by=amina, new=bruise(tarnside), at=at).outcomes


def test_sending_twice_is_recorded_once(tarnside: Tarnside) -> None:
    at = now()
    with tarnside.acting("amina", at=at) as amina:
        new = bruise(tarnside)
        first, again = add_entry(by=amina, new=new, at=at), add_entry(by=amina, new=new, at=at)
        assert again.again
        assert first.reference == again.reference
        assert Entry.objects.filter(submission_key=new.submission_key).count() == 1


def test_a_partner_who_was_told_may_read_it_and_one_who_was_not_meets_nothing(tarnside: Tarnside) -> None:
    at = now()
    with tarnside.acting("amina", at=at) as amina:
        recorded = add_entry(by=amina, new=bruise(tarnside), at=at)
    with tarnside.acting("priya", at=at):
        assert Entry.objects.filter(reference=recorded.reference).count() == 1
    with tarnside.acting("joan", at=at):
        assert not Entry.objects.filter(reference=recorded.reference).exists()
        assert not RoutingOutcome.objects.filter(entry_id=recorded.entry_id).exists()


def test_who_works_with_a_child_opens_the_record_and_a_stranger_does_not(tarnside: Tarnside) -> None:
    at = now()
    with tarnside.acting("daniel", at=at) as daniel:
        access = gate.open_record(daniel, tarnside.people["noah"], purpose="child_in_need_service", at=at)
        assert access.line_id
        assert access.relation == "allocated"
    with pytest.raises((Refused, NotKnown)), tarnside.acting("nadia", at=at) as nadia:
        gate.open_record(nadia, tarnside.people["noah"], at=at)


@pytest.mark.django_db(transaction=True)
def test_a_refused_attempt_undoes_what_was_begun_and_keeps_its_line(tarnside: Tarnside) -> None:
    at = now()
    with pytest.raises((Refused, NotKnown)), tarnside.acting("nadia", at=at) as nadia:
        Team.objects.filter(pk=nadia.team_ids[0]).update(name="Begun and not ended")
        gate.open_record(nadia, tarnside.people["noah"], at=at)
    assert not Team.objects.filter(name="Begun and not ended").exists()
    with tarnside.acting("daniel", at=now()) as daniel:
        access = gate.open_record(daniel, tarnside.people["noah"], purpose="child_in_need_service", at=now())
        assert access.line_id > 1


@pytest.mark.django_db(transaction=True)
def test_the_tap_closes_at_the_moment_a_partner_withdraws(tarnside: Tarnside) -> None:
    at = now()
    with tarnside.acting("peter", at=at) as peter:
        partnerships.withdraw_from_agreement(by=peter, agreement_id=tarnside.agreement_id, reason="We are closing.", at=at)
    with tarnside.acting("joan", at=now()) as joan:
        access = gate.open_record(joan, tarnside.people["margaret"], purpose="direct_care", at=now())
        assert not access.shared_categories


def test_the_receiver_acknowledges_or_declines_with_a_reason_and_never_without_one(tarnside: Tarnside) -> None:
    at = now()
    with tarnside.acting("amina", at=at) as amina:
        add_entry(by=amina, new=bruise(tarnside), at=at)
    with tarnside.acting("priya", at=at) as priya:
        waiting = queries.inbox(priya)
        assert [share.headline for share in waiting] == ["Bruise on Noah's cheek"]
        opened = actions.read_share(by=priya, reference=waiting[0].reference, at=at)
        assert queries.shared_entry(opened).account.startswith("A small round bruise")
        with pytest.raises(actions.ReasonNeeded):
            actions.decline_share(by=priya, reference=opened.reference, reason="  ", at=at)
        assert actions.acknowledge_share(by=priya, reference=opened.reference, at=at).status == "acknowledged"
        assert queries.inbox(priya) == []


def test_the_chronology_brings_together_what_agencies_may_share(tarnside: Tarnside) -> None:
    at = now()
    with tarnside.acting("amina", at=at) as amina:
        add_entry(by=amina, new=bruise(tarnside), at=at)
    with tarnside.acting("daniel", at=at) as daniel:
        access = gate.open_record(daniel, tarnside.people["noah"], purpose="safeguarding_child", at=at)
        assert [row.headline for row in queries.chronology(access)] == ["Bruise on Noah's cheek"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("Noah Turner", {"Noah"}), ("Noah Tuner", {"Noah"}), ("999 000 0026", {"Noah"}), ("Noa Turnor 20/7/2026", {"Noah"}), ("Chloe Barnes", set()), ("Nobody Atall", set())],
)
def test_the_finder_finds_whom_the_reader_works_with_in_spite_of_typing_errors(tarnside: Tarnside, typed: str, found: set[str]) -> None:
    at = now()
    with tarnside.acting("amina", at=at) as amina:
        asked = read_question(typed, today=at.date())
        answers = gate.find_people(amina, words=asked.words, sounds=asked.sounds, born=asked.born, nhs_number=asked.nhs_number, at=at)
        assert {one.given_name for one in answers if one.scope == "known"} >= found
        assert found or not answers
