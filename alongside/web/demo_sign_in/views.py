"""One press signs in as an invented person. The session is of the same kind as anybody's; only the proof is missing."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from alongside.agencies.queries import demo_accounts
from alongside.common.decisions import NotKnown
from alongside.web.entrance import public_page
from alongside.web.sign_in import identity

PEOPLE = "People who are helped"


@public_page("GET", "POST")
def sign_in_as(request: HttpRequest, stories: Mapping[str, str]) -> HttpResponse:
    accounts = demo_accounts()
    if request.method == "POST":
        chosen = next((account for account in accounts if str(account.pk) == request.POST.get("account")), None)
        if chosen is None:
            raise NotKnown
        logout(request)
        login(request, chosen, backend="allauth.account.auth_backends.AuthenticationBackend")
        identity.begin(request, chosen)
        return HttpResponseRedirect("/")
    characters = [_character(account, stories) for account in accounts]
    groups = [(place, list(group)) for place, group in groupby(characters, lambda character: character["place"])]
    return render(request, "demo_sign_in/sign_in_as.jinja", {"groups": sorted(groups, key=lambda group: group[0] != PEOPLE)})


def _character(account: Any, stories: Mapping[str, str]) -> dict[str, object]:
    key = account.email.partition("@")[0]
    practitioner = getattr(account, "practitioner", None)
    return {
        "id": account.pk,
        "name": practitioner.name if practitioner else key.capitalize(),
        "title": practitioner.title if practitioner else "",
        "place": practitioner.agency.name if practitioner else PEOPLE,
        "story": stories.get(key, ""),
    }
