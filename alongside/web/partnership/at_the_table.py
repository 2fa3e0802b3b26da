"""What every page at a partnership's table shares: the reader's place there, ways back, and one way to fill in a form."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from alongside.agencies.queries import managers_in, practitioners
from alongside.common.decisions import Decision, Outcome, Refused
from alongside.common.london import london_day
from alongside.partnerships import queries
from alongside.partnerships.actions import NotNow
from alongside.partnerships.actions.keeping import KEEPERS
from alongside.partnerships.queries.table import Place, place_at
from alongside.web.design.forms import Form
from alongside.web.design.pages import form_page, go_on
from alongside.web.partnership.table import in_this_one, lead_frame, way_home

MOST_NAMES = 150
Crumbs = Sequence[tuple[str, str]]


def at_table(request: HttpRequest, partnership: Any, *, winding_up: bool = False) -> Place:
    """The reader's place at a partnership's table: one that was read already, or its number. Raises NotKnown for whoever does not sit at it, and refuses what is sent after its end."""
    lead_frame(request)
    place = place_at(partnership, agency_id=request.actor.agency_id)
    in_this_one(request, place.partnership, winding_up=winding_up)
    return place


def must(allowed: bool, why: str = KEEPERS) -> None:
    """Nobody is given a form that would be refused."""
    if not allowed:
        raise Refused(Decision(Outcome.DENY, reasons=(why,)))


def ways_back(request: HttpRequest, place: Place, *more: tuple[str, str]) -> Crumbs:
    return [way_home(request, place.partnership), *more]


def shown(request: HttpRequest, template: str, place: Place, *back: tuple[str, str], **words: Any) -> HttpResponse:
    """One page of this table."""
    common = {"place": place, "partnership": place.partnership, "crumbs": ways_back(request, place, *back), "at": request.at, "day": london_day(request.at)}
    return form_page(request, template, common | words)


def fill_in(
    request: HttpRequest, place: Place, form: Form, act: Callable[[Mapping[str, Any], UUID | None], Any], *, heading: str, said: Callable[[Any], str] | str, to: Callable[[Any], str] | str, back: tuple[str, str], caption: str = "",
    lead: str = "", confirm: str = "Save", kind: str = "", template: str = "partnership/fill_in.jinja", **words: Any,
) -> HttpResponse:
    """
    1. An empty form, or the one that was sent with what is wrong beside each field.
    2. What was sent is done by one action; where that cannot be now, the page says why and keeps everything typed.
    """
    if request.method == "POST" and form.is_valid():
        try:
            made = act(form.cleaned_data, form.key_given if "key" in form.fields else None)
        except NotNow as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, said(made) if callable(said) else said)
            return go_on(to(made) if callable(to) else to)
    return shown(
        request, template, place, back, form=form, heading=heading, caption=caption or place.partnership.name, lead=lead, confirm=confirm, kind=kind, cancel=back[1], **words
    )


def done(request: HttpRequest, act: Callable[[], Any], *, said: str, to: str) -> HttpResponse:
    """For a button without a form: done, or the reason why not, on the page one comes from."""
    try:
        act()
    except NotNow as no:
        messages.error(request, str(no))
    else:
        messages.success(request, said)
    return go_on(to)


def partner_choices(place: Place) -> list[tuple[int, str]]:
    return [(one.agency_id, one.agency.name) for one in queries.partners(place.partnership.pk)]


def manager_choices(place: Place) -> list[tuple[int, str]]:
    """Those who may answer for something: the managers of all partners, and the partnership's lead."""
    found = managers_in(one.agency_id for one in queries.partners(place.partnership.pk))
    rows = {one.pk: f"{one.name}, {one.title}, {one.agency.name}" for one in found}
    lead = place.partnership.lead_practitioner
    return list((({lead.pk: f"{lead.name}, {lead.title}, {place.partnership.lead_agency.name}"} if lead else {}) | rows).items())


def people_choices(place: Place) -> dict[int, tuple[str, int]]:
    """Whoever works for a partner, in words and where; in a large partnership only those who manage a team, so that the list can be read."""
    return people_in(queries.partners(place.partnership.pk))


def people_in(partners: Sequence[Any]) -> dict[int, tuple[str, int]]:
    """The same, of partners that have been read."""
    agencies = [one.agency_id for one in partners]
    everybody = list(practitioners().filter(agency_id__in=agencies)[: MOST_NAMES + 1])
    found = everybody if len(everybody) <= MOST_NAMES else managers_in(agencies)
    return {one.pk: (f"{one.name}, {one.title}, {one.agency.name}", one.agency_id) for one in found}


def number_or_none(value: str | None) -> int | None:
    return int(value) if value else None
