"""Recording an entry through the web, with its routing to five partners and more, and the worker delivering the shares.

    bin/bench record_and_route [--people 1000000] [--seconds 6] [--rounds 3] [--clients 8] [--deliveries 20000]      (python -m bench.record_and_route )

Each request is the form as a browser sends it: gate, routing of every partner in scope, entry, outcomes, shares, clocks, outbox and ledger lines in
one transaction, committed before the answer. Afterwards every entry is counted: exactly one, with one outcome for every partner in scope.
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
from datetime import timedelta
from statistics import median
from urllib.parse import urlencode

from bench.clients import Asked, Cell, descendants, run
from bench.measured import Bar, Report, p50, p95, say, significant
from bench.pages import READERS, Reader, backends, shared_out
from bench.population import ROOT, Population, django_as_the_web, population, practitioners

MARK = "Bench: "


def main() -> int:
    asked = arguments()
    with population(asked.people) as where:
        django_as_the_web()
        from tests.site import Site

        writers = [Reader(where, *row) for row in practitioners(where, min(READERS, asked.people // 500))]
        site = Site(where.name, workers=asked.workers, threads=asked.threads)
        with ExitStack() as ending:
            ending.callback(site.stop)
            for writer in writers:
                writer.sign_in(site.port)
            processes = lambda: descendants(site.family.children["web"].pid) + backends(where)  # noqa: E731
            requests = shared_out([an_entry(writer) for writer in writers], asked.clients)
            run(site.port, requests, clients=asked.clients, seconds=2, processes=processes, right=(302, 303))
            mark = newest_entry(where)
            many: list[Cell] = []
            alone: list[Cell] = []
            for number in range(asked.rounds):
                say(f"round {number + 1} of {asked.rounds} ...")
                many.append(run(site.port, requests, clients=asked.clients, seconds=asked.seconds, processes=processes, right=(302, 303)))
                alone.append(run(site.port, requests[number % len(requests):], clients=1, seconds=max(1.0, asked.seconds / 3), processes=processes, right=(302, 303)))
        written, in_scope, shares = what_was_written(where, mark)
        say("deliveries ...")
        delivered, seconds = deliver(where, asked.deliveries)
        report = Report("record_and_route", where.sizes() | {"clients": asked.clients, "web_processes": asked.workers})
    took = [ms for cell in many for ms in cell.milliseconds]
    ours = [ms for cell in alone for ms in cell.milliseconds]
    wrong = sum(sum(cell.wrong.values()) for cell in many + alone)
    rate = significant(median(cell.rate for cell in many))
    report.head = ("", f"/s at {asked.clients}", "p50 ms", "p95 ms", "CPU ms", "p50 alone", "p95 alone", "wrong")
    report.rows = [
        ("record and route", rate, p50(took), p95(took), significant(median(cell.cpu_ms for cell in many)), p50(ours), p95(ours), wrong),
        ("deliver", significant(delivered / seconds), "", "", "", "", "", ""),
    ]
    report.notes = [f"{written:,} entries were written; each had {in_scope} outcomes at least, {shares / max(1, written):.1f} shares on average; {delivered:,} shares were delivered in {seconds:.1f} s"]
    report.bars = [
        Bar("entries a second", rate, 150, at_least=True), Bar("an entry, p95 ms", p95(took), 100), Bar("partners in scope of the entry with fewest", in_scope, 5, at_least=True),
        Bar("answers that were not 'recorded'", wrong, 0), Bar("entries answered and not there", len(took) + len(ours) - wrong - written, 0), Bar("shares delivered a second", significant(delivered / seconds), 1000, at_least=True),
    ]  # fmt: skip
    return report.finish()


def an_entry(writer: Reader) -> Callable[[random.Random], Asked]:
    """What a browser sends: a new key each time, today's date, a visit and what was done."""
    from alongside.common.clock import now

    day = now().date() - timedelta(days=1)

    def entry(draw: random.Random) -> Asked:
        words = {
            "csrfmiddlewaretoken": writer.key, "key": uuid.UUID(int=draw.getrandbits(128) ^ time.perf_counter_ns(), version=4), "kind": "injury_observation", "headline": f"{MARK}a graze on the knee",
            "happened_on_day": day.day, "happened_on_month": day.month, "happened_on_year": day.year, "account": "Fell in the playground. Clean and covered. In good spirits afterwards.",
            "words_of_person": "It does not hurt any more.", "effect": "None that lasts.", "action_taken": "Told the family.", "no_action_reason": "", "harm": "none_known", "step": "save",
        }  # fmt: skip
        return Asked(f"/people/{draw.choice(writer.people)}/entries/add/", urlencode(words).encode(), writer.cookie)

    return entry


def newest_entry(where: Population) -> int:
    with where.connect() as connection:
        return int(connection.execute("SELECT coalesce(max(id), 0) FROM entry").fetchone()[0])  # type: ignore[index]


def what_was_written(where: Population, after: int) -> tuple[int, int, int]:
    """Entries since then, the fewest outcomes that one of them has, and all their shares."""
    with where.connect() as connection:
        row = connection.execute(
            """SELECT count(*), coalesce(min((SELECT count(*) FROM routing_outcome o WHERE o.entry_id = e.id)), 0), coalesce(sum((SELECT count(*) FROM share s WHERE s.entry_id = e.id)), 0)::integer
                 FROM entry e WHERE e.id > %s AND e.headline LIKE %s""",
            [after, f"{MARK}%"],
        ).fetchone()
    return row  # type: ignore[return-value]


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
