"""Fill district after district until there are as many people as asked for. Each district is one transaction: stopped or killed, the next run goes on after the last whole one."""

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import psycopg
from mimesis import Gender
from psycopg.conninfo import make_conninfo

from alongside.cli.population import indexes, words
from alongside.cli.population.district import LARGEST, SORTS, YEARS, District, Sort, found, town
from alongside.cli.population.names import family_names, given_names, with_its_forms
from alongside.cli.postgres.addresses import administrative_address, database_name
from alongside.cli.postgres.home import SetupProblem

SQL = Path(__file__).parent / "sql"
POOLS = ("pool_name", "pool_kind", "pool_words", "pool_street")
MANY = 2 * LARGEST

Say = Callable[[str], None]


ENTRIES_EACH = 5.0
"""Entries a person, on average, as `entries.sql` draws them."""


def populate(people: int, *, at: datetime, say: Say, entries_each: float = ENTRIES_EACH) -> None:
    """
    1. Connect as the server's administrator: no other role may write these rows past the row security.
    2. Found one district after the other through the product's own actions, and fill each in one transaction.
    3. Build the indexes again, gather the planner's statistics, and compare a district's access lists with the facts.
    """
    with _administrator() as connection:
        there = _people_there(connection)
        if people <= there and not indexes.are_set_aside(connection):
            say(f"{there:,} synthetic people are there already.")
            return
        if people - there > max(MANY, there):
            indexes.set_aside(connection)
        pools = _fill_pools(connection)
        started, at_first = time.monotonic(), there
        while there < people:
            size = min(LARGEST, people - there)
            district = _next_district(connection, at=at)
            _fill(connection, district, pools | {"size": size, "before": there, "part": entries_each / ENTRIES_EACH, "at": at, "since": at - YEARS})
            there += size
            spent = time.monotonic() - started
            left = spent / (there - at_first) * (people - there)
            say(f"{district.name}: {there:,} of {people:,} people; {spent:.0f} s so far" + (f", about {left:.0f} s to go before the indexes" if left else ""))
        for name in indexes.build_again(connection):
            say(f"index {name}")
        connection.execute("VACUUM (ANALYZE)")
        _compare_access_lists(connection)
        say(_sizes(connection))


def populate_district(number: int, people: int, *, sorts: tuple[Sort, ...], at: datetime, say: Say) -> None:
    """One district more, of these sorts of agency only, with so many people; nothing is done where it stands already. `number` is one that the others never reach."""
    with _administrator() as connection:
        if connection.execute("SELECT EXISTS (SELECT FROM ledger_line WHERE item = 'synthetic population' AND detail ->> 'district' = %s)", [town(number)]).fetchone() == (True,):
            return
        pools, founded = _fill_pools(connection), connection.execute("SELECT EXISTS (SELECT FROM partnership WHERE name = %s)", [f"{town(number)} Together"]).fetchone()
        district = _founded(connection, number, sorts) if founded == (True,) else found(number, sorts=sorts, at=at)
        _fill(connection, district, pools | {"size": people, "before": _people_there(connection), "part": 1.0, "at": at, "since": at - YEARS})
        say(f"{district.name}: {people:,} people and {len(sorts)} agencies.")


def _administrator() -> psycopg.Connection:
    address = administrative_address()
    if address is None:
        raise SetupProblem("A synthetic population needs the server's administrator: give DATABASE_URL, or use the embedded server.")
    connection = psycopg.connect(make_conninfo(address, dbname=database_name()), autocommit=True, cursor_factory=psycopg.ClientCursor)
    if connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone() != (True,):
        raise SetupProblem("Only a superuser of the database server can load a synthetic population past its row security.")
    connection.execute("SET session_replication_role = replica")  # no foreign key and no access list is worked out row by row
    connection.execute("SET synchronous_commit = off")
    connection.execute("SET work_mem = '256MB'")
    return connection


def _people_there(connection: psycopg.Connection) -> int:
    row = connection.execute("SELECT coalesce(sum((detail ->> 'people')::integer), 0) FROM ledger_line WHERE item = 'synthetic population'").fetchone()
    return int(row[0]) if row else 0


def _fill_pools(connection: psycopg.Connection) -> dict[str, object]:
    """What a district is drawn from, and how much there is of each."""
    connection.execute((SQL / "pools.sql").read_text())
    names = {"female": given_names(Gender.FEMALE), "male": given_names(Gender.MALE), "family": family_names()}
    passages = words.passages()
    with connection.cursor() as cursor:
        for kind, some in names.items():
            cursor.executemany("INSERT INTO pool_name VALUES (%s, %s, %s, %s, %s)", [(kind, *row) for row in with_its_forms(some)])
        cursor.executemany("INSERT INTO pool_kind VALUES (%s, %s, %s, %s)", words.kinds())
        cursor.executemany("INSERT INTO pool_words VALUES (%s, %s, %s, %s, %s)", passages)
        cursor.executemany("INSERT INTO pool_street VALUES (%s, %s)", list(enumerate(words.STREETS)))
    for pool in POOLS:
        connection.execute(f"ANALYZE {pool}")
    return {"females": len(names["female"]), "males": len(names["male"]), "families": len(names["family"]), "passages": len(passages), "streets": len(words.STREETS)}


def _next_district(connection: psycopg.Connection, *, at: datetime) -> District:
    """The one that was founded and never filled, if a run was cut off there; else a new one."""
    founded = connection.execute("SELECT name FROM partnership WHERE name = ANY (%s)", [[f"{town(n)} Together" for n in range(2_000)]]).fetchall()
    filled = connection.execute("SELECT count(*) FROM ledger_line WHERE item = 'synthetic population'").fetchone()
    number = filled[0] if filled else 0
    return _founded(connection, number) if (f"{town(number)} Together",) in founded else found(number, at=at)


def _founded(connection: psycopg.Connection, number: int, sorts: tuple[Sort, ...] = SORTS) -> District:
    district = District(town(number), number, sorts)
    rows = connection.execute(
        """SELECT g.kind_id, g.id, t.id, w.id FROM agency g JOIN team t ON t.agency_id = g.id AND t.duty_desk JOIN practitioner w ON w.agency_id = g.id AND w.role = 'manager'
            WHERE g.name = ANY (%s)""",
        [[f"{district.name} {sort.name}" for sort in sorts]],
    ).fetchall()
    for kind, agency, door, manager in rows:
        district.agencies[kind], district.doors[kind], district.managers[kind] = agency, door, manager
    return district


def _fill(connection: psycopg.Connection, district: District, facts: dict[str, object]) -> None:
    facts = facts | {"number": district.number, "town": district.name}
    with connection.transaction():
        connection.execute("TRUNCATE sort")
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO sort VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)", district.rows())
        for name in ("practitioners", "people", "entries"):
            connection.execute((SQL / f"{name}.sql").read_text(), facts)


def _compare_access_lists(connection: psycopg.Connection) -> None:
    """Of the last ten thousand people: who may know them, as it stands on the row and as the facts say."""
    row = connection.execute("SELECT count(*) FROM (SELECT id, acl FROM person ORDER BY ctid DESC LIMIT 10000) p WHERE acl IS DISTINCT FROM acl_of(id)").fetchone()
    if row and row[0]:
        raise SetupProblem(f"{row[0]} access lists differ from the relationships they stand for: the loader is wrong.")


def _sizes(connection: psycopg.Connection) -> str:
    row = connection.execute(
        """SELECT (SELECT reltuples::bigint FROM pg_class WHERE oid = 'person'::regclass), (SELECT reltuples::bigint FROM pg_class WHERE oid = 'entry'::regclass),
                  (SELECT reltuples::bigint FROM pg_class WHERE oid = 'relationship'::regclass), (SELECT reltuples::bigint FROM pg_class WHERE oid = 'share'::regclass),
                  (SELECT count(*) FROM practitioner), pg_database_size(current_database()) / 1048576"""
    ).fetchone()
    assert row is not None
    return "about {:,} people, {:,} entries, {:,} relationships, {:,} shares; {:,} practitioners; {:,} MB on disk".format(*row)
