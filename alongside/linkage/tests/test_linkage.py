"""Two records of one person are found, weighed, and linked by a records office; nobody protected is ever among them."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.common.decisions import NotKnown, Refused
from alongside.confidentiality import gate
from alongside.confidentiality.tests.tarnside_acts import protect
from alongside.linkage import actions, queries
from alongside.linkage.facts import Agrees, Comparison
from alongside.linkage.rules.matching import WEIGHTS, weigh
from alongside.people import actions as people
from alongside.people import queries as people_queries
from alongside.people.facts import Flag

agreements = st.builds(Comparison, st.just(1), st.just(2), **{name: st.sampled_from(Agrees) for name in WEIGHTS})


@given(agreements)
def test_more_that_agrees_never_weighs_less(two: Comparison) -> None:
    for name in WEIGHTS:
        assert weigh(replace(two, **{name: Agrees.SAME})).weight >= weigh(replace(two, **{name: Agrees.DIFFERS})).weight


@given(agreements)
def test_two_nhs_numbers_are_two_people_whatever_their_names(two: Comparison) -> None:
    assert not weigh(replace(two, nhs_number=Agrees.DIFFERS, upn=Agrees.UNKNOWN)).proposed


def register(tarnside: Tarnside, who: str, **details: object) -> int:
    with tarnside.acting(who, at=now()):
        return people.register_person(**({"given_name": "Rosemary", "family_name": "Ashdown", "date_of_birth": date(1960, 2, 9), "allocated": True} | details))  # type: ignore[arg-type]


def compare_all() -> None:
    """What the worker does, in its own role's functions; in a test the web's connection stands in for it."""
    while actions.propose_doubles(at_most=200):
        pass


@pytest.fixture
def worker_may(django_db_setup: None, connect_as) -> None:
    """The functions are the worker's; lend them to the web's role for the length of this process's database."""
    owner = connect_as("alongside_owner")
    owner.execute("SET ROLE alongside_definer")
    owner.execute("GRANT EXECUTE ON FUNCTION compare_due(integer), propose_same_person(bigint, bigint, double precision, text[]) TO alongside_app")
    owner.commit()


def proposed(tarnside: Tarnside, *, decided: bool = False) -> list:
    with tarnside.acting("owen", at=now()) as owen:
        return queries.pairs(owen, decided=decided, at=now())


@pytest.mark.django_db
def test_a_double_is_proposed_to_the_records_office_and_to_nobody_else(worker_may: None, tarnside: Tarnside) -> None:
    one, other = register(tarnside, "amina"), register(tarnside, "megan", given_name="Rosie", date_of_birth=date(1960, 9, 2))
    compare_all()
    [pair] = [pair for pair in proposed(tarnside) if {pair.first.id, pair.second.id} == {one, other}]
    assert "Same family name" in pair.reasons
    with tarnside.acting("amina", at=now()) as amina:
        assert queries.pairs(amina, decided=False, at=now()) == []
        with pytest.raises((NotKnown, Refused)):
            actions.decide_pair(by=amina, pair_id=pair.id, status="linked", reason="I know her", at=now())


@pytest.mark.django_db
def test_a_link_moves_nothing_and_is_taken_back_at_will(worker_may: None, tarnside: Tarnside) -> None:
    one, other = register(tarnside, "amina"), register(tarnside, "amina")
    compare_all()
    [pair] = [pair for pair in proposed(tarnside) if one in (pair.first.id, pair.second.id)]

    def decide(status: str) -> None:
        with tarnside.acting("owen", at=now()) as owen:
            actions.decide_pair(by=owen, pair_id=pair.id, status=status, reason="Asked both teams", at=now())

    def others() -> list[int]:
        with tarnside.acting("amina", at=now()) as amina:
            access = gate.open_record(amina, one, at=now())
            assert people_queries.person(access).pk == one
            return [other_id for other_id, _ in queries.other_records(access)]

    with tarnside.acting("owen", at=now()) as owen, pytest.raises(actions.ReasonNeeded):
        actions.decide_pair(by=owen, pair_id=pair.id, status="linked", reason="  ", at=now())
    decide("linked")
    decide("linked")
    assert others() == [other]
    decide("unlinked")
    assert others() == []
    decide("different")
    compare_all()
    assert [row.status for row in proposed(tarnside, decided=True)] == ["different"]


@pytest.mark.django_db
def test_a_link_tells_nobody_of_a_record_they_may_not_know(worker_may: None, tarnside: Tarnside) -> None:
    one, _ = register(tarnside, "amina"), register(tarnside, "megan")
    compare_all()
    [pair] = [pair for pair in proposed(tarnside) if one in (pair.first.id, pair.second.id)]
    with tarnside.acting("owen", at=now()) as owen:
        actions.decide_pair(by=owen, pair_id=pair.id, status="linked", reason="Same NHS card", at=now())
    with tarnside.acting("amina", at=now()) as amina:
        assert queries.other_records(gate.open_record(amina, one, at=now())) == []


@pytest.mark.django_db
@pytest.mark.parametrize("flag", [Flag.IDENTITY_PROTECTED, Flag.ADOPTED, Flag.GENDER_RECOGNITION])
def test_whoever_is_protected_is_never_matched(worker_may: None, tarnside: Tarnside, flag: Flag) -> None:
    one, other = register(tarnside, "amina", nhs_number="9434765919"), register(tarnside, "amina", nhs_number="9434765919")
    protect(tarnside, one, flag, by="amina")
    compare_all()
    assert not [pair for pair in proposed(tarnside) if {one, other} & {pair.first.id, pair.second.id}]


@pytest.mark.django_db
def test_who_becomes_protected_later_vanishes_from_the_list_and_from_links(worker_may: None, tarnside: Tarnside) -> None:
    one, _ = register(tarnside, "amina"), register(tarnside, "amina")
    compare_all()
    [pair] = proposed(tarnside)
    with tarnside.acting("owen", at=now()) as owen:
        actions.decide_pair(by=owen, pair_id=pair.id, status="linked", reason="Asked", at=now())
    protect(tarnside, one, Flag.IDENTITY_PROTECTED, by="amina")
    with tarnside.acting("amina", at=now()) as amina:
        assert queries.other_records(gate.open_record(amina, one, at=now())) == []
    assert proposed(tarnside, decided=True) == []
    with tarnside.acting("owen", at=now()) as owen, pytest.raises(NotKnown):
        actions.decide_pair(by=owen, pair_id=pair.id, status="unlinked", reason="Looked again", at=now())
