"""Who is tied to whom: a picture, and the same as a table; who stands alone, and who is the only bridge between others."""

from datetime import timedelta
from math import cos, pi, sin

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.common.london import london_day
from alongside.framework import queries
from alongside.measures.network import CAVEAT, betweenness_centralisation, degree_centralisation, density, dyadic_reciprocity, edge_reciprocity, pair_imbalance, places
from alongside.measures.result import Result, Unmeasurable
from alongside.partnerships.queries import partners
from alongside.web.entrance import partner_page
from alongside.web.partnership.table import own_partnership

A_YEAR = timedelta(days=365)
KINDS = {"shares": "Shares", "referrals": "Referrals", "help": "Promises kept", "money": "Money"}
SAYS = {
    "shares": "entries that one shared with the other", "referrals": "referrals that one sent to the other", "help": "promises that one gave the other and kept, and what one offered and gave the other",
    "money": "pounds that one put in and the other spent, paid to the other, or paid for what the other answers for",
}  # fmt: skip
SIZE, MIDDLE, RING, DOT = 640, 320, 210, 9
MEASURES = (
    ("Ties there are, of all there could be", density), ("Pairs tied in both directions, of pairs tied at all", dyadic_reciprocity), ("Ties that are answered by one the other way", edge_reciprocity),
    ("How far it hangs on the one with most ties", degree_centralisation), ("How far ways lead through one", betweenness_centralisation),
)  # fmt: skip


@partner_page()
def network(request: HttpRequest, partnership_id: int) -> HttpResponse:
    found = own_partnership(request, partnership_id)
    members = {one.agency_id: one.agency.name for one in partners(partnership_id)}
    kind = request.GET.get("ties") if request.GET.get("ties") in KINDS else "shares"
    since = london_day(request.at) - A_YEAR
    flows = queries.ties(partnership_id, since=since).get(kind, {})
    ties = [(members[sender], members[receiver]) for sender, receiver in flows]
    words = {
        "partnership": found, "kind": kind, "kinds": KINDS, "says": SAYS[kind], "since": since, "measures": measured(ties, list(members.values())), "caveat": CAVEAT, "at": request.at,
        "rows": [(one.name, one.sends_to, one.receives_from, "Alone" if one.isolated else "Only bridge" if one.only_bridge else "") for one in places(ties, members.values())],
        "pairs": pairs(flows, members), "dots": dots(members, flows), "lines": lines(members, flows), "size": SIZE, "dot": DOT,
    }  # fmt: skip
    return render(request, "partnership/network/network.jinja", words)


def measured(ties: list[tuple[str, str]], members: list[str]) -> list[tuple[str, str, str]]:
    """Each measure of the network's shape with the version of its formula; where it cannot be said, why."""
    rows = []
    for words, measure in MEASURES:
        try:
            found: Result = measure(ties) if measure in (dyadic_reciprocity, edge_reciprocity) else measure(ties, members)  # type: ignore[operator]
        except Unmeasurable as no:
            rows.append((words, str(no), ""))
        else:
            rows.append((words, "no ties" if found.value is None else f"{float(found.value):.2f}, n = {found.n}", found.version))
    return rows


def pairs(flows: dict[tuple[int, int], object], members: dict[int, str]) -> list[tuple[str, str, str, str]]:
    """What went each way between two, and how one-way it was: 0 is even, 1 all one way; the greatest traffic first."""
    met = sorted({(min(pair), max(pair)) for pair in flows}, key=lambda pair: -float(flows.get(pair, 0)) - float(flows.get(pair[::-1], 0)))  # type: ignore[arg-type]
    amounts = [(one, other, float(flows.get((one, other), 0)), float(flows.get((other, one), 0))) for one, other in met]  # type: ignore[arg-type]
    return [(f"{members[one]} and {members[other]}", f"{there:,.0f}", f"{back:,.0f}", f"{float(pair_imbalance(there, back).value or 0):.2f}") for one, other, there, back in amounts]


def spot(members: dict[int, str], agency: int) -> tuple[float, float]:
    """A place on the ring, the first at the top."""
    turn = 2 * pi * list(members).index(agency) / len(members) - pi / 2
    return round(MIDDLE + RING * cos(turn), 1), round(MIDDLE + RING * sin(turn), 1)


def dots(members: dict[int, str], flows: dict[tuple[int, int], object]) -> list[dict[str, object]]:
    """A dot for each partner with its number; one without ties is hollow."""
    tied = {agency for pair in flows for agency in pair}
    return [{"x": spot(members, agency)[0], "y": spot(members, agency)[1], "number": number, "name": name, "alone": agency not in tied} for number, (agency, name) in enumerate(members.items(), start=1)]


def lines(members: dict[int, str], flows: dict[tuple[int, int], object]) -> list[dict[str, object]]:
    """A line for each pair tied, the stronger the more went between them; broken where it goes one way only."""
    most = max((float(amount) for amount in flows.values()), default=1)  # type: ignore[arg-type]
    drawn = []
    for one, other in sorted({(min(pair), max(pair)) for pair in flows}):
        (left, top), (right, bottom) = spot(members, one), spot(members, other)
        amount = max(float(flows.get((one, other), 0)), float(flows.get((other, one), 0)))  # type: ignore[arg-type]
        drawn.append({"x1": left, "y1": top, "x2": right, "y2": bottom, "width": round(1 + 7 * amount / most, 1), "both": (one, other) in flows and (other, one) in flows})
    return drawn
