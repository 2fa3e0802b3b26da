"""`alongside worker`: does what runs later. It may be killed at any moment and started twice; what it does is safe in both."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime

import click
import psycopg

from alongside.cli.postgres.roles import WORKER
from alongside.cli.processes import die_with_parent
from alongside.cli.product import product
from alongside.common import clock
from alongside.common.schedule import SCHEDULE, Task

log = logging.getLogger("alongside.worker")

LONGEST_REST = 60.0
RESTS = 9
"""How many times as long as it took something done aside rests: what is summed up over years takes no more than a tenth of the database's time."""
LONGEST_WAIT_FOR_THE_DATABASE = 2.0


@click.command()
@click.option("--once", is_flag=True, help="Do everything that is due until nothing is left, then end.")
def worker(once: bool) -> None:
    """Do what runs later: deliver shares, watch the clocks, seal the ledger.

    Without it nothing is lost, but nothing is delivered either: keep it running beside the web server.
    """
    die_with_parent()
    stopping = threading.Event()
    with product(WORKER):
        from django.utils.module_loading import autodiscover_modules

        autodiscover_modules("tasks")
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
        if once:
            Rounds(list(SCHEDULE.values())).until_nothing_is_left()
        else:
            log.info("worker started, %d tasks", len(SCHEDULE))
            work(list(SCHEDULE.values()), stopping)
            log.info("worker stopped")


def work(tasks: list[Task], stopping: threading.Event, at: Callable[[], datetime] = clock.by_database) -> None:
    """Every task again and again until it is time to stop; those aside in a thread of their own."""
    with ThreadPoolExecutor(max_workers=1) as aside:
        aside.submit(Rounds([task for task in tasks if task.aside], at).until, stopping)
        try:
            Rounds([task for task in tasks if not task.aside], at).until(stopping)
        finally:
            stopping.set()


@dataclass
class _Slot:
    task: Task
    due: float = 0.0
    failures: int = 0
    longest_rest: float = LONGEST_REST


@dataclass
class Rounds:
    """Each task in its turn. One that fails rests longer each time and never holds up the others."""

    tasks: list[Task]
    at: Callable[[], datetime] = clock.by_database
    slots: list[_Slot] = field(init=False)

    def __post_init__(self) -> None:
        self.slots = [_Slot(task) for task in self.tasks]

    def turn(self, moment: float) -> float:
        """Run what is due once; return the seconds until something is due again."""
        for slot in self.slots:
            if slot.due <= moment:
                began = time.monotonic()
                more = self._run(slot)
                ended = time.monotonic()
                rest = min(2**slot.failures, slot.longest_rest) if slot.failures else slot.task.seconds
                slot.due = moment if more else ended + max(rest, (ended - began) * RESTS if slot.task.aside else 0)
        return max(0.0, min((slot.due - time.monotonic() for slot in self.slots), default=1.0))

    def until(self, stopping: threading.Event) -> None:
        while not stopping.is_set():
            stopping.wait(self.turn(time.monotonic()))

    def until_nothing_is_left(self) -> None:
        while any([self._run(slot) for slot in self.slots]):
            pass

    def _run(self, slot: _Slot) -> bool:
        from django.db import InterfaceError, OperationalError, close_old_connections

        close_old_connections()
        try:
            done = slot.task.run(self.at())
        except (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError) as away:
            self._rest(slot, LONGEST_WAIT_FOR_THE_DATABASE)
            log.warning("task %s waits for the database: %s", slot.task.name, type(away.__cause__ or away).__name__)
            return False
        except Exception:  # the worker's outermost loop: one bad row must not stop everybody's deliveries
            self._rest(slot, LONGEST_REST)
            log.exception("task %s failed, time %d in a row", slot.task.name, slot.failures)
            return False
        slot.failures = 0
        return done > 0

    def _rest(self, slot: _Slot, longest: float) -> None:
        from django.db import connections

        slot.failures += 1
        slot.longest_rest = longest
        for connection in connections.all(initialized_only=True):
            connection.close()
