"""The vision, version by version: written, spoken about, opened for sign-up, signed or not by each body's named signatory, and withdrawn from with the effect shown first."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.agencies.queries import managers_in
from alongside.common.london import london_day
from alongside.open_book.queries import what_goes_back
from alongside.partnerships import queries
from alongside.partnerships.actions import visions as act_on
from alongside.partnerships.actions.endings import SeesTo
from alongside.partnerships.facts import Answer, Signed
from alongside.partnerships.queries import visions as reading
from alongside.partnerships.queries.objectives import objectives
from alongside.partnerships.queries.visions import SignUpState
from alongside.partnerships.rules.signing_up import late_to_answer
from alongside.web.entrance import board_page, partner_page
from alongside.web.partnership.accounts.book import pounds
from alongside.web.partnership.at_the_table import at_table, fill_in, must, shown
from alongside.web.partnership.table import in_words
from alongside.web.partnership.vision.forms import REPLIES, AnswerForm, OpenForm, ProposeForm, RemarkForm, ReplyForm, WithdrawForm

THREE_MONTHS = timedelta(days=92)
SAYS = {Answer.SIGNED: ("Signed", "green"), Answer.CONDITIONAL: ("Would sign if", "orange"), Answer.REFUSED: ("Does not sign", "red"), Answer.WITHDRAWN: ("Withdrawn", "red"), None: ("No answer yet", "yellow")}


@board_page()
def visions(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place = at_table(request, partnership_id)
    states = reading.visions(partnership_id)
    return shown(request, "partnership/vision/visions.jinja", place, states=states, current=reading.current(states), waiting=reading.unanswered(partnership_id))


@board_page("GET", "POST")
def propose_vision(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place = at_table(request, partnership_id)
    must(place.drafts, act_on.WRITERS)
    states = reading.visions(partnership_id)
    form = ProposeForm(request.POST or None, initial={"text": states[0].vision.text if states else place.partnership.vision})

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        return act_on.propose_vision(by=request.actor, partnership_id=partnership_id, text=words["text"], at=request.at, key=key)

    back = ("Vision", reverse("visions", args=[partnership_id]))
    return fill_in(request, place, form, act, heading="Propose a version", said="Proposed. It binds nobody before it is signed.", to=lambda made: reverse("vision", args=[made.pk]), back=back)


@board_page()
def vision(request: HttpRequest, vision_id: int) -> HttpResponse:
    state = reading.vision(vision_id)
    one = state.vision
    place = at_table(request, one.partnership)
    worded = list(one.objectives.all()) if one.opened_at else [row.wording for row in objectives(one.partnership_id, day=london_day(request.at))]
    mine = state.of(request.actor.practitioner_id)
    return shown(
        request, "partnership/vision/vision.jinja", place, ("Vision", reverse("visions", args=[one.partnership_id])), state=state, one=one, worded=worded, says=SAYS, mine=mine,
        remarks=reading.remarks(vision_id), replies=REPLIES, again=state.to_say_again(request.at), late=bool(one.opened_at and late_to_answer(one.opened_at, request.at)),
    )


@partner_page("GET", "POST")
def remark(request: HttpRequest, vision_id: int) -> HttpResponse:
    state = reading.vision(vision_id)
    one = state.vision
    place = at_table(request, one.partnership)
    must(place.partner, act_on.SPEAK_HERE)
    worded = list(one.objectives.all()) if one.opened_at else [row.wording for row in objectives(one.partnership_id, day=london_day(request.at))]
    form = RemarkForm(request.POST or None, objectives=[(row.pk, row.title) for row in worded])

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        about = None if words["about"] == "text" else int(words["about"])
        return act_on.remark(by=request.actor, vision=one, words=words["words"], wording=words["wording"], about_id=about, at=request.at, key=key)

    to = reverse("vision", args=[vision_id])
    return fill_in(request, place, form, act, heading="Comment, or propose another wording", said="It stands with this version, and will be answered.", to=f"{to}#remarks", back=(f"Version {one.version}", to))


@board_page("GET", "POST")
def answer_remark(request: HttpRequest, remark_id: int) -> HttpResponse:
    found = reading.remark(remark_id)
    place = at_table(request, found.vision.partnership)
    must(place.governs)
    to = reverse("vision", args=[found.vision_id])

    def act(words: Mapping[str, Any], key: UUID | None) -> None:
        act_on.answer_remark(by=request.actor, remark=found, answer=words["answer"], why=words["why"], at=request.at)

    now = (found.about.outcome or found.about.title) if found.about else found.vision.text
    return fill_in(
        request, place, ReplyForm(request.POST or None), act, heading="Answer what was proposed", said="Answered.", to=f"{to}#remarks", back=(f"Version {found.vision.version}", to), remark=found, now=now,
        template="partnership/vision/answer_remark.jinja",
    )


@board_page("GET", "POST")
def open_vision(request: HttpRequest, vision_id: int) -> HttpResponse:
    one = reading.vision(vision_id).vision
    place = at_table(request, one.partnership)
    must(place.governs and not one.opened_at)
    partners = queries.partners(one.partnership_id)
    choices: dict[int, list[tuple[int, str]]] = {}
    for who in managers_in(partner.agency_id for partner in partners):
        choices.setdefault(who.agency_id, []).append((who.pk, f"{who.name}, {who.title}"))
    form = OpenForm(request.POST or None, partners=partners, signatories=choices, initial={f"signatory_{agency}": rows[0][0] for agency, rows in choices.items()})

    def act(words: Mapping[str, Any], key: UUID | None) -> None:
        act_on.open_vision(by=request.actor, vision=one, signatories=form.signatories(), at=request.at)

    lead = "Version and objectives are closed to changes from this moment. Only whom you name here can answer for their body."
    return fill_in(
        request, place, form, act, heading="Ask each body to sign", lead=lead, confirm="Ask them to sign", said="Each signatory finds it on the partnership's home page.",
        to=reverse("vision", args=[vision_id]), back=(f"Version {one.version}", reverse("vision", args=[vision_id])),
    )


@partner_page("GET", "POST")
def answer_vision(request: HttpRequest, vision_id: int) -> HttpResponse:
    state, place = own_version(request, vision_id)
    one, form = state.vision, AnswerForm(request.POST or None)

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        return act_on.answer_vision(by=request.actor, vision=one, answer=Answer(words["answer"]), words=form.words(), at=request.at, key=key)

    to = reverse("vision", args=[vision_id])
    return fill_in(
        request, place, form, act, heading="Sign, or say why not", confirm=f"Confirm for {request.actor.agency_name}", said="Your answer stands with this version.", to=to, back=(f"Version {one.version}", to),
        one=one, worded=list(one.objectives.all()), conditions=state.conditions, template="partnership/vision/answer.jinja", revealed=("condition", "reason"),
    )


@partner_page("GET", "POST")
def withdraw_from_vision(request: HttpRequest, vision_id: int) -> HttpResponse:
    state, place = own_version(request, vision_id)
    one, agency, to = state.vision, request.actor.agency_id, reverse("vision", args=[vision_id])
    form = WithdrawForm(request.POST or None, speaks=place.speaks, initial={"how": "vision"})

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        lead = one.partnership.lead_practitioner_id
        sees_to = SeesTo(lead, london_day(request.at) + THREE_MONTHS) if lead else None
        return act_on.withdraw_from_vision(by=request.actor, vision=one, words=words["reason"], leaving=words["how"] == "partnership", returns=comes_back, sees_to=sees_to, at=request.at, key=key)

    comes_back = what_goes_back(one.partnership_id, day=london_day(request.at), agency_id=agency)
    effect = queries.effect_of_closing(one.partnership_id, at=request.at, agency_id=agency)
    signed = [row for row in queries.agreements(one.partnership_id, drafts=False) if any(party.agency_id == agency and queries.party_facts(party).says is Signed.YES for party in row.parties.all())]
    closing = [row for row in signed if row.status in ("open_for_signature", "in_force")]
    return fill_in(
        request, place, form, act, heading=f"Withdraw {request.actor.agency_name}", confirm="Withdraw now", kind="warning", said="Withdrawn. It stands with this version, and everybody at the table can read why.",
        to=lambda made: reverse("partnership_of", args=[one.partnership_id]), back=(f"Version {one.version}", to), one=one, effect=effect, stops=in_words(effect.stops), closing=closing, comes_back=comes_back, pounds=pounds,
        ending=effect.needs, template="partnership/vision/withdraw.jinja",
    )


def own_version(request: HttpRequest, vision_id: int) -> tuple[SignUpState, Any]:
    """A version that is open, for the signatory of one of its bodies."""
    state = reading.vision(vision_id)
    place = at_table(request, state.vision.partnership)
    mine = state.of(request.actor.practitioner_id)
    must(bool(state.vision.opened_at) and mine is not None and mine.party.agency_id == request.actor.agency_id, act_on.SIGNATORY_ONLY)
    return state, place
