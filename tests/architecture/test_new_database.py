"""A new database is made at once from the models; one that was there before goes through the migrations. Both ways lead to the same tables, keys and indexes."""

import os
import subprocess
import sys

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from alongside.cli.postgres.addresses import administrative_address
from tests.databases import ROOT, drop, ensure_template, own_name

STEP_BY_STEP = """
import os
from alongside.cli.migrate import prepare_server
from alongside.cli.postgres.roles import OWNER
prepare_server(lambda line: None)
os.environ["ALONGSIDE_ROLE"] = OWNER
import django
from django.core.management import call_command
django.setup()
call_command("migrate", interactive=False, verbosity=0)
"""
ASKED = {
    "columns": "SELECT table_name, column_name, data_type, is_nullable, column_default, character_maximum_length, numeric_precision FROM information_schema.columns WHERE table_schema = 'public'",
    "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), condeferrable FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "migrations": "SELECT app, name FROM django_migrations",
}  # fmt: skip
ELSEWHERE = ("auth_group_permissions", "short_memory", "ticket")
"""Django's own, that nothing here uses and whose rows its migrations number in a wider column; and two that no migration makes."""


@pytest.mark.slow
def test_at_once_and_step_by_step_lead_to_the_same_database(cluster: None) -> None:
    name = f"{own_name()}_step_by_step"
    environment = os.environ | {"ALONGSIDE_DATABASE": name, "DJANGO_SETTINGS_MODULE": "alongside.config.settings"}
    try:
        subprocess.run([sys.executable, "-c", STEP_BY_STEP], cwd=ROOT, env=environment, check=True, timeout=600)
        at_once, step_by_step = read(ensure_template()), read(name)
    finally:
        drop(name)
    for what in ASKED:
        assert at_once[what] == step_by_step[what], what


def read(database: str) -> dict[str, set[tuple[object, ...]]]:
    with psycopg.connect(make_conninfo(administrative_address() or "", dbname=database)) as connection:
        return {what: {row for row in connection.execute(sql.SQL(question)).fetchall() if row[0] not in ELSEWHERE} for what, question in ASKED.items()}  # type: ignore[arg-type]
