"""Growth: opening a record, a caseload and the finder in a small and in a large population, in one run.

    bin/bench growth [--small 100000] [--large 1000000] [--rounds 200] [--entries-each 5]         (python -m bench.growth )

Both databases stand in one server and are asked in turns, by readers with caseloads of the same size. The bar is the p50 of the large one against
that of the small one. At full size: --large 10000000; loading that takes an hour or two and 75 GB of disk, with --entries-each 1 under an hour and about 30 GB.
"""

import argparse
import json
import random
import sys
from collections.abc import Callable
from statistics import median

import psycopg

from bench.measured import Bar, Report, milliseconds, p50, p95, say, significant
from bench.pages import mistyped
from bench.population import Population, django_as_the_web, people_of, population, practitioners
from bench.row_security import CHRONOLOGY

TIMES = 1.3
READERS = 30


def main() -> int:
    asked = arguments()
    with population(asked.small, asked.entries_each) as small, population(asked.large, asked.entries_each) as large:
        django_as_the_web()
        sides = {"small": Side(small), "large": Side(large)}
        took: dict[tuple[str, str], list[float]] = {(what, size): [] for what in Side.QUESTIONS for size in sides}
        for what, ask in Side.QUESTIONS.items():
            say(f"{what} ...")
            for number in range(asked.rounds + READERS):
                for size in ("small", "large") if number % 2 else ("large", "small"):
                    ms = ask(sides[size], number)
                    if number >= READERS:
                        took[what, size].append(ms)
        report = Report("growth", {"small": f"{asked.small:,}", "large": f"{asked.large:,}", "rounds": asked.rounds, "entries each": asked.entries_each})
    report.head = ("", "small p50 ms", "large p50 ms", "large p95 ms", "times")
    for what in Side.QUESTIONS:
        times = significant(median(took[what, "large"]) / median(took[what, "small"]))
        report.rows.append((what, p50(took[what, "small"]), p50(took[what, "large"]), p95(took[what, "large"]), times))
        report.bars.append(Bar(f"{what}: p50 of the large population, times that of the small", times, TIMES))
    return report.finish()


class Side:
    """One population, with its readers and one connection in the web's own role."""

    def __init__(self, where: Population) -> None:
        from psycopg.conninfo import make_conninfo

        from alongside.cli.postgres.addresses import role_address

        self.connection = psycopg.connect(make_conninfo(role_address("alongside_app"), dbname=where.name))
        self.connection.prepare_threshold = 2
        with where.connect() as administrator:
            self.readers = [
                (self.begin(account), people, [f"{mistyped(given, n)} {mistyped(family, n + 1)}" for n, (given, family) in enumerate(self.names(administrator, people))])
                for practitioner, account, _ in practitioners(where, READERS)
                if (people := people_of(where, practitioner, 40))
            ]

    def begin(self, account: int) -> str:
        import secrets

        token = secrets.token_urlsafe(32)
        with self.connection.transaction():
            self.connection.execute("SELECT begin_session(%s, %s, 12, 'bench')", [account, token])
        return token

    @staticmethod
    def names(administrator: psycopg.Connection, people: list[int]) -> list[tuple[str, str]]:
        return administrator.execute("SELECT given_name, family_name FROM person WHERE id = ANY (%s)", [people]).fetchall()

    def open_one(self, number: int) -> float:
        """Identity, facts, ticket with its line, person and chronology; committed."""
        token, people, _ = self.readers[number % len(self.readers)]
        person = random.Random(number).choice(people)

        def all_of_it() -> None:
            with self.connection.transaction():
                self.connection.execute("SELECT identify(%s)", [token])
                self.connection.execute("SELECT gate_facts(%s, 'direct_care')", [person])
                self.connection.execute("SELECT open_record(%s, %s, %s, false, %s)", [person, list(range(1, 24)), [1, 2, 5, 9, 10], '{"verb": "read", "purpose": "direct_care"}'])
                self.connection.execute("SELECT * FROM person WHERE id = %s", [person]).fetchall()
                self.connection.execute(CHRONOLOGY.format(filter=""), {"person": person}).fetchall()

        return milliseconds(all_of_it)

    def caseload(self, number: int) -> float:
        token, _, _ = self.readers[number % len(self.readers)]
        return self._through_a_door(token, "SELECT * FROM my_people('name', %s, 50, %s)", [number % 3 * 50, '{"verb": "read", "item": "my people"}'])

    def find(self, number: int) -> float:
        from alongside.people.rules.sounds import asked_sounds

        token, _, names = self.readers[number % len(self.readers)]
        name = names[number % len(names)].lower()
        return self._through_a_door(token, "SELECT * FROM find_people(%s, 20, %s)", [json.dumps({"words": name, "sounds": asked_sounds(name)}), '{"verb": "search"}'])

    def _through_a_door(self, token: str, question: str, words: list[object]) -> float:
        def all_of_it() -> None:
            with self.connection.transaction():
                self.connection.execute("SELECT identify(%s)", [token])
                self.connection.execute(question, words).fetchall()

        return milliseconds(all_of_it)

    QUESTIONS: dict[str, Callable[["Side", int], float]] = {"open a record": open_one, "my people, 50": caseload, "finder, mistyped": find}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", type=int, default=100_000)
    parser.add_argument("--large", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--entries-each", type=float, default=5, help="entries a person, on average, in both")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
