"""Recording an entry through the web, with its routing to five partners and more, and the worker delivering the shares.

    bin/bench record_and_route [--people 1000000] [--seconds 6] [--rounds 3] [--clients 8] [--deliveries 20000]      (python -m bench.record_and_route )

Each request is the form as a browser sends it: gate, routing of every partner in scope, entry, outcomes, shares, clocks, outbox and ledger lines in
one transaction, committed before the answer. Afterwards every entry is counted: exactly one, with one outcome for every partner in scope.
The first line is measured in a district of six agencies, made for it beside those of ten as they are made: its authors have five partners besides their own
agency. The second line is the same in the districts of ten. The bars are the first line's.
The worker is then given a queue of deliveries and timed by what the database says was delivered, and when.

Beside it, from the reference run (not run here): a FHIR server writes 103 notes/s (45/s once its audit is saved), a Python hospital system 49/s. Neither routes.
"""

import argparse
import random
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any
from urllib.parse import urlencode

from bench.clients import Asked, Cell, descendants, run
from bench.measured import Bar, Report, p50, p95, say, significant
from bench.pages import READERS, Reader, backends, shared_out
from bench.population import ROOT, Population, django_as_the_web, population, practitioners

MARK = "Bench: "
PARTNERS = {"five": 6, "ten": 10}
"""How many agencies work together where an entry is recorded. With six, five other agencies are in scope of each entry; with ten, nine, and the author's own front door, which has declared a need."""


def main() -> int:
    asked = arguments()
    with population(asked.people, small_district=True) as where:
        django_as_the_web()
        from tests.site import Site

        writers = {name: [Reader(where, *row) for row in practitioners(where, min(READERS, asked.people // 500), agencies=agencies)] for name, agencies in PARTNERS.items()}
        site = Site(where.name, workers=asked.workers, threads=asked.threads)
        with ExitStack() as ending:
            ending.callback(site.stop)
            for writer in (writer for some in writers.values() for writer in some):
                writer.sign_in(site.port)
            processes = lambda: descendants(site.family.children["web"].pid) + backends(where)  # noqa: E731
            requests = {name: shared_out([an_entry(writer) for writer in some], asked.clients) for name, some in writers.items()}
            for some in requests.values():
                run(site.port, some, clients=asked.clients, seconds=2, processes=processes, right=(302, 303))
            many: dict[str, list[Cell]] = {name: [] for name in requests}
            alone: dict[str, list[Cell]] = {name: [] for name in requests}
            wrote = {name: Written() for name in requests}
            for number in range(asked.rounds):
                for name, some in requests.items():
                    say(f"round {number + 1} of {asked.rounds}: {name} partners ...")
                    mark = newest_entry(where)
                    as_if_read(writers[name])
                    many[name].append(run(site.port, some, clients=asked.clients, seconds=asked.seconds, processes=processes, right=(302, 303)))
                    alone[name].append(run(site.port, some[number % len(some):], clients=1, seconds=max(1.0, asked.seconds / 3), processes=processes, right=(302, 303)))
                    wrote[name] += what_was_written(where, mark)
        say("deliveries ...")
        delivered, seconds = deliver(where, asked.deliveries)
        report = Report("record_and_route", where.sizes() | {"clients": asked.clients, "web_processes": asked.workers})
    report.head = ("entries with", f"/s at {asked.clients}", "p50 ms", "p95 ms", "CPU ms", "p50 alone", "p95 alone", "outcomes", "shares", "wrong")
    report.rows = [line(f"{name} partners in scope", many[name], alone[name], wrote[name]) for name in requests] + [("deliver", significant(delivered / seconds), *[""] * 8)]
    report.notes = [
        f"{sum(one.entries for one in wrote.values()):,} entries were written, those of the first line in a district of six agencies, those of the second in districts of ten; "
        f"outcomes are those of the entry with fewest, shares the average; {delivered:,} shares were delivered in {seconds:.1f} s",
    ]
    cells = [cell for name in requests for cell in many[name] + alone[name]]
    answered, wrong = sum(len(cell.milliseconds) for cell in cells), sum(sum(cell.wrong.values()) for cell in cells)
    five = report.rows[0]
    report.bars = [
        Bar("entries a second, five partners in scope", five[1], 150, at_least=True), Bar("such an entry, p95 ms", five[3], 100), Bar("outcomes of the entry with fewest", five[7], 5, at_least=True),
        Bar("answers that were not 'recorded'", wrong, 0), Bar("entries answered and not there", answered - wrong - sum(one.entries for one in wrote.values()), 0),
        Bar("shares delivered a second", significant(delivered / seconds), 1000, at_least=True),
    ]
    return report.finish()


@dataclass(frozen=True, slots=True)
class Written:
    """Entries, the fewest outcomes that one of them has, and all their shares."""

    entries: int = 0
    outcomes: int = 1_000
    shares: int = 0

    def __add__(self, more: "Written") -> "Written":
        return Written(self.entries + more.entries, min(self.outcomes, more.outcomes), self.shares + more.shares)


def line(name: str, many: list[Cell], alone: list[Cell], wrote: Written) -> tuple[Any, ...]:
    took, ours = [[ms for cell in cells for ms in cell.milliseconds] for cells in (many, alone)]
    return (
        name, significant(median(cell.rate for cell in many)), p50(took), p95(took), significant(median(cell.cpu_ms for cell in many)), p50(ours), p95(ours), wrote.outcomes,
        significant(wrote.shares / max(1, wrote.entries)), sum(sum(cell.wrong.values()) for cell in many + alone),
    )


def an_entry(writer: Reader) -> Callable[[random.Random], Asked]:
    """What a browser sends: a new key each time, today's date, a visit and what was done."""
    from alongside.common.clock import now

    day = now().date() - timedelta(days=1)

    def entry(draw: random.Random) -> Asked:
        words = {
            "csrfmiddlewaretoken": writer.key, "key": uuid.UUID(int=draw.getrandbits(128) ^ time.perf_counter_ns(), version=4), "kind": "injury_observation", "headline": f"{MARK}a graze on the knee",
            "happened_on_day": day.day, "happened_on_month": day.month, "happened_on_year": day.year, "account": "Fell in the playground. Clean and covered. In good spirits afterwards.",
            "words_of_person": "It does not hurt any more.", "effect": "None that lasts.", "action_taken": "Told the family.", "no_action_reason": "", "harm": "none_known", "step": "save",
        }
        return Asked(f"/people/{draw.choice(writer.people)}/entries/add/", urlencode(words).encode(), writer.cookie)

    return entry


def as_if_read(writers: list[Reader]) -> None:
    """What was recorded is told on the next page, which nobody asks for here: it is taken out of the sessions, or they would grow with every entry."""
    from importlib import import_module

    from django.conf import settings

    for writer in writers:
        session = import_module(settings.SESSION_ENGINE).SessionStore(writer.cookie.split("; ")[0].partition("=")[2])
        if session.pop("_messages", None):
            session.save()


def newest_entry(where: Population) -> int:
    with where.connect() as connection:
        return int(connection.execute("SELECT coalesce(max(id), 0) FROM entry").fetchone()[0])  # type: ignore[index]


def what_was_written(where: Population, after: int) -> Written:
    with where.connect() as connection:
        row = connection.execute(
            """SELECT count(*), coalesce(min((SELECT count(*) FROM routing_outcome o WHERE o.entry_id = e.id)), 0), coalesce(sum((SELECT count(*) FROM share s WHERE s.entry_id = e.id)), 0)::integer
                 FROM entry e WHERE e.id > %s AND e.headline LIKE %s""",
            [after, f"{MARK}%"],
        ).fetchone()
    return Written(*row)  # type: ignore[misc]


def deliver(where: Population, how_many: int) -> tuple[int, float]:
    """Put deliveries back into the queue as if they had just been written, start the worker as it runs in production, and wait until the queue is empty."""
    with where.connect() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("DELETE FROM inbox_item i USING delivery d WHERE d.share_id = i.share_id AND d.id IN (SELECT id FROM delivery ORDER BY id LIMIT %s)", [how_many])
        connection.execute("UPDATE delivery SET delivered_at = NULL, attempts = 0, created_at = now(), next_attempt_at = now() WHERE id IN (SELECT id FROM delivery ORDER BY id LIMIT %s)", [how_many])
        waiting = connection.execute("SELECT count(*) FROM delivery WHERE delivered_at IS NULL AND channel = 'inbox'").fetchone()[0]  # type: ignore[index]
        worker = subprocess.Popen([sys.executable, "-m", "alongside", "worker"], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            left, since, deadline = waiting, 0.0, time.monotonic() + 300
            while left and time.monotonic() < deadline:
                time.sleep(0.05)
                left = connection.execute("SELECT count(*) FROM delivery WHERE delivered_at IS NULL AND channel = 'inbox'").fetchone()[0]  # type: ignore[index]
                if left < waiting and not since:
                    since, first = time.perf_counter(), left
            return (first - left, time.perf_counter() - since) if since else (0, 1.0)
        finally:
            worker.terminate()
            worker.wait(30)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--deliveries", type=int, default=20_000)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
