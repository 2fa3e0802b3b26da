"""Put an entry right: what it says, when it happened, what kind it is, whom it is about. The old one stays beside the new, and everybody who read or received it is told."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cached_property
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.common.access import Access
from alongside.common.decisions import Refused
from alongside.common.london import LONDON, london_day
from alongside.people.queries import names_of
from alongside.records import actions, queries
from alongside.records.actions import ReasonNeeded
from alongside.records.facts import PersonFacts
from alongside.records.rules.kinds import kind_or_plain
from alongside.web.design.fields import CheckboxesField, DateField, RetryKeyField, SelectField, TextField, TimeField
from alongside.web.design.formats import time_words
from alongside.web.design.forms import Form
from alongside.web.design.numbers import number
from alongside.web.design.pages import go_on
from alongside.web.entrance import practitioner_page
from alongside.web.practitioner.entry.companions import Companion, family, from_finder, read_choices
from alongside.web.practitioner.entry.forms import as_key, as_typed, long_text
from alongside.web.practitioner.entry.kinds import AHEAD, ALSO_AHEAD, OTHER_WORDS, choices
from alongside.web.practitioner.entry.views import NOT_TYPED, said
from alongside.web.practitioner.finder.asking import ask
from alongside.web.practitioner.opening import identity, opened

FORM = "correction"
TEXTS = ("headline", "account", "words_of_person", "effect", "action_taken", "no_action_reason")


class CorrectionForm(Form):
    key = RetryKeyField()
    correction_reason = long_text("What was wrong", hint="Readers of the earlier text are told this. If it was about somebody else, they are told only that", rows=2)
    kind = SelectField(label="What kind of entry is it?", choices=choices(), search="Type to find a kind: visit, bruise, discharge…", words=OTHER_WORDS, empty=None)
    about = CheckboxesField(label="Who is it about?", choices=[], small=True, missing="Choose who it is about")
    look_for = TextField(label="Somebody else", hint="Name and date of birth, or NHS number", required=False, max_length=200)
    happened_on = DateField(label="When did it happen?", hint="", not_before=date(1900, 1, 1))
    happened_at = TimeField(label="At what time?")
    headline = TextField(label="In one line", missing="Say in one line what happened", max_length=200)
    account = long_text("What happened", required=False, says_optional=False, rows=7)
    words_of_person = long_text("In the person’s own words", required=False, rows=2)
    effect = long_text("What it means for them", required=False, rows=2)
    action_taken = long_text("What you did", required=False, says_optional=False, rows=2)
    no_action_reason = TextField(label="Why nothing was done", required=False, says_optional=False, max_length=300)

    def __init__(self, *positional: Any, at: datetime, kind_now: str, people: Mapping[str, Companion], **named: Any) -> None:
        super().__init__(*positional, **named)
        self.at = at
        self.fields["about"].choices = [(choice, one.words) for choice, one in people.items()]
        if kind_now not in {code for _, pairs in choices() for code, _ in pairs}:
            self.fields["kind"].choices = [(kind_now, kind_or_plain(kind_now).name), *choices()]

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        if not self.errors and not (words.get("account") or words.get("words_of_person")):
            self.add_error("account", "An entry must say something. Write what is right")
        if not self.errors and not self._may_be_ahead and self.happened > self.at:
            self.add_error("happened_on", "It must not have happened later than now")
        return words

    @property
    def _may_be_ahead(self) -> bool:
        kind = self.cleaned_data["kind"]
        return kind_or_plain(kind).happened_is in AHEAD or kind in ALSO_AHEAD

    @property
    def happened(self) -> datetime:
        """The moment on the clock on the wall."""
        return datetime.combine(self.cleaned_data["happened_on"], self.cleaned_data["happened_at"] or time(12), tzinfo=LONDON).astimezone(UTC)


class Correcting:
    """One correction on its way: the entry as it is, whom it is and could be about, and what was typed."""

    def __init__(self, request: HttpRequest, access: Access, reference: UUID) -> None:
        self.request, self.access = request, access
        self.old = queries.entry(request.actor, reference, access)
        self.about = f"entry:{reference}"
        self.found: list[Companion] | None = None
        self.kept = queries.draft(request.actor, form=FORM, about=self.about)

    @cached_property
    def now_about(self) -> list[Companion]:
        """Whom it is about now, as far as the reader may know them; somebody they may not know stays as they are."""
        ids = queries.subjects(self.old)
        names = names_of(ids)
        return [Companion(one, names[one]) for one in ids if one in names]

    @cached_property
    def typed(self) -> dict[str, list[str]]:
        if self.request.method == "POST":
            return dict(self.request.POST.lists())
        return {name: value if isinstance(value, list) else [value] for name, value in self.kept.fields.items()} if self.kept else {}

    @cached_property
    def people(self) -> dict[str, Companion]:
        """Whoever may be ticked, once each: whom it is about now, whom they chose, who was found, the family."""
        chosen = read_choices(self.typed.get("about", ()), self.request.actor)
        everybody = {one.person_id: one for one in [*family(self.access), *(self.found or ()), *chosen, *self.now_about]}
        order = dict.fromkeys([one.person_id for one in [*self.now_about, *chosen, *(self.found or ()), *family(self.access)]])
        return {everybody[person].choice(self.request.actor): everybody[person] for person in order}

    def as_it_is(self) -> dict[str, Any]:
        here = self.old.happened_at.astimezone(LONDON)
        now_about = {one.person_id for one in self.now_about}
        return {name: getattr(self.old, name) for name in TEXTS} | {
            "kind": self.old.kind, "happened_on": here.date(), "happened_at": here.time(), "about": [choice for choice, one in self.people.items() if one.person_id in now_about],
        }

    def form(self, *, sent: bool) -> CorrectionForm:
        common = {"at": self.request.at, "kind_now": self.old.kind, "people": self.people}
        if sent:
            return CorrectionForm(self.request.POST, **common)
        return CorrectionForm(initial=as_typed(CorrectionForm, self.typed) if self.typed else self.as_it_is(), **common)

    def look(self) -> None:
        """Look for whom it should be about; who is found is offered beside the others."""
        found, _ = ask(self.request.actor, self.typed.get("look_for", [""])[0], at=self.request.at, limit=5)
        known = {one.person_id for one in self.now_about}
        self.found = [from_finder(one) for one in found or () if one.id not in known and one.scope == "known"]

    def chosen(self, form: CorrectionForm) -> tuple[PersonFacts, ...]:
        """Whom it shall be about. Nobody where that stays as it is: then those whom this reader may not know stay as well."""
        picked = [self.people[choice] for choice in form.cleaned_data["about"]]
        if {one.person_id for one in picked} == {one.person_id for one in self.now_about}:
            return ()
        unknown = [PersonFacts(one) for one in queries.subjects(self.old) if one not in {known.person_id for known in self.now_about}]
        return (*(one.facts(self.request.at) for one in picked), *unknown)


@practitioner_page("GET", "POST")
def correct_entry(request: HttpRequest, person_id: int, reference: UUID) -> HttpResponse:
    access, who = opened(request, person_id, item=f"correct:{reference}")
    sheet = Correcting(request, access, reference)
    if request.method == "POST" and request.headers.get("Accept", "").startswith("application/json"):
        return keep(request, sheet.about)
    step = request.POST.get("step", "save") if request.method == "POST" else "open"
    if step == "find_person":
        sheet.look()
    form = sheet.form(sent=step == "save")
    status = HTTPStatus.OK
    if step == "save" and form.is_valid():
        words, happened = form.cleaned_data, form.happened
        same = happened == sheet.old.happened_at.replace(second=0, microsecond=0)
        try:
            recorded = actions.correct_entry(
                by=request.actor, reference=reference, changed={name: words[name] for name in TEXTS}, reason=words["correction_reason"], key=as_key(words["key"]), draft_form=FORM, at=request.at,
                kind=words["kind"], about=sheet.chosen(form), happened_at=None if same else happened,
            )
        except ReasonNeeded as missing:
            form.add_error(missing.field or None, str(missing))
        except Refused as no:
            request.refusal = no  # type: ignore[attr-defined]  # undone and kept on record as every refusal is; here nothing typed may be lost with it
            form.add_error("about", " ".join(no.decision.reasons) or "You may not record this about them")
            status = HTTPStatus.FORBIDDEN
        else:
            messages.success(request, said(recorded, request.at).replace("Recorded", "Put right", 1) + " Whoever read the earlier text is told.")
            stays = not sheet.chosen(form) or person_id in {one.person_id for one in sheet.chosen(form)}
            return go_on(reverse("entry", args=[person_id, recorded.reference]) if stays else reverse("own_entry", args=[recorded.reference]))
    words = {"form": form, "who": identity(who), "entry": sheet.old, "kept": sheet.kept, "person_id": person_id, "found": sheet.found, "today": london_day(request.at), "at": request.at}
    return render(request, "practitioner/entry/correct_entry.jinja", words, status=status if status != HTTPStatus.OK else HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK)


def keep(request: HttpRequest, about: str) -> JsonResponse:
    typed = {name: values for name, values in request.POST.lists() if name not in NOT_TYPED}
    fields = {name: values if len(values) > 1 else values[0] for name, values in typed.items()}
    revision = request.POST.get("draft_revision", "")
    draft = actions.save_draft(
        by=request.actor, form=FORM, about=about, fields=fields, submission_key=as_key(fields.get("key")), version=number(revision), at=request.at
    )
    return JsonResponse({"saved_at": time_words(request.at), "revision": str(draft.version)})
