"""How long answers took, counted by length of time, so that days can be added up."""

from collections.abc import Sequence

STEPS = (1.0, 2.0, 4.0, 8.0, 16.0, 24.0, 48.0, 72.0, 120.0, 240.0, 480.0)
"""Upper edges in hours; one more count stands for whatever took longer."""


def half_within(counts: Sequence[int]) -> float | None:
    """Half of the answers took no longer than this many hours; None without answers. Between two edges it is read off a straight line, and it never exceeds the last edge.

    Source: the median of grouped data, as every textbook has it.
    Example:
        >>> half_within([0, 0, 0, 10, 0, 0, 0, 0, 0, 0, 0, 0]), half_within([0] * 12)
        (6.0, None)
    """
    total, below = sum(counts), 0
    if not total:
        return None
    for place, count in enumerate(counts):
        if below + count >= total / 2:
            least = STEPS[place - 1] if place else 0.0
            most = STEPS[place] if place < len(STEPS) else STEPS[-1]
            return least + (most - least) * (total / 2 - below) / count
        below += count
    return STEPS[-1]
