"""How sure a measure is, found by drawing its rows anew again and again: seeded, so that the same file gives the same interval."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from alongside.measures.result import Result

T = TypeVar("T")
SAMPLES, SEED = 1000, 20261126
FEWEST, MOST = 3, 200_000
"""Rows below which drawing anew says nothing, and above which it would take too long."""
MOST_DRAWN = 8_000_000
MIDDLE = (0.025, 0.975)
CAVEAT = f"The interval is a bootstrap: {SAMPLES:,} samples (fewer of very long files) drawn anew with seed {SEED}; the middle 95% of what they gave. With few rows it is too narrow."
NONE_CAVEAT = "There is no interval: there are too few rows to draw anew, or too many, or counts that are not whole."

Interval = tuple[float, float]


def samples_for(n: int) -> int:
    """
    >>> samples_for(10), samples_for(200_000)
    (1000, 100)
    """
    return max(100, min(SAMPLES, MOST_DRAWN // max(1, n)))


def drawn_anew(rows: Sequence[T], measure: Callable[[list[T]], float | None], *, samples: int = SAMPLES, seed: int = SEED) -> Interval | None:
    """The middle 95% of the measure over samples of the rows, each as large as the file and drawn with putting back. None for fewer than three rows, or where most samples cannot be measured.

    Source: Efron, Annals of Statistics 7 (1979) 1-26; percentile interval.
    Example:
        >>> low, high = drawn_anew([1.0, 2.0, 3.0, 4.0, 5.0], lambda rows: sum(rows) / len(rows))
        >>> 1 < low < 3 < high < 5
        True
    """
    return drawn_anew_within([rows], lambda drawn: measure(drawn[0]), samples=samples, seed=seed)


def drawn_anew_within(groups: Sequence[Sequence[T]], measure: Callable[[list[list[T]]], float | None], *, samples: int = SAMPLES, seed: int = SEED) -> Interval | None:
    """The same of several groups of rows, each of which is drawn anew by itself."""
    import numpy as np  # only here: the rest needs no large library

    sizes = [len(rows) for rows in groups]
    if min(sizes) < FEWEST or sum(sizes) > MOST:
        return None
    dice, found = np.random.default_rng(seed), list[float]()
    many = min(samples, samples_for(sum(sizes)))
    for _ in range(many):
        value = measure([[rows[place] for place in dice.integers(0, len(rows), len(rows))] for rows in groups])
        if value is not None:
            found.append(value)
    return middle(found, many)


def told(found: Result, interval: Interval | None) -> Result:
    """The same figure with the interval that drawing anew gave, and a caveat that says so; or why there is none."""
    if found.value is None:
        return found
    return replace(found, low=interval[0], high=interval[1], caveat=f"{found.caveat} {CAVEAT}") if interval else replace(found, caveat=f"{found.caveat} {NONE_CAVEAT}")


def middle(found: Sequence[float], samples: int) -> Interval | None:
    """The middle 95%, where at least half of the samples gave something."""
    if len(found) * 2 < samples:
        return None
    ordered = sorted(found)
    low, high = (ordered[round(share * (len(ordered) - 1))] for share in MIDDLE)
    return low, high
