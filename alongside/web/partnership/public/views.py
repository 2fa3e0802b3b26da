"""What everybody may read about a partnership: what it is for, who belongs, what is agreed in words, and how to complain."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.confidentiality.queries import purposes
from alongside.partnerships import queries
from alongside.partnerships.facts import Signed, Standing
from alongside.partnerships.queries.endings import over
from alongside.partnerships.queries.objectives import published
from alongside.web.entrance import public_page
from alongside.web.partnership.agreements.lines import lines_in_words


@public_page()
def public_partnership(request: HttpRequest, partnership_id: int) -> HttpResponse:
    found = queries.partnership(partnership_id)
    names = purposes()
    live = [one for one in queries.agreements(found.pk, drafts=False, terms=True) if queries.stands(one, request.at) is Standing.IN_FORCE]
    agreements = [
        {
            "agreement": one, "signed": [party.agency.name for party in one.parties.all() if queries.party_facts(party).says is Signed.YES],
            "lines": lines_in_words(queries.text_in(one), purposes=names, agencies={party.agency_id: party.agency.name for party in one.parties.all()}, bases={}),
        }
        for one in live
    ]
    return render(request, "partnership/public/partnership.jinja", {"partnership": found, "partners": queries.partners(found.pk), "agreements": agreements, "objectives": published(found.pk), "over": over(found, request.at), "at": request.at})
