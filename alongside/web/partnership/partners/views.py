"""Who belongs to a partnership: an agency joins, says where things arrive, and leaves, with the effect shown first."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from alongside.agencies import queries as agencies
from alongside.common.decisions import Decision, NotKnown, Outcome, Refused
from alongside.common.london import london_day
from alongside.open_book.queries import what_goes_back
from alongside.partnerships import actions, queries
from alongside.partnerships.actions.endings import SeesTo
from alongside.web.design.pages import form_page, go_to
from alongside.web.entrance import partner_page
from alongside.web.partnership.accounts.book import pounds
from alongside.web.partnership.at_the_table import people_in
from alongside.web.partnership.partners.forms import JoinForm, LeaveForm, PartnerForm
from alongside.web.partnership.table import chosen, in_words

THREE_MONTHS = timedelta(days=92)


@partner_page("GET", "POST")
def join_partnership(request: HttpRequest, partnership_id: int) -> HttpResponse:
    found = chosen(request, partnership_id)
    if not queries.standings(request.actor, found.pk).leads:
        raise Refused(Decision(Outcome.DENY, reasons=("Only the partnership's lead lets an agency join.",)))
    inside = {partner.agency_id for partner in queries.partners(found.pk)}
    form = JoinForm(request.POST or None, agencies=[(agency.pk, agency.name) for agency in agencies.agencies() if agency.pk not in inside])
    if request.method == "POST" and form.is_valid():
        agency_id = int(form.cleaned_data["agency"])
        door = next((team.pk for team in agencies.teams(agency_id) if team.duty_desk), None)
        try:
            actions.join(by=request.actor, partnership=found, agency_id=agency_id, front_door_id=door, at=request.at)
        except actions.NotNow as no:
            form.add_error("agency", str(no))
        else:
            messages.success(request, "It has joined. Nothing flows to it before it has signed an agreement.")
            return go_to("change_partner", found.pk, agency_id)
    return shown(request, "partnership/partners/join.jinja", {"partnership": found, "form": form})


@partner_page("GET", "POST")
def change_partner(request: HttpRequest, partnership_id: int, agency_id: int) -> HttpResponse:
    found, partner, _ = partner_of(request, partnership_id, agency_id)
    guardians = [(one.pk, f"{one.name}, {one.title}") for one in agencies.practitioners(agency_id=agency_id) if one.role == "caldicott_guardian"]
    choices = {"teams": [(team.pk, team.name) for team in agencies.teams(agency_id)], "guardians": guardians}
    form = PartnerForm(request.POST or None, initial={"front_door": partner.front_door_id, "guardian": partner.guardian_id}, **choices)
    if request.method == "POST" and form.is_valid():
        door, guardian = (int(form.cleaned_data[name]) if form.cleaned_data[name] else None for name in ("front_door", "guardian"))
        try:
            actions.change_partner(by=request.actor, partnership_id=found.pk, agency_id=agency_id, front_door_id=door, guardian_id=guardian, at=request.at)
        except actions.NotNow as no:
            form.add_error("front_door", str(no))
        else:
            messages.success(request, "Saved. What comes in goes there from now on.")
            return go_to("partnership_of", found.pk)
    return shown(request, "partnership/partners/change.jinja", {"partnership": found, "partner": partner, "form": form})


@partner_page("GET", "POST")
def leave_partnership(request: HttpRequest, partnership_id: int, agency_id: int) -> HttpResponse:
    found, partner, partners = partner_of(request, partnership_id, agency_id)
    today, back = london_day(request.at), what_goes_back(found.pk, day=london_day(request.at), agency_id=agency_id)
    people = [(pk, words) for pk, (words, _) in people_in(partners).items()]
    form = LeaveForm(request.POST or None, people=people, today=today, initial={"owner": found.lead_practitioner_id, "due": today + THREE_MONTHS})
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        actions.leave(
            by=request.actor, partnership_id=found.pk, agency_id=agency_id, reason=words["reason"], returns=back, sees_to=SeesTo(int(words["owner"]), words["due"]), at=request.at,
        )
        messages.success(request, f"{partner.agency.name} has left. Its taps are shut, the others are told, and what goes back to it is written down.")
        return go_to("partnership_of", found.pk)
    effect = queries.effect_of_closing(found.pk, at=request.at, agency_id=agency_id, names={one.agency_id: one.agency.name for one in partners})
    return shown(request, "partnership/partners/leave.jinja", {"partnership": found, "partner": partner, "form": form, "effect": effect, "stops": in_words(effect.stops), "ending": effect.needs, "back": back, "pounds": pounds})


def partner_of(request: HttpRequest, partnership_id: int, agency_id: int) -> tuple[Any, Any, list[Any]]:
    """One partner, and all of them, for whoever speaks for it or leads the partnership; the database asks again."""
    found = chosen(request, partnership_id)
    partners = queries.partners(found.pk)
    partner = next((one for one in partners if one.agency_id == agency_id), None)
    if partner is None:
        raise NotKnown
    may = queries.standings(request.actor, found.pk)
    if not (may.leads or may.speaks and request.actor.agency_id == agency_id):
        raise Refused(Decision(Outcome.DENY, reasons=("Only whoever speaks for an agency, or the partnership's lead, may change its place here.",)))
    return found, partner, partners


def shown(request: HttpRequest, template: str, words: dict[str, object]) -> HttpResponse:
    return form_page(request, template, words | {"at": request.at})
