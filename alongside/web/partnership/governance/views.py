"""How a partnership is governed: its board, when that can decide, who decides what, interests, and which of the eight headings have nothing under them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.agencies.queries import practitioner
from alongside.common.decisions import NotKnown
from alongside.common.london import london_day
from alongside.confidentiality import gate
from alongside.partnerships.actions import NotNow
from alongside.partnerships.actions import board as act_on
from alongside.partnerships.facts import Nature, QuorumRule, Seat, SeatRole
from alongside.partnerships.queries import board as reading
from alongside.partnerships.queries import meetings
from alongside.partnerships.queries.table import Place
from alongside.partnerships.rules.governance import HEADINGS
from alongside.web.design.pages import form_page, go_to
from alongside.web.entrance import board_page
from alongside.web.partnership.at_the_table import at_table, done, fill_in, must, people_choices, shown
from alongside.web.partnership.governance.forms import NATURES, ROLES, SEATS, ClaimForm, HeadingForm, InterestForm, QuorumForm, RightForm, SeatForm
from alongside.web.partnership.table import lead_frame

A_YEAR = timedelta(days=365)
SETTLED_IN = {"aims": "objectives", "board": "set_quorum", "decisions": "add_decision_right", "risks": "risks"}
"""Where a heading is settled that has no text of its own."""


@board_page()
def governance(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place = at_table(request, partnership_id)
    board, rules, rights, texts = reading.board(partnership_id), reading.board_rules(partnership_id), reading.decision_rights(partnership_id), reading.texts(partnership_id)
    gate.note(verb="read", purpose="partnership_governance", decision="permit", item=f"partnership:{partnership_id} board")
    complete = reading.completeness(place.partnership, members=len(board), rules=rules is not None, rights=len(rights), settled=texts)
    return shown(
        request, "partnership/governance/governance.jinja", place, board=board, rules=rules, rights=rights, texts=texts, complete=complete, headings=HEADINGS, settled_in=SETTLED_IN, declared=reading.declared(partnership_id),
        seats=SEATS, roles=ROLES, natures=NATURES,
    )


@board_page("GET", "POST")
def my_boards(request: HttpRequest) -> HttpResponse:
    lead_frame(request)
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act_on.claim_seat(code=form.cleaned_data["code"], at=request.at)
        except NotNow as no:
            form.add_error("code", str(no))
        else:
            messages.success(request, "The seat is yours.")
            return go_to("my_boards")
    seats = reading.own_seats()
    gate.note(verb="read", purpose="partnership_governance", decision="permit", item="own boards")
    rows = [{"seat": seat, "meetings": [one for one in meetings.meetings(seat.partnership_id) if not one.closed_at and not one.cancelled_at]} for seat in seats]
    return form_page(request, "partnership/governance/my_boards.jinja", {"rows": rows, "roles": ROLES, "form": form, "at": request.at})


@board_page("GET", "POST")
def seat_member(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place, to, back = books(request, partnership_id)
    form = SeatForm(request.POST or None, people=[(pk, words) for pk, (words, _) in people_choices(place).items()])

    code = act_on.new_code()

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        one = practitioner(int(words["practitioner"])) if words["seat"] == Seat.PARTNER.value else None
        return act_on.seat_member(
            by=request.actor, partnership_id=partnership_id, name=one.name if one else words["name"], seat=Seat(words["seat"]), role=SeatRole(words["role"]), votes=words["votes"],
            agency_id=one.agency_id if one else None, practitioner_id=one.pk if one else None, code=code if words["own_account"] and one is None else "", at=request.at, key=key,
        )

    def said(member: Any) -> str:
        waits = member.claim_hash is not None and member.at == request.at
        return f"Seated. Give them this code, which is shown only now: {code}. They enter it on their own page My boards." if waits else "Seated."

    return fill_in(request, place, form, act, heading="Give somebody a seat", said=said, to=f"{to}#board", back=back, revealed=("practitioner",))


@board_page("POST")
def leave_seat(request: HttpRequest, member_id: int) -> HttpResponse:
    member = reading.member(member_id)
    _, to, _ = books(request, member.partnership_id)
    return done(request, lambda: act_on.leave_seat(by=request.actor, member=member, at=request.at), said="The seat is empty from now on. What was decided stands.", to=f"{to}#board")


@board_page("GET", "POST")
def set_quorum(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place, to, back = books(request, partnership_id)
    now, day = reading.quorum_rule(partnership_id), london_day(request.at)
    form = QuorumForm(request.POST or None, after=day, initial={"members": now.members, "partners": now.partners, "chair": now.chair, "review_on": day + A_YEAR})

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        rule = QuorumRule(words["members"], words["partners"], words["chair"])
        return act_on.set_board_rules(by=request.actor, partnership_id=partnership_id, rule=rule, review_on=words["review_on"], at=request.at, key=key)

    lead = "A member who has an interest in a point is not counted for it."
    return fill_in(request, place, form, act, heading="When can the board decide?", lead=lead, said="Settled. It holds for every point from now on.", to=to, back=back)


@board_page("GET", "POST")
def settle_heading(request: HttpRequest, partnership_id: int, heading: str) -> HttpResponse:
    place, to, back = books(request, partnership_id)
    found = next((one for one in HEADINGS if one.code == heading and one.text), None)
    if found is None:
        raise NotKnown
    now = reading.texts(partnership_id).get(heading)
    form = HeadingForm(request.POST or None, initial={"text": now.text if now else place.partnership.how_to_complain if heading == "complaints" else ""})

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        return act_on.settle_heading(by=request.actor, partnership_id=partnership_id, heading=heading, text=words["text"], at=request.at, key=key)

    return fill_in(request, place, form, act, heading=found.name, lead=found.asks, said="Settled. What stood here before stays in the history.", to=f"{to}#headings", back=back)


@board_page("GET", "POST")
def add_decision_right(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place, to, back = books(request, partnership_id)

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        words = {name: words[name] for name in ("what", "decides", "delegated_to", "limits")}
        return act_on.add_decision_right(by=request.actor, partnership_id=partnership_id, at=request.at, key=key, **words)

    return fill_in(request, place, RightForm(request.POST or None), act, heading="Say who decides what", said="Added.", to=f"{to}#rights", back=back)


@board_page("POST")
def end_decision_right(request: HttpRequest, right_id: int) -> HttpResponse:
    right = reading.decision_right(right_id)
    _, to, _ = books(request, right.partnership_id)
    return done(request, lambda: act_on.end_decision_right(by=request.actor, right=right, at=request.at), said="Ended.", to=f"{to}#rights")


@board_page("GET", "POST")
def declare_interest(request: HttpRequest, member_id: int) -> HttpResponse:
    member = reading.member(member_id)
    place = at_table(request, member.partnership)
    must(place.governs or member.pk in place.seats, act_on.OWN_OR_KEPT)
    to = reverse("governance", args=[member.partnership_id])

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        return act_on.declare_interest(by=request.actor, member=member, nature=Nature(words["nature"]), what=words["what"], at=request.at, key=key)

    return fill_in(request, place, InterestForm(request.POST or None), act, heading="Declare an interest", caption=member.name, said="Declared.", to=f"{to}#interests", back=("Governance", to))


@board_page("POST")
def end_interest(request: HttpRequest, interest_id: int) -> HttpResponse:
    found = reading.interest(interest_id)
    place = at_table(request, found.member.partnership)
    must(place.governs or found.member_id in place.seats, act_on.OWN_OR_KEPT)
    to = reverse("governance", args=[found.member.partnership_id])
    return done(request, lambda: act_on.end_interest(by=request.actor, interest=found, at=request.at), said="Ended. That it was declared stays in the history.", to=f"{to}#interests")


def books(request: HttpRequest, partnership_id: int) -> tuple[Place, str, tuple[str, str]]:
    """For whoever keeps the partnership's books: their place, and the way back to governance."""
    place = at_table(request, partnership_id)
    must(place.governs)
    to = reverse("governance", args=[partnership_id])
    return place, to, ("Governance", to)
