"""Ways through a network: who can reach whom, by how many steps, and through whom."""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Ties = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A network without doubles: `reaches` says whom each node sends to, `beside` who is tied to it in either direction."""

    reaches: dict[str, frozenset[str]]
    beside: dict[str, frozenset[str]]

    @property
    def n(self) -> int:
        return len(self.beside)

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


def draw(ties: Ties, nodes: Iterable[str] = ()) -> Drawn:
    """The network of the ties; `nodes` names those that may have none."""
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


def distances(net: Drawn, start: str, on_tie: Callable[[str, str, bool], None] = lambda one, other, first: None) -> dict[str, int]:
    """How many ties each node lies from the start; tells of every tie on a shortest way."""
    far, queue = {start: 0}, deque([start])
    while queue:
        one = queue.popleft()
        for other in net.beside[one]:
            first = other not in far
            if first:
                far[other] = far[one] + 1
                queue.append(other)
            if far[other] == far[one] + 1:
                on_tie(one, other, first)
    return far


def closeness(net: Drawn, name: str) -> float | None:
    """(n - 1) / the sum of distances to all others; None where one cannot reach all."""
    far = distances(net, name)
    return (net.n - 1) / sum(far.values()) if len(far) == net.n and net.n > 1 else None


def betweenness(net: Drawn) -> dict[str, float]:
    """How many shortest ways between two others lead through each, not normalised; where there are several ways, each counts its share.

    Source: Brandes, Journal of Mathematical Sociology 25 (2001) 163-177.
    """
    between = dict.fromkeys(net.beside, 0.0)
    for start in net.beside:
        ways, before = dict.fromkeys(net.beside, 0.0), {name: list[str]() for name in net.beside}
        ways[start] = 1.0

        def on_tie(one: str, other: str, first: bool, ways: dict[str, float] = ways, before: dict[str, list[str]] = before) -> None:
            ways[other] += ways[one]
            before[other].append(one)

        owed = dict.fromkeys(net.beside, 0.0)
        for name in sorted(far := distances(net, start, on_tie), key=lambda name: -far[name]):
            for one in before[name]:
                owed[one] += ways[one] / ways[name] * (1 + owed[name])
            if name != start:
                between[name] += owed[name] / 2
    return between


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
