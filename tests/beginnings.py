"""What stands in this process's database when a test begins: nothing, or a place that was told once, through the product's own actions, and is copied from then on."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.db import connections

from tests import databases

Made = TypeVar("Made")
LONGEST = 300
"""So many seconds a place is copied before it is told anew: what is said to have just happened in it should have."""


@dataclass
class Told:
    made: object
    template: str
    at: float


_told: dict[Callable[[], object], Told] = {}
_begins_with: Told | None = None


def begin_with(tell: Callable[[], Made]) -> Made:
    """From now on, until `begin_with_nothing`, tests find what this has made."""
    global _begins_with
    told = _told.get(tell)
    if told is None or time.monotonic() - told.at > LONGEST:
        begin_with_nothing()
        told = _told[tell] = Told(tell(), told.template if told else f"{databases.own_name()}_told_{len(_told)}", time.monotonic())
        _disconnect()
        databases.fresh(told.template, like=databases.own_name())
        _begins_with = told
    else:
        _begins_with = told
        start_over()
    return told.made  # type: ignore[return-value]


def begin_with_nothing() -> None:
    global _begins_with
    _begins_with = None
    start_over()


def start_over() -> None:
    """The database again as it was when the test began that has just committed."""
    _disconnect()
    databases.fresh(databases.own_name(), like=_begins_with.template if _begins_with else None)


def end() -> None:
    _disconnect()
    for name in (databases.own_name(), *(told.template for told in _told.values())):
        databases.drop(name)


def _disconnect() -> None:
    for connection in connections.all():
        connection.close()
