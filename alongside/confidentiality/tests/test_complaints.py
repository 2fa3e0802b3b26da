"""Whoever finds that a look was not right says so from its line; a guardian answers, and nobody else."""

from datetime import timedelta

import pytest

from alongside.cli.tarnside.own_side import mother_of
from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.common.decisions import NotKnown
from alongside.confidentiality import gate, queries
from alongside.confidentiality.actions import complaints
from alongside.confidentiality.models import Complaint
from alongside.confidentiality.tests.test_choices import owed, themself, what_was_told  # noqa: F401 - the fixture

pytestmark = pytest.mark.django_db


def complained(made: Tarnside, text: str = "I do not know this woman.") -> Complaint:
    at = now()
    with made.acting("amina", at=at) as amina:
        line = gate.open_record(amina, made.people["leah"], at=at).line_id
    with themself(made, "leah") as leah:
        return complaints.complain(by=leah, person_id=made.people["leah"], text=text, line_id=line, at=at)


def test_a_complaint_goes_to_the_guardian_of_the_agency_that_looked_with_thirty_days(tarnside: Tarnside) -> None:
    made = complained(tarnside)
    assert made.agency_id == tarnside.agencies["community"].pk
    assert made.acknowledge_by - made.made_at < timedelta(days=30, minutes=1)
    with tarnside.acting("eleanor", at=now()):
        assert [one.pk for one in queries.open_complaints()] == [made.pk]
    assert ("notify_caldicott_guardian", "complaint") in owed("eleanor", tarnside)


def test_the_same_complaint_sent_twice_is_one(tarnside: Tarnside) -> None:
    first = complained(tarnside)
    with themself(tarnside, "leah") as leah:
        again = complaints.complain(by=leah, person_id=tarnside.people["leah"], text=first.text, line_id=first.line_id, at=now())
    assert first.pk == again.pk


def test_the_person_reads_where_it_stands_and_the_answer(tarnside: Tarnside) -> None:
    made = complained(tarnside)
    with tarnside.acting("eleanor", at=now()) as eleanor:
        complaints.acknowledge_complaint(by=eleanor, complaint_id=made.pk, at=now())
        complaints.answer_complaint(by=eleanor, complaint_id=made.pk, outcome="upheld", answer="She should not have looked. We have spoken with her.", at=now())
    assert ("notify_caldicott_guardian", "complaint") not in owed("eleanor", tarnside), "what she owed is done"
    with themself(tarnside, "leah") as leah:
        access = gate.open_record(leah, tarnside.people["leah"], verb="view_ledger", category="access_ledger", purpose="portal_view", at=now())
        (found,) = queries.complaints(access)
        assert (found.outcome, found.answered_by_id) == ("upheld", tarnside.practitioners["eleanor"].pk)
        gate.open_record(leah, tarnside.people["leah"], purpose="portal_view", at=now())
        told = [notice.text for notice in queries.person_notices(access)]
        assert any("You were right." in text for text in told)
        assert any(text.startswith("We have your complaint") for text in told)


def test_an_answer_is_not_written_over(tarnside: Tarnside) -> None:
    made = complained(tarnside)
    with tarnside.acting("eleanor", at=now()) as eleanor:
        complaints.answer_complaint(by=eleanor, complaint_id=made.pk, outcome="upheld", answer="You were right.", at=now())
        assert complaints.answer_complaint(by=eleanor, complaint_id=made.pk, outcome="not_upheld", answer="No.", at=now()).answer == "You were right."


@pytest.mark.parametrize("who", ["amina", "ruth", "daniel"])
def test_nobody_but_a_guardian_finds_it(tarnside: Tarnside, who: str) -> None:
    made = complained(tarnside)
    with pytest.raises(NotKnown), tarnside.acting(who, at=now()) as actor:
        complaints.answer_complaint(by=actor, complaint_id=made.pk, outcome="not_upheld", answer="All was well.", at=now())


def test_a_parent_complains_about_a_look_at_a_childs_record(tarnside: Tarnside) -> None:
    mother_of(tarnside, now() - timedelta(days=1))
    with themself(tarnside, "leah") as leah:
        made = complaints.complain(by=leah, person_id=tarnside.people["noah"], text="Why did school look?", at=now())
        assert made.person_id == tarnside.people["noah"]
