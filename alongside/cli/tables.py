"""The tables of a new database, all at once.

Hundreds of steps lead to them, each of which has Django work out anew how every model stands to every other: a minute for what takes a second.
A test compares the two ways.
"""

import io

from django.apps import apps
from django.core.management.commands.migrate import Command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def is_new() -> bool:
    """Whether nothing has been migrated here yet."""
    return not MigrationRecorder(connection).applied_migrations()


def make_at_once() -> None:
    """
    1. Make every table as its model says, in one transaction; keys between tables come last.
    2. In the same one, note every migration as done.
    """
    command = Command(stdout=io.StringIO())
    command.verbosity = 0
    steps = MigrationLoader(connection).graph.nodes
    recorder = MigrationRecorder(connection)
    command.sync_apps(connection, {config.label for config in apps.get_app_configs()})
    recorder.ensure_schema()
    for app, name in sorted(steps):
        recorder.record_applied(app, name)
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)
