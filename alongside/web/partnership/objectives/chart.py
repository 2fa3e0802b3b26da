"""The way of an objective as a picture: a straight line from baseline to target, and what was measured. Drawn here, without script or style."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from alongside.partnerships.facts import ObjectiveFacts

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 320, 180, 12, 12, 14, 26


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float

    @property
    def label(self) -> float:
        """Where its number stands: above it, or below where there is no room."""
        return self.y - 4 if self.y > TOP + 10 else self.y + 14


@dataclass(frozen=True, slots=True)
class Picture:
    """All that the drawing needs, in its own units."""

    line: tuple[Point, Point]
    measured: tuple[Point, ...]
    baseline: Decimal
    target: Decimal
    first: date
    last: date

    @property
    def path(self) -> str:
        return " ".join(f"{point.x:.1f},{point.y:.1f}" for point in self.measured)


def picture(one: ObjectiveFacts, readings: Sequence[tuple[date, Decimal]]) -> Picture | None:
    """None where there is no line to draw: without baseline, target or their days.

    Example:
        >>> falls = ObjectiveFacts("Falls", baseline=Decimal(100), baseline_on=date(2026, 1, 1), target=Decimal(80), target_on=date(2026, 12, 31))
        >>> drawn = picture(falls, [(date(2026, 7, 2), Decimal(90))])
        >>> drawn.line[0].x, drawn.line[1].x, round(drawn.measured[0].y, 1)
        (12.0, 308.0, 84.0)
    """
    if one.baseline is None or one.target is None or one.baseline_on is None or one.target_on is None or one.target_on <= one.baseline_on:
        return None
    first, last = min([one.baseline_on, *(on for on, _ in readings)]), max([one.target_on, *(on for on, _ in readings)])
    values = [one.baseline, one.target, *(value for _, value in readings)]
    low, high = min(values), max(values)
    spread, days = (high - low) or Decimal(1), (last - first).days

    def at(on: date, value: Decimal) -> Point:
        return Point(LEFT + (WIDTH - LEFT - RIGHT) * (on - first).days / days, TOP + float((high - value) / spread) * (HEIGHT - TOP - BOTTOM))

    return Picture((at(one.baseline_on, one.baseline), at(one.target_on, one.target)), tuple(at(on, value) for on, value in readings), one.baseline, one.target, first, last)
