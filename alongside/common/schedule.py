"""What the worker does again and again. Each app's tasks.py declares its own; the worker finds them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

Run = Callable[[datetime], int]
"""Takes the moment (aware, UTC), does one batch in its own transaction, and says how much it did: more than nothing means come back at once."""


@dataclass(frozen=True, slots=True)
class Task:
    name: str
    seconds: float
    run: Run
    aside: bool = False


SCHEDULE: dict[str, Task] = {}


def every(seconds: float, *, aside: bool = False) -> Callable[[Run], Run]:
    """Declare a task. It must be safe to run twice at once and to be killed at any point. One that may take long runs `aside`: no share waits for it.

    Example:
        >>> @every(seconds=60)
        ... def look_for_nothing(at: datetime) -> int:
        ...     return 0
        >>> SCHEDULE.pop(look_for_nothing.__module__ + ".look_for_nothing").seconds
        60
    """

    def declare(run: Run) -> Run:
        name = f"{run.__module__}.{run.__name__}"
        SCHEDULE[name] = Task(name, seconds, run, aside)
        return run

    return declare
