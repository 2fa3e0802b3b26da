"""The finder finds people as they are typed, and nobody who is hidden."""

from datetime import date

import pytest
from django.db import connection

from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.confidentiality import gate
from alongside.confidentiality.tests.tarnside_acts import protect
from alongside.people import actions
from alongside.people.facts import Flag
from alongside.people.rules.question import read_question

pytestmark = pytest.mark.django_db

PEOPLE = (
    ("William", "O’Brien", "1950-03-04", None), ("Margaret", "Smith-Jones", "1948-12-01", None), ("Zoë", "Łukasz", "1999-07-09", None), ("Siobhán", "McDonald", "1985-05-06", None),
    ("Mohammed", "Khan", "2001-02-03", "9434765919"),
)  # fmt: skip


@pytest.fixture
def register(tarnside: Tarnside) -> Tarnside:
    with tarnside.acting("amina", at=now()):
        for given, family, born, number in PEOPLE:
            actions.register_person(given_name=given, family_name=family, date_of_birth=date.fromisoformat(born), nhs_number=number, allocated=True)
    return tarnside


def find(tarnside: Tarnside, typed: str, who: str = "amina") -> list[str]:
    at = now()
    with tarnside.acting(who, at=at) as actor:
        q = read_question(typed, today=at.date())
        found = gate.find_people(
            actor, words=q.words, sounds=q.sounds, initials=q.initials, born=q.born, born_from=q.born_from, born_until=q.born_until, nhs_number=q.nhs_number, upn=q.upn, at=at
        )
        return [one.given_name for one in found]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Bill OBrien", "William"), ("o brien, billy", "William"), ("William O'Brian", "William"), ("W OBrien", "William"), ("Wiliam Obrein", "William"),
        ("Peggy Smith", "Margaret"), ("Jones Margaret", "Margaret"), ("smithjones", "Margaret"), ("Zoe Lukasz", "Zoë"), ("lukasz zoe", "Zoë"), ("Shivaun Mc Donald", "Siobhán"),
        ("Siobhan MacDonald", "Siobhán"), ("Muhammad Kahn", "Mohammed"), ("943 476 5919", "Mohammed"), ("khan 3/2/2001", "Mohammed"), ("khan 2/3/2001", "Mohammed"), ("khan 2001", "Mohammed"),
        ("khan feb 2001", "Mohammed"), ("3.2.2001", "Mohammed"),
    ],
)  # fmt: skip
def test_people_are_found_as_they_are_typed(register: Tarnside, typed: str, first: str) -> None:
    assert find(register, typed)[:1] == [first]


@pytest.mark.parametrize("typed", ["khan 2002", "khan march 2001", "William Nobody 4/3/1951", "943 476 5870", "Nobody Atall", "4/3/1851", "", "'; DROP TABLE person; --", "%", "\u202e", "a" * 5000])
def test_nobody_else_is_found_and_nothing_breaks(register: Tarnside, typed: str) -> None:
    assert find(register, typed) == []


def test_a_stranger_is_said_to_exist_only_where_an_agreement_lets_the_index_through(register: Tarnside) -> None:
    assert find(register, "943 476 5919", "daniel") == ["Mohammed"]
    assert find(register, "Mohammed Khan", "daniel") == []
    assert find(register, "Mohammed Khan 3/2/2001", "daniel") == ["Mohammed"]


def test_somebody_hidden_is_not_found_by_anything(register: Tarnside) -> None:
    with register.acting("amina", at=now()) as amina:
        [who] = gate.find_people(amina, nhs_number="9434765919", at=now())
    protect(register, who.id, Flag.IDENTITY_PROTECTED, by="amina")
    for typed in ("943 476 5919", "Mohammed Khan 3/2/2001", "Mohammed Khan"):
        assert find(register, typed, "daniel") == []
    assert find(register, "Mohammed Khan") == ["Mohammed"]


def test_every_search_leaves_a_line_whoever_is_found(register: Tarnside) -> None:
    with register.acting("amina", at=now()) as amina:
        gate.find_people(amina, words="khan", at=now())
        gate.find_people(amina, words="nobody atall", at=now())
        with connection.cursor() as cursor:
            cursor.execute("SELECT lines FROM ledger_waiting()")
            before = cursor.fetchone()[0]
            gate.find_people(amina, words="nobody atall", at=now())
            cursor.execute("SELECT lines FROM ledger_waiting()")
            assert cursor.fetchone()[0] == before + 1
