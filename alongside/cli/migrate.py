"""Brings the database to what this version of the program needs: roles, tables, functions, row security."""

import os
from collections.abc import Callable
from pathlib import Path

import click

from alongside.cli.postgres.addresses import administrative_address, database_name, role_address
from alongside.cli.postgres.home import home, make_home
from alongside.cli.postgres.passwords import SecretsFile
from alongside.cli.postgres.roles import OWNER, SIGNING_IN, bootstrap
from alongside.cli.product import database

CONFIG = Path(__file__).parents[1] / "config"


@click.command("migrate")
def migrate_command() -> None:
    """Bring the database to what this version needs.

    Makes the roles and the database where DATABASE_URL (or the embedded server) gives administrative rights; then tables, functions and
    row security as their owner. Safe to run again, and safe to run twice at once.
    """
    with database():
        migrate(lambda line: click.echo(f"  {line}"))
    click.echo("The database is ready.")


def migrate(say: Callable[[str], None] = lambda line: None) -> None:
    """
    1. Make roles and database, where we were given an administrative address.
    2. As the owner, make the tables: of a new database at once, as the models say; else by the migrations that are still to come.
    3. As the owner, in one transaction, apply every app's functions, then every app's row security, lowest storey first.
    4. Bring the reference rows to what their files say.
    """
    prepare_server(say)
    os.environ["ALONGSIDE_ROLE"] = OWNER
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    import django
    from django.core.management import call_command

    django.setup()
    from alongside.cli.tables import is_new, make_at_once

    if is_new():
        make_at_once()
    else:
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    say("tables")
    apply_sql()
    say("functions and row security")
    from alongside.confidentiality.actions.reference import load_reference

    load_reference()
    say("purposes and lawful bases")


def prepare_server(say: Callable[[str], None] = lambda line: None) -> None:
    administrator = administrative_address()
    if administrator is None:
        return
    passwords = SecretsFile(make_home(home())).ensure(*SIGNING_IN, "django")
    for note in bootstrap(administrator, passwords, database_name()):
        say(note)
    say("roles and database")


def sql_files() -> list[Path]:
    """Every app's functions, then who owns and may call them, then what a wall is and every app's row security and grants: each in the order of the storeys."""
    from django.apps import apps

    folders = [Path(config.path) / "models" for config in apps.get_app_configs() if config.name.startswith("alongside.")]
    functions = [path for folder in folders for path in sorted(folder.glob("functions*.sql"))]
    policies = [path for folder in folders for path in sorted(folder.glob("policies*.sql"))]
    return [*functions, CONFIG / "doors.sql", CONFIG / "grants.sql", CONFIG / "wall.sql", *policies]


def apply_sql() -> None:
    import psycopg

    with psycopg.connect(role_address(OWNER)) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(hashtext('alongside sql'))")
        connection.execute("SET check_function_bodies = off")  # a function may use one that stands further down
        connection.execute("SELECT show_limit()")  # loads pg_trgm, whose settings functions may pin
        for path in sql_files():
            try:
                connection.execute(path.read_bytes())
            except psycopg.Error as problem:
                problem.add_note(f"in {path}")
                raise
