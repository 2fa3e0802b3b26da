"""Put an entry right: the old text stays beside the new one, and everybody who read or received it is told."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.records import actions, queries
from alongside.records.actions import ReasonNeeded
from alongside.web.design.fields import RetryKeyField, TextField
from alongside.web.design.formats import time_words
from alongside.web.design.forms import Form
from alongside.web.design.numbers import number
from alongside.web.entrance import practitioner_page
from alongside.web.practitioner.entry.forms import as_key, as_typed, long_text
from alongside.web.practitioner.entry.views import NOT_TYPED, said
from alongside.web.practitioner.opening import identity, opened

FORM = "correction"
TEXTS = ("headline", "account", "words_of_person", "effect", "action_taken", "no_action_reason")


class CorrectionForm(Form):
    key = RetryKeyField()
    correction_reason = long_text("What was wrong", hint="Readers of the earlier text are told this", rows=2)
    headline = TextField(label="In one line", max_length=200)
    account = long_text("What happened", required=False, says_optional=False, rows=7)
    words_of_person = long_text("In the person’s own words", required=False, rows=2)
    effect = long_text("What it means for them", required=False, rows=2)
    action_taken = long_text("What you did", required=False, says_optional=False, rows=2)
    no_action_reason = TextField(label="Why nothing was done", required=False, says_optional=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        if not self.errors and not (words.get("account") or words.get("words_of_person")):
            self.add_error("account", "An entry must say something. Write what is right")
        return words


@practitioner_page("GET", "POST")
def correct_entry(request: HttpRequest, person_id: int, reference: UUID) -> HttpResponse:
    access, who = opened(request, person_id, item=f"correct:{reference}")
    old = queries.entry(request.actor, reference, access)
    about = f"entry:{reference}"
    if request.method == "POST" and request.headers.get("Accept", "").startswith("application/json"):
        return keep(request, about)
    kept = queries.draft(request.actor, form=FORM, about=about)
    form = CorrectionForm(request.POST) if request.method == "POST" else CorrectionForm(initial=as_typed(CorrectionForm, kept.fields) if kept else {name: getattr(old, name) for name in TEXTS})
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        try:
            recorded = actions.correct_entry(
                by=request.actor, reference=reference, changed={name: words[name] for name in TEXTS}, reason=words["correction_reason"], key=as_key(words["key"]), draft_form=FORM, at=request.at,
            )  # fmt: skip
        except ReasonNeeded as missing:
            form.add_error(None, str(missing))
        else:
            messages.success(request, said(recorded, request.at).replace("Recorded", "Put right", 1) + " Whoever read the earlier text is told.")
            return HttpResponseRedirect(reverse("entry", args=[person_id, recorded.reference]), status=HTTPStatus.SEE_OTHER)
    words = {"form": form, "who": identity(who), "entry": old, "kept": kept, "person_id": person_id, "at": request.at}
    return render(request, "practitioner/entry/correct_entry.jinja", words, status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK)


def keep(request: HttpRequest, about: str) -> JsonResponse:
    fields = {name: value for name, value in request.POST.items() if name not in NOT_TYPED}
    revision = request.POST.get("draft_revision", "")
    draft = actions.save_draft(
        by=request.actor, form=FORM, about=about, fields=fields, submission_key=as_key(fields.get("key")), version=number(revision), at=request.at
    )
    return JsonResponse({"saved_at": time_words(request.at), "revision": str(draft.version)})
