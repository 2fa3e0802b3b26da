"""One complaint: what it is about, acknowledged, answered."""


from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from alongside.common.decisions import NotKnown
from alongside.confidentiality.actions.complaints import acknowledge_complaint, answer_complaint
from alongside.confidentiality.queries import DID, WHY
from alongside.confidentiality.queries.complaining import ComplainedOf, complaint_to_answer
from alongside.web.design.pages import form_page, go_to
from alongside.web.entrance import guardian_page
from alongside.web.guardian.complaint.forms import OUTCOMES, AnswerForm
from alongside.web.words import capital, in_words

MADE_BY = {"self": "The person", "parental_responsibility": "A parent", "proxy": "Somebody acting for the person", "no_parental_responsibility": "Somebody of the family"}


@guardian_page("GET", "POST", purpose="rights_request")
def complaint(request: HttpRequest, complaint_id: int) -> HttpResponse:
    found = complaint_to_answer(complaint_id)
    if found is None:
        raise NotKnown
    form = AnswerForm(request.POST if request.POST.get("step") == "answer" else None)
    if request.method == "POST" and request.POST.get("step") == "acknowledge":
        acknowledge_complaint(by=request.actor, complaint_id=complaint_id, at=request.at)
        messages.success(request, "Acknowledged. The person is told that you are looking into it.")
        return go_to("complaint", complaint_id)
    if form.is_bound and form.is_valid():
        answer_complaint(by=request.actor, complaint_id=complaint_id, at=request.at, **form.cleaned_data)
        messages.success(request, "Answered. The person can read it now.")
        return go_to("guardian_queue")
    words = {
        "found": found, "form": form, "made_by": MADE_BY.get(found.made_by, "Somebody acting for the person"), "did": did(found.line) if found.line else "", "outcomes": dict(OUTCOMES),
        "relation": capital(in_words(found.line.relation)) if found.line else "", "at": request.at,
    }
    return form_page(request, "guardian/complaint/complaint.jinja", words)


def did(line: ComplainedOf) -> str:
    """What the line says was done, of "the record" of "the person"."""
    words = "Saw the name on a list" if line.on_a_list else DID.get(line.verb, line.verb.replace("_", " ")).format(whose="the", whom="the person").capitalize()
    refused = ", and was refused" if line.decision in ("deny", "refer") else ""
    return f"{words} {WHY.get(line.purpose, '')}".strip() + refused + (" (done by the system)" if line.automatic else "")
