"""Databases for tests: one template for each state of the migrations, and from it a database of one's own in a few dozen milliseconds."""

import contextlib
import fcntl
import functools
import hashlib
import os
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from alongside.cli.postgres.addresses import administrative_address, uses_embedded_server
from alongside.cli.postgres.cluster import ADMINISTRATOR
from alongside.cli.postgres.home import make_home
from alongside.cli.postgres.passwords import SecretsFile
from alongside.cli.postgres.roles import SIGNING_IN

ROOT = Path(__file__).resolve().parents[1]
PARTS = "alongside_tests"
KEPT_TEMPLATES = 3
MEMORY, ROOM = Path("/dev/shm"), 4 * 2**30


def test_home() -> Path:
    """One server for every test run of this clone: in memory, where there is enough of it, because a copy of a database is some 1,300 files; else under
    /tmp, where as root the database account can reach it."""
    name = f"alongside-tests-{os.geteuid()}-{zlib.crc32(str(ROOT).encode()):08x}"
    in_memory = MEMORY / name
    return in_memory if in_memory.exists() or _has_room(MEMORY) else Path(tempfile.gettempdir()) / name


def _has_room(folder: Path) -> bool:
    with contextlib.suppress(OSError):
        there = os.statvfs(folder)
        return os.access(folder, os.W_OK) and there.f_bavail * there.f_frsize >= ROOM
    return False


test_home.__test__ = False  # type: ignore[attr-defined]


def own_name() -> str:
    return f"{PARTS}_{os.getpid()}"


def ensure_secrets(home: Path) -> None:
    with _turn(make_home(home)):
        SecretsFile(home).ensure(ADMINISTRATOR, *SIGNING_IN, "django")


def nothing_collected(home: Path) -> Path:
    """Where style sheets would be collected: in tests they come from the sources, and the server warns of a folder that is not there."""
    (home / "nothing-collected").mkdir(exist_ok=True)
    return home / "nothing-collected"


def fresh(name: str, *, demo: bool = False, like: str | None = None) -> None:
    """Make, or make again, a database of that name as the migrations (and the demo's loader, if asked) leave it; or a copy of another, to which whoever is still connected is no longer."""
    template = like or ensure_template(demo=demo)
    with _administrator() as connection:
        if like:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [like])
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER alongside_owner STRATEGY FILE_COPY").format(sql.Identifier(name), sql.Identifier(template))
        )
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
        connection.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(name), sql.SQL(", ").join(map(sql.Identifier, SIGNING_IN)))
        )


def drop(name: str) -> None:
    with _administrator() as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def ensure_template(*, demo: bool = False) -> str:
    """Build the template for the present state of the sources, once for all processes, under a draft name until it is complete."""
    name = f"{PARTS}_template_{'demo_' if demo else ''}{_state_of_sources(demo)}"
    with _turn(Path(os.environ["ALONGSIDE_HOME"])), _administrator() as connection:
        if connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is not None:
            return name
        _sweep(connection)
        _make_haste(connection)
        draft = f"{name}_draft"
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(draft)))
        for command in ["migrate", "demo"] if demo else ["migrate"]:
            environment = {**os.environ, "ALONGSIDE_DATABASE": draft, "ALONGSIDE_MODE": "demo" if demo else "test"}
            environment.pop("ALONGSIDE_ROLE", None)
            done = subprocess.run(
                [sys.executable, "-m", "alongside", command], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
            )
            if done.returncode:
                raise RuntimeError(f"alongside {command} failed:\n{done.stdout}{done.stderr}")
        connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(name)))
    return name


@functools.cache
def _state_of_sources(demo: bool) -> str:
    package = ROOT / "alongside"
    paths = [*package.glob("*/migrations/*.py"), *package.rglob("*.sql"), package / "cli" / "postgres" / "roles.py"]
    if demo:  # whatever the loader calls may change what it makes
        paths = sorted({*paths, *package.rglob("*.py")})
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def _make_haste(connection: psycopg.Connection) -> None:
    """What tests write need not outlive this machine, so our own server waits for no disk. The servers that tests kill are others, and do wait."""
    if uses_embedded_server():
        for setting, value in {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "256MB"}.items():
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(setting), sql.Literal(value)))
        connection.execute("SELECT pg_reload_conf()")


def _sweep(connection: psycopg.Connection) -> None:
    """Drop what ended test runs left, and all but the newest templates."""
    found = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid DESC", [f"{PARTS}\\_%"]).fetchall()
    names = [name for (name,) in found]
    templates = [name for name in names if "_template_" in name and not name.endswith("_draft")]
    ended = [name for name in names if "_template_" not in name and not Path(f"/proc/{name.removeprefix(PARTS).split('_')[1]}").exists()]
    for name in [*templates[KEPT_TEMPLATES:], *ended]:
        with contextlib.suppress(psycopg.errors.ObjectInUse):
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


@contextlib.contextmanager
def _administrator() -> Iterator[psycopg.Connection]:
    address = administrative_address()
    assert address is not None, "tests make databases: give DATABASE_URL, not only the roles' own addresses"
    with psycopg.connect(make_conninfo(address, application_name="tests"), autocommit=True) as connection:
        yield connection


@contextlib.contextmanager
def _turn(home: Path) -> Iterator[None]:
    with (home / "tests.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
