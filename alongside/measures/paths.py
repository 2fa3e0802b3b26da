"""Ways through a network: who can reach whom, by how many steps, and through whom."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from alongside.measures.result import fingerprint

Ties = Iterable[tuple[str, str]]
MOST_AT_ONCE, FARTHEST_AT_ONCE = 1000, 30


@dataclass(frozen=True, eq=False)
class Drawn:
    """A network without doubles: `reaches` says whom each node sends to, `beside` who is tied to it in either direction. What takes long is worked out once, however many measures ask."""

    reaches: dict[str, frozenset[str]]
    beside: dict[str, frozenset[str]]

    @cached_property
    def ways(self) -> "Ways":
        return ways(self)

    @cached_property
    def inputs(self) -> str:
        return fingerprint([*((one, other) for one, others in self.reaches.items() for other in others), *self.beside])

    @property
    def n(self) -> int:
        return len(self.beside)

    @property
    def tied(self) -> int:
        """How many have any tie."""
        return sum(map(bool, self.beside.values()))

    @property
    def arcs(self) -> int:
        return sum(map(len, self.reaches.values()))

    @property
    def edges(self) -> int:
        return sum(map(len, self.beside.values())) // 2

    @property
    def both_ways(self) -> int:
        """How many pairs are tied in both directions."""
        return self.arcs - self.edges


def draw(ties: "Ties | Drawn", nodes: Iterable[str] = ()) -> Drawn:
    """The network of the ties; `nodes` names those that may have none. One that has been drawn is given back."""
    if isinstance(ties, Drawn):
        return ties
    wanted = [(one, other) for one, other in ties if one != other]
    names = list(dict.fromkeys([*nodes, *(name for tie in wanted for name in tie)]))
    reaches: dict[str, set[str]] = {name: set() for name in names}
    beside: dict[str, set[str]] = {name: set() for name in names}
    for one, other in wanted:
        reaches[one].add(other)
        beside[one].add(other)
        beside[other].add(one)
    return Drawn({name: frozenset(reaches[name]) for name in names}, {name: frozenset(beside[name]) for name in names})


def received(net: Drawn) -> dict[str, int]:
    """From how many each one receives."""
    counted = dict.fromkeys(net.reaches, 0)
    for others in net.reaches.values():
        for other in others:
            counted[other] += 1
    return counted


@dataclass(frozen=True, slots=True)
class Ways:
    """Of each node: how many shortest ways between two others lead through it, each with its share where there are several, not normalised; and how near it is to all others,
    (n - 1) / the sum of its distances, None where it cannot reach all."""

    through: dict[str, float]
    near: dict[str, float | None]


def ways(net: Drawn) -> Ways:
    """All shortest ways: at once, by matrices, where no two nodes lie far apart; else from one node after the other. Both come to the same.

    Source: Brandes, Journal of Mathematical Sociology 25 (2001) 163-177.
    Example:
        >>> found = ways(draw([("a", "hub"), ("hub", "b"), ("hub", "c")]))
        >>> found.through["hub"], found.near["hub"], found.near["a"]
        (3.0, 1.0, 0.6)
    """
    return (ways_at_once(net) if 2 <= net.n <= MOST_AT_ONCE else None) or ways_one_by_one(net)


def ways_at_once(net: Drawn) -> Ways | None:
    """None where some lie more than thirty ties apart: there it would take longer than the other way."""
    import numpy as np  # only here: the rest needs no large library

    names, n = list(net.beside), net.n
    place = {name: number for number, name in enumerate(names)}
    tied = np.zeros((n, n))
    for one, others in net.beside.items():
        tied[place[one], [place[other] for other in others]] = 1
    far, counted, edge, step = np.where(np.eye(n, dtype=bool), 0, -1), np.eye(n), np.eye(n), 0
    while (edge := (edge @ tied) * (far < 0)).any():
        step += 1
        if step > FARTHEST_AT_ONCE:
            return None
        far[edge > 0] = step
        counted += edge
    owed = np.zeros((n, n))
    for at in range(step, 0, -1):
        passed = np.divide(1 + owed, counted, out=np.zeros((n, n)), where=far == at)
        owed += np.where(far == at - 1, counted * (passed @ tied), 0)
    through, whole, sums = (owed.sum(0) - owed.diagonal()) / 2, [bool(row.all()) for row in far >= 0], far.sum(1)
    return Ways({name: float(through[number]) for name, number in place.items()}, {name: (n - 1) / float(sums[number]) if whole[number] else None for name, number in place.items()})


def ways_one_by_one(net: Drawn) -> Ways:
    through, near = dict.fromkeys(net.beside, 0.0), dict[str, float | None]()
    for start in net.beside:
        counted, before = dict.fromkeys(net.beside, 0.0), {name: list[str]() for name in net.beside}
        far, queue = {start: 0}, deque([start])
        counted[start] = 1.0
        while queue:
            one = queue.popleft()
            for other in net.beside[one]:
                if other not in far:
                    far[other] = far[one] + 1
                    queue.append(other)
                if far[other] == far[one] + 1:
                    counted[other] += counted[one]
                    before[other].append(one)
        owed = dict.fromkeys(net.beside, 0.0)
        for name in reversed(far):
            for one in before[name]:
                owed[one] += counted[one] / counted[name] * (1 + owed[name])
            if name != start:
                through[name] += owed[name] / 2
        near[start] = (net.n - 1) / sum(far.values()) if len(far) == net.n > 1 else None
    return Ways(through, near)


def bridges(net: Drawn) -> set[str]:
    """The nodes without which there are more pieces than before."""
    pieces = _pieces(net, None)
    return {name for name, others in net.beside.items() if others and _pieces(net, name) > pieces}


def _pieces(net: Drawn, without: str | None) -> int:
    unseen, pieces = set(net.beside) - {without}, 0
    while unseen:
        pieces += 1
        queue = [unseen.pop()]
        while queue:
            fresh = net.beside[queue.pop()] & unseen
            unseen -= fresh
            queue += fresh
    return pieces
