"""A record, or a part of one, that nobody may open any more: who shall, or whether it need be kept for few. Its guardian sees why and who could, never whose it is or what it says."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.common.decisions import NotKnown
from alongside.common.london import london_day
from alongside.confidentiality.actions.by_two import ReasonNotEnough
from alongside.confidentiality.actions.readers import WhoChanged, lift_for_nobody, name_readers
from alongside.confidentiality.queries.readers import readers_wanted
from alongside.web.design.pages import form_page, go_on
from alongside.web.entrance import practitioner_page
from alongside.web.guardian.readers.forms import LIFT, NAME, ReadersForm

USUAL_REVIEW = timedelta(days=28)


@practitioner_page("GET", "POST", purpose="audit")
def name_or_lift(request: HttpRequest, kept_id: int) -> HttpResponse:
    """First what would happen is shown; confirming sends its seal back, and what is done is what was shown."""
    found = readers_wanted(kept_id)
    if found is None:
        raise NotKnown
    form = ReadersForm(request.POST or None, could=found.could, initial={"review_on": london_day(request.at) + USUAL_REVIEW})
    shown, changed = False, False
    if request.method == "POST" and form.is_valid():
        shown = True
        if request.POST.get("step") == "confirm":
            try:
                settle(request, kept_id, form)
            except ReasonNotEnough as wanting:
                form.add_error("reason", str(wanting))
                shown = False
            except WhoChanged:
                changed = True
            else:
                messages.success(request, ("Named. They may open it from now on." if form.cleaned_data["what"] == NAME else "Lifted. It opens to those who work with them.") + told(found.safe_to_tell))
                return go_on(reverse("guardian_queue" if request.actor.role == "caldicott_guardian" else "my_work"))
    words = {"found": found, "form": form, "shown": shown, "changed": changed, "at": request.at}
    if shown:
        words |= {"seal": found.seal(form.chosen), "lifts": form.cleaned_data["what"] == LIFT, "chosen": [one for one in found.could if one.practitioner in form.chosen], "open_to": [one for one in found.could if one.works]}
    return form_page(request, "guardian/readers/name_or_lift.jinja", words)


def settle(request: HttpRequest, kept_id: int, form: ReadersForm) -> None:
    words, seal = form.cleaned_data, request.POST.get("seal", "")
    if words["what"] == LIFT:
        lift_for_nobody(by=request.actor, kept_id=kept_id, reason=words["reason"], seal=seal, at=request.at)
    else:
        name_readers(by=request.actor, kept_id=kept_id, practitioners=form.chosen, reason=words["reason"], review_on=words["review_on"], seal=seal, at=request.at)


def told(safe: bool) -> str:
    return " The person is told." if safe else " The person is told where it is safe, or once it is."
