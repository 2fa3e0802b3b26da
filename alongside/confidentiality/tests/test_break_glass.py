"""Breaking the glass: possible for whoever can help, loud, short, and judged by somebody independent. On real PostgreSQL, as the web's own role."""

from contextlib import suppress
from datetime import timedelta

import pytest

from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.common.decisions import Conflict, NotKnown, Refused
from alongside.confidentiality import gate
from alongside.confidentiality.actions.break_glass import Danger, NotIndependent, ReasonNotEnough, break_glass, judge_emergency
from alongside.confidentiality.models import BreakGlass, PersonNotice
from alongside.confidentiality.queries import my_obligations, unjudged_emergencies
from alongside.confidentiality.queries.emergencies import emergency_to_judge
from alongside.confidentiality.tests.tarnside_acts import earlier, hide, ledger_lines, lines, make_unsafe
from alongside.partnerships import actions as partnerships

pytestmark = pytest.mark.django_db
REASON = "Brought in unconscious after a fall; I must know her medicines and allergies now"


def broken_by_farah(tarnside: Tarnside, person: str = "chloe", reason: str = REASON) -> int:
    at = now()
    with tarnside.acting("farah", at=at) as farah:
        return break_glass(by=farah, person_id=tarnside.people[person], danger=Danger.LIFE, reason=reason, at=at).emergency_id


def test_a_doctor_with_no_part_in_the_care_meets_a_closed_door_breaks_it_and_reads_what_saves_life(tarnside: Tarnside) -> None:
    at = now()
    with pytest.raises((Refused, NotKnown)), tarnside.acting("farah", at=at) as farah:
        gate.open_record(farah, tarnside.people["chloe"], at=at)
    broken_by_farah(tarnside)
    with tarnside.acting("farah", at=now()) as farah:
        access = gate.open_record(farah, tarnside.people["chloe"], at=now())
        assert access.allows("general_health")
        assert access.categories <= gate.EMERGENCY_CATEGORIES
        assert not access.allows("sexual_health")


def test_it_works_although_every_agreement_has_been_withdrawn(tarnside: Tarnside) -> None:
    for who in ("kofi", "peter", "megan"):
        with tarnside.acting(who, at=now()) as signatory:
            partnerships.withdraw_from_agreement(by=signatory, agreement_id=tarnside.agreement_id, reason="We are leaving.", at=earlier())
    broken_by_farah(tarnside)
    with tarnside.acting("farah", at=now()) as farah:
        access = gate.open_record(farah, tarnside.people["chloe"], at=now())
        assert access.allows("general_health")
        assert "general_health" in access.shared_categories
    with tarnside.acting("sunita", at=now()) as sunita:
        assert any(owed.code == "notify_partnership_lead" for owed in my_obligations(sunita))


@pytest.mark.parametrize(("reason", "says"), [("Emergency", "20 letters"), ("   needed now        ", "20 letters")])
def test_a_reason_that_describes_nothing_opens_nothing(tarnside: Tarnside, reason: str, says: str) -> None:
    at = now()
    for person in (tarnside.people["chloe"], 4242424242):
        with pytest.raises(ReasonNotEnough, match=says), tarnside.acting("farah", at=at) as farah:
            break_glass(by=farah, person_id=person, danger=Danger.LIFE, reason=reason, at=at)
    with tarnside.acting("farah", at=at):
        assert not BreakGlass.objects.exists()


def test_a_reason_used_before_is_refused_but_the_same_form_sent_twice_is_one_emergency(tarnside: Tarnside) -> None:
    first = broken_by_farah(tarnside)
    assert broken_by_farah(tarnside) == first
    with pytest.raises(ReasonNotEnough, match="same reason"):
        broken_by_farah(tarnside, person="arthur", reason=REASON.upper() + " !")
    with tarnside.acting("farah", at=now()):
        assert BreakGlass.objects.count() == 1


def test_convenience_is_no_emergency_and_is_offered_the_cover_route(tarnside: Tarnside) -> None:
    at = now()
    with pytest.raises(Refused) as no, tarnside.acting("nadia", at=at) as nadia:
        break_glass(by=nadia, person_id=tarnside.people["chloe"], danger=Danger.NONE, reason="My colleague is on leave and I need the plan today", at=at)
    assert no.value.decision.must("offer_cover_route")
    assert no.value.line is not None and no.value.line["verb"] == "break_glass"


def test_somebody_hidden_and_nobody_answer_alike_when_there_is_no_emergency(tarnside: Tarnside) -> None:
    hide(tarnside, "chloe")
    at = now()
    for person in (tarnside.people["chloe"], 4242424242):
        with pytest.raises(NotKnown), tarnside.acting("nadia", at=at) as nadia:
            break_glass(by=nadia, person_id=person, danger=Danger.NONE, reason="I would like to see whether there is a record", at=at)


def test_the_guardian_has_it_at_once_and_the_person_is_told(tarnside: Tarnside) -> None:
    emergency = broken_by_farah(tarnside)
    with tarnside.acting("eleanor", at=now()) as eleanor:
        assert [one.pk for one in unjudged_emergencies()] == [emergency]
        owed = {one.code: one for one in my_obligations(eleanor)}
        assert {"review_within_24h", "notify_caldicott_guardian"} <= owed.keys()
        assert owed["review_within_24h"].due_at - now() <= timedelta(hours=24)
    with tarnside.acting("megan", at=now()) as megan:
        gate.open_record(megan, tarnside.people["chloe"], at=now())
        told = PersonNotice.objects.get(code="tell_person")
        assert "Dr Farah Aziz" in told.text
        assert told.release_at is not None


def test_where_telling_is_unsafe_the_notice_waits_with_a_reason_and_a_review(tarnside: Tarnside) -> None:
    make_unsafe(tarnside, "chloe")
    broken_by_farah(tarnside)
    with tarnside.acting("megan", at=now()) as megan:
        gate.open_record(megan, tarnside.people["chloe"], at=now())
        held = PersonNotice.objects.get(code="tell_person")
        assert (held.release_at, held.held_because) == (None, "portal_unsafe")
        assert held.review_at is not None


def test_who_judges_sees_who_why_how_they_stood_to_the_person_and_what_was_opened(tarnside: Tarnside) -> None:
    emergency = broken_by_farah(tarnside)
    with tarnside.acting("farah", at=now()) as farah:
        gate.open_record(farah, tarnside.people["chloe"], at=now())
    with tarnside.acting("eleanor", at=now()):
        shown = emergency_to_judge(emergency)
        assert shown is not None
        assert (shown.who, shown.person, shown.reason, shown.relation) == ("Dr Farah Aziz", "Chloe Barnes", REASON, "none")
        assert [one.verb for one in shown.opened] == ["break_glass"]
    with tarnside.acting("nadia", at=now()):
        assert emergency_to_judge(emergency) is None
    with tarnside.acting("farah", at=now()):
        assert emergency_to_judge(emergency) is None


def test_looking_at_an_emergency_is_itself_a_line(tarnside: Tarnside) -> None:
    emergency = broken_by_farah(tarnside)
    before = ledger_lines(tarnside, "chloe")
    with tarnside.acting("eleanor", at=now()):
        emergency_to_judge(emergency)
    assert ledger_lines(tarnside, "chloe") == before + 2  # the guardian's, and our own look in between


def test_judged_proper_the_person_is_told_and_the_review_is_off_the_list(tarnside: Tarnside) -> None:
    emergency = broken_by_farah(tarnside)
    with tarnside.acting("eleanor", at=now()) as eleanor:
        judged = judge_emergency(by=eleanor, emergency_id=emergency, proper=True, reason="An unconscious patient; the medicines mattered.", at=now())
        assert (judged.judgement, judged.judged_by_id) == ("proper", eleanor.practitioner_id)
        assert "review_within_24h" not in {one.code for one in my_obligations(eleanor)}
        assert not unjudged_emergencies()
    with tarnside.acting("farah", at=now()) as farah:
        assert gate.open_record(farah, tarnside.people["chloe"], at=now()).allows("general_health")
    with tarnside.acting("megan", at=now()) as megan:
        gate.open_record(megan, tarnside.people["chloe"], at=now())
        assert "it was right" in PersonNotice.objects.get(code="emergency_judged").text


def test_judged_not_proper_the_access_ends_and_the_supervisor_hears(tarnside: Tarnside) -> None:
    emergency = broken_by_farah(tarnside)
    with tarnside.acting("eleanor", at=now()) as eleanor:
        judge_emergency(by=eleanor, emergency_id=emergency, proper=False, reason="She was not a patient that day.", at=now())
    with pytest.raises((Refused, NotKnown)), tarnside.acting("farah", at=now()) as farah:
        gate.open_record(farah, tarnside.people["chloe"], at=now())
    with tarnside.acting("kofi", at=now()) as kofi:
        assert any("not proper" in one.summary and one.person_id is None for one in my_obligations(kofi))


def test_a_lawful_delay_keeps_the_outcome_back_until_its_day(tarnside: Tarnside) -> None:
    emergency, day = broken_by_farah(tarnside), now().date() + timedelta(days=9)
    with tarnside.acting("eleanor", at=now()) as eleanor:
        judge_emergency(by=eleanor, emergency_id=emergency, proper=True, reason="Right, but an enquiry runs.", at=now(), tell_on=day)
    with tarnside.acting("megan", at=now()) as megan:
        gate.open_record(megan, tarnside.people["chloe"], at=now())
        held = PersonNotice.objects.get(code="emergency_judged")
        assert (held.release_at, held.review_at.date()) == (None, day)


def test_a_guardian_does_not_judge_a_colleague_and_somebody_else_has_it(tarnside: Tarnside) -> None:
    at = now()
    with tarnside.acting("amina", at=at) as amina:
        emergency = break_glass(by=amina, person_id=tarnside.people["chloe"], danger=Danger.HARM, reason="Found crying in the clinic, says she will hurt herself", at=at).emergency_id
    with tarnside.acting("eleanor", at=at) as eleanor:
        assert "review_within_24h" not in {one.code for one in my_obligations(eleanor)}
        with pytest.raises(NotIndependent):
            judge_emergency(by=eleanor, emergency_id=emergency, proper=True, reason="My own team, and fine.", at=at)
    with tarnside.acting("sunita", at=at) as sunita:
        assert "review_within_24h" in {one.code for one in my_obligations(sunita)}
        assert judge_emergency(by=sunita, emergency_id=emergency, proper=True, reason="She was in danger of her life.", at=at).judgement == "proper"


def test_nobody_judges_twice_or_without_a_reason_or_their_own(tarnside: Tarnside) -> None:
    emergency = broken_by_farah(tarnside)
    with pytest.raises(NotKnown), tarnside.acting("nadia", at=now()) as nadia:
        judge_emergency(by=nadia, emergency_id=emergency, proper=True, reason="Looks fine to me from here.", at=now())
    with pytest.raises(NotKnown), tarnside.acting("farah", at=now()) as farah:
        judge_emergency(by=farah, emergency_id=emergency, proper=True, reason="I was right, of course.", at=now())
    with tarnside.acting("eleanor", at=now()) as eleanor:
        with pytest.raises(ReasonNotEnough):
            judge_emergency(by=eleanor, emergency_id=emergency, proper=True, reason="fine", at=now())
        judge_emergency(by=eleanor, emergency_id=emergency, proper=True, reason="An unconscious patient.", at=now())
        with pytest.raises(Conflict):
            judge_emergency(by=eleanor, emergency_id=emergency, proper=False, reason="On second thoughts, no.", at=now())


def test_the_door_shuts_by_itself_after_four_hours(tarnside: Tarnside) -> None:
    emergency = broken_by_farah(tarnside)
    with tarnside.acting("farah", at=now()) as farah:
        gate.open_record(farah, tarnside.people["chloe"], at=now())
        found = BreakGlass.objects.select_related("relationship").get(pk=emergency)
        assert found.ends_at - found.opened_at == timedelta(hours=4) == found.relationship.ends - found.relationship.starts


def test_breaking_the_glass_opens_nothing_to_the_supervisor_of_whoever_broke_it(tarnside: Tarnside) -> None:
    broken_by_farah(tarnside)
    with tarnside.acting("kofi", at=now()) as kofi:
        assert [one.scope for one in gate.find_people(kofi, nhs_number="9990000069", at=now())] == ["index"]
    with pytest.raises((Refused, NotKnown)), tarnside.acting("kofi", at=now()) as kofi:
        gate.open_record(kofi, tarnside.people["chloe"], at=now())


def test_a_reason_that_was_refused_stands_on_the_ledger_as_a_refusal(tarnside: Tarnside) -> None:
    with tarnside.acting("farah", at=now()) as farah:
        with suppress(ReasonNotEnough):
            break_glass(by=farah, person_id=tarnside.people["chloe"], danger=Danger.LIFE, reason="Urgent", at=now())
    assert [(one.verb, one.decision) for one in lines(tarnside, "chloe") if one.who.startswith("Dr Farah")] == [("break_glass", "deny")]
