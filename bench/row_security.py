"""Row security against no policy and against the same filter written in the application: my caseload, open one, a chronology, all I may see.

    bin/bench row_security [--people 1000000] [--rounds 200]         (python -m bench.row_security )

Three ways in turns on the same questions, so that ratios hold on a busy machine: the product's own role under its policies; a superuser with the
filter an application would write (principals looked up in the relationships, keys in the agreements); a superuser with no filter but the question itself. Statements
are prepared and planned once: whether PostgreSQL plans one of them anew each time hangs on a hair of its estimates, and would be most of what is measured. `open one` and `chronology` run on a ticket, as the product's do; what the ticket costs is the bench `gate`.
"""

import argparse
import random
import sys
from statistics import median
from typing import Any

import psycopg

from bench.measured import Bar, Report, milliseconds, p50, p95, say, significant
from bench.population import Population, django_as_the_web, people_of, population, practitioners, tokens

TIMES_NO_POLICY, LIST_ALL_MS = 1.5, 10

CASELOAD = """SELECT p.id, p.given_name, p.family_name, p.date_of_birth FROM person p WHERE p.acl && %(me)s ORDER BY p.family_name, p.given_name, p.id LIMIT 50"""
OPEN = "SELECT * FROM person p WHERE p.id = %(person)s"
CHRONOLOGY = """SELECT e.id, e.kind, e.headline, e.account, e.happened_at, e.byline FROM entry_subject s JOIN entry e ON e.id = s.entry_id
                 WHERE s.person_id = %(person)s {filter} ORDER BY s.happened_at DESC, e.id DESC LIMIT 50"""
KNOWN = " AND EXISTS (SELECT 1 FROM relationship r WHERE r.person_id = p.id AND (r.practitioner_id = ANY (%(me)s) OR 1000000000 + r.team_id = ANY (%(me)s)) AND r.ends IS NULL)"
SHARED = """ AND EXISTS (SELECT 1 FROM relationship r WHERE r.person_id = s.person_id AND (r.practitioner_id = ANY (%(me)s) OR 1000000000 + r.team_id = ANY (%(me)s)) AND r.ends IS NULL)
             AND (e.agency_id = %(agency)s OR e.shared_to && %(me)s
                  OR EXISTS (SELECT 1 FROM flow f WHERE f.from_agency_id = e.agency_id AND f.to_agency_id = %(agency)s AND f.purpose = 'direct_care' AND f.category = e.category AND f.ends > now())
                     AND NOT EXISTS (SELECT 1 FROM objection o WHERE o.person_id = s.person_id AND o.ended_at IS NULL AND (o.category = '' OR o.category = e.category)))"""
ALL = "SELECT id FROM person"
ALL_MINE = "SELECT DISTINCT r.person_id FROM relationship r WHERE (r.practitioner_id = ANY (%(me)s) OR r.team_id = ANY (%(teams)s)) AND r.ends IS NULL"

QUESTIONS: dict[str, tuple[str, str, str]] = {  # under policies, no policy, filtered by the application
    "my caseload, 50": (CASELOAD, CASELOAD, CASELOAD.replace("WHERE p.acl && %(me)s", "WHERE p.id IN (SELECT r.person_id FROM relationship r WHERE r.practitioner_id = ANY (%(me)s) AND r.ends IS NULL)")),
    "open one": (OPEN, OPEN, OPEN + KNOWN),
    "chronology": (CHRONOLOGY.format(filter=""), CHRONOLOGY.format(filter=""), CHRONOLOGY.format(filter=SHARED)),
    "all I may see": (ALL, ALL_MINE, ALL_MINE),
}
WAYS = ("policies", "no policy", "application")


def main() -> int:
    asked = arguments()
    with population(asked.people) as where:
        django_as_the_web()
        asks = {way: Asker(where, policies=way == "policies") for way in WAYS}
        readers = [Reader(where, *row) for row in practitioners(where, 20)]
        took: dict[tuple[str, str], list[float]] = {(question, way): [] for question in QUESTIONS for way in WAYS}
        cpu: dict[tuple[str, str], list[float]] = {key: [] for key in took}
        rows: dict[tuple[str, str], list[int]] = {key: [] for key in took}
        for question, texts in QUESTIONS.items():
            say(f"{question} ...")
            for number in range(asked.rounds + 5):
                reader = readers[number % len(readers)]
                words = reader.words(random.Random(number))
                for way, text in list(zip(WAYS, texts, strict=True))[number % 3 :] + list(zip(WAYS, texts, strict=True))[: number % 3]:
                    ms, spent, count = asks[way].ask(text, words, reader)
                    if number >= 5:  # the first ones make the plans
                        took[question, way].append(ms)
                        cpu[question, way].append(spent)
                        rows[question, way].append(count)
        report = Report("row_security", where.sizes() | {"readers": len(readers), "rounds": asked.rounds})
    report.head = ("question", *(f"{way} ms" for way in WAYS), "p95 ms", "times no policy", "times application", "CPU times no policy", "rows")
    for question in QUESTIONS:
        ours, none, application = (median(took[question, way]) for way in WAYS)
        spent, spent_without = median(cpu[question, "policies"]), median(cpu[question, "no policy"])
        report.rows.append((
            question, significant(ours), significant(none), significant(application), p95(took[question, "policies"]), significant(ours / none), significant(ours / application),
            significant(spent / spent_without), significant(median(rows[question, "policies"])),
        ))  # fmt: skip
        if question != "all I may see":
            report.bars += [Bar(f"{question}: times no policy", significant(ours / none), TIMES_NO_POLICY), Bar(f"{question}: times the application's filter", significant(ours / application), 1)]
        else:
            report.bars.append(Bar("all I may see, p50 ms", p50(took[question, "policies"]), LIST_ALL_MS))
    report.notes.append("CPU is the server process's own, by the kernel's count.")
    return report.finish()


class Reader:
    """One practitioner: session, principals, agency, and people with a middling chronology."""

    def __init__(self, where: Population, practitioner: int, account: int, caseload: int) -> None:
        self.token = tokens([account])[0]
        self.people = people_of(where, practitioner, 100)
        with where.connect() as connection:
            me, agency = connection.execute("SELECT principals_of(id), agency_id FROM practitioner WHERE id = %s", [practitioner]).fetchone()  # type: ignore[misc]
        self.me, self.agency, self.teams = me, agency, [one - 1_000_000_000 for one in me if one > 1_000_000_000]

    def words(self, draw: random.Random) -> dict[str, Any]:
        return {"me": self.me, "teams": self.teams, "agency": self.agency, "person": draw.choice(self.people)}


class Asker:
    """One connection that asks in one of the ways."""

    def __init__(self, where: Population, *, policies: bool) -> None:
        from alongside.cli.postgres.addresses import role_address

        self.connection = psycopg.connect(role_address("alongside_app") if policies else where.administrator)
        self.connection.prepare_threshold = 0
        self.connection.execute("SET plan_cache_mode = force_generic_plan")
        self.connection.commit()
        self.pid = self.connection.info.backend_pid

    def ask(self, text: str, words: dict[str, Any], reader: Reader) -> tuple[float, float, int]:
        """Milliseconds, CPU milliseconds of the server, rows. Becoming the reader and opening the record come before the clock starts, in each of the ways, so that
        nothing but the policies differs; and it ends as a page ends, because what psycopg has prepared is lost whenever something is undone."""
        with self.connection.transaction():
            self.connection.execute("SELECT identify(%s)", [reader.token])
            if "%(person)s" in text:
                own, shared = list(range(1, 24)), [1, 2, 5, 9, 10]
                self.connection.execute(
                    "SELECT open_record(%s, %s, %s, false, %s)", [words["person"], own, shared, '{"verb": "read", "purpose": "direct_care", "surface": "job", "automatic": true}']
                )
            count = 0

            def fetch() -> None:
                nonlocal count
                count = len(self.connection.execute(text, {name: value for name, value in words.items() if f"%({name})s" in text}).fetchall())

            before = self._cpu()
            ms = milliseconds(fetch)
            return ms, self._cpu() - before, count

    def _cpu(self) -> float:
        with open(f"/proc/{self.pid}/schedstat") as file:
            return int(file.read().split()[0]) / 1e6


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=200)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
