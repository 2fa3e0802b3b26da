"""One's own account: how one signs in, where one is signed in, how one likes to read. And the quick way out."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse

from alongside.agencies.actions import choose_display, end_my_session
from alongside.agencies.queries import sessions
from alongside.web.design.frame import NAVIGATION, audience_of
from alongside.web.entrance import own_page, public_page
from alongside.web.sign_in import invitation
from alongside.web.sign_in.devices import device_in_words
from alongside.web.sign_in.forms import DisplayForm, FirstCodeForm
from alongside.web.sign_in.identity import SECOND_STEPS

ELSEWHERE = "https://www.bbc.co.uk/weather"


@public_page("GET")
def home(request: HttpRequest) -> HttpResponse:
    """The start page of whoever is signed in; for everybody else the way in."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor:
        return HttpResponseRedirect(NAVIGATION[audience_of(actor)][0].href)
    if request.user.is_authenticated:
        return HttpResponseRedirect(reverse("set_up_second_step"))
    return HttpResponseRedirect(reverse("demo_sign_in" if settings.DEMO else "account_login"))


@public_page("GET", "POST")
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """From the invitation's link to the page where the first password is set. A letter can go astray: whoever is to read a record types the code that somebody gave them in person."""
    account = invitation.invited(token)
    if account is None:
        return render(request, "sign_in/welcome_over.jinja", status=HTTPStatus.NOT_FOUND)
    form = FirstCodeForm(request.POST or None, account=account)
    if account.is_staff_account or request.method == "POST" and form.is_valid():
        return HttpResponseRedirect(invitation.first_password_page(account))
    return render(request, "sign_in/first_code.jinja", {"form": form}, status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK)


@own_page("GET")
def account(request: HttpRequest) -> HttpResponse:
    return render(request, "sign_in/account.jinja", {"second_step": is_mfa_enabled(request.user, SECOND_STEPS)})


@own_page("GET")
def set_up_second_step(request: HttpRequest) -> HttpResponse:
    return render(request, "sign_in/set_up_second_step.jinja", {"required": request.actor is None})  # type: ignore[attr-defined]


@own_page("GET", "POST")
def my_sessions(request: HttpRequest) -> HttpResponse:
    """Every device that is signed in, and a button for each of the others."""
    actor = request.actor  # type: ignore[attr-defined]
    if request.method == "POST":
        end_my_session(request.POST.get("handle", ""))
        messages.success(request, "That device has been signed out.")
        return HttpResponseRedirect(reverse("account_sessions"))
    devices: list[dict[str, Any]] = [dict(session, device=device_in_words(str(session["user_agent"]))) for session in sessions(actor)]
    return render(request, "sign_in/my_sessions.jinja", {"devices": devices})


@public_page("GET", "POST")
def display(request: HttpRequest) -> HttpResponse:
    """Large print and single keys: kept with the account, or for this visit when nobody is signed in."""
    actor = request.actor  # type: ignore[attr-defined]
    now = {
        "large_print": actor.large_print if actor else request.session.get("large_print", False),
        "single_key_shortcuts": actor.single_key_shortcuts if actor else True,
    }
    form = DisplayForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        if actor:
            choose_display(by=actor, **form.cleaned_data)
        else:
            request.session["large_print"] = form.cleaned_data["large_print"]
        messages.success(request, "Saved. This is how pages look for you from now on.")
        return HttpResponseRedirect(reverse("display"))
    return render(request, "sign_in/display.jinja", {"form": form})


@public_page("GET")
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "sign_in/accessibility.jinja")


@own_page("GET")
def still_here(request: HttpRequest) -> JsonResponse:
    """Asking is being here. The answer carries the form key, which changes when one signs in again in another tab."""
    left = settings.SESSION_IDLE_MINUTES * 60
    signed_in_at: datetime | None = request.actor.signed_in_at  # type: ignore[attr-defined]
    if signed_in_at:
        until_the_end = settings.SESSION_HOURS * 3600 - (request.at - signed_in_at.astimezone(UTC)).total_seconds()  # type: ignore[attr-defined]
        left = min(left, int(until_the_end))
    return JsonResponse({"ends_in": left, "csrf": get_token(request)})


@public_page("GET")
def quick_exit(request: HttpRequest) -> HttpResponse:
    """End the session and go somewhere harmless. By a link, so that it works without script; not on another site's wish."""
    if request.headers.get("Sec-Fetch-Site", "none") in ("same-origin", "none"):
        logout(request)
    response = HttpResponseRedirect(ELSEWHERE)
    response.headers["Clear-Site-Data"] = '"cache"'
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
