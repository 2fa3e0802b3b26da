"""An agency's own directory: who may change it, what is refused with words, and what is kept of every change."""

from datetime import timedelta

import pytest

from alongside.agencies import actions, queries
from alongside.agencies.actions import Details
from alongside.agencies.facts import CannotBe
from alongside.agencies.models import DirectoryChange, Expertise, SecondStepReset, TeamMembership
from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.common.decisions import NotKnown
from alongside.common.identifiers import NotAnIdentifier
from alongside.confidentiality.queries.caseloads import holding_of_team

pytestmark = pytest.mark.django_db


def invite(tarnside: Tarnside, by: str = "ruth", *, team: str = "family_nurses", **changes: object):
    details = {"name": "Bilal Rahman", "title": "Family nurse", "role": "family_nurse", "supervisor_id": tarnside.practitioners["ruth"].pk} | changes
    with tarnside.acting(by, at=now()) as actor:
        return actions.invite_practitioner(by=actor, email="Bilal@tarnside.example", details=Details(**details), team_id=tarnside.teams[team].pk, manages=False, at=now())


def test_who_looks_after_the_agency_opens_an_account_that_no_password_opens(tarnside: Tarnside) -> None:
    added = invite(tarnside)
    assert added.account.email == "bilal@tarnside.example"
    assert not added.account.has_usable_password()
    assert added.account.is_staff_account, "so a second step is required"
    assert DirectoryChange.objects.get(practitioner=added).words == "Account opened for Bilal Rahman"


def test_nobody_else_does_and_nobody_in_another_agency(tarnside: Tarnside) -> None:
    with pytest.raises(NotKnown):
        invite(tarnside, "amina")
    with pytest.raises(NotKnown):
        invite(tarnside, "helen")
    with pytest.raises(NotKnown):
        invite(tarnside, "ruth", team="front_door")


def test_one_address_signs_in_for_one_person(tarnside: Tarnside) -> None:
    invite(tarnside)
    with pytest.raises(CannotBe, match="signs in with this address already"):
        invite(tarnside)


def test_everybody_who_manages_no_team_has_a_supervisor_of_the_same_agency_and_nobody_supervises_in_a_ring(tarnside: Tarnside) -> None:
    with pytest.raises(CannotBe, match="Choose a supervisor"):
        invite(tarnside, supervisor_id=None)
    with pytest.raises(CannotBe, match="works here now"):
        invite(tarnside, supervisor_id=tarnside.practitioners["helen"].pk)
    amina, ruth = tarnside.practitioners["amina"].pk, tarnside.practitioners["ruth"].pk
    with tarnside.acting("ruth", at=now()) as actor, pytest.raises(CannotBe, match="below them"):
        actions.change_practitioner(by=actor, practitioner_id=ruth, details=Details("Ruth Ellis", "Family nurse supervisor", "manager", supervisor_id=amina), at=now())


def test_once_a_system_owner_is_named_managers_look_after_accounts_no_more(tarnside: Tarnside) -> None:
    amina = tarnside.practitioners["amina"].pk
    with tarnside.acting("ruth", at=now()) as ruth:
        actions.name_system_owner(by=ruth, practitioner_id=amina, owner=True, at=now())
    with tarnside.acting("ruth", at=now()) as ruth:
        assert not ruth.looks_after_agency
    with tarnside.acting("amina", at=now()) as owner:
        assert owner.looks_after_agency
        with pytest.raises(CannotBe, match="Name another"):
            actions.name_system_owner(by=owner, practitioner_id=amina, owner=False, at=now())


def test_nobody_notes_their_own_training(tarnside: Tarnside) -> None:
    with tarnside.acting("ruth", at=now()) as ruth, pytest.raises(CannotBe, match="your own training"):
        actions.note_training(by=ruth, practitioner_id=ruth.practitioner_id, completed_on=now().date(), at=now())


def test_a_team_keeps_a_manager_and_everybody_keeps_a_team(tarnside: Tarnside) -> None:
    team, amina, ruth = tarnside.teams["family_nurses"].pk, tarnside.practitioners["amina"].pk, tarnside.practitioners["ruth"].pk
    with tarnside.acting("ruth", at=now()) as actor:
        with pytest.raises(CannotBe, match="another team first"):
            actions.leave_team(by=actor, practitioner_id=amina, team_id=team, at=now())
        second = actions.change_team(by=actor, team_id=None, name="Infant Feeding", duty_desk=False, at=now())
        with pytest.raises(CannotBe, match="a team of this name"):
            actions.change_team(by=actor, team_id=None, name="infant feeding", duty_desk=False, at=now())
        actions.join_team(by=actor, practitioner_id=ruth, team_id=second.pk, manages=True, at=now())
        with pytest.raises(CannotBe, match="Name another manager"):
            actions.leave_team(by=actor, practitioner_id=ruth, team_id=team, at=now())
        actions.join_team(by=actor, practitioner_id=amina, team_id=second.pk, manages=False, at=now())
        actions.leave_team(by=actor, practitioner_id=amina, team_id=team, at=now())
    assert TeamMembership.objects.filter(practitioner_id=amina, ends__isnull=True).get().team_id == second.pk


def test_a_team_ends_only_when_it_is_empty_and_nothing_arrives_there(tarnside: Tarnside) -> None:
    with tarnside.acting("ruth", at=now()) as actor:
        desk = tarnside.teams["family_nurses"].pk
        with pytest.raises(CannotBe, match="Move its members"):
            actions.end_team(by=actor, team_id=desk, holding=holding_of_team(desk), at=now())
        empty = actions.change_team(by=actor, team_id=None, name="Infant Feeding", duty_desk=False, at=now())
        with pytest.raises(CannotBe, match="still holds 2 people"):
            actions.end_team(by=actor, team_id=empty.pk, holding={"people": 2}, at=now())
        actions.end_team(by=actor, team_id=empty.pk, holding=holding_of_team(empty.pk), at=now())
        assert empty.pk not in {team.pk for team in queries.teams(actor.agency_id)}


def test_a_second_step_comes_off_by_two_people_and_neither_is_whose_it_is(tarnside: Tarnside) -> None:
    amina, at = tarnside.practitioners["amina"].pk, now()
    with tarnside.acting("ruth", at=at) as ruth:
        asked = actions.ask_for_reset(by=ruth, practitioner_id=amina, reason="She came to my desk with her card.", at=at)
        assert actions.ask_for_reset(by=ruth, practitioner_id=amina, reason="Again", at=at).pk == asked.pk, "asked twice is asked once"
        with pytest.raises(CannotBe, match="Somebody else must confirm"):
            actions.confirm_reset(by=ruth, reset_id=asked.pk, at=at)
        with pytest.raises(CannotBe, match="Ask a colleague"):
            actions.ask_for_reset(by=ruth, practitioner_id=ruth.practitioner_id, reason="Mine", at=at)
        actions.join_team(by=ruth, practitioner_id=tarnside.practitioners["eleanor"].pk, team_id=tarnside.teams["family_nurses"].pk, manages=True, at=at - timedelta(minutes=5))
    with pytest.raises(NotKnown), tarnside.acting("helen", at=at) as stranger:
        actions.confirm_reset(by=stranger, reset_id=asked.pk, at=at)
    with pytest.raises(NotKnown), tarnside.acting("amina", at=at) as herself:
        actions.confirm_reset(by=herself, reset_id=asked.pk, at=at)
    with tarnside.acting("eleanor", at=at) as eleanor:
        assert actions.confirm_reset(by=eleanor, reset_id=asked.pk, at=at).email == "amina@tarnside.example"
    assert SecondStepReset.objects.get(pk=asked.pk).closed_at is not None
    assert queries.identify(tarnside.tokens["amina"]) is None, "whoever was signed in with it is so no longer"


def test_numbers_of_other_registers_have_their_shape_and_belong_to_one_agency(tarnside: Tarnside) -> None:
    with pytest.raises(NotAnIdentifier, match="six digits"):
        actions.add_agency(kind="school", name="Another school", starts=now().date(), identifiers={"urn": "12"})
    with tarnside.acting("grace", at=now()) as grace:
        with pytest.raises(CannotBe, match="belongs to another agency"):
            actions.change_agency(by=grace, duty_phone="01632 960 200", identifiers={"ods": "z99901"}, at=now())
        actions.change_agency(by=grace, duty_phone="01632 960 200", identifiers={"urn": "999002"}, at=now())
        assert queries.identifiers(grace.agency_id) == {"urn": "999002"}
        assert queries.own_agency(grace).duty_phone == "01632 960 200"


def test_anybody_is_found_by_name_team_agency_profession_and_what_they_know(tarnside: Tarnside) -> None:
    def found(words: str) -> set[str]:
        return {one.name for one in queries.who_is_who(words, at=now())}

    assert "Amina Khan" in found("urdu")
    assert "Amina Khan" in found("khan nurse")
    assert found("domestic abuse") == {"Daniel Osei"}
    assert {"Ward 7", "Kofi Mensah", "Dr Farah Aziz"} <= found("ward 7")
    assert "Millbrook" not in found("zzz")
    assert found("zzz") == set()


def test_a_colleague_on_leave_is_shown_with_who_stands_in(tarnside: Tarnside) -> None:
    at, amina, ruth = now(), tarnside.practitioners["amina"].pk, tarnside.practitioners["ruth"].pk
    with tarnside.acting("ruth", at=at) as actor:
        actions.arrange_cover(by=actor, absent_id=amina, covering_id=ruth, reason="Leave", starts=at - timedelta(hours=1), ends=at + timedelta(days=2), at=at)
        (shown,) = (one for one in queries.who_is_who("amina", at=at) if one.practitioner_id == amina)
        assert shown.covered_by == "Ruth Ellis"
        actions.end_leave(by=actor, absent_id=amina, at=at)
        (shown,) = (one for one in queries.who_is_who("amina", at=at) if one.practitioner_id == amina)
        assert shown.away_until is None


def test_one_says_what_one_knows_oneself(tarnside: Tarnside) -> None:
    with tarnside.acting("joan", at=now()) as joan:
        actions.note_expertise(by=joan, practitioner_id=joan.practitioner_id, subject="Makaton", kind="language", add=True, at=now())
        assert Expertise.objects.filter(practitioner_id=joan.practitioner_id, subject="Makaton").exists()
        with pytest.raises(NotKnown):
            actions.note_expertise(by=joan, practitioner_id=tarnside.practitioners["amina"].pk, subject="Makaton", kind="language", add=True, at=now())
