"""Withdrawing from an agreement and ending it: the effect first, then the reason, then at that very moment."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from alongside.common.decisions import Decision, Outcome, Refused
from alongside.partnerships import actions, queries
from alongside.web.entrance import partner_page
from alongside.web.partnership.agreements.drafting import shown, to_agreement
from alongside.web.partnership.agreements.forms import ClosingForm
from alongside.web.partnership.agreements.signing import signs
from alongside.web.partnership.table import in_words


@partner_page("GET", "POST")
def withdraw_from_agreement(request: HttpRequest, agreement_id: int) -> HttpResponse:
    one = queries.agreement(agreement_id)
    if not signs(request, one):
        raise Refused(Decision(Outcome.DENY, reasons=("Only the named signatory signs, refuses or withdraws for an agency.",)))
    form = ClosingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw_from_agreement(by=request.actor, agreement_id=one.pk, reason=form.cleaned_data["reason"], at=request.at)
        messages.success(request, f"{request.actor.agency_name} has withdrawn. Its taps under this agreement are shut.")
        return to_agreement(one.pk)
    effect = queries.effect_of_closing(one.partnership_id, at=request.at, agreement_id=one.pk, agency_id=request.actor.agency_id)
    words = {"heading": f"Withdraw {request.actor.agency_name}", "confirm": "Withdraw now", "explains": "The others go on without you. You can sign again while the agreement runs."}
    return shown(request, "partnership/agreements/close.jinja", words | {"agreement": one, "form": form, "effect": effect, "stops": in_words(effect.stops)})


@partner_page("GET", "POST")
def end_agreement(request: HttpRequest, agreement_id: int) -> HttpResponse:
    one, form = queries.agreement(agreement_id), ClosingForm(request.POST or None)
    lead_signs = signs(request, one) and request.actor.agency_id == one.partnership.lead_agency_id
    if not (lead_signs or queries.standings(request.actor, one.partnership_id).leads):
        raise Refused(Decision(Outcome.DENY, reasons=("An agreement is ended for everybody by the partnership's lead, or by the lead agency's signatory. Any other party may withdraw.",)))
    if request.method == "POST" and form.is_valid():
        actions.end_agreement(by=request.actor, agreement_id=one.pk, reason=form.cleaned_data["reason"], at=request.at)
        messages.success(request, "Ended. Nothing flows under it any more.")
        return to_agreement(one.pk)
    taking_back = one.status == "open_for_signature"
    effect = queries.effect_of_closing(one.partnership_id, at=request.at, agreement_id=one.pk)
    words = {"heading": "Take this version back" if taking_back else "End it for everybody", "confirm": "Take it back" if taking_back else "End it now"}
    words |= {"explains": "The former version stays as it is." if taking_back else "To go on, renew it or draft another; both need every signature again."}
    return shown(request, "partnership/agreements/close.jinja", words | {"agreement": one, "form": form, "effect": effect, "stops": [] if taking_back else in_words(effect.stops)})
