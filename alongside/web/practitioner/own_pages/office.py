"""A records office lets somebody in to read a record, or not."""


from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.agencies.facts import CannotBe
from alongside.common.decisions import NotKnown
from alongside.confidentiality.actions.by_two import ReasonNotEnough
from alongside.confidentiality.actions.letting_in import answer_letting_in as answer
from alongside.confidentiality.queries.letting_in import letting_in_to_answer, letting_in_waiting
from alongside.web.design.pages import form_page, go_to
from alongside.web.design.rows import Identity
from alongside.web.entrance import practitioner_page
from alongside.web.person.words import parts_words
from alongside.web.practitioner.own_pages.forms import STANDS, LetInForm
from alongside.web.sign_in import invitation

WORDS = {one.value: words for one, words in STANDS.items()}


@practitioner_page(purpose="rights_request")
def letting_in(request: HttpRequest) -> HttpResponse:
    found = letting_in_waiting() if request.actor.role == "records_manager" else None
    if found is None:
        raise NotKnown
    words = {"waiting": [one for one in found if one.answered_at is None], "answered": [one for one in found if one.answered_at], "stands": WORDS, "at": request.at}
    return render(request, "practitioner/own_pages/letting_in.jinja", words)


@practitioner_page("GET", "POST", purpose="rights_request")
def answer_letting_in(request: HttpRequest, asked_id: int) -> HttpResponse:
    found = letting_in_to_answer(asked_id) if request.actor.role == "records_manager" else None
    if found is None:
        raise NotKnown
    form = LetInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        agreed = form.cleaned_data["outcome"] == "agree"
        try:
            account = answer(by=request.actor, asked_id=asked_id, agreed=agreed, answer=form.cleaned_data["answer"], at=request.at)
        except (CannotBe, ReasonNotEnough) as no:
            form.add_error("answer", str(no))
        else:
            if account is not None:
                invitation.send(request, account, letter="invitation_to_read")
            messages.success(request, "They may read the record from now on." + (" An invitation is on its way." if account else " They sign in as they do already.") if agreed else "Not let in. Whoever asked reads why.")
            return go_to("letting_in")
    who = Identity(found.person or "Name not known", born=found.born, nhs_number=found.nhs_number)
    words = {"found": found, "who": who, "form": form, "stands": WORDS[found.stands], "parts": parts_words(found.parts), "at": request.at}
    return form_page(request, "practitioner/own_pages/answer.jinja", words)
