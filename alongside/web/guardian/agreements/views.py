"""The agreements a guardian watches over: what each lets through, until when, and who has not signed or has left."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.confidentiality.queries import lapsing_agreements, purposes
from alongside.confidentiality.queries.agreements import agreements_guarded
from alongside.web.entrance import guardian_page


@guardian_page(purpose="partnership_governance")
def agreements(request: HttpRequest) -> HttpResponse:
    """Names nobody who is helped, so it leaves no line."""
    words = {"agreements": agreements_guarded(request.actor), "lapsing": {one.agreement_id: one for one in lapsing_agreements(request.actor, at=request.at)}, "purposes": purposes(), "at": request.at}
    return render(request, "guardian/agreements/agreements.jinja", words)
