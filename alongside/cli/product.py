"""The product standing ready for one command: its database up, the framework set up, this process in one database role."""

import contextlib
import os
from collections.abc import Iterator

import psycopg

from alongside.cli.postgres.addresses import role_address, uses_embedded_server
from alongside.cli.postgres.cluster import Cluster
from alongside.cli.postgres.home import SetupProblem, home
from alongside.cli.postgres.roles import APP, SEALER, WORKER, refuse_powerful_role


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
    try:
        with psycopg.connect(role_address(role)) as connection:
            refuse_powerful_role(connection)
            ready = "SELECT coalesce(has_table_privilege(to_regclass('django_migrations'), 'SELECT'), false)"
            if connection.execute(ready).fetchone() != (True,):
                raise SetupProblem("The database is empty or half-made. Run: alongside migrate")
    except psycopg.OperationalError as problem:
        raise SetupProblem(f"The database does not let {role} in: {str(problem).strip().splitlines()[-1]}\nHas 'alongside migrate' been run?") from None
