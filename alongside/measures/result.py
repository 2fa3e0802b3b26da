"""What every measure gives: a value with its formula's version, how many it rests on, how sure it is, and a caveat. Never a bare number."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256

SURE = 1.959963984540054
"""How many standard errors lie to each side of a value in an interval of 95%."""


class Unmeasurable(ValueError):
    """What went in cannot give this measure. The message is one plain sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Result:
    """One measure of one scope in one period. `value`, `low`, `high` and `se` are in the measure's own unit; None where nothing can be said.

    `n` is what the value rests on. `inputs` is a fingerprint of what went in, so that the same figure can be made again. Money is `Decimal`, all else `float`.
    """

    measure: str
    version: str
    scope: str
    period: Period | None
    n: int
    value: float | Decimal | None
    low: float | Decimal | None
    high: float | Decimal | None
    suppressed: bool
    inputs: str
    caveat: str
    se: float | None = None

    def within(self, scope: str, period: Period | None = None, *, smallest: int = 1) -> "Result":
        """The same result with what it is about; with its figures taken away where it rests on fewer than `smallest`. Where there is no figure, none is hidden.

        Example:
            >>> measured("F10 gini", "F10.1", 0.2, n=4, inputs=[1], caveat="").within("the board", smallest=5).value is None
            True
        """
        named = replace(self, scope=scope, period=period)
        return replace(named, value=None, low=None, high=None, se=None, suppressed=True) if self.n < smallest and self.value is not None else named


def measured(
    measure: str, version: str, value: float | Decimal | None, *, n: int, inputs: Iterable[object], caveat: str,
    interval: tuple[float, float] | None = None, se: float | None = None, within: tuple[float, float] | None = None,
) -> Result:
    """A result not yet told what it is about. With a standard error and no interval, the interval is value - 1.96 se to value + 1.96 se, kept `within` what is possible.

    Example:
        >>> found = measured("F7 concentration index", "F7.1", -0.1, n=50, inputs=[1, 2], caveat="", se=0.02)
        >>> round(found.low, 4), round(found.high, 4)
        (-0.1392, -0.0608)
    """
    if interval is None and se is not None and value is not None:
        interval = float(value) - SURE * se, float(value) + SURE * se
    low, high = interval or (None, None)
    if within and low is not None and high is not None:
        low, high = max(within[0], low), min(within[1], high)
    return Result(measure, version, "", None, n, value, low, high, False, fingerprint(inputs), caveat, se)


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
