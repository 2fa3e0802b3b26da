"""One planted world for the tests of a process: committed, so that real servers see it."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from alongside.common.clock import now
from tests import databases
from tests.faults.walls import world as planted
from tests.site import Site


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[planted.World]:
    with django_db_blocker.unblock():
        from django.db import connection

        connection.close()
        databases.fresh(databases.own_name())
        yield planted.build(now())
        connection.close()
        databases.fresh(databases.own_name())


@pytest.fixture(scope="module")
def site(world: planted.World) -> Iterator[Site]:
    running = Site(databases.own_name(), threads=8)
    yield running
    running.stop()
