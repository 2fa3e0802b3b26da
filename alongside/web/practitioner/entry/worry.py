"""Report a worry about somebody whose record one may not open: a report is always taken, and opens nothing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from alongside.common.decisions import NotKnown
from alongside.records import actions
from alongside.records.actions import REPORTS
from alongside.records.facts import Harm
from alongside.records.rules.kinds import entry_kinds
from alongside.web.design.pages import form_page, go_to
from alongside.web.design.rows import Identity
from alongside.web.entrance import practitioner_page
from alongside.web.practitioner.entry.companions import read_choices
from alongside.web.practitioner.entry.forms import EntryForm
from alongside.web.practitioner.entry.kinds import choices
from alongside.web.practitioner.entry.views import said


class WorryForm(EntryForm):
    """The entry form with the kinds that are taken from anybody, about anybody."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = [(heading, [pair for pair in pairs if entry_kinds()[pair[0]].category in REPORTS]) for heading, pairs in choices()]
        self.fields["kind"].choices = [(heading, pairs) for heading, pairs in taken if pairs]
        self.fields["harm"].initial = Harm.SIGNIFICANT.value
        self.fields["harm"].help_text = "Serious harm goes at once to those who must act. Of anything less, a named person decides first who may have it"


@practitioner_page("POST")
def report_worry(request: HttpRequest) -> HttpResponse:
    """Whom it is about comes signed from the finder: nothing about them is read, and nobody can be made up."""
    found = read_choices([request.POST.get("about", "")], request.actor)
    if not found:
        raise NotKnown
    about = found[0].facts(request.at)
    common = {"actor": request.actor, "about": about, "at": request.at}
    first = {"kind": "safeguarding_concern" if about.kind == "child" else "safeguarding_adult_concern", "happened_on": request.at.date()}
    form = WorryForm(request.POST, request.FILES, **common) if "key" in request.POST else WorryForm(initial=first, **common)
    if form.is_bound and form.is_valid():
        recorded = actions.add_entry(by=request.actor, new=form.entry(wishes=()), at=request.at)
        messages.success(request, said(recorded, request.at))
        return go_to("own_entry", recorded.reference)
    words = {"form": form, "who": Identity(found[0].name, born=found[0].born), "about": request.POST["about"], "at": request.at}
    return form_page(request, "practitioner/entry/report_worry.jinja", words)
