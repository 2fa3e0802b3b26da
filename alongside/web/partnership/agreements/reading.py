"""Agreements, one by one: where it stands, what may flow, who has signed, whether it answers the Caldicott principles, and what was said of it."""


from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.common.london import london_day
from alongside.confidentiality.queries import lawful_bases, purposes
from alongside.partnerships import actions, queries
from alongside.partnerships.facts import Signed, Standing
from alongside.partnerships.rules.agreements import caldicott_eight, lapse_warning, may
from alongside.web.design.pages import form_page, go_to
from alongside.web.entrance import partner_page
from alongside.web.partnership.agreements.forms import CommentForm
from alongside.web.partnership.agreements.lines import added_and_taken_out, lines_in_words
from alongside.web.partnership.home.views import row_of
from alongside.web.partnership.table import choices, chosen, in_this_one, lead_frame
from alongside.web.partnership.wording import EVENTS, SAYS, STANDINGS, categories_in_words


@partner_page()
def agreements(request: HttpRequest, partnership_id: int | None = None) -> HttpResponse:
    found, mine = chosen(request, partnership_id), queries.partnerships_of(request.actor)
    standings = queries.standings(request.actor, found.pk)
    rows = [row_of(one, request.at) for one in queries.agreements(found.pk, drafts=standings.drafts)]
    return render(request, "partnership/agreements/agreements.jinja", {"partnership": found, "may": standings, "rows": rows, "choices": choices(mine, found, "agreements_of"), "at": request.at})


@partner_page()
def agreement(request: HttpRequest, agreement_id: int) -> HttpResponse:
    return agreement_page(request, agreement_id, CommentForm())


@partner_page("POST")
def comment(request: HttpRequest, agreement_id: int) -> HttpResponse:
    form = CommentForm(request.POST)
    if not form.is_valid():
        return agreement_page(request, agreement_id, form)
    actions.comment_on_agreement(by=request.actor, agreement_id=agreement_id, words=form.cleaned_data["words"], at=request.at)
    messages.success(request, "Your comment stands with the agreement.")
    return go_to("agreement", agreement_id)


def agreement_page(request: HttpRequest, agreement_id: int, form: CommentForm) -> HttpResponse:
    lead_frame(request)
    at, one = request.at, queries.agreement(agreement_id)
    in_this_one(request, one.partnership)
    text, stands, standings = queries.text_in(one), queries.stands(one, at), queries.standings(request.actor, one.partnership_id, agreement_id=agreement_id)
    bases, agencies = lawful_bases(london_day(one.starts)), {party.agency_id: party.agency.name for party in one.parties.all()}
    mine = next((party for party in one.parties.all() if party.signatory_id == request.actor.practitioner_id and party.agency_id == request.actor.agency_id), None)
    following = queries.next_version(one)
    new, gone = added_and_taken_out(queries.terms_of(one.replaces_id), text.terms) if one.replaces_id else ((), ())
    return form_page(
        request, "partnership/agreements/agreement.jinja",
        {
            "agreement": one, "words": STANDINGS[stands], "in_force": stands is Standing.IN_FORCE, "lapsed": stands is Standing.LAPSED, "warning": lapse_warning(one.ends, at) if stands is Standing.IN_FORCE else None,
            "lines": lines_in_words(text, purposes=purposes(), bases=bases, agencies=agencies), "checks": caldicott_eight(text, bases_in_force=bases),
            "parties": [(party, SAYS[queries.party_facts(party).says]) for party in one.parties.all()], "can": possible(stands, mine, standings, one, followed=following is not None),
            "new": categories_in_words(sorted({term.category for term in new})) if new else "", "gone": categories_in_words(sorted({term.category for term in gone})) if gone else "",
            "events": queries.agreement_events(one.pk), "event_words": EVENTS, "form": form, "at": at, "next": following,
        },
    )


def possible(stands: Standing, mine: object, standings: queries.Standings, one: object, *, followed: bool) -> set[str]:
    """What this reader may do with it now, so that nothing is offered that would be refused."""
    says = queries.party_facts(mine).says if mine else None
    can = {act for act in ("edit", "open_for_signature") if standings.drafts and may(act, stands)}
    can |= {act for act in ("renew", "change") if standings.drafts and may(act, stands) and not followed}
    can |= {"sign"} if mine and says is not Signed.YES and may("sign", stands) else set()
    can |= {"withdraw"} if says is Signed.YES and may("withdraw", stands) else set()
    can |= {"end"} if may("end", stands) and (standings.leads or (mine and mine.agency_id == one.partnership.lead_agency_id)) else set()
    can |= {"comment"} if may("comment", stands) and standings.comments else set()
    return can
