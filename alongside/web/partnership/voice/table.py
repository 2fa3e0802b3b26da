"""The partnership whose voices are looked at: for those who work for one of its partners, and nobody else."""


from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.common.decisions import Decision, Outcome, Refused
from alongside.voice import queries
from alongside.web.design.pages import form_page, go_on
from alongside.web.partnership.table import own_partnership, way_home

NOT_YOURS = "Only the partnership’s lead, or whoever speaks for a partner, does this."


def kept_partnership(request: HttpRequest, partnership_id: int) -> object:
    """The same for whoever answers and counts here; anybody else is told who does."""
    found = own_partnership(request, partnership_id)
    if not queries.keeps_voice(partnership_id):
        raise Refused(Decision(Outcome.DENY, reasons=(NOT_YOURS,)))
    return found


def page(request: HttpRequest, template: str, words: dict[str, object], *, wrong: bool = False) -> HttpResponse:
    """A page under `partnership/voice/`."""
    return form_page(request, f"partnership/voice/{template}.jinja", words | {"at": request.at, "home": way_home(request, words["partnership"])}, wrong=wrong)


def to(name: str, *numbers: int) -> HttpResponse:
    return go_on(reverse(name, args=numbers))
