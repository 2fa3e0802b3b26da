"""The database roles, each with no more than its part, and how they are made on any server."""

from collections.abc import Mapping

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from alongside.cli.postgres.home import SetupProblem

OLDEST_SERVER = 15
EXTENSIONS = ("pg_trgm", "fuzzystrmatch", "unaccent")

OWNER = "alongside_owner"
DEFINER = "alongside_definer"
APP = "alongside_app"
WORKER = "alongside_worker"
SEALER = "alongside_sealer"
BACKUP = "alongside_backup"

POWERS: dict[str, set[str]] = {
    OWNER: {"LOGIN"},
    DEFINER: set(),
    APP: {"LOGIN"},
    WORKER: {"LOGIN"},
    SEALER: {"LOGIN"},
    BACKUP: {"LOGIN", "BYPASSRLS"},  # reads whole tables for pg_dump, and does nothing else
}
"""Every attribute not named here is taken away."""

SIGNING_IN = tuple(role for role, powers in POWERS.items() if "LOGIN" in powers)

LIMITS: dict[str, dict[str, str]] = {
    APP: {"statement_timeout": "15s", "lock_timeout": "5s", "idle_in_transaction_session_timeout": "60s"},
    WORKER: {"lock_timeout": "10s", "idle_in_transaction_session_timeout": "5min"},
    SEALER: {"lock_timeout": "10s", "idle_in_transaction_session_timeout": "60s"},
}

_COLUMNS = {
    "LOGIN": "rolcanlogin",
    "SUPERUSER": "rolsuper",
    "CREATEDB": "rolcreatedb",
    "CREATEROLE": "rolcreaterole",
    "REPLICATION": "rolreplication",
    "BYPASSRLS": "rolbypassrls",
}


def bootstrap(administrator: str, passwords: Mapping[str, str], database: str) -> list[str]:
    """Make what is missing and put right what differs; running it again is harmless. Returns what could not be done, in plain words.

    1. Refuse a server that is too old.
    2. Make the roles, each with exactly its powers, its password and its limits.
    3. Make the database, owned by the owner; only our roles may connect.
    4. In it: extensions, and default privileges so that a new function is nobody's until it is granted.
    """
    with psycopg.connect(administrator, autocommit=True) as connection:
        if connection.info.server_version < OLDEST_SERVER * 10_000:
            raise SetupProblem(f"PostgreSQL {OLDEST_SERVER} or newer is needed; this server is {connection.info.server_version // 10_000}.")
        connection.execute("SELECT pg_advisory_lock(hashtext('alongside bootstrap'))")
        roles = {role: powers for role, powers in POWERS.items() if role != BACKUP or _may_make_backup_role(connection)}
        for role, powers in roles.items():
            _make_role(connection, role, powers, passwords.get(role))
        connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(DEFINER), sql.Identifier(OWNER)))
        if not _is_superuser(connection):  # a managed server's administrator must be able to act for the owner
            connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(OWNER)))
        _make_database(connection, database, [role for role in SIGNING_IN if role in roles])
        with psycopg.connect(make_conninfo(administrator, dbname=database), autocommit=True) as inside:
            _prepare_database(inside, roles)
    if BACKUP in roles:
        return []
    return [f"{BACKUP} was not made: only a superuser can give it BYPASSRLS. Use your server's own backups."]


def refuse_powerful_role(connection: psycopg.Connection) -> None:
    """What serves people must not be able to see past the row security."""
    row = connection.execute(
        """SELECT r.rolname, r.rolsuper, r.rolbypassrls,
                  EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid),
                  pg_has_role(r.oid, %s, 'MEMBER') OR pg_has_role(r.oid, %s, 'MEMBER')
           FROM pg_roles r WHERE r.rolname = current_user""",
        [OWNER, DEFINER],
    ).fetchone()
    assert row is not None
    name, superuser, bypasses, owns, acts_for_owner = row
    faults = [
        fault
        for fault, found in [
            ("is a superuser", superuser),
            ("may bypass row security", bypasses),
            ("owns tables", owns),
            ("may act as the owner", acts_for_owner),
        ]
        if found
    ]
    if faults:
        raise SetupProblem(f"The database role {name} {' and '.join(faults)}: it could see past the row security. Serve as {APP}.")


def _make_role(connection: psycopg.Connection, role: str, powers: set[str], password: str | None) -> None:
    name = sql.Identifier(role)
    row = connection.execute(
        sql.SQL("SELECT {} FROM pg_roles WHERE rolname = %s").format(sql.SQL(", ").join(map(sql.Identifier, _COLUMNS.values()))), [role]
    ).fetchone()
    if row is None:
        wanted = " ".join(power if power in powers else f"NO{power}" for power in _COLUMNS)
        connection.execute(sql.SQL("CREATE ROLE {} {}").format(name, sql.SQL(wanted)))
    else:  # named one by one: some servers refuse the mere mention of a power their administrator does not hold
        for power, held in zip(_COLUMNS, row, strict=True):
            if held != (power in powers):
                connection.execute(sql.SQL("ALTER ROLE {} {}").format(name, sql.SQL(power if power in powers else f"NO{power}")))
    if password is not None and "LOGIN" in powers:  # as a verifier, so that the password itself never reaches a server's log
        verifier = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
        connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(name, sql.Literal(verifier)))
    for setting, limit in {"search_path": "public, pg_temp", **LIMITS.get(role, {})}.items():
        value = sql.SQL(limit) if setting == "search_path" else sql.Literal(limit)
        connection.execute(sql.SQL("ALTER ROLE {} SET {} = {}").format(name, sql.Identifier(setting), value))


def _make_database(connection: psycopg.Connection, database: str, roles: list[str]) -> None:
    name = sql.Identifier(database)
    if connection.execute("SELECT FROM pg_database WHERE datname = %s", [database]).fetchone() is None:
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'").format(name, sql.Identifier(OWNER))
        )
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, _names(roles)))


def _prepare_database(inside: psycopg.Connection, roles: Mapping[str, set[str]]) -> None:
    for extension in EXTENSIONS:
        inside.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
    owner, definer = sql.Identifier(OWNER), sql.Identifier(DEFINER)
    inside.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    inside.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(_names(list(roles))))
    inside.execute(sql.SQL("GRANT CREATE ON SCHEMA public TO {}, {}").format(owner, definer))
    inside.execute(sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {}, {} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC").format(owner, definer))
    inside.execute(
        sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}").format(owner, definer)
    )
    inside.execute(sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} GRANT USAGE, SELECT ON SEQUENCES TO {}").format(owner, definer))
    if BACKUP in roles:
        readable = sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} GRANT SELECT ON {} TO {}")
        for kind in ("TABLES", "SEQUENCES"):
            inside.execute(readable.format(owner, sql.SQL(kind), sql.Identifier(BACKUP)))


def _is_superuser(connection: psycopg.Connection) -> bool:
    row = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    return bool(row and row[0])


def _may_make_backup_role(connection: psycopg.Connection) -> bool:
    row = connection.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user").fetchone()
    return bool(row and row[0])


def _names(roles: list[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, roles))
