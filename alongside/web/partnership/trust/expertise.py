"""Whether those who know are asked before something is decided."""

from django.http import HttpRequest, HttpResponse

from alongside.agencies import queries as agencies
from alongside.partnerships.queries import partners
from alongside.trust import actions, queries
from alongside.web.entrance import partner_page
from alongside.web.partnership.table import own_partnership
from alongside.web.partnership.trust.forms import DecisionForm
from alongside.web.partnership.trust.place import done, page
from alongside.web.partnership.trust.words import in_hundred


@partner_page("GET", "POST")
def decisions(request: HttpRequest, partnership_id: int) -> HttpResponse:
    found = own_partnership(request, partnership_id)
    form = DecisionForm(request.POST or None, people=who_could_be_asked(request, partnership_id))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def note() -> int:
            return actions.note_decision(
                by=request.actor, partnership_id=partnership_id, what=said["what"], expertise=said["expertise"], asked_id=int(said["asked"]) if said["asked"] else None, why_not=said["why_not"],
                decided_on=said["decided_on"], at=request.at,
            )

        answer = done(request, form, note, said="Noted.", to="asked_expertise", args=(partnership_id,))
        if answer:
            return answer
    notes = queries.decision_notes(partnership_id)
    return page(request, "expertise", {"partnership": found, "form": form, "notes": notes[:50], "rate": in_hundred(queries.consult_rate(notes, request.at))})


def who_could_be_asked(request: HttpRequest, partnership_id: int) -> list[tuple[int, str]]:
    members = {one.agency_id for one in partners(partnership_id)}
    people = [one for one in agencies.practitioners() if one.agency_id in members and one.pk != request.actor.practitioner_id]
    names = agencies.agency_names(members)
    return [(one.pk, f"{one.name}, {one.title}, {names[one.agency_id]}") for one in people]
