"""Every look at a person, through whatever door and with whatever answer, is a line of the ledger; and where the line cannot be written, nothing is read."""

from collections.abc import Callable
from uuid import uuid4

import psycopg
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.confidentiality.actions.break_glass import Danger, break_glass
from alongside.confidentiality.queries import unjudged_emergencies
from tests.places import tarnside_and_its_story

pytestmark = pytest.mark.django_db(transaction=True)
from tests.signing_in import signed_in

REASON = "Brought in unconscious; I must know her medicines and allergies now"


@pytest.fixture(scope="module")
def what_was_told(begins_with: Callable[[Callable[[], Tarnside]], Tarnside]) -> Tarnside:
    return begins_with(tarnside_and_its_story)


@pytest.fixture
def lines(as_owner: psycopg.Connection) -> Callable[[], int]:
    """How many lines the ledger holds."""
    as_owner.autocommit = True
    as_owner.execute("ALTER TABLE ledger_line NO FORCE ROW LEVEL SECURITY")
    return lambda: as_owner.execute("SELECT count(*) FROM ledger_line").fetchone()[0]  # type: ignore[index]


Look = Callable[[Client, Tarnside], HttpResponse]


def opens(name: str, *wanted: str | int) -> Look:
    """One page; what is wanted is a person's name in the cast, or a number."""
    return lambda client, made: client.get(reverse(name, args=[made.people[one] if isinstance(one, str) else one for one in wanted]))


def finds(words: str) -> Look:
    return lambda client, made: client.post(reverse("find"), {"question": words})


DOORS: list[tuple[str, str, Look, int]] = [
    ("the record of somebody one works with", "daniel", opens("person", "noah"), 200),
    ("the record of a stranger", "nadia", opens("person", "chloe"), 403),
    ("the record of nobody", "nadia", lambda client, made: client.get(reverse("person", args=[4242424242])), 404),
    ("the form to add an entry", "amina", opens("add_entry", "noah"), 200),
    ("a name that is found", "amina", finds("Noah Turner"), 200),
    ("a name that is not", "amina", finds("Nobody Atall"), 200),
    ("a number of somebody of another agency", "kofi", finds("9990000069"), 200),
    ("my work", "daniel", opens("my_work"), 200),
    ("the inbox", "priya", opens("inbox"), 200),
    ("the guardian's queue", "eleanor", opens("guardian_queue"), 200),
    ("an emergency to judge", "eleanor", opens("judge_emergency", 1), 200),
    ("what a practitioner did", "eleanor", lambda client, made: client.get(reverse("guardian_ledger"), {"practitioner": made.practitioners["daniel"].pk}), 200),
    ("one's own emergencies", "farah", opens("my_emergencies"), 200),
    ("one's own record", "leah", opens("my_record"), 200),
    ("who looked", "leah", opens("who_looked"), 200),
]


@pytest.mark.parametrize(("what", "who", "look", "status"), DOORS, ids=[door[0] for door in DOORS])
def test_so_many_looks_so_many_lines_and_no_line_no_look(tarnside: Tarnside, lines: Callable[[], int], as_owner: psycopg.Connection, what: str, who: str, look: Look, status: int) -> None:
    with tarnside.acting("farah", at=now()) as farah:
        break_glass(by=farah, person_id=tarnside.people["chloe"], danger=Danger.LIFE, reason=REASON, at=now())
    client = signed_in(who, raise_request_exception=False)
    assert look(client, tarnside).status_code == status
    before = lines()
    for _ in range(3):
        look(client, tarnside)
    grown = lines() - before
    assert grown >= 3
    assert grown % 3 == 0

    as_owner.execute("CREATE FUNCTION no_more() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''the disk is full''; END'")
    as_owner.execute("CREATE TRIGGER no_more BEFORE INSERT ON ledger_line FOR EACH ROW EXECUTE FUNCTION no_more()")
    answer = look(client, tarnside)
    assert answer.status_code >= 500 or status in (403, 404)
    assert not any(name in answer.content.decode() for name in ("Turner", "Barnes", "Noah", "Chloe"))


def test_the_form_sent_twice_breaks_the_glass_once(tarnside: Tarnside, lines: Callable[[], int]) -> None:
    client, where = signed_in("farah", raise_request_exception=False), reverse("break_glass", args=[tarnside.people["chloe"]])
    assert client.get(where).status_code == client.get(reverse("break_glass", args=[4242424242])).status_code == 200, "the form says nothing about who there is"
    typed = {"danger": "imminent_life", "reason": f"{REASON} {uuid4()}"}
    assert [client.post(where, typed).status_code for _ in range(2)] == [303, 303]
    with tarnside.acting("eleanor", at=now()):
        assert [one.person_id for one in unjudged_emergencies()].count(tarnside.people["chloe"]) == 1
