"""What is kept for named readers always has one who is still here: handed on by them, or, when the last has left, by whoever watches over the record, who reads nothing by it."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from alongside.agencies.models import Account, Practitioner
from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.common.decisions import Conflict, NotKnown, Refused
from alongside.confidentiality import gate
from alongside.confidentiality.actions.by_two import ReasonNotEnough
from alongside.confidentiality.actions.obligations import AnswerWanting, answer_obligation
from alongside.confidentiality.actions.readers import WhoChanged, ask_for_readers, lift_for_nobody, name_readers
from alongside.confidentiality.actions.restrict import NobodyLeft, hand_on, preview_readers
from alongside.confidentiality.models import PersonNotice, Relationship, Restriction
from alongside.confidentiality.queries import caseloads, my_obligations
from alongside.confidentiality.queries.readers import ReadersWanted, readers_wanted
from alongside.confidentiality.tasks import nobody_is_left
from alongside.confidentiality.tests.test_restrict import closed
from alongside.people.models import UnsafeWith
from tests.worker_role import as_worker

pytestmark = pytest.mark.django_db(transaction=True)
WHY = "Asked her manager: the danger she fled from is as it was."


def leaves(tarnside: Tarnside, who: str) -> None:
    Practitioner.objects.filter(pk=tarnside.practitioners[who].pk).update(ends=now().date())


def the_worker_looks(at: timedelta = timedelta()) -> None:
    with as_worker():
        nobody_is_left(now() + at)


def wanted_by_eleanor(tarnside: Tarnside, kept: Restriction) -> ReadersWanted:
    with tarnside.acting("eleanor", at=now()):
        found = readers_wanted(kept.pk)
    assert found is not None
    return found


def named(tarnside: Tarnside, kept: Restriction, *who: str, by: str = "eleanor", reason: str = WHY) -> None:
    chosen = [tarnside.practitioners[one].pk for one in who]
    with tarnside.acting(by, at=now()) as guardian:
        found = readers_wanted(kept.pk)
        name_readers(by=guardian, kept_id=kept.pk, practitioners=chosen, reason=reason, review_on=(now() + timedelta(days=28)).date(), seal=found.seal(chosen) if found else "", at=now())


def opens(tarnside: Tarnside, who: str, person: str) -> bool:
    try:
        with tarnside.acting(who, at=now()) as worker:
            return bool(gate.open_record(worker, tarnside.people[person], at=now()).line_id)
    except (NotKnown, Refused):
        return False


def test_when_the_last_reader_has_left_the_guardian_has_it_on_her_list_with_a_clock(tarnside: Tarnside) -> None:
    kept = closed(tarnside, "margaret", "megan", ("megan",))
    the_worker_looks()
    with tarnside.acting("eleanor", at=now()) as eleanor:
        assert [one for one in my_obligations(eleanor) if one.code == "name_readers"] == []
    leaves(tarnside, "megan")
    the_worker_looks()
    the_worker_looks()
    with tarnside.acting("eleanor", at=now()) as eleanor:
        [owed] = [one for one in my_obligations(eleanor) if one.code == "name_readers"]
        assert (owed.about, owed.person_id) == (f"readers:{kept.pk}", None)
        assert timedelta(hours=23) < owed.due_at - now() <= timedelta(hours=24)
        with pytest.raises(AnswerWanting):
            answer_obligation(by=eleanor, obligation_id=owed.pk, needed=True, note="Done.", at=now())


def test_an_account_that_has_ended_is_a_reader_who_has_left(tarnside: Tarnside) -> None:
    kept = closed(tarnside, "margaret", "megan", ("megan",))
    Account.objects.filter(practitioner=tarnside.practitioners["megan"]).update(is_active=False)
    the_worker_looks()
    assert wanted_by_eleanor(tarnside, kept).waits


def test_two_lists_with_nobody_on_both_keep_a_record_from_everybody_and_that_is_told_too(tarnside: Tarnside) -> None:
    first = closed(tarnside, "margaret", "megan", ("megan", "joan"))
    with tarnside.acting("megan", at=now()) as megan:
        gate.open_record(megan, tarnside.people["margaret"], verb="change_access", write=True, at=now())
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO restriction (person_id, practitioners, category, reason, set_by_person, starts) VALUES (%s, %s, '', 'Another reason', false, now())",
                [tarnside.people["margaret"], [tarnside.practitioners["sam"].pk]],
            )
    assert not any(opens(tarnside, one, "margaret") for one in ("megan", "joan", "sam"))
    the_worker_looks()
    named(tarnside, first, "megan")
    assert opens(tarnside, "megan", "margaret")
    assert not opens(tarnside, "sam", "margaret")


def test_the_guardian_sees_why_and_who_could_and_never_whose_it_is_or_what_it_says(tarnside: Tarnside) -> None:
    kept = closed(tarnside, "margaret", "megan", ("megan",))
    leaves(tarnside, "megan")
    found = wanted_by_eleanor(tarnside, kept)
    assert [(one.who, one.here) for one in found.named] == [("Megan Price, Social worker", False)]
    assert found.why[0].reason == "Her former partner works for a partner."
    assert {one.who.split(",")[0] for one in found.could if one.works} == {"Joan Whitty", "Kofi Mensah", "Dr Sam Patel", "Dr Farah Aziz"}
    assert "Turner" not in repr(found)
    assert "Dr Eleanor Hughes" not in {one.who.split(",")[0] for one in found.could}
    assert not opens(tarnside, "eleanor", "margaret")


def test_whoever_is_named_opens_the_record_at_once_and_nobody_else_does(tarnside: Tarnside) -> None:
    kept = closed(tarnside, "margaret", "megan", ("megan",))
    leaves(tarnside, "megan")
    the_worker_looks()
    named(tarnside, kept, "joan")
    assert opens(tarnside, "joan", "margaret")
    assert not opens(tarnside, "sam", "margaret")
    assert not opens(tarnside, "eleanor", "margaret")
    with tarnside.acting("eleanor", at=now()) as eleanor:
        assert [one for one in my_obligations(eleanor) if one.code == "name_readers"] == []


def test_whoever_is_named_and_had_no_part_is_allocated_and_must_read_it_within_a_day(tarnside: Tarnside) -> None:
    kept = closed(tarnside, "arthur", "joan", ("joan",))
    leaves(tarnside, "joan")
    named(tarnside, kept, "peter")
    assert opens(tarnside, "peter", "arthur")
    with tarnside.acting("peter", at=now()) as peter:
        [owed] = [one for one in my_obligations(peter) if one.code == "allocation_seen"]
        assert owed.person_id == tarnside.people["arthur"]
        access = gate.open_record(peter, tarnside.people["arthur"], at=now())
        mine = Relationship.objects.get(person_id=access.person_id, practitioner_id=peter.practitioner_id)
        assert (mine.kind, mine.lead) == ("allocated", True)
        assert not Relationship.objects.filter(person_id=access.person_id, practitioner=tarnside.practitioners["joan"], ends__isnull=True).exists()


def test_lifted_after_the_review_the_record_opens_to_those_who_work_with_the_person(tarnside: Tarnside) -> None:
    kept = closed(tarnside, "margaret", "megan", ("megan",))
    leaves(tarnside, "megan")
    with tarnside.acting("eleanor", at=now()) as eleanor:
        lift_for_nobody(by=eleanor, kept_id=kept.pk, reason="He died in May; her daughter says so.", seal=readers_wanted(kept.pk).seal([]), at=now())
    assert opens(tarnside, "joan", "margaret")
    with tarnside.acting("joan", at=now()) as joan:
        access = gate.open_record(joan, tarnside.people["margaret"], at=now())
        past = Restriction.objects.get(pk=kept.pk, person_id=access.person_id)
        assert (past.ended_reason, past.ended_by_id) == ("He died in May; her daughter says so.", tarnside.practitioners["eleanor"].pk)


def test_the_ledger_says_who_named_whom_and_the_person_is_told(tarnside: Tarnside) -> None:
    kept = closed(tarnside, "margaret", "megan", ("megan",))
    leaves(tarnside, "megan")
    named(tarnside, kept, "joan")
    with tarnside.acting("joan", at=now()) as joan:
        access = gate.open_record(joan, tarnside.people["margaret"], at=now())
        [told] = PersonNotice.objects.filter(person_id=access.person_id, code="readers_named")
        assert told.release_at is not None
        assert "did not read it" in told.text
        with connection.cursor() as cursor:
            cursor.execute("SELECT verb, who FROM who_looked_at(%s, '{}', NULL, 30)", [access.person_id])
            lines = cursor.fetchall()
        assert {("change_access", "Dr Eleanor Hughes, Caldicott guardian"), ("view_ledger", "Dr Eleanor Hughes, Caldicott guardian")} <= set(lines)


def test_where_telling_is_unsafe_nobody_of_the_family_sees_that_anything_was_told(tarnside: Tarnside) -> None:
    with tarnside.acting("megan", at=now()) as megan:
        gate.open_record(megan, tarnside.people["margaret"], verb="write", write=True, at=now())
        UnsafeWith.objects.bulk_create([UnsafeWith(person_id=tarnside.people["margaret"], other_name="A son", reason="Threats", starts=now(), recorded_by_id=megan.practitioner_id)])
    kept = closed(tarnside, "margaret", "megan", ("megan",))
    leaves(tarnside, "megan")
    assert not wanted_by_eleanor(tarnside, kept).safe_to_tell
    named(tarnside, kept, "joan")
    with tarnside.acting("joan", at=now()) as joan:
        access = gate.open_record(joan, tarnside.people["margaret"], at=now())
        [told] = PersonNotice.objects.filter(person_id=access.person_id, code="readers_named")
        assert {"proxy", "parental_responsibility"} <= set(told.hidden_from)


def test_nobody_but_whoever_watches_over_it_names_readers(tarnside: Tarnside) -> None:
    kept = closed(tarnside, "margaret", "megan", ("megan",))
    leaves(tarnside, "megan")
    for other in ("joan", "owen", "sam"):
        with pytest.raises(NotKnown):
            named(tarnside, kept, "joan", by=other)
    assert not opens(tarnside, "joan", "margaret")


def test_the_guardian_names_nobody_while_somebody_may_open_it_and_never_herself(tarnside: Tarnside) -> None:
    kept = closed(tarnside, "margaret", "megan", ("megan",))
    with pytest.raises(NotKnown):
        named(tarnside, kept, "joan")
    leaves(tarnside, "megan")
    with pytest.raises(WhoChanged):
        named(tarnside, kept, "eleanor")
    with pytest.raises(ReasonNotEnough):
        named(tarnside, kept, "joan", reason="So.")
    named(tarnside, kept, "joan")
    with pytest.raises((NotKnown, Conflict)):
        named(tarnside, kept, "sam")


def test_a_guardian_of_the_very_team_is_not_among_those_who_could_take_over(tarnside: Tarnside) -> None:
    kept = closed(tarnside, "leah", "amina", ("amina",), category="mental_health")
    leaves(tarnside, "amina")
    could = {one.who.split(",")[0] for one in wanted_by_eleanor(tarnside, kept).could}
    assert "Ruth Ellis" in could
    assert "Dr Eleanor Hughes" not in could
    with pytest.raises(WhoChanged):
        named(tarnside, kept, "eleanor")


def test_what_was_shown_must_still_be_true(tarnside: Tarnside) -> None:
    kept = closed(tarnside, "margaret", "megan", ("megan",))
    leaves(tarnside, "megan")
    seal = wanted_by_eleanor(tarnside, kept).seal([tarnside.practitioners["joan"].pk])
    leaves(tarnside, "sam")
    with tarnside.acting("eleanor", at=now()) as eleanor, pytest.raises(WhoChanged):
        name_readers(by=eleanor, kept_id=kept.pk, practitioners=[tarnside.practitioners["joan"].pk], reason=WHY, review_on=now().date(), seal=seal, at=now())


def test_a_reader_hands_on_and_there_is_no_moment_without_one(tarnside: Tarnside) -> None:
    kept, at = closed(tarnside, "margaret", "megan", ("megan",)), now()
    joan = tarnside.practitioners["joan"].pk
    with tarnside.acting("megan", at=at) as megan:
        common = {"by": megan, "person_id": tarnside.people["margaret"], "restriction_id": kept.pk, "at": at}
        shown = preview_readers(practitioners=[joan], **common)
        assert "Megan Price" in {one.who.split(",")[0] for one in shown.keeps_by_law}
        made = hand_on(practitioners=[joan], reason="I leave on Friday.", seal=shown.seal, review_on=at.date() + timedelta(days=28), **common)
        assert set(made.practitioners) == {joan, megan.practitioner_id}
    assert opens(tarnside, "joan", "margaret")


def test_no_restriction_begins_with_nobody_who_is_here(tarnside: Tarnside) -> None:
    leaves(tarnside, "joan")
    with pytest.raises(NobodyLeft):
        closed(tarnside, "margaret", "megan", ("joan",))


def test_the_databases_own_wall_keeps_a_reader_on_every_restriction_and_lets_no_name_be_changed(tarnside: Tarnside) -> None:
    kept = closed(tarnside, "margaret", "megan", ("megan",))
    with tarnside.acting("megan", at=now()) as megan:
        gate.open_record(megan, tarnside.people["margaret"], verb="change_access", write=True, at=now())
        for offence in ("INSERT INTO restriction (person_id, practitioners, category, reason, set_by_person, starts) VALUES (%s, '{}', '', 'x', false, now())", "UPDATE restriction SET practitioners = '{1}' WHERE person_id = %s"):
            with pytest.raises(ProgrammingError, match="row-level security|permission denied"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(offence, [tarnside.people["margaret"]])
    assert kept.pk


def test_before_the_last_reader_leaves_their_account_does_not_end_and_the_guardian_is_asked(tarnside: Tarnside) -> None:
    kept, joan = closed(tarnside, "arthur", "joan", ("joan",)), tarnside.practitioners["joan"].pk
    with tarnside.acting("peter", at=now()) as peter:
        assert caseloads.holding(joan)["records that only they may open"] == 1
        assert ask_for_readers(by=peter, practitioner_id=joan, at=now()) == 1
        ask_for_readers(by=peter, practitioner_id=joan, at=now())
    the_worker_looks()
    with tarnside.acting("eleanor", at=now()) as eleanor:
        assert len([one for one in my_obligations(eleanor) if one.code == "name_readers"]) == 1
    named(tarnside, kept, "peter")
    assert opens(tarnside, "peter", "arthur")
    assert not opens(tarnside, "joan", "arthur")
    with tarnside.acting("peter", at=now()):
        assert caseloads.holding(joan)["records that only they may open"] == 0
        assert not Relationship.objects.filter(person_id=tarnside.people["arthur"], practitioner_id=joan, ends__isnull=True).exists()
    with tarnside.acting("nadia", at=now()) as nadia, pytest.raises(NotKnown):
        ask_for_readers(by=nadia, practitioner_id=joan, at=now())


def test_a_part_that_nobody_may_open_any_more_is_told_like_a_whole_record(tarnside: Tarnside) -> None:
    kept = closed(tarnside, "margaret", "megan", ("megan",), category="general_health")
    leaves(tarnside, "megan")
    the_worker_looks()
    named(tarnside, kept, "sam")
    with tarnside.acting("sam", at=now()) as sam:
        assert gate.open_record(sam, tarnside.people["margaret"], at=now()).allows("general_health")
    with tarnside.acting("joan", at=now()) as joan:
        assert not gate.open_record(joan, tarnside.people["margaret"], at=now()).allows("general_health")
