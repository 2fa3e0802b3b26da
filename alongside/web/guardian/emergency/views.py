"""One emergency access on one page: who, why, how they stood to the person, what was opened; and its judgement."""


from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.common.decisions import NotKnown
from alongside.confidentiality.actions.break_glass import NotIndependent, ReasonNotEnough, judge_emergency
from alongside.confidentiality.queries import unjudged_emergencies
from alongside.confidentiality.queries.emergencies import emergency_to_judge
from alongside.web.design.pages import form_page, go_on, go_to
from alongside.web.entrance import practitioner_page
from alongside.web.guardian.emergency.forms import JudgementForm
from alongside.web.words import capital, in_words

DANGERS = {"imminent_life": "A life was in danger", "significant_harm": "Somebody might come to serious harm", "none_known": "Neither"}


@practitioner_page("GET", "POST", purpose="audit")
def emergency(request: HttpRequest, emergency_id: int) -> HttpResponse:
    """For a guardian, and for whoever was named to judge because the guardian is not independent: the database says who that is."""
    found = emergency_to_judge(emergency_id)
    if found is None:
        raise NotKnown
    form = JudgementForm(request.POST or None)
    if request.method == "POST" and request.POST.get("judgement") in ("proper", "not_proper") and form.is_valid():
        words = form.cleaned_data
        try:
            judge_emergency(
                by=request.actor, emergency_id=emergency_id, proper=request.POST["judgement"] == "proper", reason=words["reason"], at=request.at, tell_on=words["tell_on"] if words["wait"] else None,
            )
        except (ReasonNotEnough, NotIndependent) as wanting:
            form.add_error("reason", str(wanting))
        else:
            told = "They are told when the delay ends." if words["wait"] else "The person is told." if found.safe_to_tell else "The person is told once it is safe."
            messages.success(request, f"Judged. {told}")
            return onward(request)
    words = {"found": found, "form": form, "danger": DANGERS.get(found.danger, "Not said"), "relation": capital(in_words(found.relation)), "at": request.at}
    return form_page(request, "guardian/emergency/emergency.jinja", words)


def onward(request: HttpRequest) -> HttpResponse:
    """The next one to judge, else back to where this reader's day begins."""
    following = next(iter(unjudged_emergencies()), None) if request.actor.role == "caldicott_guardian" else None
    if following:
        return go_to("judge_emergency", following.pk)
    return go_on(reverse("guardian_queue" if request.actor.role == "caldicott_guardian" else "my_work"))
