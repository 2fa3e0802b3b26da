"""A records office: possible doubles, each judged with its reason and back again at will; and the registers that were loaded."""

from pathlib import PurePath

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.common.decisions import NotKnown
from alongside.linkage import actions, queries
from alongside.people import queries as people
from alongside.web.design.pages import form_page, go_to
from alongside.web.entrance import practitioner_page
from alongside.web.practitioner.doubles.forms import DecisionForm

SAID = {"linked": "Linked as one person. Nothing was moved; you can take it back.", "different": "Held apart. They will not be proposed again.", "unlinked": "The link was taken back."}

MOST_ROWS = 200


@practitioner_page(purpose="data_quality")
def records_office(request: HttpRequest) -> HttpResponse:
    """What a records office looks after: doubles to judge, and the registers that were loaded."""
    only_the_office(request)
    loaded = people.register_imports(request.actor.agency_id)
    return render(request, "practitioner/doubles/records_office.jinja", {"loaded": [(one, PurePath(one.path).name) for one in loaded], "at": request.at})


@practitioner_page(purpose="data_quality")
def register_loaded(request: HttpRequest, import_id: int) -> HttpResponse:
    """Which rows of a file were refused, and why: numbers and reasons; the rows themselves stay with whoever loaded the file."""
    only_the_office(request)
    found = next((one for one in people.register_imports(request.actor.agency_id) if one.pk == import_id), None)
    if found is None:
        raise NotKnown
    words = {"loaded": found, "name": PurePath(found.path).name, "refused": people.refused_rows(import_id, limit=MOST_ROWS), "most": MOST_ROWS, "at": request.at}
    return render(request, "practitioner/doubles/register_loaded.jinja", words)


@practitioner_page(purpose="data_quality")
def possible_doubles(request: HttpRequest) -> HttpResponse:
    decided = "decided" in request.GET
    only_the_office(request)
    return render(request, "practitioner/doubles/possible_doubles.jinja", {"pairs": queries.pairs(request.actor, decided=decided, at=request.at), "decided": decided, "at": request.at})


@practitioner_page("GET", "POST", purpose="data_quality")
def decide_pair(request: HttpRequest, pair_id: int) -> HttpResponse:
    only_the_office(request)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    status = request.POST.get("status", "")
    if request.method == "POST" and form.is_valid() and status in SAID:
        actions.decide_pair(by=request.actor, pair_id=pair_id, status=status, reason=form.cleaned_data["reason"], at=request.at)
        messages.success(request, SAID[status])
        return go_to("possible_doubles")
    found = [*queries.pairs(request.actor, decided=False, at=request.at), *queries.pairs(request.actor, decided=True, at=request.at)]
    pair = next((one for one in found if one.id == pair_id), None)
    if pair is None:
        raise NotKnown
    return form_page(request, "practitioner/doubles/decide_pair.jinja", {"form": form, "pair": pair, "at": request.at})


def only_the_office(request: HttpRequest) -> None:
    """The database asks again; here nobody else learns that there is such a page."""
    if request.actor.role != "records_manager":
        raise NotKnown
