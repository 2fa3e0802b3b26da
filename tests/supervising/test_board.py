"""The supervisor's board: what is late, undecided, unsigned; whom nobody works with; and what one may do about it."""

import uuid
from datetime import timedelta

import pytest

from alongside.agencies import queries as agencies
from alongside.agencies.facts import CannotBe, team_principal
from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.common.decisions import NotKnown
from alongside.confidentiality import gate
from alongside.confidentiality.actions import relationships
from alongside.confidentiality.actions.relationships import Owner
from alongside.confidentiality.queries import caseloads
from alongside.records import actions, queries
from alongside.records.actions import NewEntry, add_entry
from alongside.records.facts import Harm, PersonFacts
from alongside.records.queries import board

pytestmark = pytest.mark.django_db


def refer(tarnside: Tarnside, *, days_ago: int = 5) -> None:
    at = now() - timedelta(days=days_ago)
    new = NewEntry(
        uuid.uuid4(), "referral_child", (PersonFacts(tarnside.people["noah"], kind="child", age=0),), "Referral: bruise in a baby who is not yet mobile",
        "Please decide whether Noah is at risk.", at, action_taken="Rang the duty manager.", harm=Harm.SIGNIFICANT, purpose="safeguarding_child",
    )  # fmt: skip
    with tarnside.acting("amina", at=at) as amina:
        add_entry(by=amina, new=new, at=at)


def board_of(tarnside: Tarnside, who: str) -> board.Board:
    with tarnside.acting(who, at=now()) as actor:
        return board.board(actor, [one.pk for one in agencies.supervised(actor)], at=now())


def test_what_a_supervisors_people_owe_and_have_not_answered_stands_on_the_board_of_that_supervisor_alone(tarnside: Tarnside) -> None:
    refer(tarnside)
    assert [share.kind for share in board_of(tarnside, "helen").late] == ["referral_child"], "Daniel owes it, Helen supervises him"
    assert all(share.owner == team_principal(tarnside.teams["front_door"].pk) for share in board_of(tarnside, "priya").late), "the desk she manages"
    for who in ("ruth", "moira", "peter"):
        assert board_of(tarnside, who).late == [], who


def test_what_is_answered_leaves_the_board(tarnside: Tarnside) -> None:
    refer(tarnside)
    (late,) = board_of(tarnside, "helen").late
    with tarnside.acting("helen", at=now()) as helen:
        actions.decide_share(by=helen, reference=late.reference, decision="Assessment starts today.", at=now())
    assert board_of(tarnside, "helen").late == []


def test_a_supervisor_gives_it_to_somebody_else_who_then_finds_it(tarnside: Tarnside) -> None:
    refer(tarnside)
    (late,) = board_of(tarnside, "helen").late
    with tarnside.acting("helen", at=now()) as helen:
        actions.reassign_share(by=helen, reference=late.reference, to_practitioner=helen.practitioner_id, at=now())
    with tarnside.acting("helen", at=now()) as helen:
        assert late.reference in {share.reference for share in queries.inbox(helen)}


def test_what_is_let_climb_reaches_the_partnerships_lead_with_the_reason(tarnside: Tarnside) -> None:
    refer(tarnside)
    (late,) = board_of(tarnside, "helen").late
    with tarnside.acting("helen", at=now()) as helen:
        actions.escalate_share(by=helen, reference=late.reference, why="Both of my social workers are ill.", at=now())
    with tarnside.acting("sunita", at=now()) as sunita:
        assert late.reference in {share.reference for share in queries.escalations(sunita)}
    with pytest.raises(NotKnown), tarnside.acting("peter", at=now()) as peter:
        actions.escalate_share(by=peter, reference=late.reference, why="None of his business.", at=now())


def test_whom_a_team_holds_and_nobody_works_with_is_shared_out_by_its_manager(tarnside: Tarnside) -> None:
    at, noah = now(), tarnside.people["noah"]
    with tarnside.acting("daniel", at=at) as daniel:
        access = gate.open_record(daniel, noah, purpose="direct_care", at=at)
        his = next(one for one in caseloads.involvement(access) if one.practitioner_id == daniel.practitioner_id)
        relationships.allocate(by=daniel, person_id=noah, to=Owner(daniel.practitioner_id), reason="Stays", at=at)
    with tarnside.acting("helen", at=at) as helen:
        assert caseloads.unallocated(helen) == []
        relationships.allocate(by=helen, person_id=noah, to=Owner(team_id=tarnside.teams["assessment"].pk), reason="Back to the team", at=at, purpose="supervision")
        relationships.end_relationship(by=helen, person_id=noah, relationship_id=his.pk, reason="Shared out anew", at=at, purpose="supervision")
        assert [row.person_id for row in caseloads.unallocated(helen)] == [noah]
    with tarnside.acting("priya", at=now()) as priya:
        assert noah not in [row.person_id for row in caseloads.unallocated(priya)], "another team's"
    with tarnside.acting("helen", at=now()) as helen:
        relationships.allocate(by=helen, person_id=noah, to=Owner(tarnside.practitioners["daniel"].pk), reason="Shared out from Assessment Team", at=now(), purpose="supervision")
        assert caseloads.unallocated(helen) == []


def test_a_record_that_a_supervisor_may_not_know_of_is_in_none_of_their_numbers(tarnside: Tarnside) -> None:
    from alongside.confidentiality.models import Restriction

    at, amina = now(), tarnside.practitioners["amina"].pk
    with tarnside.acting("amina", at=at) as actor:
        gate.open_record(actor, tarnside.people["leah"], verb="write", at=at, write=True)
        Restriction.objects.create(person_id=tarnside.people["leah"], practitioners=[amina], reason="Safety", starts=at - timedelta(seconds=5))
    with tarnside.acting("ruth", at=now()) as ruth:
        assert caseloads.counts(ruth, [amina])[amina].people == 1
        assert [row.given_name for row in caseloads.caseload(ruth, amina)] == ["Noah"]
        assert caseloads.holding(amina)["people"] == 2, "yet nobody may be lost when Amina leaves"
        assert relationships.hand_over_all(by=ruth, from_id=amina, to_id=ruth.practitioner_id, reason="Leaving", at=now()) == 1
        assert caseloads.holding(amina)["people"] == 1


def test_nobody_hands_over_the_work_of_somebody_they_do_not_answer_for(tarnside: Tarnside) -> None:
    amina = tarnside.practitioners["amina"].pk
    with tarnside.acting("helen", at=now()) as helen:
        assert relationships.hand_over_all(by=helen, from_id=amina, to_id=helen.practitioner_id, reason="Mine now", at=now()) == 0
        with pytest.raises(NotKnown):
            actions.reassign_all(by=helen, from_practitioner=amina, to_practitioner=helen.practitioner_id, at=now())


def test_a_lead_is_not_taken_by_somebody_not_allocated(tarnside: Tarnside) -> None:
    with tarnside.acting("daniel", at=now()) as daniel, pytest.raises(CannotBe, match="allocated now"):
        relationships.set_lead(by=daniel, person_id=tarnside.people["ella"], relationship_id=1, reason="?", at=now())
