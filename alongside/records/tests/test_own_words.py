"""What a person writes themself is an entry like any other: it reaches those who help, or one of them alone, and danger goes the way of every concern."""

import uuid
from datetime import timedelta

import pytest

from alongside.cli.tarnside.own_side import mother_of
from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.common.decisions import NotKnown
from alongside.confidentiality import gate
from alongside.confidentiality.tests.test_choices import themself, what_was_told  # noqa: F401 - the fixture
from alongside.records import queries
from alongside.records.actions import Recorded, read_share
from alongside.records.actions.own_words import add_own_words, who_can_be_told_alone
from alongside.records.facts import PersonFacts
from alongside.records.models import Entry

pytestmark = pytest.mark.django_db


def written(made: Tarnside, *, about: str = "leah", by: str = "leah", **more: object) -> Recorded:
    facts = PersonFacts(made.people[about], kind="child" if about in ("noah", "ella") else "adult", age=0 if about == "noah" else 22)
    with themself(made, by) as actor:
        return add_own_words(by=actor, about=facts, at=now(), **({"words": "I am tired.", "key": uuid.uuid4()} | more))


def told(recorded: Recorded) -> set[str]:
    return {one.team for one in recorded.outcomes if one.outcome == "share"}


def reads(made: Tarnside, who: str, recorded: Recorded) -> bool:
    with made.acting(who, at=now()):
        return Entry.objects.filter(reference=recorded.reference).exists()


def own_record(made: Tarnside, who: str, whose: str = "") -> list[queries.ChronologyRow]:
    with themself(made, who) as actor:
        access = gate.open_record(actor, made.people[whose or who], purpose="portal_view", at=now())
        return queries.chronology(access, for_the_screen_of_the_person=True)


def test_it_reaches_everybody_who_helps_and_nobody_else(tarnside: Tarnside) -> None:
    note = written(tarnside)
    assert told(note) == {"Family Nurse Team", "Doctors", "Protecting Vulnerable People"}
    assert reads(tarnside, "amina", note)
    assert not reads(tarnside, "joan", note)
    assert [row.words_of_person for row in own_record(tarnside, "leah")] == ["I am tired."]


def test_told_to_one_alone_nobody_else_reads_it_and_whoever_wrote_it_still_does(tarnside: Tarnside) -> None:
    note = written(tarnside, only_for=tarnside.practitioners["amina"].pk)
    assert told(note) == {"Family Nurse Team"}
    assert reads(tarnside, "amina", note)
    for who in ("ruth", "sam", "lewis", "daniel"):  # Ruth supervises Amina, and is not whom Leah told
        assert not reads(tarnside, who, note)
    assert [row.words_of_person for row in own_record(tarnside, "leah")] == ["I am tired."]


def test_words_of_danger_reach_those_whom_the_law_names_whoever_else_was_chosen(tarnside: Tarnside) -> None:
    note = written(tarnside, in_danger=True, only_for=tarnside.practitioners["amina"].pk)
    assert {"Hospital and Home Team", "Family Nurse Team"} <= told(note)


def test_a_parent_writes_in_a_childs_record_and_it_does_not_say_that_the_child_did(tarnside: Tarnside) -> None:
    mother_of(tarnside, now() - timedelta(days=1))
    note = written(tarnside, about="noah")
    assert "Assessment Team" in told(note)
    (row,) = own_record(tarnside, "leah", "noah")
    assert row.byline == "A parent, or somebody who acts for them"


def test_nobody_writes_in_the_record_of_somebody_they_do_not_act_for(tarnside: Tarnside) -> None:
    with pytest.raises(NotKnown):
        written(tarnside, about="margaret", by="leah")


def test_a_statement_stands_beside_the_entry_it_answers(tarnside: Tarnside) -> None:
    first = written(tarnside, words="They came on Monday.")
    written(tarnside, words="It was Tuesday.", corrects=first.entry_id)
    with themself(tarnside, "leah") as leah:
        access = gate.open_record(leah, tarnside.people["leah"], purpose="portal_view", at=now())
        statements = [(one.beside, one.words) for one in queries.own_words(access).values() if one.beside]
        assert statements == [(first.entry_id, "It was Tuesday.")]


def test_what_is_not_for_the_screen_is_not_on_it(tarnside: Tarnside) -> None:
    note = written(tarnside, not_online=True)
    assert own_record(tarnside, "leah") == []
    with pytest.raises(NotKnown), themself(tarnside, "leah") as leah:
        queries.own_entry(gate.open_record(leah, tarnside.people["leah"], purpose="portal_view", at=now()), note.reference)


def test_sent_twice_it_is_one_entry(tarnside: Tarnside) -> None:
    key = uuid.uuid4()
    assert written(tarnside, key=key).reference == written(tarnside, key=key).reference


def test_only_those_who_help_can_be_told_alone(tarnside: Tarnside) -> None:
    with themself(tarnside, "leah") as leah:
        names = [one.name.partition(",")[0] for one in who_can_be_told_alone(leah, tarnside.people["leah"], at=now())]
    assert names == ["Amina Khan", "Dr Sam Patel", "PC Lewis Carter"]


def test_the_person_sees_who_was_told_and_whether_they_have_read_it(tarnside: Tarnside) -> None:
    note = written(tarnside)
    with themself(tarnside, "leah") as leah:
        access = gate.open_record(leah, tarnside.people["leah"], purpose="portal_view", at=now())
        assert {team.partition(",")[0] for team, _ in queries.own_words(access)[note.entry_id].told} == told(note)
    with tarnside.acting("amina", at=now()) as amina:
        read_share(by=amina, reference=queries.inbox(amina)[0].reference, at=now())
    with themself(tarnside, "leah") as leah:
        access = gate.open_record(leah, tarnside.people["leah"], purpose="portal_view", at=now())
        assert [team for team, read in queries.own_words(access)[note.entry_id].told if read] == ["Family Nurse Team, Tarnside Community Health NHS Trust"]
