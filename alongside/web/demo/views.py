"""For the demo only: one press signs in as an invented person, and a guided tour leads through the loop.

The session is of the same kind as anybody's; only the proof is missing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from alongside.agencies.queries import demo_accounts
from alongside.common.decisions import NotKnown
from alongside.web.entrance import public_page
from alongside.web.sign_in import identity

PEOPLE = "People who are helped"


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of the tour: as whom, on which page one begins, what to do there and what to notice."""

    title: str
    who: str
    begins_at: str
    do: tuple[str, ...]
    notice: str


@public_page("GET", "POST")
def sign_in_as(request: HttpRequest, stories: Mapping[str, str]) -> HttpResponse:
    accounts = demo_accounts()
    if request.method == "POST":
        chosen = next((account for account in accounts if request.POST.get("account") in (str(account.pk), key_of(account))), None)
        if chosen is None:
            raise NotKnown
        logout(request)
        login(request, chosen, backend="allauth.account.auth_backends.AuthenticationBackend")
        identity.begin(request, chosen)
        return HttpResponseRedirect(begins_at(request))
    characters = [_character(account, stories) for account in accounts]
    groups = [(place, list(group)) for place, group in groupby(characters, lambda character: character["place"])]
    return render(request, "demo/sign_in_as.jinja", {"groups": sorted(groups, key=lambda group: group[0] != PEOPLE)})


@public_page("GET")
def tour(request: HttpRequest, stops: Sequence[Stop]) -> HttpResponse:
    """Ten minutes through the loop: each stop has a button that signs in as the right person on the right page."""
    characters = {str(character["key"]): character for account in demo_accounts() for character in [_character(account, {})]}
    return render(request, "demo/tour.jinja", {"stops": [(stop, characters[stop.who]) for stop in stops if stop.who in characters]})


def begins_at(request: HttpRequest) -> str:
    """A page of ours to go to after signing in; the start page for anything else."""
    wanted = request.POST.get("begins_at", "")
    return wanted if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "/"


def key_of(account: Any) -> str:
    return str(account.email.partition("@")[0])


def _character(account: Any, stories: Mapping[str, str]) -> dict[str, object]:
    key = key_of(account)
    practitioner = getattr(account, "practitioner", None)
    return {
        "id": account.pk,
        "key": key,
        "name": practitioner.name if practitioner else key.capitalize(),
        "title": practitioner.title if practitioner else "",
        "place": practitioner.agency.name if practitioner else PEOPLE,
        "story": stories.get(key, ""),
    }
