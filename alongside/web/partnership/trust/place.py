"""Whose trust is looked at: a partnership's, for those who work for one of its partners and nobody else."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.partnerships import actions as partnerships
from alongside.partnerships.queries import partners, standings
from alongside.web.design.pages import form_page, go_on
from alongside.web.partnership.table import way_home


def speaks(request: HttpRequest, partnership_id: int) -> bool:
    """Whether the reader may say something in their agency's name, as the database will ask again."""
    may = standings(request.actor, partnership_id)
    return may.speaks or may.leads


def others(request: HttpRequest, partnership_id: int) -> list[tuple[int, str]]:
    return [(one.agency_id, one.agency.name) for one in partners(partnership_id) if one.agency_id != request.actor.agency_id]


def page(request: HttpRequest, template: str, words: dict[str, object]) -> HttpResponse:
    """A page under `partnership/trust/`."""
    return form_page(request, f"partnership/trust/{template}.jinja", words | {"at": request.at, "home": way_home(request, words["partnership"])})


def done(request: HttpRequest, form: object, act: Callable[[], object], *, said: str, to: str, args: tuple[int, ...]) -> HttpResponse | None:
    """Act, then go on with a word of what was done; where it cannot be done now, the form says why and nothing typed is lost."""
    try:
        act()
    except partnerships.NotNow as no:
        form.add_error(None, str(no))  # type: ignore[attr-defined]
        return None
    messages.success(request, said)
    return go_on(reverse(to, args=args))
