"""`alongside check`: whether this installation is set up safely. For operators, before every start."""

import os

import click

from alongside.cli.postgres.roles import APP
from alongside.cli.product import product


@click.command()
def check() -> None:
    """Say whether this installation is set up safely.

    Looks at the environment, the settings, the database roles, missing migrations and the row security. Ends with 1 if anything is wrong.
    """
    with product(APP):
        faults = [*_settings_faults(), *_database_faults()]
    for fault in faults:
        click.secho(f"  wrong: {fault}", fg="red", err=True)
    if faults:
        raise SystemExit(1)
    click.echo(f"All is well ({os.environ.get('ALONGSIDE_MODE', 'production')} mode).")


def _settings_faults() -> list[str]:
    from django.conf import settings
    from django.core import checks

    messages = checks.run_checks(include_deployment_checks=settings.PRODUCTION)
    return [f"{message.msg} {message.hint or ''}".strip() for message in messages if message.level >= checks.WARNING and not message.is_silenced()]


def _database_faults() -> list[str]:
    from django.core.exceptions import ImproperlyConfigured
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from alongside.cli.postgres.catalogue import faults
    from alongside.cli.start_checks import refuse_demo_accounts

    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    found = [f"The database lacks {len(missing)} migrations. Run: alongside migrate"] if missing else []
    try:
        refuse_demo_accounts()
    except ImproperlyConfigured as problem:
        found.append(str(problem))
    connection.ensure_connection()
    return found + faults(lambda question: connection.connection.execute(question).fetchall())
