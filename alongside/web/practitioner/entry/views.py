"""Record once: an entry with its live preview of who will be told, and its draft."""

from datetime import datetime
from functools import cached_property
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from alongside.common.access import Access
from alongside.common.decisions import Refused
from alongside.common.london import london_day
from alongside.confidentiality.gate import judge
from alongside.confidentiality.queries import relationships
from alongside.records import actions, queries
from alongside.records.actions import Held, NotSafe, Recorded
from alongside.records.facts import Harm, PersonFacts
from alongside.records.rules.kinds import kind_or_plain
from alongside.web.design.formats import due_words, plural, time_words
from alongside.web.design.numbers import number
from alongside.web.design.pages import go_to
from alongside.web.entrance import practitioner_page
from alongside.web.practitioner.entry.companions import Companion, family, from_finder, read_choices
from alongside.web.practitioner.entry.forms import CATEGORIES, EntryForm, as_key, as_typed
from alongside.web.practitioner.entry.grounds import possible_purposes
from alongside.web.practitioner.entry.wishes import REASONS, PartnerRow, rows, wishes
from alongside.web.practitioner.finder.asking import ask
from alongside.web.practitioner.opening import about, identity, opened

FORM, REFERRAL = "entry", "referral"
ADDRESSES = {FORM: "add_entry", REFERRAL: "refer"}
"""The forms of this journey, each with the page it stands on and a draft of its own."""
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "draft_revision", "step", "look_for"})
PARTS_OF_PAGE = {"kind": "practitioner/entry/_particulars.jinja", "preview": "practitioner/entry/_preview.jinja", "find_person": "practitioner/entry/_companions.jinja"}


def subject(person_id: int) -> str:
    return f"person:{person_id}"


class Sheet:
    """One add-entry form on its way: what was typed, whom it concerns, who would be told. The record is opened when something of it is shown."""

    def __init__(self, request: HttpRequest, person_id: int, name: str) -> None:
        self.request, self.person_id, self.name = request, person_id, name
        self.found: list[Companion] | None = None
        self.partners: list[PartnerRow] | None = None
        self.holds = False

    @cached_property
    def open(self) -> tuple[Access, Any]:
        return opened(self.request, self.person_id, item=self.name)

    @property
    def access(self) -> Access:
        return self.open[0]

    @property
    def who(self) -> Any:
        return self.open[1]

    @cached_property
    def kept(self) -> Any:
        return queries.draft(self.request.actor, form=self.name, about=subject(self.person_id))

    @cached_property
    def typed(self) -> dict[str, list[str]]:
        if self.request.method == "POST":
            return dict(self.request.POST.lists())
        return {name: value if isinstance(value, list) else [value] for name, value in self.kept.fields.items()} if self.kept else {}

    @cached_property
    def companions(self) -> list[Companion]:
        chosen = read_choices(self.typed.get("also_about", ()), self.request.actor)
        offered = [one for one in family(self.access) if one.person_id not in {c.person_id for c in chosen}]
        return [*chosen, *offered]

    @cached_property
    def form(self) -> EntryForm:
        """What the page shows; whoever saves never needs it."""
        return self.fresh()

    def fresh(self) -> EntryForm:
        """The form as it was left, with nothing called wrong."""
        first = as_typed(EntryForm, self.typed) | self._ticked() if self.typed else {"happened_on": london_day(self.request.at), "kind": self.first_kind}
        return EntryForm(initial=first, **self._common())

    def sent(self) -> EntryForm:
        return EntryForm(self.request.POST if self.request.method == "POST" else self.as_sent(), self.request.FILES, **self._common())

    def as_sent(self) -> QueryDict:
        """A draft, or a chosen kind, in the shape of a form that was sent."""
        data = QueryDict(mutable=True)
        for name, values in (self.typed or {"kind": [self.first_kind]}).items():
            data.setlist(name, values)
        data.setdefault("key", uuid4().hex)
        return data

    def _common(self) -> dict[str, Any]:
        # Lazily: whoever saves chose nobody, as a rule, and then neither the family nor the colleagues need be read.
        lazily = {name: SimpleLazyObject(lambda name=name: getattr(self, name)) for name in ("companions", "readers", "files")}  # type: ignore[misc]
        lazily["kept"] = lazily.pop("files")
        return {"actor": self.request.actor, "about": self.about, "at": self.request.at, **lazily}

    @cached_property
    def files(self) -> list[Any]:
        """Files chosen before, in this form, when something else in it was wrong. Whoever begins, or saves at the first go, has none, and nobody asks."""
        if "key" not in self.flat or not ("files_shown" in self.typed or self.holds or self.request.method == "GET"):
            return []
        return queries.files_kept(self.request.actor, as_key(self.flat["key"]), with_content="files_shown" in self.typed)

    def _ticked(self) -> dict[str, list[str]]:
        return {} if "files_shown" in self.typed else {"attached": [str(one.reference) for one in self.files]}

    def hold_files(self, form: EntryForm) -> None:
        """What was chosen comes back with the error, ticked: a browser gives no file back. What may not be attached is named, and the others are held all the same."""
        before = {one.reference for one in self.files}
        chosen = [] if "attachment" in form.errors else form.chosen_files
        for upload in chosen:
            try:
                actions.keep_files(by=self.request.actor, submission_key=as_key(self.flat.get("key")), uploads=[upload], at=self.request.at)
            except NotSafe as file:
                form.add_error("attachment", str(file))
        self.holds = bool(chosen)
        self.__dict__.pop("files", None)
        form.kept = self.files
        form.data = form.data.copy()
        form.data.setlist("attached", [*form.data.getlist("attached"), *(str(one.reference) for one in self.files if one.reference not in before)])

    @property
    def first_kind(self) -> str:
        if self.name == REFERRAL:
            return "referral_child" if self.about.kind == "child" else "referral_adult"
        return self.request.GET.get("kind", "")

    @property
    def here(self) -> str:
        return reverse(ADDRESSES[self.name], args=[self.person_id])

    @cached_property
    def about(self) -> PersonFacts:
        """A child or an adult, and how old. Whoever may open the record and only saves is shown nothing of it: their one line is that of writing."""
        if "open" not in self.__dict__ and self.held:
            seen, opening = judge(
                self.request.actor, self.person_id, at=self.request.at, verb="read", category="whole_record", purpose="direct_care", alone=True, held=self.held.about(self.person_id, "direct_care"),
            )
            if opening.decision.permits:
                return PersonFacts(self.person_id, kind=seen.kind, age=seen.age)
        return about(self.who, self.request)

    @cached_property
    def held(self) -> Held | None:
        """What saving will ask, asked once: for reading the record, and for whatever this may be recorded for."""
        kind, harm = kind_or_plain(self.flat.get("kind", "")), self.flat.get("harm", "")
        purposes = possible_purposes(kind, Harm(harm) if harm in set(Harm) else Harm.NONE_KNOWN, self.flat.get("purpose", ""))
        return actions.what_is_held(
            self.request.actor, (self.person_id,), purposes=tuple({"direct_care": None} | dict.fromkeys(purposes)), category=actions.category_of(kind.code, CATEGORIES.get(kind.code, "")),
            key=as_key(self.flat.get("key")),
        )

    @cached_property
    def readers(self) -> list[tuple[str, str]]:
        """Whom an entry may be kept to: who works with the person. Its author, and who supervises them, always read it."""
        others = [one for one in relationships(self.access) if one.practitioner_id not in (None, self.request.actor.practitioner_id)]
        return list({str(one.practitioner_id): f"{one.practitioner.name}, {one.practitioner.title}, {one.agency.name}" for one in others}.items())

    def find(self) -> None:
        """Look for somebody else whom the entry is about; who is found is offered, unticked, beside those chosen."""
        found, _ = ask(self.request.actor, self.typed.get("look_for", [""])[0], at=self.request.at, limit=5)
        known = {one.person_id for one in self.companions} | {self.person_id}
        self.found = [from_finder(one) for one in found or () if one.id not in known and one.scope == "known"]
        self.companions = [*self.companions, *self.found]
        self.form = self.fresh()

    def preview(self, form: EntryForm, wrong: dict[str, str] | None = None) -> None:
        """Ask the very routing that saving runs."""
        form.is_valid()
        if "kind" in form.cleaned_data:
            wished, _ = wishes(self.flat, purpose=form.purpose_now)
            outcomes = actions.preview(by=self.request.actor, new=form.entry(wishes=wished), at=self.request.at)
            self.partners = rows(outcomes, self.flat, wrong or {})

    @property
    def flat(self) -> dict[str, str]:
        return {name: values[-1].replace("\0", "") for name, values in self.typed.items() if values}  # no database holds a NUL, and nobody sees one

    def page(self, *, status: HTTPStatus = HTTPStatus.OK, part: str = "", **more: Any) -> HttpResponse:
        words = {
            "form": self.form, "who": identity(self.who, href=reverse("person", args=[self.person_id])), "partners": self.partners, "person_id": self.person_id, "at": self.request.at,
            "kept": self.kept, "found": self.found, "reasons_to_keep": REASONS.items(), "here": self.here, "form_name": self.name, "refers": self.name == REFERRAL,
        }
        return render(self.request, part or "practitioner/entry/add_entry.jinja", words | more, status=status)


@practitioner_page("GET", "POST")
def add_entry(request: HttpRequest, person_id: int) -> HttpResponse:
    return fill_in(request, person_id, FORM)


@practitioner_page("GET", "POST")
def refer(request: HttpRequest, person_id: int) -> HttpResponse:
    """The same form with the referral chosen: who decides, by when and on what ground is filled in already."""
    return fill_in(request, person_id, REFERRAL)


def fill_in(request: HttpRequest, person_id: int, name: str) -> HttpResponse:
    sheet = Sheet(request, person_id, name)
    step = request.POST.get("step", "save") if request.method == "POST" else "open"
    if step == "save":
        return record(sheet)
    sheet.open = opened(request, person_id, item=name)
    if step == "find_person":
        sheet.find()
    if step in ("open", "kind", "preview", "mine"):
        sheet.preview(sheet.sent())
    return sheet.page(part=PARTS_OF_PAGE.get(step, "") if request.htmx else "")


def record(sheet: Sheet) -> HttpResponse:
    """Save and share, or show what is missing with everything still there."""
    request, form = sheet.request, sheet.sent()
    sheet.form = form
    wished, wrong = wishes(sheet.flat, purpose=form.purpose_now)
    if not form.is_valid() or wrong:
        for words in dict.fromkeys(wrong.values()):
            form.add_error(None, words)
        sheet.hold_files(form)
        sheet.preview(form, wrong)
        return sheet.page(status=HTTPStatus.UNPROCESSABLE_ENTITY)
    new = form.entry(wishes=wished, draft_form=sheet.name)
    try:
        recorded = actions.add_entry(by=request.actor, new=new, held=sheet.held, at=request.at)
    except NotSafe as file:
        sheet.hold_files(form)
        if "attachment" not in form.errors:
            form.add_error("attachment", str(file))
        sheet.preview(form, wrong)
        return sheet.page(status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except Refused as no:
        request.refusal = no  # type: ignore[attr-defined]  # undone and kept on record as every refusal is; here nothing typed may be lost with it
        form.add_error("kind", " ".join(no.decision.reasons) or "You may not record this here")
        sheet.hold_files(form)
        request.kept_all_the_same = lambda: sheet.hold_files(form)  # type: ignore[attr-defined]  # once more, when what was refused has been undone
        return sheet.page(status=HTTPStatus.FORBIDDEN)
    if recorded.again and (before := queries.entry(request.actor, recorded.reference)) and (before.kind, before.headline, before.account) != (new.kind, new.headline, new.account):
        return sent_already(sheet, before)
    messages.success(request, said(recorded, request.at))
    return go_to("entry", sheet.person_id, recorded.reference)


def sent_already(sheet: Sheet, before: Any) -> HttpResponse:
    """The same form was sent from another window in other words. Neither text is lost, and this one may still become an entry of its own."""
    anew = sheet.request.POST.copy()
    anew["key"] = uuid4().hex
    sheet.form = EntryForm(initial=as_typed(EntryForm, dict(anew.lists())), **sheet._common())
    return sheet.page(status=HTTPStatus.CONFLICT, before=before)


def said(recorded: Recorded, at: datetime) -> str:
    """One line: who was told, by when the first must answer, from whom it is kept, who still has to sign."""
    told = [one for one in recorded.outcomes if one.outcome == "share" and not one.held]
    held, kept = [one for one in recorded.outcomes if one.held], [one for one in recorded.outcomes if one.outcome == "withhold"]
    parts = [f"shared with {plural(len(told), 'team')}" if told else "nobody else is told"]
    parts += [f"waits for a second signature before {plural(len(held), 'team')} can have it"] if held else []
    parts += [f"kept from {plural(len(kept), 'team')}"] if kept else []
    parts += [f"nobody here can be told what the law asks: {' '.join(recorded.unmet)} Telephone them yourself"] if recorded.unmet else []
    first = min((one.due_at for one in told if one.due_at), default=None)
    return f"Recorded: {'; '.join(parts)}." + (f" First answer due: {due_words(first, at)}." if first else "")


@practitioner_page("POST")
def save_draft(request: HttpRequest, person_id: int) -> HttpResponse:
    typed = {name: values for name, values in request.POST.lists() if name not in NOT_TYPED}
    fields = {name: values if len(values) > 1 else values[0] for name, values in typed.items()}
    key, revision = fields.get("key", ""), request.POST.get("draft_revision", "")
    draft = actions.save_draft(
        by=request.actor, form=form_of(request), about=subject(person_id), fields=fields, submission_key=as_key(key), version=number(revision), at=request.at,
    )
    return JsonResponse({"saved_at": time_words(request.at), "revision": str(draft.version)})


def form_of(request: HttpRequest) -> str:
    return REFERRAL if request.GET.get("form") == REFERRAL else FORM


@practitioner_page("POST")
def two_versions(request: HttpRequest, person_id: int) -> HttpResponse:
    """What this window holds beside what another window saved: nothing is overwritten before somebody chose."""
    sheet = Sheet(request, person_id, form_of(request))
    _, who = sheet.open = opened(request, person_id, item="two versions of a draft")
    if sheet.kept is None:
        return sheet.page()
    texts = [
        (str(EntryForm.base_fields[name].label), mine, theirs)
        for name in ("headline", "account", "words_of_person", "effect", "action_taken", "no_action_reason", "victim_statement", "third_party_info")
        for mine, theirs in ((sheet.flat.get(name, ""), str(sheet.kept.fields.get(name, ""))),)
        if mine.replace("\r\n", "\n") != theirs.replace("\r\n", "\n")
    ]
    mine = [(name, value) for name, values in sheet.typed.items() if name not in NOT_TYPED for value in values]
    words = {"texts": texts, "mine": mine, "person_id": person_id, "who": identity(who), "at": request.at, "kept": sheet.kept, "here": sheet.here}
    return render(request, "practitioner/entry/two_versions.jinja", words, status=HTTPStatus.CONFLICT)


@practitioner_page("POST")
def discard_draft(request: HttpRequest, person_id: int) -> HttpResponse:
    actions.discard_draft(by=request.actor, form=form_of(request), about=subject(person_id))
    messages.info(request, "The draft was thrown away.")
    return go_to("person", person_id)
