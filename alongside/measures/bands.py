"""Bands: which word goes with a score. They are settings, kept with their version, never part of a formula."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from alongside.measures.result import Unmeasurable


@dataclass(frozen=True, slots=True)
class Band:
    """From `least` up to where the next band begins."""

    least: float
    name: str
    level: int


@dataclass(frozen=True, slots=True)
class Bands:
    """A scale with its bands from the lowest, from `least` to `most`; a score outside them is refused. `version` goes with every score that was put into a band."""

    version: str
    least: float
    most: float
    bands: tuple[Band, ...]

    def of(self, score: float) -> Band:
        """The band of a score. Means between whole scores belong to the band of the score they have reached, rounded to the nearest.

        Example:
            >>> [HEALTH_35_ITEMS.of(mean).level for mean in (125.1, 134.7, 84.4)]
            [2, 3, 1]
        """
        nearest = floor(score + 0.5) if all(float(band.least).is_integer() for band in self.bands) else score
        if not self.least <= score <= self.most:
            raise Unmeasurable(f"{score:g} is outside the scale, which runs from {self.least:g} to {self.most:g}.")
        return max((band for band in self.bands if band.least <= nearest), key=lambda band: band.least, default=self.bands[0])


def banded(version: str, most: float, *steps: tuple[float, str]) -> Bands:
    """Bands from their lower edges, lowest first.

    Example:
        >>> banded("local 1", 10, (0, "low"), (5, "high")).of(5).name
        'high'
    """
    edges = [edge for edge, _ in steps]
    if not steps or edges != sorted(set(edges)) or edges[-1] > most:
        raise Unmeasurable("Bands need at least one lower edge, each above the one before, none above the top of the scale.")
    return Bands(version, steps[0][0], most, tuple(Band(edge, name, level) for level, (edge, name) in enumerate(steps, start=1)))


def bands_from(text: str, version: str = "given") -> Bands:
    """Bands written as `35-84=question it,85-126=on its way,127-175=working`.

    Example:
        >>> bands_from("0-4=low,5-10=high").of(7).name
        'high'
    """
    steps, top = list[tuple[float, str]](), 0.0
    for piece in text.split(","):
        edges, _, name = piece.partition("=")
        low, _, high = edges.strip().partition("-")
        try:
            steps.append((float(low), name.strip() or edges.strip()))
            top = float(high or low)
        except ValueError:
            raise Unmeasurable(f"'{piece.strip()}' is no band: write LOWEST-HIGHEST=NAME, for example 35-84=question it,85-126=on its way.") from None
    return banded(version, top, *steps)


HEALTH_35_ITEMS = banded("35 items 1-5, v1", 175, (35, "question the partnership"), (85, "moving the right way"), (127, "genuine collaboration"))
"""35 items scored 1 to 5. Levels as in the note to table 2 of a partnership study in Injury Prevention (BMJ)."""

HEALTH_35_ITEMS_FROM_ZERO = banded("35 items 0-4, v1", 140, (0, "question the partnership"), (50, "moving the right way"), (92, "genuine collaboration"))
"""The same 35 items scored 0 to 4: the edges are those of 1 to 5 minus 35."""

HEALTH_36_ITEMS = banded("36 items 1-4, v1", 144, (36, "essential remedial work"), (37, "remedial work"), (73, "some aspects need attention"), (109, "working well enough"))
"""36 statements scored 1 to 4, six to a principle. The edges could not be found in a readable source: ours to set, and a council's to change."""

PRINCIPLE_6_ITEMS = banded("6 items 1-4, v1", 24, (6, "essential remedial work"), (7, "remedial work"), (13, "some aspects need attention"), (19, "working well enough"))
SYNERGY = banded("zones 1-5, v1", 5, (1, "danger"), (3, "needs work"), (4, "making headway"), (4.6, "on target"))
SCALES = {"35-items": HEALTH_35_ITEMS, "35-items-from-0": HEALTH_35_ITEMS_FROM_ZERO, "36-items": HEALTH_36_ITEMS, "6-items": PRINCIPLE_6_ITEMS, "zones": SYNERGY}


def level(scores: Sequence[float], scale: Bands) -> list[Band]:
    """The bands of several scores.

    Example:
        >>> [band.level for band in level([125.1, 134.7, 136.0, 137.4, 139.6, 141.2], HEALTH_35_ITEMS)]
        [2, 3, 3, 3, 3, 3]
    """
    return [scale.of(score) for score in scores]
