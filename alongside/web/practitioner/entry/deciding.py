"""What the gate referred to a named person: may this partner have it after all, or does it stay?"""


from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from alongside.common.decisions import NotKnown
from alongside.records import actions, queries
from alongside.records.rules.kinds import kind_or_plain
from alongside.web.design.fields import LongTextField, RadiosField
from alongside.web.design.forms import Form
from alongside.web.design.pages import form_page, go_to
from alongside.web.entrance import practitioner_page


class DecideForm(Form):
    goes = RadiosField(label="What do you decide?", choices=[("yes", "It goes to them"), ("no", "It stays")], missing="Choose whether it goes or stays")
    because = LongTextField(label="Why?", hint="The author and the person must be able to understand it", rows=4, max_length=2000)


@practitioner_page("GET", "POST")
def decide_outcome(request: HttpRequest, outcome_id: int) -> HttpResponse:
    waiting = next((one for one in queries.to_decide(request.actor) if one.pk == outcome_id), None)
    if waiting is None:
        raise NotKnown
    found = actions.read_entry(by=request.actor, reference=waiting.entry.reference, at=request.at)
    form = DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        goes = form.cleaned_data["goes"] == "yes"
        actions.decide_referred(by=request.actor, outcome_id=outcome_id, goes=goes, because=form.cleaned_data["because"], at=request.at)
        messages.success(request, f"Decided: it {'goes to' if goes else 'stays away from'} {waiting.team.name}, {waiting.agency.name}. The author can see it.")
        return go_to("my_work")
    words = {"form": form, "entry": found, "outcome": waiting, "kind": kind_or_plain(found.kind), "parts": (), "at": request.at}
    return form_page(request, "practitioner/entry/decide_outcome.jinja", words)
