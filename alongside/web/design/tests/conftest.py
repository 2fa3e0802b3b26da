from collections.abc import Iterator

import pytest

from tests import databases
from tests.site import Site


@pytest.fixture(scope="session")
def site(django_db_setup: None) -> Iterator[Site]:
    """The product with the gallery, over a database without anybody in it."""
    running = Site(databases.own_name())
    yield running
    running.stop()
