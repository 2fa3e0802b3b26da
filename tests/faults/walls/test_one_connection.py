"""One connection, two readers, ten thousand turns: nothing of the one is left for the other, and between the two it is nobody's."""

import random

import psycopg
import pytest
from psycopg import errors
from psycopg.conninfo import make_conninfo

from alongside.cli.postgres.addresses import administrative_address, role_address
from tests import databases
from tests.faults.walls.browser import Browser, secrets_in
from tests.faults.walls.world import World
from tests.site import Site

TURNS = 10_000
MINE = "SELECT array_agg(id ORDER BY id) FROM person"
OPEN = """SELECT open_record(%s, ARRAY[0, 1, 5], '{}', false, '{"verb": "read", "purpose": "direct_care", "decision": "permit"}')"""


@pytest.fixture
def connection(world: World) -> psycopg.Connection:
    with psycopg.connect(role_address("alongside_app"), autocommit=True) as connection:
        yield connection


def as_nobody(connection: psycopg.Connection) -> list[int] | None:
    return connection.execute(MINE).fetchone()[0]


def test_ten_thousand_turns_on_one_connection_carry_nothing_over(connection: psycopg.Connection, world: World) -> None:
    readers = {who: world.made.tokens[who] for who in ("daniel", "joan")}
    expected = {}
    for who, token in readers.items():
        with connection.transaction():
            connection.execute("SELECT identify(%s)", [token])
            expected[who] = as_nobody(connection)
    assert expected["daniel"] and expected["joan"] and not set(expected["daniel"]) & set(expected["joan"])
    dice = random.Random(11)
    for turn in range(TURNS):
        who = dice.choice(("daniel", "joan", ""))
        with connection.transaction(force_rollback=dice.random() < 0.3):
            if who:
                connection.execute("SELECT identify(%s)", [readers[who]])
                if dice.random() < 0.2:
                    connection.execute(OPEN, [expected[who][0]])
            assert as_nobody(connection) == expected.get(who), f"turn {turn}"


def test_a_ticket_lives_in_its_own_transaction_and_nowhere_else(connection: psycopg.Connection, world: World) -> None:
    with connection.transaction():
        connection.execute("SELECT identify(%s)", [world.made.tokens["daniel"]])
        connection.execute(OPEN, [world.people["hidden"]])
        assert connection.execute("SELECT count(*) FROM person_profile").fetchone()[0] == 1
    for token in (world.made.tokens["joan"], world.made.tokens["daniel"]):
        with connection.transaction():
            connection.execute("SELECT identify(%s)", [token])
            assert connection.execute("SELECT count(*) FROM person_profile").fetchone()[0] == 0, "a kept ticket opens nothing"


def test_a_ticket_that_comes_back_with_a_restored_database_opens_nothing(connection: psycopg.Connection, world: World) -> None:
    with connection.transaction():
        connection.execute("SELECT identify(%s)", [world.made.tokens["daniel"]])
        connection.execute(OPEN, [world.people["hidden"]])
    with connection.transaction():
        connection.execute("SELECT identify(%s)", [world.made.tokens["daniel"]])
        number = connection.execute("SELECT pg_current_xact_id()::text").fetchone()[0]
        with psycopg.connect(make_conninfo(administrative_address() or "", dbname=connection.info.dbname)) as anything:
            assert anything.execute("UPDATE ticket SET xid = %s::text::xid8 WHERE at = (SELECT max(at) FROM ticket)", [number]).rowcount == 1
        assert connection.execute("SELECT count(*) FROM person_profile").fetchone()[0] == 0, "its number is this transaction's, its moment is not"


@pytest.mark.parametrize(
    "attempt",
    [
        "SET ROLE alongside_owner", "SELECT issue_ticket(ARRAY[1], ARRAY[1], ARRAY[1])", "SELECT * FROM ticket", "INSERT INTO ticket VALUES (now(), pg_current_xact_id(), ARRAY[1], ARRAY[1], ARRAY[1])", "ALTER TABLE person DISABLE ROW LEVEL SECURITY",
        "TRUNCATE person", "DELETE FROM ledger_line", "UPDATE ledger_line SET verb = 'write'", "INSERT INTO ledger_line (verb) VALUES ('read')", "CREATE FUNCTION peek() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "INSERT INTO person (id) VALUES (1)", "SELECT * FROM identity_session", "UPDATE identity_session SET principals = ARRAY[1]", "CREATE TABLE mine (id int)", "INSERT INTO flow DEFAULT VALUES",
    ],
)
def test_sql_typed_as_the_webs_own_role_goes_no_further(connection: psycopg.Connection, world: World, attempt: str) -> None:
    with connection.transaction(force_rollback=True):
        connection.execute("SELECT identify(%s)", [world.made.tokens["daniel"]])
        with pytest.raises((errors.InsufficientPrivilege, errors.InternalError)):
            connection.execute(attempt)


def test_two_readers_in_turn_on_one_server_thread_meet_their_own_and_nothing_else(world: World) -> None:
    site = Site(databases.own_name(), workers=1, threads=1)
    try:
        with Browser(site, world.cookies["daniel"]) as daniel, Browser(site, world.cookies["joan"]) as joan:
            for _ in range(150):
                mine = daniel.send("GET", f"/people/{world.people['hidden']}/")
                assert mine.status == 200 and secrets_in(world, mine)
                assert joan.send("GET", f"/people/{world.people['hidden']}/").status == 404
                assert not secrets_in(world, joan.send("GET", "/my-work/"))
    finally:
        site.stop()
