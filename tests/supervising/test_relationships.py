"""Who works with a person: access follows the relationship at that very moment, through both walls, and leaves its line."""

from datetime import datetime, timedelta

import pytest

from alongside.agencies import actions as agencies
from alongside.agencies.facts import CannotBe
from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.common.decisions import NotKnown, Refused
from alongside.confidentiality import gate
from alongside.confidentiality.actions import relationships
from alongside.confidentiality.actions.relationships import Owner
from alongside.confidentiality.models import Obligation, Relationship
from alongside.confidentiality.queries import caseloads, who_looked

pytestmark = pytest.mark.django_db


def opens(tarnside: Tarnside, who: str, person: str, at: datetime) -> bool:
    try:
        with tarnside.acting(who, at=at) as reader:
            gate.open_record(reader, tarnside.people[person], at=at)
    except (Refused, NotKnown):
        return False
    return True


def relationship(tarnside: Tarnside, who: str, person: str, by: str, at: datetime) -> Relationship:
    with tarnside.acting(by, at=at) as reader:
        access = gate.open_record(reader, tarnside.people[person], at=at, purpose="direct_care")
        return next(one for one in caseloads.involvement(access) if one.practitioner_id == tarnside.practitioners[who].pk and one.ends is None)


def colleague(tarnside: Tarnside, key: str, team: str, supervisor: str) -> None:
    """One more practitioner in a team, with a session of their own."""
    at = now()
    account = agencies.open_account(email=f"{key}@tarnside.example", password=None, at=at, for_practitioner=True, is_demo=True)
    made = agencies.add_practitioner(
        agency=tarnside.teams[team].agency, name=key.capitalize(), title="Colleague", role=tarnside.teams[team].role, at=at - timedelta(days=1), account=account,
        supervisor=tarnside.practitioners[supervisor], teams=(tarnside.teams[team],), trained_on=at.date(),
    )  # fmt: skip
    tarnside.practitioners[key] = made
    tarnside.tokens[key] = agencies.begin_session(account, user_agent="Test")


def test_a_supervisor_allocates_and_the_record_opens_and_the_person_can_read_who_did_it(tarnside: Tarnside) -> None:
    at, person = now(), tarnside.people["leah"]
    colleague(tarnside, "bilal", "family_nurses", "ruth")
    assert not opens(tarnside, "bilal", "leah", at)
    with tarnside.acting("ruth", at=at) as ruth:
        relationships.allocate(by=ruth, person_id=person, to=Owner(tarnside.practitioners["bilal"].pk), reason="Second nurse while Amina is part time", at=at, purpose="supervision")
    assert opens(tarnside, "bilal", "leah", now())
    with tarnside.acting("bilal", at=now()) as bilal:
        owed = Obligation.objects.get(code="allocation_seen")
        assert owed.owner == bilal.practitioner_id
        assert owed.person_id == person
    with tarnside.acting("amina", at=now()) as amina:
        access = gate.open_record(amina, person, at=now())
        assert any(look.verb == "write" and look.who.startswith("Ruth Ellis") for look in who_looked(access))


def test_who_has_no_part_in_the_care_allocates_nobody(tarnside: Tarnside) -> None:
    at = now()
    for stranger in ("priya", "moira", "peter", "helen"):
        with pytest.raises((Refused, NotKnown)), tarnside.acting(stranger, at=at) as actor:
            relationships.allocate(by=actor, person_id=tarnside.people["margaret"] if stranger != "peter" else tarnside.people["leah"], to=Owner(actor.practitioner_id), reason="Curious", at=at)


def test_only_ones_own_agency_is_allocated_to_and_another_is_asked_by_a_referral(tarnside: Tarnside) -> None:
    at = now()
    with tarnside.acting("ruth", at=at) as ruth, pytest.raises(CannotBe, match="asked by a referral"):
        relationships.allocate(by=ruth, person_id=tarnside.people["leah"], to=Owner(tarnside.practitioners["nadia"].pk), reason="Knows the tenancy", at=at, purpose="supervision")


def test_a_practitioner_on_the_case_does_not_share_out_work_but_hands_over_their_own(tarnside: Tarnside) -> None:
    colleague(tarnside, "bilal", "family_nurses", "ruth")
    at, person, bilal = now(), tarnside.people["leah"], Owner(tarnside.practitioners["bilal"].pk)
    mine = relationship(tarnside, "amina", "leah", "amina", at)
    with tarnside.acting("amina", at=at) as amina:
        with pytest.raises(CannotBe, match="Ask your supervisor"):
            relationships.allocate(by=amina, person_id=person, to=bilal, reason="Busy", at=at)
        relationships.hand_over(by=amina, person_id=person, relationship_id=mine.pk, to=bilal, reason="Moving to another area", at=at)
    assert not opens(tarnside, "amina", "leah", now())
    assert opens(tarnside, "bilal", "leah", now())
    assert relationship(tarnside, "bilal", "leah", "bilal", now()).lead, "Amina led, so Bilal leads"


def test_whose_part_has_ended_meets_a_closed_record_at_that_moment_and_stays_on_the_list_of_those_who_were_involved(tarnside: Tarnside) -> None:
    at, person = now(), tarnside.people["ella"]
    his = relationship(tarnside, "lewis", "ella", "lewis", at)
    assert opens(tarnside, "lewis", "ella", at)
    with tarnside.acting("lewis", at=at) as lewis:
        with pytest.raises(CannotBe, match="Say why"):
            relationships.end_relationship(by=lewis, person_id=person, relationship_id=his.pk, reason=" ", at=at)
        relationships.end_relationship(by=lewis, person_id=person, relationship_id=his.pk, reason="Enquiries closed", at=at)
    assert not opens(tarnside, "lewis", "ella", now())
    with tarnside.acting("daniel", at=now()) as daniel:
        access = gate.open_record(daniel, person, at=now(), purpose="direct_care")
        ended = next(one for one in caseloads.involvement(access) if one.pk == his.pk)
        assert ended.ended_reason == "Enquiries closed"
        assert caseloads.involvement(access)[-1].pk == his.pk


def test_nobody_ends_the_part_of_somebody_they_do_not_answer_for(tarnside: Tarnside) -> None:
    at = now()
    his = relationship(tarnside, "lewis", "ella", "daniel", at)
    with tarnside.acting("daniel", at=at) as daniel, pytest.raises(CannotBe, match="Only PC Lewis Carter"):
        relationships.end_relationship(by=daniel, person_id=tarnside.people["ella"], relationship_id=his.pk, reason="Not needed", at=at)


def test_a_lead_leaves_only_when_somebody_else_leads(tarnside: Tarnside) -> None:
    at, person = now(), tarnside.people["ella"]
    his, graces = (relationship(tarnside, who, "ella", "daniel", at) for who in ("daniel", "grace"))
    with tarnside.acting("daniel", at=at) as daniel:
        with pytest.raises(CannotBe, match="Name another lead first"):
            relationships.end_relationship(by=daniel, person_id=person, relationship_id=his.pk, reason="Leaving", at=at)
        relationships.set_lead(by=daniel, person_id=person, relationship_id=graces.pk, reason="Agreed at the meeting", at=at)
        assert Relationship.objects.filter(person_id=person, lead=True).get().pk == graces.pk
        relationships.end_relationship(by=daniel, person_id=person, relationship_id=his.pk, reason="Leaving", at=at)
    with tarnside.acting("tom", at=now()) as tom, pytest.raises(CannotBe, match="Grace Adeyemi leads"):
        relationships.set_lead(by=tom, person_id=person, relationship_id=relationship(tarnside, "tom", "ella", "tom", at).pk, reason="I know her best", at=now())


def test_a_record_kept_for_named_people_is_shared_out_among_them_only(tarnside: Tarnside) -> None:
    from alongside.confidentiality.models import Restriction

    colleague(tarnside, "bilal", "family_nurses", "ruth")
    at, person = now(), tarnside.people["leah"]
    named = [tarnside.practitioners[who].pk for who in ("amina", "ruth")]
    with tarnside.acting("amina", at=at) as amina:
        gate.open_record(amina, person, verb="write", at=at, write=True)
        Restriction.objects.create(person_id=person, practitioners=named, reason="Safety", starts=at)
    with tarnside.acting("ruth", at=at) as ruth, pytest.raises(CannotBe, match="kept for named people"):
        relationships.allocate(by=ruth, person_id=person, to=Owner(tarnside.practitioners["bilal"].pk), reason="Help", at=at, purpose="supervision")


def test_cover_opens_and_closes_by_itself(tarnside: Tarnside) -> None:
    colleague(tarnside, "bilal", "family_nurses", "ruth")
    at, amina, bilal = now(), tarnside.practitioners["amina"].pk, tarnside.practitioners["bilal"].pk
    with tarnside.acting("ruth", at=at) as ruth:
        agencies.arrange_cover(by=ruth, absent_id=amina, covering_id=bilal, reason="Holiday", starts=at + timedelta(days=1), ends=at + timedelta(days=8))
    assert not opens(tarnside, "bilal", "leah", now()), "it has not begun"
    from alongside.agencies.models import Cover

    Cover.objects.filter(covering_id=bilal).update(starts=at - timedelta(days=2))
    assert opens(tarnside, "bilal", "leah", now())
    Cover.objects.filter(covering_id=bilal).update(starts=at - timedelta(days=2), ends=at - timedelta(minutes=5))
    assert not opens(tarnside, "bilal", "leah", now()), "nobody had to end it"


def test_nobody_arranges_cover_for_a_stranger_nor_from_another_agency(tarnside: Tarnside) -> None:
    at = now()
    amina, priya = tarnside.practitioners["amina"].pk, tarnside.practitioners["priya"].pk
    with pytest.raises(NotKnown), tarnside.acting("daniel", at=at) as daniel:
        agencies.arrange_cover(by=daniel, absent_id=amina, covering_id=daniel.practitioner_id, reason="Wants to look", starts=at, ends=at + timedelta(days=1))
    with tarnside.acting("ruth", at=at) as ruth, pytest.raises(CannotBe, match="same agency"):
        agencies.arrange_cover(by=ruth, absent_id=amina, covering_id=priya, reason="Holiday", starts=at, ends=at + timedelta(days=1))


def test_without_current_training_no_record_opens_and_with_it_again(tarnside: Tarnside) -> None:
    from alongside.agencies.models import Training

    at = now()
    Training.objects.filter(practitioner=tarnside.practitioners["daniel"]).update(completed_on=at.date() - timedelta(days=400), expires_on=at.date() - timedelta(days=1))
    assert not opens(tarnside, "daniel", "ella", at)
    with tarnside.acting("helen", at=at) as helen:
        agencies.note_training(by=helen, practitioner_id=tarnside.practitioners["daniel"].pk, completed_on=at.date(), at=at)
    assert opens(tarnside, "daniel", "ella", now())


def test_a_supervisor_sees_the_caseload_of_their_own_people_and_a_line_is_written_and_others_see_nothing(tarnside: Tarnside) -> None:
    at, amina = now(), tarnside.practitioners["amina"].pk
    with tarnside.acting("ruth", at=at) as ruth:
        assert {row.given_name for row in caseloads.caseload(ruth, amina)} == {"Leah", "Noah"}
        assert caseloads.counts(ruth, [amina])[amina] == caseloads.Count(people=2, leads=2 if len([r for r in caseloads.caseload(ruth, amina) if r.lead]) == 2 else 1)
    with tarnside.acting("helen", at=at) as helen:
        assert caseloads.caseload(helen, amina) == []
        assert caseloads.counts(helen, [amina]) == {}
    with tarnside.acting("amina", at=now()) as actor:
        access = gate.open_record(actor, tarnside.people["leah"], at=now())
        assert any(look.on_a_list and look.who.startswith("Ruth Ellis") for look in who_looked(access))


def test_a_leaver_keeps_the_account_until_everybody_they_work_with_has_somebody_else(tarnside: Tarnside) -> None:
    colleague(tarnside, "bilal", "family_nurses", "ruth")
    at, amina, bilal = now(), tarnside.practitioners["amina"], tarnside.practitioners["bilal"]
    with tarnside.acting("ruth", at=at) as ruth:
        assert ruth.looks_after_agency
        with pytest.raises(agencies.StillHolding) as held:
            agencies.end_practitioner(by=ruth, practitioner_id=amina.pk, holding=caseloads.holding(amina.pk), at=at)
        assert held.value.counts == {"people": 2}
        assert relationships.hand_over_all(by=ruth, from_id=amina.pk, to_id=bilal.pk, reason="Amina is leaving", at=at) == 2
        agencies.end_practitioner(by=ruth, practitioner_id=amina.pk, holding=caseloads.holding(amina.pk), at=at)
    assert opens(tarnside, "bilal", "leah", now())
    assert not opens(tarnside, "amina", "leah", now()), "her session is over"


def test_an_account_is_ended_by_another_person_who_looks_after_the_same_agency(tarnside: Tarnside) -> None:
    at = now()
    with tarnside.acting("helen", at=at) as helen:
        with pytest.raises(CannotBe, match="Somebody else"):
            agencies.end_practitioner(by=helen, practitioner_id=helen.practitioner_id, holding={}, at=at)
        with pytest.raises(NotKnown):
            agencies.end_practitioner(by=helen, practitioner_id=tarnside.practitioners["amina"].pk, holding={}, at=at)
        with pytest.raises(agencies.StillHolding) as held:
            agencies.end_practitioner(by=helen, practitioner_id=tarnside.practitioners["priya"].pk, holding={}, at=at)
        assert held.value.counts == {"teams to manage": 1}
    with pytest.raises(NotKnown), tarnside.acting("daniel", at=at) as daniel:
        agencies.end_practitioner(by=daniel, practitioner_id=tarnside.practitioners["helen"].pk, holding={}, at=at)
