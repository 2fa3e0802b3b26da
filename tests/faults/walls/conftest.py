"""One planted world for the tests of a process: committed, so that real servers see it."""

import uuid
from collections.abc import Callable, Iterator

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from alongside.cli.postgres.addresses import administrative_address, database_name
from tests import beginnings, databases
from tests.faults.walls import world as planted
from tests.site import Site


@pytest.fixture(scope="module")
def world(begins_with: Callable[[Callable[[], planted.World]], planted.World]) -> Iterator[planted.World]:
    yield begins_with(planted.build)
    beginnings.has_committed()


@pytest.fixture(scope="module")
def site(world: planted.World) -> Iterator[Site]:
    running = Site(databases.own_name(), threads=8)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def references(world: planted.World) -> list[uuid.UUID]:
    """Of everything written, whoever may read it; and one of nothing."""
    with psycopg.connect(make_conninfo(administrative_address() or "", dbname=database_name())) as connection:
        rows = connection.execute("SELECT reference FROM entry UNION ALL SELECT reference FROM share UNION ALL SELECT reference FROM attachment UNION ALL SELECT reference FROM line_document").fetchall()
    return [*(reference for (reference,) in rows), uuid.uuid4()]


@pytest.fixture(scope="module")
def written(world: planted.World) -> set[tuple[int, str]]:
    """Whom each entry is about, and each share of it, under the reference that stands in addresses."""
    with psycopg.connect(make_conninfo(administrative_address() or "", dbname=database_name())) as connection:
        rows = connection.execute("""
            SELECT s.person_id, e.reference FROM entry e JOIN entry_subject s ON s.entry_id = e.id UNION ALL SELECT unnest(person_ids), reference FROM share
        """).fetchall()
    return {(person, str(reference)) for person, reference in rows}
