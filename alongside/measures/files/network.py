"""Files for F3: who is tied to whom."""

from dataclasses import replace
from typing import Any

from alongside.measures import network
from alongside.measures.files.given import Column, Given
from alongside.measures.files.measure import Answer, Measure, Option
from alongside.measures.network_intervals import CAVEAT, MOST, NONE_CAVEAT, intervals
from alongside.measures.paths import Ties, draw
from alongside.measures.result import Result

TIES = (
    Column("from", "who gives, sends or says that there is a tie", ("source", "sender", "first", "a", "node1")),
    Column("to", "who receives; empty for a partner without any tie", ("target", "receiver", "second", "b", "node2")),
)
COUNT = Column("count", "how much went from the first to the second; 1 if left out", ("weight", "n", "value", "amount"), needed=False)
NODES = Option("nodes", "partners that may have no tie, with commas between")
PEOPLE_SEE = 12


def _ties(given: Given, options: dict[str, Any]) -> tuple[list[tuple[str, str]], list[str]]:
    pairs = list(zip(given.words("from"), given.texts("to"), strict=True))
    listed = [name.strip() for name in (options.get("nodes") or "").split(",") if name.strip()]
    return [(one, other) for one, other in pairs if other], [*listed, *(one for one, other in pairs if not other)]


def _with_intervals(results: list[Result], ties: Ties, nodes: list[str]) -> list[Result]:
    """Each with the interval that drawing the partners anew gives it, and its caveat says so."""
    found = intervals(ties, nodes)

    def sure(one: Result) -> Result:
        low, high = found.get(one.measure.removeprefix("F3 "), (None, None)) if one.value is not None else (None, None)
        return replace(one, low=low, high=high, caveat=f"{one.caveat} {NONE_CAVEAT if low is None else CAVEAT}")

    return [sure(one) for one in results]


def _network(given: Given, options: dict[str, Any]) -> Answer:
    ties, nodes = _ties(given, options)
    results: list[Result] = [network.density(ties, nodes)]
    if options["directed"]:
        results += [network.density(ties, nodes, directed=True), network.edge_reciprocity(ties), network.dyadic_reciprocity(ties)]
        results += [network.in_degree_centralisation(ties, nodes), network.out_degree_centralisation(ties, nodes)]
    if draw(ties, nodes).n > 2:
        results += [network.degree_centralisation(ties, nodes), network.degree_centralisation(ties, nodes, loops=True)]
        results += [network.betweenness_centralisation(ties, nodes), network.closeness_centralisation(ties, nodes)]
    results.append(network.transitivity(ties, nodes))
    places = network.places(ties, nodes)
    notes = [
        f"only bridge: {', '.join(place.name for place in places if place.only_bridge) or 'nobody'}",
        f"alone: {', '.join(place.name for place in places if place.isolated) or 'nobody'}",
    ]
    if draw(ties, nodes).n > MOST:
        notes.append(f"No intervals: more than {MOST} partners.")
    shown = places if options["places"] else places[:PEOPLE_SEE]
    notes += [
        f"{place.name}: {place.ties} ties, sends to {place.sends_to}, receives from {place.receives_from}, betweenness {place.betweenness:.10g}, "
        f"closeness {'none' if place.closeness is None else f'{place.closeness:.10g}'}" for place in shown
    ]  # fmt: skip
    return Answer(_with_intervals(results, ties, nodes), notes + ([f"and {len(places) - len(shown)} more: add --places to see all"] if len(shown) < len(places) else []))


def _reciprocity(given: Given, options: dict[str, Any]) -> Answer:
    ties, nodes = _ties(given, options)
    return Answer(_with_intervals([network.edge_reciprocity(ties), network.dyadic_reciprocity(ties)], ties, nodes))


def _imbalance(given: Given, options: dict[str, Any]) -> Answer:
    flows: dict[tuple[str, str], float] = {}
    for one, other, count in zip(given.words("from"), given.words("to"), given.numbers_or("count", 1.0), strict=True):
        flows[one, other] = flows.get((one, other), 0.0) + count
    return Answer(list(network.pair_imbalances(flows).values()))


def _effective(given: Given, options: dict[str, Any]) -> Answer:
    return Answer([network.effective_partners(given.numbers("value"))])


MEASURES = (
    Measure(
        "network",
        "Shape of a network (F3): density, centralisation by degree, betweenness and closeness, transitivity; with --directed also reciprocity in both conventions. One tie a row.",
        TIES,
        _network,
        "from,to\ncouncil,trust\ncouncil,school\ntrust,school\nschool,charity\n",
        (
            Option("directed", "the direction of ties counts: adds directed density, reciprocity (edge and dyadic convention), in- and out-degree centralisation", bool, False),
            NODES,
            Option("places", "list every partner's place, not the first twelve", bool, False),
        ),
        aliases=("density", "centralisation", "centralization", "degree-centralisation", "betweenness-centralisation", "closeness-centralisation", "transitivity", "betweenness", "closeness"),
    ),
    Measure(
        "reciprocity",
        "How many directed ties run both ways (F3): of ties (edge convention) and of tied pairs (dyadic, non-null).",
        TIES,
        _reciprocity,
        "from,to\n1,2\n1,3\n2,1\n3,2\n3,4\n4,3\n",
    ),
    Measure(
        "pair-imbalance",
        "How one-sided the traffic of each pair is (F3): |a - b| / (a + b).",
        (*TIES, COUNT),
        _imbalance,
        "from,to,count\ncouncil,trust,30\ntrust,council,10\n",
        aliases=("imbalance",),
    ),
    Measure(
        "effective-number",
        "As how many equal parts these count (F3): 1 / sum of squared shares.",
        (Column("value", "amount of each part", ("count", "amount", "n", "weight")),),
        _effective,
        "partner,value\ntrust,10\nschool,10\ncharity,5\n",
        aliases=("effective-n", "effective-partners"),
    ),
)
