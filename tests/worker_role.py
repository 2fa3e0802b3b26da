"""For a while this process's own connection is the worker's, so that a test can do the worker's part without a process of its own."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from psycopg.conninfo import conninfo_to_dict

from alongside.cli.postgres.addresses import role_address
from alongside.cli.postgres.roles import WORKER


@contextmanager
def as_worker() -> Iterator[None]:
    """Everything inside reads and writes as the worker's role. It sees committed data only, so the test must commit."""
    web = connections["default"]
    at = conninfo_to_dict(role_address(WORKER))
    worker = web.copy("default")
    worker.settings_dict = web.settings_dict | {"USER": at["user"], "PASSWORD": at.get("password", "")}
    connections["default"] = worker
    try:
        yield
    finally:
        worker.close()
        connections["default"] = web
