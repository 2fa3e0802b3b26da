"""From a template to a draft that every party can be asked to sign."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.agencies.queries import managers_in
from alongside.common.decisions import Decision, NotKnown, Outcome, Refused
from alongside.common.london import london_day
from alongside.confidentiality.queries import lawful_bases, purposes
from alongside.partnerships import actions, queries
from alongside.partnerships.facts import AgreementText
from alongside.partnerships.rules.agreements import caldicott_eight
from alongside.partnerships.rules.templates import templates
from alongside.web.design.pages import form_page, go_to
from alongside.web.entrance import partner_page
from alongside.web.partnership.agreements.forms import DraftForm, LineForm, initial_of
from alongside.web.partnership.agreements.lines import lines_in_words, without
from alongside.web.partnership.table import chosen, lead_frame

DRAFTERS_ONLY = "Agreements are drafted by the partnership's lead, or by whoever speaks for a partner."


@partner_page()
def choose_template(request: HttpRequest, partnership_id: int) -> HttpResponse:
    found = drafts_here(request, chosen(request, partnership_id))
    return render(request, "partnership/agreements/choose_template.jinja", {"partnership": found, "templates": templates().values()})


@partner_page("GET", "POST")
def draft_agreement(request: HttpRequest, partnership_id: int, template: str) -> HttpResponse:
    found, begins = drafts_here(request, chosen(request, partnership_id)), templates().get(template)
    if begins is None:
        raise NotKnown
    initial = {name: getattr(begins, name) for name in ("why", "who_sees", "safeguards", "retention", "how_people_are_told", "contact")}
    form = form_for(request, found.pk, initial=initial | {"title": "" if template == "blank" else begins.name, "starts_on": london_day(request.at)})
    if request.method == "POST" and form.is_valid():
        return drafted(request, form, found.pk, form.text(template=template, terms=begins.terms))
    return shown(request, "partnership/agreements/draft.jinja", {"form": form, "heading": "Draft an agreement", "caption": begins.name, "back": reverse("choose_template", args=[found.pk])})


@partner_page("GET", "POST")
def change_agreement(request: HttpRequest, agreement_id: int) -> HttpResponse:
    former = queries.agreement(agreement_id)
    text = queries.text_in(former)
    drafts_here(request, former.partnership)
    form = form_for(request, former.partnership_id, initial=initial_of(text) | {"starts_on": london_day(request.at)}, title_is_fixed=True)
    if request.method == "POST" and form.is_valid():
        return drafted(request, form, former.partnership_id, form.text(title=former.title, template=text.template, terms=text.terms), replaces_id=former.pk)
    words = {"form": form, "heading": "Change it by a new version", "caption": former.title, "back": reverse("agreement", args=[former.pk]), "former": former}
    return shown(request, "partnership/agreements/draft.jinja", words)


@partner_page("GET", "POST")
def edit_draft(request: HttpRequest, agreement_id: int) -> HttpResponse:
    one, text = a_draft(request, agreement_id)
    form = form_for(request, one.partnership_id, initial=initial_of(text), title_is_fixed=bool(one.replaces_id))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_draft(by=request.actor, agreement_id=one.pk, text=form.text(title=one.title, template=text.template, terms=text.terms), at=request.at)
        except actions.NotNow as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "Saved. It binds nobody before it is signed.")
            return to_agreement(one.pk)
    return shown(request, "partnership/agreements/draft.jinja", {"form": form, "heading": "Edit the draft", "caption": one.title, "back": reverse("agreement", args=[one.pk])})


@partner_page("GET", "POST")
def edit_lines(request: HttpRequest, agreement_id: int) -> HttpResponse:
    one, text = a_draft(request, agreement_id)
    names, bases = purposes(), lawful_bases(london_day(one.starts))
    agencies = {party.agency_id: party.agency.name for party in one.parties.all()}
    adding = request.method == "POST" and not request.POST.get("take_out")
    form = LineForm(request.POST if adding else None, purposes=names, bases=bases, agencies=agencies)
    if request.method == "POST" and (not adding or form.is_valid()):
        terms = tuple(dict.fromkeys((*text.terms, *form.terms()))) if adding else without(text, request.POST["take_out"]).terms
        try:
            actions.change_draft(by=request.actor, agreement_id=one.pk, text=replace(text, terms=terms), at=request.at)
        except actions.NotNow as no:
            if not adding:
                messages.error(request, str(no))
                return to_agreement(one.pk)
            form.add_error(None, str(no))
        else:
            messages.success(request, "Added." if adding else "Taken out.")
            return go_to("edit_lines", one.pk)
    words = {"agreement": one, "form": form, "lines": lines_in_words(text, purposes=names, bases=bases, agencies=agencies)}
    return shown(request, "partnership/agreements/lines.jinja", words)


@partner_page("POST")
def throw_draft_away(request: HttpRequest, agreement_id: int) -> HttpResponse:
    try:
        one = queries.agreement(agreement_id)
        actions.discard_draft(by=request.actor, agreement_id=one.pk)
    except actions.NotNow as no:
        messages.error(request, str(no))
        return to_agreement(agreement_id)
    messages.success(request, "The draft is gone.")
    return go_to("agreements_of", one.partnership_id)


@partner_page("GET", "POST")
def open_for_signature(request: HttpRequest, agreement_id: int) -> HttpResponse:
    one, text = a_draft(request, agreement_id)
    bases = lawful_bases(london_day(one.starts))
    if request.method == "POST":
        try:
            actions.open_for_signature(by=request.actor, agreement_id=one.pk, bases_in_force=bases, at=request.at)
        except actions.NotNow as no:
            messages.error(request, str(no))
            return go_to("open_for_signature", one.pk)
        messages.success(request, "Open for signature. Every named signatory finds it on the partnership's home page.")
        return to_agreement(one.pk)
    checks = caldicott_eight(text, bases_in_force=bases)
    return render(request, "partnership/agreements/open_for_signature.jinja", {"agreement": one, "checks": checks, "missing": any(not check.met for check in checks)})


def drafts_here(request: HttpRequest, found: object) -> object:
    lead_frame(request)
    if not queries.standings(request.actor, found.pk).drafts:
        raise Refused(Decision(Outcome.DENY, reasons=(DRAFTERS_ONLY,)))
    return found


def a_draft(request: HttpRequest, agreement_id: int) -> tuple[object, AgreementText]:
    one = queries.agreement(agreement_id)
    drafts_here(request, one.partnership)
    if one.status != "draft":
        raise Refused(Decision(Outcome.DENY, reasons=("Only a draft can be edited. Change a signed agreement by a new version.",)))
    return one, queries.text_in(one)


def form_for(request: HttpRequest, partnership_id: int, *, initial: dict[str, object], title_is_fixed: bool = False) -> DraftForm:
    partners = queries.partners(partnership_id)
    choices: dict[int, list[tuple[int, str]]] = {}
    for one in managers_in(partner.agency_id for partner in partners):
        choices.setdefault(one.agency_id, []).append((one.pk, f"{one.name}, {one.title}"))
    return DraftForm(request.POST if request.method == "POST" else None, initial=initial, partners=partners, signatories=choices, title_is_fixed=title_is_fixed)


def drafted(request: HttpRequest, form: DraftForm, partnership_id: int, text: AgreementText, *, replaces_id: int | None = None) -> HttpResponse:
    try:
        made = actions.draft_agreement(by=request.actor, partnership_id=partnership_id, text=text, key=form.key_given, replaces_id=replaces_id, at=request.at)
    except actions.NotNow as no:
        form.add_error(None, str(no))
        return shown(request, "partnership/agreements/draft.jinja", {"form": form, "heading": "Draft an agreement", "caption": text.title, "back": reverse("agreements_of", args=[partnership_id])})
    messages.success(request, "Drafted. It binds nobody before it is signed.")
    return to_agreement(made.pk)


def to_agreement(agreement_id: int) -> HttpResponse:
    return go_to("agreement", agreement_id)


def shown(request: HttpRequest, template: str, words: dict[str, object]) -> HttpResponse:
    lead_frame(request)
    return form_page(request, template, words | {"at": request.at})
