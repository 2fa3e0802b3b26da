"""The database that a bench runs on: as many synthetic people as asked for, kept between runs, in a server of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from bench.measured import say

ROOT = Path(__file__).resolve().parents[1]
HOME = Path(os.environ.get("BENCH_HOME", ROOT / ".alongside" / "bench"))
SEED = 7


@dataclass(frozen=True, slots=True)
class Population:
    """A database with so many synthetic people. The bench itself looks round in it as the server's administrator."""

    name: str
    people: int
    administrator: str
    data: Path

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(self.administrator, autocommit=True)

    def sizes(self) -> dict[str, object]:
        with self.connect() as connection:
            count = "SELECT reltuples::bigint FROM pg_class WHERE oid = %s::regclass"
            tables = {table: connection.execute(count, [table]).fetchone()[0] for table in ("person", "entry", "relationship", "share")}  # type: ignore[index]
            row = connection.execute("SELECT pg_size_pretty(pg_database_size(current_database())), split_part(version(), ' ', 2)").fetchone()
        return {name: f"{rows:,}" for name, rows in tables.items()} | {"on_disk": row[0], "postgresql": row[1]}  # type: ignore[index]


@contextmanager
def population(people: int, entries_each: float = 5, *, small_district: bool = False) -> Iterator[Population]:
    """Have it there, filled if need be, and its server running; with a district of six agencies beside those of ten, where one is asked for."""
    name = f"bench_{people}" + ("" if entries_each == 5 else f"_{entries_each:g}".replace(".", "_"))
    os.environ |= {"ALONGSIDE_HOME": str(HOME), "ALONGSIDE_MODE": "test", "ALONGSIDE_DATABASE": name, "DJANGO_SETTINGS_MODULE": "alongside.config.settings"}
    for variable in ("DATABASE_URL", "ALONGSIDE_ROLE"):
        os.environ.pop(variable, None)
    from alongside.cli.postgres.cluster import Cluster

    with Cluster(HOME).in_use() as cluster:
        say(f"{people:,} people in {name} ...")
        for command in (["migrate"], ["demo", "--people", str(people), "--entries-each", str(entries_each)]):
            subprocess.run([sys.executable, "-m", "alongside", *command], cwd=ROOT, check=True, stdout=sys.stderr)
        if small_district:
            subprocess.run([sys.executable, "-m", "bench.small_district"], cwd=ROOT, check=True, stdout=sys.stderr)
        yield Population(name, people, make_conninfo(cluster.address, dbname=name), cluster.data)


def django_as_the_web() -> None:
    """This process acts in the web's own role from here on."""
    import django

    django.setup()


def practitioners(where: Population, how_many: int, *, agencies: int = 10) -> list[tuple[int, int, int]]:
    """Ordinary practitioners with a caseload, spread over the districts of so many agencies: practitioner, account, how many people. The same ones each run."""
    with where.connect() as connection:
        return connection.execute(
            """SELECT w.id, w.account_id, count(*)::integer FROM (SELECT * FROM practitioner WHERE email = '' AND account_id IS NOT NULL AND supervisor_id IS NOT NULL
                        AND NOT EXISTS (SELECT FROM practitioner q WHERE q.supervisor_id = practitioner.id) AND role <> 'manager'
                        AND (SELECT count(DISTINCT o.agency_id) FROM partner m JOIN partner o USING (partnership_id) WHERE m.agency_id = practitioner.agency_id) = %s
                      ORDER BY hashint4(id + %s) LIMIT %s * 3) w
                 JOIN relationship r ON r.practitioner_id = w.id AND r.ends IS NULL JOIN account a ON a.id = w.account_id AND a.email LIKE 'worker.%%'
                GROUP BY 1, 2 HAVING count(*) > 50 ORDER BY hashint4(w.id) LIMIT %s""",
            [agencies, SEED, how_many, how_many],
        ).fetchall()


def people_of(where: Population, practitioner: int, how_many: int) -> list[int]:
    with where.connect() as connection:
        rows = connection.execute(
            """SELECT r.person_id FROM relationship r JOIN person p ON p.id = r.person_id AND p.acl && ARRAY[r.practitioner_id]
                WHERE r.practitioner_id = %s AND r.ends IS NULL ORDER BY hashint8(r.person_id) LIMIT %s""",
            [practitioner, how_many],
        ).fetchall()
    return [person for (person,) in rows]


def tokens(accounts: list[int]) -> list[str]:
    """Sessions that the database believes, begun as the web begins them."""
    from alongside.agencies.actions import begin_session
    from alongside.agencies.models import Account

    found = Account.objects.in_bulk(accounts)
    return [begin_session(found[account], user_agent="bench") for account in accounts]
