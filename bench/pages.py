"""The pages of the main job as HTML over real HTTP, with gate, row security and ledger on.

    bin/bench pages [--people 1000000] [--seconds 6] [--rounds 3] [--clients 8]        (python -m bench.pages )

A closed loop of clients asks Granian (two processes) for a person's page, my people (50 rows), the finder with typing errors in the name and
My work, in turns, so that the ratios of one run hold on a busy machine. Every answer is checked, its size and its queries are counted.
CPU is what web and database used for one request together, by the kernel's count: the steadier figure.

Beside it, from the reference run of this project on two such cores (not run here): a FHIR server under access policies opens a person in three calls
at 193/s (6.9 CPU-ms), lists my people at 442/s (12 rows, 3.1 CPU-ms), finds by name at 122/s (10.2); a Python hospital system opens at 9 to 39/s (41 to 172), lists at 11/s.
"""

import argparse
import random
import sys
from collections.abc import Callable
from contextlib import ExitStack
from statistics import median

from bench.clients import Asked, Cell, Connection, descendants, run
from bench.measured import Bar, Report, p50, p95, say, significant
from bench.population import Population, django_as_the_web, people_of, population, practitioners

LARGEST, MOST_QUERIES = 60_000, 12
READERS, PEOPLE_EACH = 240, 30
"""Nobody may open more than fifty records in five minutes: the gate asks a supervisor first. So many readers open few records each."""


def main() -> int:
    asked = arguments()
    with population(asked.people) as where:
        django_as_the_web()
        from tests.site import Site

        readers = [Reader(where, *row) for row in practitioners(where, min(READERS, asked.people // 500))]
        pages: dict[str, Callable[[Reader], Callable[[random.Random], Asked]]] = {
            "person's page": Reader.a_person, "my people": Reader.my_people, "finder": Reader.a_search, "my work": Reader.my_work, "no database": Reader.nothing,
        }
        site = Site(where.name, workers=asked.workers, threads=asked.threads)
        with ExitStack() as ending:
            ending.callback(site.stop)
            processes = lambda: descendants(site.family.children["web"].pid) + backends(where)  # noqa: E731
            for reader in readers:
                reader.sign_in(site.port)
            for page in pages.values():  # warm
                run(site.port, shared_out([page(reader) for reader in readers], asked.clients), clients=asked.clients, seconds=1, processes=processes)
            many: dict[str, list[Cell]] = {name: [] for name in pages}
            alone: dict[str, list[Cell]] = {name: [] for name in pages}
            for number in range(asked.rounds):
                for name, page in pages.items():
                    say(f"round {number + 1} of {asked.rounds}: {name} ...")
                    requests = shared_out([page(reader) for reader in readers], asked.clients)
                    many[name].append(run(site.port, requests, clients=asked.clients, seconds=asked.seconds, processes=processes))
                    alone[name].append(run(site.port, requests[number % len(requests):], clients=1, seconds=max(1.0, asked.seconds / 3), processes=processes))
        queries = {name: count_queries(readers[0], page) for name, page in pages.items()}
        report = Report("pages", where.sizes() | {"clients": asked.clients, "web_processes": asked.workers})
    report.head = ("page", f"/s at {asked.clients}", "p50 ms", "p95 ms", "CPU ms", "p50 alone", "p95 alone", "largest", "queries", "wrong")
    for name in pages:
        crowd, one = many[name], alone[name]
        report.rows.append((
            name, significant(median(cell.rate for cell in crowd)), p50(ms for cell in crowd for ms in cell.milliseconds), p95(ms for cell in crowd for ms in cell.milliseconds),
            significant(median(cell.cpu_ms for cell in crowd)), p50(ms for cell in one for ms in cell.milliseconds), p95(ms for cell in one for ms in cell.milliseconds),
            f"{max(cell.largest for cell in crowd):,}", queries[name], sum(sum(cell.wrong.values()) for cell in crowd + one),
        ))
    figure = {row[0]: row for row in report.rows}
    report.bars = [
        Bar("person's pages a second", figure["person's page"][1], 200, at_least=True),
        Bar("person's page alone, p50 ms", figure["person's page"][5], 10),
        Bar("pages of my people a second", figure["my people"][1], 300, at_least=True),
        Bar("searches a second, with typing errors", figure["finder"][1], 200, at_least=True),
        Bar("a search, p95 ms", figure["finder"][3], 200),
        Bar("largest page, bytes", max(int(row[7].replace(",", "")) for row in report.rows), LARGEST),
        Bar("most queries of a page", max(queries.values()), MOST_QUERIES),
        Bar("wrong answers", sum(row[9] for row in report.rows), 0),
    ]
    return report.finish()


class Reader:
    """A practitioner with a session, their own people, and names they will mistype."""

    def __init__(self, where: Population, practitioner: int, account: int, caseload: int) -> None:
        self.where, self.practitioner, self.account, self.caseload = where, practitioner, account, caseload
        self.people = people_of(where, practitioner, PEOPLE_EACH)
        with where.connect() as connection:
            rows = connection.execute("SELECT given_name, family_name FROM person WHERE id = ANY (%s)", [self.people]).fetchall()
        self.names = [f"{mistyped(given, place)} {mistyped(family, place + 1)}" for place, (given, family) in enumerate(rows)]
        self.cookie = self.key = ""

    def sign_in(self, port: int) -> None:
        """A browser session, as signing in leaves it; then the form's key, from the page itself."""
        from http.cookies import SimpleCookie
        from importlib import import_module

        from django.conf import settings
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

        from alongside.agencies.models import Account
        from bench.population import tokens

        account = Account.objects.get(pk=self.account)
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(self.account), settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY], session["identity"] = account.get_session_auth_hash(), tokens([self.account])[0]
        session.create()
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
        status, headers, body = Connection(port).ask(Asked("/find/", cookie=self.cookie))
        assert status == 200, (status, headers)
        cookies = SimpleCookie()
        for line in headers.decode().split("\r\n"):
            if line.lower().startswith("set-cookie:"):
                cookies.load(line.partition(":")[2].strip())
        self.cookie += f"; {settings.CSRF_COOKIE_NAME}={cookies[settings.CSRF_COOKIE_NAME].value}"
        self.key = body.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]

    def a_person(self) -> Callable[[random.Random], Asked]:
        return lambda draw: Asked(f"/people/{draw.choice(self.people)}/", cookie=self.cookie)

    def my_people(self) -> Callable[[random.Random], Asked]:
        return lambda draw: Asked(f"/my-people/?page={draw.randint(1, max(1, self.caseload // 60))}", cookie=self.cookie)

    def a_search(self) -> Callable[[random.Random], Asked]:
        from urllib.parse import urlencode

        return lambda draw: Asked("/find/", urlencode({"csrfmiddlewaretoken": self.key, "question": draw.choice(self.names)}).encode(), self.cookie)

    def my_work(self) -> Callable[[random.Random], Asked]:
        return lambda draw: Asked("/my-work/", cookie=self.cookie)

    def nothing(self) -> Callable[[random.Random], Asked]:
        return lambda draw: Asked("/static/design/favicon.svg")


def shared_out(requests: list[Callable[[random.Random], Asked]], clients: int) -> list[Callable[[random.Random], Asked]]:
    """Each client acts for its own part of the readers, a different one each time."""
    parts = [requests[number::clients] or requests for number in range(clients)]
    return [lambda draw, part=part: draw.choice(part)(draw) for part in parts]  # type: ignore[misc]


def mistyped(name: str, place: int) -> str:
    """Two letters swapped, one left out or one doubled: as people type."""
    at = 1 + place % max(1, len(name) - 2)
    return (name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :], name[:at] + name[at + 1 :], name[:at] + name[at] + name[at:])[place % 3] if len(name) > 3 else name


def count_queries(reader: Reader, page: Callable[[Reader], Callable[[random.Random], Asked]]) -> int:
    """In this process, through every middleware: statements sent for one answer, transaction control left out."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, asked = Client(SERVER_NAME="127.0.0.1"), page(reader)(random.Random(1))
    client.cookies.load(reader.cookie)
    with CaptureQueriesContext(connection) as seen:
        if asked.body:
            client.post(asked.path, asked.body, content_type="application/x-www-form-urlencoded")
        else:
            client.get(asked.path)
    return sum(not query["sql"].startswith(("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")) for query in seen)


def backends(where: Population) -> list[int]:
    return descendants(int((where.data / "postmaster.pid").read_text().splitlines()[0]))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=4)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
