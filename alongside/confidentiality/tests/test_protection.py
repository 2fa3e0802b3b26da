"""A marker whose very existence is secret ends by two people, and the finder follows at that very moment."""

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.common.decisions import Conflict, NotKnown, Refused
from alongside.confidentiality import gate
from alongside.confidentiality.actions.by_two import ReasonNotEnough
from alongside.confidentiality.actions.obligations import AnswerWanting, answer_obligation
from alongside.confidentiality.actions.protection import StillTrue, answer_ending, ask_to_end
from alongside.confidentiality.models import PersonNotice
from alongside.confidentiality.queries import my_obligations
from alongside.confidentiality.queries.protection import ending_to_answer, protection_to_end, protections
from alongside.confidentiality.tests.tarnside_acts import protect
from alongside.confidentiality.tests.test_restrict import closed
from alongside.people import actions as people
from alongside.people.actions import NotYoursToSet
from alongside.people.facts import Flag

pytestmark = pytest.mark.django_db(transaction=True)
CHLOE = "9990000069"
OVER = "The witness scheme has ended; letter of 3 November, seen by me."


def marked(tarnside: Tarnside, flag: Flag, person: str = "chloe") -> int:
    """Set by the records office, as it stands in the register. Returns the marker."""
    protect(tarnside, tarnside.people[person], flag, by="megan", review_on=date(2027, 5, 2))
    with tarnside.acting("owen", at=now()):
        return next(one.id for one in protections() or () if one.flag == flag.value and one.ended_at is None)


def found_by(tarnside: Tarnside, who: str, number: str = CHLOE) -> set[str]:
    with tarnside.acting(who, at=now()) as finder:
        return {one.given_name for one in gate.find_people(finder, nhs_number=number, at=now())}


def asked(tarnside: Tarnside, marker: int, by: str = "owen", reason: str = OVER) -> int:
    with tarnside.acting(by, at=now()) as office:
        found = protection_to_end(marker)
        return ask_to_end(by=office, marker_id=marker, reason=reason, seal=found.effect.seal if found else "", at=now())


def answered(tarnside: Tarnside, ending: int, *, agreed: bool = True, by: str = "eleanor", answer: str = "Rang the scheme: it has ended.") -> None:
    with tarnside.acting(by, at=now()) as second:
        found = ending_to_answer(ending)
        answer_ending(by=second, ending_id=ending, agreed=agreed, answer=answer, seal=found.effect.seal if found else "", at=now())


@pytest.mark.parametrize("flag", [Flag.IDENTITY_PROTECTED, Flag.ADOPTED])
def test_the_finder_follows_at_the_very_moment_a_second_person_agrees(tarnside: Tarnside, flag: Flag) -> None:
    assert found_by(tarnside, "nadia") == {"Chloe"}
    ending = asked(tarnside, marked(tarnside, flag))
    assert found_by(tarnside, "nadia") == set()
    answered(tarnside, ending)
    assert found_by(tarnside, "nadia") == {"Chloe"}


def test_what_would_follow_is_shown_to_both_before_either_decides(tarnside: Tarnside) -> None:
    marker = marked(tarnside, Flag.IDENTITY_PROTECTED)
    with tarnside.acting("owen", at=now()):
        office = protection_to_end(marker)
    assert office is not None
    assert office.name == "Chloe Barnes"
    assert "Tarnside Council Housing" in office.effect.finders
    assert office.effect.work_with == ("Megan Price, Social worker, Tarnside Council Adult Social Care",)
    ending = asked(tarnside, marker)
    with tarnside.acting("eleanor", at=now()):
        second = ending_to_answer(ending)
    assert second is not None
    assert second.effect == office.effect
    assert "Chloe" not in repr(second)


def test_a_record_that_something_else_hides_stays_hidden_and_it_is_said_before(tarnside: Tarnside) -> None:
    marker = marked(tarnside, Flag.ADOPTED)
    closed(tarnside, "chloe", "megan", ("megan",))
    with tarnside.acting("owen", at=now()):
        assert protection_to_end(marker).effect.stays_hidden
    answered(tarnside, asked(tarnside, marker))
    assert found_by(tarnside, "nadia") == set()


def test_nobody_agrees_to_what_they_asked_for_themselves_and_nobody_else_is_asked(tarnside: Tarnside) -> None:
    ending = asked(tarnside, marked(tarnside, Flag.ADOPTED))
    for other in ("owen", "megan", "nadia"):
        with pytest.raises((NotKnown, Refused)):
            answered(tarnside, ending, by=other)
    assert found_by(tarnside, "nadia") == set()


def test_only_the_office_that_looks_after_it_asks(tarnside: Tarnside) -> None:
    marker = marked(tarnside, Flag.ADOPTED)
    for other in ("megan", "eleanor", "nadia"):
        with pytest.raises(NotKnown):
            asked(tarnside, marker, by=other)
        with tarnside.acting(other, at=now()):
            assert protections() is None


def test_a_no_leaves_it_as_it_is_and_the_office_reads_why(tarnside: Tarnside) -> None:
    marker = marked(tarnside, Flag.IDENTITY_PROTECTED)
    answered(tarnside, asked(tarnside, marker), agreed=False, answer="The scheme says that it goes on.")
    assert found_by(tarnside, "nadia") == set()
    with tarnside.acting("owen", at=now()):
        [row] = [one for one in protections() or () if one.id == marker]
    assert (row.agreed, row.answer, row.answered_by) == (False, "The scheme says that it goes on.", "Dr Eleanor Hughes")
    answered(tarnside, asked(tarnside, marker))
    assert found_by(tarnside, "nadia") == {"Chloe"}


def test_the_guardian_has_it_on_her_list_with_a_clock_and_only_answering_it_ends_that(tarnside: Tarnside) -> None:
    ending = asked(tarnside, marked(tarnside, Flag.ADOPTED))
    with tarnside.acting("eleanor", at=now()) as eleanor:
        [owed] = [one for one in my_obligations(eleanor) if one.about == f"ending:{ending}"]
        assert owed.person_id is None
        assert owed.due_at - now() <= timedelta(hours=24)
        with pytest.raises(AnswerWanting):
            answer_obligation(by=eleanor, obligation_id=owed.pk, needed=True, note="Done.", at=now())
    answered(tarnside, ending)
    with tarnside.acting("eleanor", at=now()) as eleanor:
        assert [one for one in my_obligations(eleanor) if one.about == f"ending:{ending}"] == []
    with pytest.raises(Conflict):
        answered(tarnside, ending)


def test_asked_twice_is_asked_once_and_never_without_a_reason_or_on_another_effect(tarnside: Tarnside) -> None:
    marker = marked(tarnside, Flag.ADOPTED)
    with pytest.raises(ReasonNotEnough):
        asked(tarnside, marker, reason="Over.")
    assert asked(tarnside, marker) == asked(tarnside, marker)
    with tarnside.acting("owen", at=now()) as owen, pytest.raises(StillTrue):
        ask_to_end(by=owen, marker_id=marker, reason=OVER, seal="something else", at=now())


def test_the_person_is_told_on_their_own_screen_and_nobody_of_the_family_learns_what_there_was(tarnside: Tarnside) -> None:
    answered(tarnside, asked(tarnside, marked(tarnside, Flag.ADOPTED)))
    with tarnside.acting("megan", at=now()) as megan:
        access = gate.open_record(megan, tarnside.people["chloe"], at=now())
        [told] = PersonNotice.objects.filter(person_id=access.person_id, code="protection_ended")
        assert {"parental_responsibility", "no_parental_responsibility", "proxy"} <= set(told.hidden_from)
        assert "adopt" not in told.text.lower()


def test_nobody_alone_ends_what_hides_who_somebody_is_by_hand_or_in_the_database(tarnside: Tarnside) -> None:
    marker = marked(tarnside, Flag.IDENTITY_PROTECTED)
    with tarnside.acting("megan", at=now()) as megan:
        access = gate.open_record(megan, tarnside.people["chloe"], verb="write", write=True, at=now())
        with pytest.raises((NotKnown, NotYoursToSet)):
            people.end_marker(access=access, row_id=marker, reason="x", at=now())
        with connection.cursor() as cursor:
            cursor.execute("UPDATE person_marker SET ends = now() WHERE person_id = %s", [access.person_id])
            assert cursor.rowcount == 0
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM protection_ending")
    assert found_by(tarnside, "nadia") == set()
