"""There are two walls. With either one taken down, the other still stops every secret: otherwise there would be one wall and a decoration."""

import random
import uuid
from collections.abc import Iterator
from http.cookies import SimpleCookie

import psycopg
import pytest
from django.conf import settings
from django.test import Client
from psycopg.conninfo import make_conninfo
from pytest_django import DjangoDbBlocker

from alongside.cli.postgres.addresses import administrative_address, database_name
from alongside.common.decisions import Decision, Outcome
from alongside.confidentiality import gate
from alongside.confidentiality.gate import lists, opening
from tests import databases
from tests.faults.walls.browser import Answer, Ask, secrets_in
from tests.faults.walls.test_route_matrix import SAMPLE, addresses, sampled, send_all
from tests.faults.walls.world import MARK, World
from tests.site import Site


@pytest.fixture(scope="module")
def asks(world: World, references: list[uuid.UUID], written: set[tuple[int, str]]) -> list[Ask]:
    """Readings of every planted person and of everything written, by everybody."""
    paths = [path for path in addresses([*world.people.values(), world.made.people["ella"]], references) if any(str(known) in path for known in (*world.people.values(), *references[:-1]))]
    return sampled([*world.cookies], ["GET"], paths, world, written, random.Random(3), SAMPLE // 2)


@pytest.fixture
def without_the_gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever is asked, the answer is yes."""
    for room in (lists, opening):
        monkeypatch.setattr(room, "decide", lambda *asked, **words: Decision(Outcome.PERMIT))
    gate.weigh.cache_clear()
    yield
    gate.weigh.cache_clear()


@pytest.fixture
def without_row_security(world: World) -> Iterator[None]:
    with psycopg.connect(make_conninfo(administrative_address() or "", dbname=database_name()), autocommit=True) as connection:
        tables = [name for (name,) in connection.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r'")]
        for table in tables:
            connection.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        yield
        for table in tables:
            connection.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")


def test_without_the_gate_row_security_stops_every_secret(world: World, asks: list[Ask], without_the_gate: None, django_db_blocker: DjangoDbBlocker) -> None:
    leaks, met, client = [], set(), Client(raise_request_exception=False)
    with django_db_blocker.unblock():
        for ask in asks:
            client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: world.cookies[ask.who]})
            got = client.get(ask.path)
            found = secrets_in(world, Answer(got.status_code, repr(got.headers), b"".join(got).decode("utf-8", "replace")))
            met |= found
            leaks += [f"{ask.who} {ask.path}: {token}" for token in found if ask.who not in world.may_read[token] | by_category_only(token)]
    assert met, "whoever may read something does read it"
    assert not leaks, f"{len(leaks)} leaks:\n" + "\n".join(leaks[:20])


def by_category_only(token: str) -> frozenset[str]:
    """Who works with the adopted child: that no category of the past opens even to them is the gate's alone to say, and this wall does not cover it."""
    return frozenset({"daniel", "tom", "helen", "grace"}) if token.startswith(f"{MARK}ADOPTED") else frozenset()


def test_without_row_security_the_gate_stops_every_secret(world: World, asks: list[Ask], without_row_security: None) -> None:
    site = Site(databases.own_name(), threads=8)
    try:
        leaks, met = [], set()
        for ask, answer in send_all(site, world, asks):
            found = secrets_in(world, answer)
            met |= found
            leaks += [f"{ask.who} {ask.path}: {token}" for token in found if ask.who not in world.may_read[token]]
    finally:
        site.stop()
    assert met, "whoever may read something does read it"
    assert not leaks, f"{len(leaks)} leaks:\n" + "\n".join(leaks[:20])
