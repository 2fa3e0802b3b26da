"""What the worker does in its turn, and what it does aside."""

import threading
from datetime import datetime

from alongside.cli.worker import work
from alongside.common.clock import now
from alongside.common.schedule import Task

PATIENCE = 20


def test_no_share_waits_for_what_is_summed_up_over_years() -> None:
    stopping, delivered = threading.Event(), threading.Event()
    delivered_meanwhile = []

    def sum_up(at: datetime) -> int:
        delivered_meanwhile.append(delivered.wait(PATIENCE))
        stopping.set()
        return 0

    def deliver(at: datetime) -> int:
        delivered.set()
        return 0

    work([Task("sum up", 0.01, sum_up, aside=True), Task("deliver", 0.01, deliver)], stopping, now)
    assert delivered_meanwhile == [True]


def test_a_task_that_fails_holds_up_no_other_one() -> None:
    stopping, failures = threading.Event(), []

    def fail(at: datetime) -> int:
        failures.append(at)
        raise ValueError("one bad row")

    def deliver(at: datetime) -> int:
        stopping.set()
        return 0

    work([Task("fail", 0.01, fail), Task("deliver", 0.01, deliver)], stopping, now)
    assert failures
