"""F3: the shape of a network of partners. Who is tied to whom, whether ties run both ways, on how few it hangs, who stands alone and who is the only bridge."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from alongside.measures.paths import Drawn, Ties, bridges, draw, received
from alongside.measures.proportion import wilson
from alongside.measures.result import Result, Unmeasurable, measured

VERSION = "F3.1"
CAVEAT = "A tie is what was recorded, whatever its weight: talk on the telephone is not seen. A tie of a partner with itself is left out. Descriptive: a dense network is not a good one."
IMBALANCE_CAVEAT = f"{CAVEAT} The interval is for chance alone, if each thing went by itself; there is no interval for what is not counted in whole things."
COUNTED_CAVEAT = f"{CAVEAT} All that went is counted, so there is no interval."


@dataclass(frozen=True, slots=True)
class Place:
    """Where one partner stands. `betweenness` is the share of shortest ways between others that lead through it; `closeness` is None where it cannot reach everybody.

    `only_bridge`: without it the network falls apart into more pieces.
    """

    name: str
    ties: int
    sends_to: int
    receives_from: int
    betweenness: float
    closeness: float | None
    isolated: bool
    only_bridge: bool


def density(ties: Ties | Drawn, nodes: Iterable[str] = (), *, directed: bool = False) -> Result:
    """Ties there are as a share of the ties there could be: m / (n(n-1)/2), or m / (n(n-1)) where direction counts.

    Source: Wasserman and Faust, Social Network Analysis (1994), 4.2.
    Example:
        >>> density([("a", "b"), ("b", "c")], ["d"]).value
        0.3333333333333333
    """
    net = _at_least(2, "Density", ties, nodes)
    there, could = (net.arcs, net.n * (net.n - 1)) if directed else (net.edges, net.n * (net.n - 1) / 2)
    return _result("density, directed" if directed else "density", there / could, net)


def edge_reciprocity(ties: Ties | Drawn) -> Result:
    """Share of directed ties that are answered by one the other way: convention 'edge'. None without ties.

    Source: Wasserman and Faust 1994, 13.3; the convention of NetworkX and igraph's default.
    Example:
        >>> round(edge_reciprocity([("1", "2"), ("1", "3"), ("2", "1"), ("3", "2"), ("3", "4"), ("4", "3")]).value, 6)
        0.666667
    """
    net = draw(ties)
    return _result("reciprocity of ties (edge convention)", 2 * net.both_ways / net.arcs if net.arcs else None, net, n=net.tied)


def dyadic_reciprocity(ties: Ties | Drawn) -> Result:
    """Share of the pairs tied at all that are tied in both directions: convention 'dyadic, non-null'. None without ties.

    Source: Wasserman and Faust 1994, 13.3; measure F3 of this product.
    Example:
        >>> dyadic_reciprocity([("1", "2"), ("1", "3"), ("2", "1"), ("3", "2"), ("3", "4"), ("4", "3")]).value
        0.5
    """
    net = draw(ties)
    return _result("reciprocity of pairs (dyadic convention)", net.both_ways / net.edges if net.edges else None, net, n=net.tied)


def degree_centralisation(ties: Ties | Drawn, nodes: Iterable[str] = (), *, loops: bool = False) -> Result:
    """How far the network hangs on the one with most ties: sum(max d - d_i) / ((n-1)(n-2)), direction left aside. With `loops` the divisor is n(n-1), as some packages have it.

    Source: Freeman, Social Networks 1 (1978) 215-239.
    Example:
        >>> degree_centralisation([("hub", "a"), ("hub", "b"), ("hub", "c")]).value
        1.0
    """
    net = _at_least(3, "Degree centralisation", ties, nodes)
    most = net.n * (net.n - 1) if loops else (net.n - 1) * (net.n - 2)
    return _result("degree centralisation, loops allowed" if loops else "degree centralisation", _gaps([len(others) for others in net.beside.values()]) / most, net)


def in_degree_centralisation(ties: Ties | Drawn, nodes: Iterable[str] = ()) -> Result:
    """How far receiving hangs on one: sum(max d - d_i) / (n-1)^2 of ties received.

    Source: Freeman 1978, for directed ties.
    Example:
        >>> in_degree_centralisation([("a", "hub"), ("b", "hub")]).value
        1.0
    """
    net = _at_least(2, "In-degree centralisation", ties, nodes)
    return _result("in-degree centralisation", _gaps(list(received(net).values())) / (net.n - 1) ** 2, net)


def out_degree_centralisation(ties: Ties | Drawn, nodes: Iterable[str] = ()) -> Result:
    """How far sending hangs on one: sum(max d - d_i) / (n-1)^2 of ties sent.

    Source: Freeman 1978, for directed ties.
    Example:
        >>> out_degree_centralisation([("hub", "a"), ("hub", "b")]).value
        1.0
    """
    net = _at_least(2, "Out-degree centralisation", ties, nodes)
    return _result("out-degree centralisation", _gaps([len(to) for to in net.reaches.values()]) / (net.n - 1) ** 2, net)


def betweenness_centralisation(ties: Ties | Drawn, nodes: Iterable[str] = ()) -> Result:
    """How far ways between partners lead through one: 2 sum(max b - b_i) / ((n-1)^2 (n-2)), b not normalised, direction left aside.

    Source: Freeman 1978; betweenness by Brandes, Journal of Mathematical Sociology 25 (2001) 163-177.
    Example:
        >>> betweenness_centralisation([("hub", "a"), ("hub", "b"), ("hub", "c")]).value
        1.0
    """
    net = _at_least(3, "Betweenness centralisation", ties, nodes)
    return _result("betweenness centralisation", 2 * _gaps(list(net.ways.through.values())) / ((net.n - 1) ** 2 * (net.n - 2)), net)


def closeness_centralisation(ties: Ties | Drawn, nodes: Iterable[str] = ()) -> Result:
    """How much nearer one stands to all than the rest: sum(max c - c_i) (2n-3) / ((n-1)(n-2)), c = (n-1) / sum of distances. None where not all can reach all.

    Source: Freeman 1978.
    Example:
        >>> round(closeness_centralisation([("hub", "a"), ("hub", "b"), ("hub", "c")]).value, 10)
        1.0
    """
    net = _at_least(3, "Closeness centralisation", ties, nodes)
    near = [value for value in net.ways.near.values() if value is not None]
    whole = len(near) == net.n
    return _result("closeness centralisation", _gaps(near) * (2 * net.n - 3) / ((net.n - 1) * (net.n - 2)) if whole else None, net)


def transitivity(ties: Ties | Drawn, nodes: Iterable[str] = ()) -> Result:
    """Of partners who share a partner, how many are tied themselves: 3 triangles / connected triples. None without such triples.

    Source: Wasserman and Faust 1994, 14.4.
    Example:
        >>> transitivity([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")]).value
        0.6
    """
    net = draw(ties, nodes)
    triples = sum(len(others) * (len(others) - 1) // 2 for others in net.beside.values())
    closed = sum(len(net.beside[one] & net.beside[other]) for one in net.beside for other in net.beside[one]) // 2
    return _result("transitivity", closed / triples if triples else None, net)


def pair_imbalance(sent: float, received: float) -> Result:
    """How one-sided the traffic of a pair is: |a - b| / (a + b); 0 even, 1 all one way. None without traffic.

    Source: measure F3 of this product; the interval follows from Wilson's of the share that went one way.
    Example:
        >>> found = pair_imbalance(30, 10)
        >>> found.value, round(found.low, 4), round(found.high, 4)
        (0.5, 0.1961, 0.7163)
    """
    if min(sent, received) < 0:
        raise Unmeasurable("Traffic is counted: it cannot be below zero.")
    both = sent + received
    interval = None
    if both and sent == int(sent) and received == int(received):
        low, high = (2 * share - 1 for share in wilson(round(max(sent, received)), round(both)))
        interval = max(0.0, low), high
    return measured("F3 pair imbalance", VERSION, abs(sent - received) / both if both else None, n=round(both), inputs=[sorted((sent, received))], caveat=IMBALANCE_CAVEAT, interval=interval)


def pair_imbalances(flows: Mapping[tuple[str, str], float]) -> dict[tuple[str, str], Result]:
    """Imbalance of every pair with traffic, by the pair's names in order. `flows` says how much went from the first to the second.

    Source: measure F3 of this product.
    Example:
        >>> {pair: found.value for pair, found in pair_imbalances({("a", "b"): 3, ("b", "a"): 1, ("c", "a"): 2}).items()}
        {('a', 'b'): 0.5, ('a', 'c'): 1.0}
    """
    pairs = dict.fromkeys((min(pair), max(pair)) for pair in flows if pair[0] != pair[1])
    return {(a, b): pair_imbalance(flows.get((a, b), 0), flows.get((b, a), 0)).within(f"{a} and {b}") for a, b in pairs}


def effective_partners(traffic: Iterable[float]) -> Result:
    """As how many equal partners the traffic of one counts: 1 / sum p^2, the effective n. None without traffic.

    Source: Laakso and Taagepera, Comparative Political Studies 12 (1979) 3-27.
    Example:
        >>> effective_partners([10, 10, 0]).value
        2.0
    """
    amounts = list(traffic)
    if any(amount < 0 for amount in amounts):
        raise Unmeasurable("Traffic is counted: it cannot be below zero.")
    total = sum(amounts)
    return measured("F3 effective number of partners", VERSION, total**2 / sum(a * a for a in amounts) if total else None, n=len(amounts), inputs=amounts, caveat=COUNTED_CAVEAT)


def places(ties: Ties | Drawn, nodes: Iterable[str] = ()) -> list[Place]:
    """Where each partner stands, those through whom most ways lead first.

    Source: Freeman 1978; cut points by Tarjan, SIAM Journal on Computing 1 (1972) 146-160.
    Example:
        >>> [(one.name, one.only_bridge) for one in places([("a", "hub"), ("hub", "b")], ["alone"])]
        [('hub', True), ('a', False), ('alone', False), ('b', False)]
    """
    net = draw(ties, nodes)
    found, from_others, only = net.ways, received(net), bridges(net)
    most = (net.n - 1) * (net.n - 2) / 2 or 1
    placed = [
        Place(name, len(others), len(net.reaches[name]), from_others[name], found.through[name] / most, found.near[name], not others, name in only)
        for name, others in net.beside.items()
    ]  # fmt: skip
    return sorted(placed, key=lambda place: (-round(place.betweenness, 12), place.name))


def _result(name: str, value: float | None, net: Drawn, *, n: int | None = None) -> Result:
    return replace(measured(f"F3 {name}", VERSION, value, n=net.n if n is None else n, inputs=(), caveat=CAVEAT), inputs=net.inputs)


def _at_least(few: int, what: str, ties: Ties | Drawn, nodes: Iterable[str]) -> Drawn:
    net = draw(ties, nodes)
    if net.n < few:
        raise Unmeasurable(f"{what} needs at least {few} partners, and there are {net.n}.")
    return net


def _gaps(values: list[float] | list[int]) -> float:
    return sum(max(values) - value for value in values)
