"""Indexes are set aside while a great many rows come in and built again afterwards; a loader that was killed finds them where it left them."""

from collections.abc import Iterator

import psycopg

FILLED = ("person", "relationship", "caseload_place", "address", "contact_point", "family_relation", "entry", "entry_subject", "entry_event", "routing_outcome", "share", "share_event", "delivery")
SHELF = "population_shelf"


def set_aside(connection: psycopg.Connection) -> None:
    """
    1. Write down how each index is made, on a shelf in the database itself.
    2. Drop it, in the same transaction. What keeps rows unique stays.
    """
    with connection.transaction():
        connection.execute(f"CREATE TABLE IF NOT EXISTS {SHELF} (definition text PRIMARY KEY)")
        found = connection.execute(
            """SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
                WHERE t.relname = ANY (%s) AND t.relnamespace = 'public'::regnamespace AND NOT i.indisunique""",
            [list(FILLED)],
        ).fetchall()
        for name, definition in found:
            connection.execute(f"INSERT INTO {SHELF} VALUES (%s) ON CONFLICT DO NOTHING", [definition])
            connection.execute(psycopg.sql.SQL("DROP INDEX {}").format(psycopg.sql.Identifier(name)))


def are_set_aside(connection: psycopg.Connection) -> bool:
    row = connection.execute("SELECT to_regclass(%s) IS NOT NULL", [SHELF]).fetchone()
    return bool(row and row[0])


def build_again(connection: psycopg.Connection) -> Iterator[str]:
    """Each index in its turn; yields what was built."""
    if not are_set_aside(connection):
        return
    connection.execute("SET maintenance_work_mem = '1GB'")
    definitions = [definition for (definition,) in connection.execute(f"SELECT definition FROM {SHELF} ORDER BY 1").fetchall()]
    for definition in definitions:
        with connection.transaction():
            connection.execute(definition)
            connection.execute(f"DELETE FROM {SHELF} WHERE definition = %s", [definition])
        yield definition.split()[2]
    connection.execute(f"DROP TABLE {SHELF}")
