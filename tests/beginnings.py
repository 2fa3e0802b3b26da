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
_stands: Told | None = None
_touched = False


def begin_with(tell: Callable[[], Made]) -> Made:
    """From now on, until `begin_with_nothing`, the tests that ask for it find what this has made."""
    global _begins_with, _stands, _touched
    told = _told.get(tell)
    if told is None or time.monotonic() - told.at > LONGEST:
        _have(None)
        _touched = True
        told = Told(tell(), told.template if told else f"{databases.own_name()}_told_{len(_told)}", time.monotonic())
        _disconnect()
        databases.fresh(told.template, like=databases.own_name())
        _told[tell], _stands, _touched = told, told, False
    _begins_with = told
    _have(told)
    return told.made  # type: ignore[return-value]


def begin_with_nothing() -> None:
    global _begins_with
    _begins_with = None


def stand_ready(*, asked: bool) -> None:
    """The database as the next test is to find it: the place, if it has asked for one and that has begun; else nothing in it."""
    if _begins_with or not asked:
        _have(_begins_with if asked else None)


def has_committed() -> None:
    """Whoever ends now may have changed what stands."""
    global _touched
    _touched = True
    _disconnect()


def _have(told: Told | None) -> None:
    global _stands, _touched
    if _touched or _stands is not told:
        _disconnect()
        databases.fresh(databases.own_name(), like=told.template if told else None)
        _stands, _touched = told, False


def end() -> None:
    _disconnect()
    for name in (databases.own_name(), *(told.template for told in _told.values())):
        databases.drop(name)


def _disconnect() -> None:
    for connection in connections.all():
        connection.close()
