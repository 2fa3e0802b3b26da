"""The product standing ready for one command: its database up, the framework set up, this process in one database role."""

import contextlib
import os
import time
from collections.abc import Iterator

import psycopg

from alongside.cli.postgres.addresses import role_address, uses_embedded_server
from alongside.cli.postgres.cluster import Cluster
from alongside.cli.postgres.home import SetupProblem, home
from alongside.cli.postgres.roles import APP, SEALER, WORKER, refuse_powerful_role

PATIENCE = 60.0
"""Seconds that a process which starts waits for a database that is coming back."""
NO_USE_WAITING = ("authentication failed", "does not exist", "no pg_hba.conf entry", "is not permitted to log in")


@contextlib.contextmanager
def database() -> Iterator[None]:
    """The embedded server runs inside this block, unless addresses of another were given; it is stopped again if nobody else uses it."""
    if uses_embedded_server():
        with Cluster(home()).in_use():
            yield
    else:
        yield


@contextlib.contextmanager
def product(role: str = APP) -> Iterator[None]:
    """Everything a command needs to call actions and queries as `role`. Whoever serves people may not see past the row security."""
    with database():
        os.environ["ALONGSIDE_ROLE"] = role
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
        if role in (APP, WORKER, SEALER):
            refuse_unready_database(role)
        import django

        django.setup()
        yield


def refuse_unready_database(role: str) -> None:
    with when_it_answers(role) as connection:
        refuse_powerful_role(connection)
        ready = "SELECT coalesce(has_table_privilege(to_regclass('django_migrations'), 'SELECT'), false)"
        if connection.execute(ready).fetchone() != (True,):
            raise SetupProblem("The database is empty or half-made. Run: alongside migrate")


def when_it_answers(role: str) -> psycopg.Connection:
    """A connection. One that is starting, recovering or out of reach is waited for; one that will never let this role in is not."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return psycopg.connect(role_address(role))
        except psycopg.OperationalError as problem:
            if time.monotonic() > deadline or any(words in str(problem) for words in NO_USE_WAITING):
                raise SetupProblem(f"The database does not let {role} in: {str(problem).strip().splitlines()[-1]}\nHas 'alongside migrate' been run?") from None
            time.sleep(0.1)
