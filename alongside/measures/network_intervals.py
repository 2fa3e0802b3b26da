"""How sure the shape of a network is: its partners are drawn anew, each with all ties it has to the others that were drawn."""

from collections.abc import Callable, Iterable
from typing import Any

from alongside.measures.bootstrap import FEWEST, SEED, Interval, middle
from alongside.measures.network import betweenness_centralisation, closeness_centralisation
from alongside.measures.paths import Ties, draw

CAVEAT = (
    "The interval is a bootstrap of partners (seed 20261126): each sample draws as many partners as there are, with putting back; between two drawings of one partner stands a tie of the network at random. "
    "It says how far the shape hangs on who happens to be in it, and of few partners it says little."
)
SAMPLES, SLOW_SAMPLES = 1000, 200
MOST, MOST_SLOW = 300, 25
NONE_CAVEAT = f"There is no interval: of fewer than {FEWEST} or more than {MOST} partners none is drawn anew, of more than {MOST_SLOW} none for ways and nearness, and some samples cannot be measured."
"""Partners above which nothing is drawn anew, and above which the two slow measures are left without an interval."""
Square = Any


def intervals(ties: Ties, nodes: Iterable[str] = (), *, seed: int = SEED) -> dict[str, Interval]:
    """By the name of each measure, the middle 95% of what samples of the partners gave; a measure that most samples do not allow is left out.

    Source: Snijders and Borgatti, Connections 22 (1999) 161-170: the vertex bootstrap.
    Example:
        >>> found = intervals([("hub", "a"), ("hub", "b"), ("hub", "c"), ("a", "b")])
        >>> low, high = found["density"]
        >>> low < 4 / 6 < high, intervals([("a", "b")])
        (True, {})
    """
    import numpy as np  # only here: the rest needs no large library

    net = draw(ties, nodes)
    names, n = list(net.beside), net.n
    if not FEWEST <= n <= MOST:
        return {}
    place = {name: number for number, name in enumerate(names)}
    tied = np.zeros((n, n), bool)
    for one, others in net.reaches.items():
        tied[place[one], [place[other] for other in others]] = True
    first, second = np.triu_indices(n, 1)
    pairs, dice, many = np.stack([tied[first, second], tied[second, first]], 1), np.random.default_rng(seed), min(SAMPLES, max(100, 4_000_000 // (n * n)))
    found: dict[str, list[float]] = {name: [] for name in (*MEASURES, *SLOW)}
    for sample in range(many):
        who = np.sort(dice.integers(0, n, n))
        drawn = tied[np.ix_(who, who)]
        twice = np.flatnonzero(who[first] == who[second])
        drawn[first[twice], second[twice]], drawn[second[twice], first[twice]] = pairs[dice.integers(0, len(pairs), len(twice))].T
        for name, measure in MEASURES.items():
            value = measure(drawn, n)
            if value is not None:
                found[name].append(value)
        if n <= MOST_SLOW and sample < SLOW_SAMPLES:
            sampled = [(str(one), str(other)) for one, other in zip(*np.nonzero(drawn), strict=True)]
            for name, slow in SLOW.items():
                far = slow(sampled, map(str, range(n))).value
                if far is not None:
                    found[name].append(float(far))
    told = {name: middle(values, SLOW_SAMPLES if name in SLOW else many) for name, values in found.items()}
    return {name: interval for name, interval in told.items() if interval is not None}


def _both(drawn: Square) -> Square:
    return drawn | drawn.T


def _spread(degrees: Square) -> float:
    return float((degrees.max() - degrees).sum())


def _share(there: float, could: float) -> float | None:
    return float(there) / float(could) if could else None


def _transitivity(drawn: Square, n: int) -> float | None:
    beside = _both(drawn).astype(float)
    ways = beside @ beside
    return _share((ways * beside).sum(), ways.sum() - ways.trace())


MEASURES: dict[str, Callable[[Square, int], float | None]] = {
    "density": lambda drawn, n: _share(_both(drawn).sum(), n * (n - 1)),
    "density, directed": lambda drawn, n: _share(drawn.sum(), n * (n - 1)),
    "reciprocity of ties (edge convention)": lambda drawn, n: _share((drawn & drawn.T).sum(), drawn.sum()),
    "reciprocity of pairs (dyadic convention)": lambda drawn, n: _share((drawn & drawn.T).sum(), _both(drawn).sum()),
    "degree centralisation": lambda drawn, n: _spread(_both(drawn).sum(1)) / ((n - 1) * (n - 2)),
    "degree centralisation, loops allowed": lambda drawn, n: _spread(_both(drawn).sum(1)) / (n * (n - 1)),
    "in-degree centralisation": lambda drawn, n: _spread(drawn.sum(0)) / (n - 1) ** 2,
    "out-degree centralisation": lambda drawn, n: _spread(drawn.sum(1)) / (n - 1) ** 2,
    "transitivity": _transitivity,
}
SLOW = {"betweenness centralisation": betweenness_centralisation, "closeness centralisation": closeness_centralisation}
