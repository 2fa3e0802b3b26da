"""Who is tied to whom: a picture, and the same as a table; who stands alone, and who is the only bridge between others."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from math import cos, pi, sin
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from alongside.common.london import london_day
from alongside.framework import queries
from alongside.framework.rules.behaviour import FEWEST
from alongside.measures.network import CAVEAT, betweenness_centralisation, degree_centralisation, density, dyadic_reciprocity, edge_reciprocity, pair_imbalance, places
from alongside.measures.paths import Drawn, draw
from alongside.measures.result import Result, Unmeasurable
from alongside.partnerships.queries import partners
from alongside.web.design.numbers import number
from alongside.web.entrance import board_page
from alongside.web.partnership.table import shared_partnership, way_home

A_YEAR = timedelta(days=365)
KINDS = {"shares": "Shares", "referrals": "Referrals", "help": "Promises kept", "money": "Money"}
ABOUT_PEOPLE = frozenset({"shares", "referrals"})
SAYS = {
    "shares": "entries that one shared with the other", "referrals": "referrals that one sent to the other", "help": "promises that one gave the other and kept, and what one offered and gave the other",
    "money": "pounds that one put in and the other spent, paid to the other, or paid for what the other answers for",
}
SIZE, MIDDLE, RING, DOT = 640, 320, 210, 9
MOST_DOTS, MOST_LINES, PLACES, PAIRS = 30, 100, 20, 36
"""Of a large partnership the picture shows those with most between them, and the tables so many rows a page."""
MEASURES = (
    ("Ties there are, of all there could be", density), ("Pairs tied in both directions, of pairs tied at all", dyadic_reciprocity), ("Ties that are answered by one the other way", edge_reciprocity),
    ("How far it hangs on the one with most ties", degree_centralisation), ("How far ways lead through one", betweenness_centralisation),
)
Flows = Mapping[tuple[int, int], float]


@board_page()
def network(request: HttpRequest, partnership_id: int) -> HttpResponse:
    found = shared_partnership(request, partnership_id)
    members = {one.agency_id: one.agency.name for one in partners(partnership_id)}
    kind = request.GET["ties"] if request.GET.get("ties") in KINDS else "shares"
    flows, since, as_of = ties_now(request, partnership_id, kind)
    flows = {pair: amount for pair, amount in flows.items() if pair[0] in members and pair[1] in members}
    net = draw(((members[sender], members[receiver]) for sender, receiver in flows), members.values())
    drawn = most_tied(members, flows)
    placed = [(one.name, one.sends_to, one.receives_from, "Alone" if one.isolated else "Only bridge" if one.only_bridge else "") for one in places(net)]
    words = {
        "partnership": found, "home": way_home(request, found), "kind": kind, "kinds": KINDS, "says": SAYS[kind], "since": since, "as_of": as_of, "measures": measured(net), "caveat": CAVEAT, "at": request.at,
        "places": page_of(request, partnership_id, placed, "partners", PLACES), "pairs": page_of(request, partnership_id, met(flows), "pairs", PAIRS),
        "pair_rows": lambda found: pairs(found, flows, members, few=not request.actor.is_practitioner and kind in ABOUT_PEOPLE),
        "dots": dots(drawn, flows), "lines": lines(drawn, flows), "left_out": len(members) - len(drawn), "size": SIZE, "dot": DOT,
    }
    return render(request, "partnership/network/network.jinja", words)


def ties_now(request: HttpRequest, partnership_id: int, kind: str) -> tuple[Flows, date, datetime]:
    """How much went from one to another, since which day, and as of when: as the worker found it, and as it is now where the worker has not looked yet."""
    if found := queries.ties_found(partnership_id, kind):
        return {(sender, receiver): float(amount) for sender, receiver, amount in found.ties}, found.since, found.computed_at
    since = london_day(request.at) - A_YEAR
    return {pair: float(amount) for pair, amount in queries.ties(partnership_id, since=since).get(kind, {}).items()}, since, request.at


def page_of(request: HttpRequest, partnership_id: int, rows: Sequence[Any], name: str, size: int) -> dict[str, Any]:
    """So many rows, and the ways to those before and after; the other table stays where it is."""
    here, asked = min(number(request.GET.get(name, "")) or 0, max(0, len(rows) - 1) // size), request.GET.dict()

    def way(there: int) -> str:
        return f"{reverse('network', args=[partnership_id])}?{urlencode(asked | {name: there})}#{name}" if 0 <= there * size < len(rows) else ""

    return {"rows": rows[here * size : (here + 1) * size], "newer": way(here - 1), "older": way(here + 1), "first": here * size + 1, "of": len(rows)}


def most_tied(members: Mapping[int, str], flows: Flows) -> dict[int, str]:
    """Everybody; of very many those with most between them."""
    if len(members) <= MOST_DOTS:
        return dict(members)
    much = Counter[int]()
    for pair, amount in flows.items():
        for agency in pair:
            much[agency] += amount  # type: ignore[assignment]
    kept = {agency for agency, _ in much.most_common(MOST_DOTS)}
    return {agency: name for agency, name in members.items() if agency in kept}


def measured(net: Drawn) -> list[tuple[str, str, str]]:
    """Each measure of the network's shape with the version of its formula; where it cannot be said, why."""
    rows = []
    for words, measure in MEASURES:
        try:
            found: Result = measure(net)  # type: ignore[operator]
        except Unmeasurable as no:
            rows.append((words, str(no), ""))
        else:
            rows.append((words, "no ties" if found.value is None else f"{float(found.value):.2f}, n = {found.n}", found.version))
    return rows


def met(flows: Flows) -> list[tuple[int, int]]:
    """Each pair between which anything went, the greatest traffic first."""
    both = defaultdict[tuple[int, int], float](float)
    for (one, other), amount in flows.items():
        both[(one, other) if one < other else (other, one)] += amount
    return sorted(both, key=lambda pair: (-both[pair], pair))


def pairs(found: Sequence[tuple[int, int]], flows: Flows, members: Mapping[int, str], *, few: bool) -> list[tuple[str, str, str, str]]:
    """What went each way between two, and how one-way it was: 0 is even, 1 all one way. `few`: below five is not said."""
    rows = []
    for one, other in found:
        there, back = flows.get((one, other), 0), flows.get((other, one), 0)
        said = [f"under {FEWEST}" if few and 0 < way < FEWEST else f"{way:,.0f}" for way in (there, back)]
        uneven = "" if few and 0 < min(there or back, back or there) < FEWEST else f"{float(pair_imbalance(there, back).value or 0):.2f}"
        rows.append((f"{members[one]} and {members[other]}", *said, uneven))
    return rows


def ring(drawn: Mapping[int, str]) -> dict[int, tuple[float, float]]:
    """A place for each on the ring, the first at the top."""
    turns = {agency: 2 * pi * number / len(drawn) - pi / 2 for number, agency in enumerate(drawn)}
    return {agency: (round(MIDDLE + RING * cos(turn), 1), round(MIDDLE + RING * sin(turn), 1)) for agency, turn in turns.items()}


def dots(drawn: Mapping[int, str], flows: Flows) -> list[dict[str, object]]:
    """A dot for each partner with its number; one without ties is hollow."""
    tied, where = {agency for pair in flows for agency in pair}, ring(drawn)
    return [{"x": where[agency][0], "y": where[agency][1], "number": number, "name": name, "alone": agency not in tied} for number, (agency, name) in enumerate(drawn.items(), start=1)]


def lines(drawn: Mapping[int, str], flows: Flows) -> list[dict[str, object]]:
    """A line for each pair tied, the stronger the more went between them; broken where it goes one way only. Of very many the strongest."""
    where, amounts = ring(drawn), dict[tuple[int, int], float]()
    for (one, other), amount in flows.items():
        if one in where and other in where:
            pair = min(one, other), max(one, other)
            amounts[pair] = max(amount, amounts.get(pair, 0))
    strongest = sorted(amounts, key=lambda pair: (-amounts[pair], pair))[:MOST_LINES]
    most = max(amounts.values(), default=1)
    return [
        {"x1": where[one][0], "y1": where[one][1], "x2": where[other][0], "y2": where[other][1], "width": round(1 + 7 * amounts[one, other] / most, 1), "both": (one, other) in flows and (other, one) in flows}
        for one, other in strongest
    ]
