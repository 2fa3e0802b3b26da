"""A named signatory signs, would sign if, or does not; an agreement is renewed. What begins and what stops is shown first."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from alongside.common.decisions import Decision, Outcome, Refused
from alongside.common.london import london_day
from alongside.confidentiality.queries import lawful_bases, purposes
from alongside.partnerships import actions, queries
from alongside.partnerships.facts import Standing
from alongside.web.entrance import partner_page
from alongside.web.partnership.agreements.drafting import drafts_here, shown, to_agreement
from alongside.web.partnership.agreements.forms import RenewForm, SignForm, last_moment
from alongside.web.partnership.agreements.lines import lines_in_words
from alongside.web.partnership.answers import answers_of
from alongside.web.partnership.table import in_words

A_YEAR, BEFORE_ITS_END = timedelta(days=365), timedelta(days=60)


@partner_page("GET", "POST")
def sign_agreement(request: HttpRequest, agreement_id: int) -> HttpResponse:
    one = queries.agreement(agreement_id)
    if not signs(request, one):
        raise Refused(Decision(Outcome.DENY, reasons=("Only the named signatory signs, refuses or withdraws for an agency.",)))
    form = SignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            said = answered(request, agreement_id, form)
        except actions.NotNow as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, said)
            return to_agreement(agreement_id)
    effect = queries.effect_of_signing(agreement_id, agency_id=request.actor.agency_id, at=request.at)
    agencies = {party.agency_id: party.agency.name for party in one.parties.all()}
    lines = lines_in_words(queries.text_in(one), purposes=purposes(), bases=lawful_bases(london_day(one.starts)), agencies=agencies)
    words = {"agreement": one, "form": form, "begins": in_words(effect.begins), "stops": in_words(effect.stops), "lines": lines, "begun": one.starts <= request.at}
    return shown(request, "partnership/agreements/sign.jinja", words)


def answered(request: HttpRequest, agreement_id: int, form: SignForm) -> str:
    words, by, at = form.cleaned_data, request.actor, request.at
    if words["answer"] == "sign":
        signed = actions.sign_agreement(by=by, agreement_id=agreement_id, at=at)
        return "Signed. What was agreed flows from now on." if signed.status == "in_force" else "Signed. It is in force as soon as another party signs."
    if words["answer"] == "sign_if":
        actions.sign_if(by=by, agreement_id=agreement_id, condition=words["condition"], at=at)
        return "Your condition stands with the agreement. Nothing flows to or from you before you sign."
    actions.refuse_agreement(by=by, agreement_id=agreement_id, reason=words["reason"], at=at)
    return "Your answer stands with the agreement. Nothing flows to or from you under it."


@partner_page("GET", "POST")
def renew_agreement(request: HttpRequest, agreement_id: int) -> HttpResponse:
    one = queries.agreement(agreement_id)
    found = drafts_here(request, one.partnership)
    starts = max(one.ends, request.at) if queries.stands(one, request.at) in (Standing.IN_FORCE, Standing.NOT_YET) else request.at
    after, signing = london_day(starts), signs(request, one)
    proposed = after + A_YEAR
    form = RenewForm(request.POST or None, after=after, signs=signing, initial={"ends_on": proposed, "review_on": proposed - BEFORE_ITS_END, "sign": True})
    if request.method == "POST" and form.is_valid():
        words, bases = form.cleaned_data, lawful_bases(after)
        try:
            new = actions.renew_agreement(
                by=request.actor, agreement_id=one.pk, starts=starts, ends=last_moment(words["ends_on"]), review_on=words["review_on"], bases_in_force=bases, key=form.key_given, at=request.at
            )
            if words.get("sign"):
                actions.sign_agreement(by=request.actor, agreement_id=new.pk, at=request.at)
        except actions.NotNow as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, f"Version {new.version} is open for signature{', and signed for your agency' if words.get('sign') else ''}.")
            return to_agreement(new.pk)
    effect = queries.effect_of_closing(one.partnership_id, at=request.at, agreement_id=one.pk)
    answers = answers_of(request.actor, [(party.agency_id, party.agency.name) for party in one.parties.all()], at=request.at)
    return shown(request, "partnership/agreements/renew.jinja", {"agreement": one, "partnership": found, "form": form, "effect": effect, "answers": answers, "signing": signing, "starts": starts})


def signs(request: HttpRequest, one: object) -> bool:
    return any(party.signatory_id == request.actor.practitioner_id and party.agency_id == request.actor.agency_id for party in one.parties.all())
