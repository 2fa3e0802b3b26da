"""What every measure gives: a value with its formula's version, how many it rests on, how sure it is, and a caveat. Never a bare number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Result:
    """One measure of one scope in one period. `value`, `low` and `high` are in the measure's own unit; None where nothing can be said.

    `n` is what the value rests on. `inputs` is a fingerprint of what went in, so that the same figure can be made again.
    """

    measure: str
    version: str
    scope: str
    period: Period
    n: int
    value: float | None
    low: float | None
    high: float | None
    suppressed: bool
    inputs: str
    caveat: str


def fingerprint(rows: Iterable[object]) -> str:
    """A short fingerprint of a measure's inputs, whatever their order.

    Example:
        >>> fingerprint(["a", "b"]) == fingerprint(["b", "a"])
        True
    """
    digest = sha256()
    for row in sorted(repr(row) for row in rows):
        digest.update(row.encode() + b"\n")
    return digest.hexdigest()[:16]
