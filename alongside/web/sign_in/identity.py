"""From a signed-in account to the identity that the database believes, and back. A practitioner has none without a second step."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.signals import password_changed, password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest

from alongside.agencies.actions import begin_session, end_my_session, end_session
from alongside.agencies.queries import sessions

SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def connect() -> None:
    user_logged_in.connect(_signed_in)
    user_logged_out.connect(_signed_out)
    authenticator_added.connect(_second_step_added)
    authenticator_removed.connect(_second_step_removed)
    password_changed.connect(_password_changed)
    password_reset.connect(_password_changed)


def begin(request: HttpRequest, account: Any) -> None:
    """The only place where a browser's session is given an identity."""
    if "identity" not in request.session:
        request.session["identity"] = begin_session(account, user_agent=request.headers.get("User-Agent", "")[:200])


def end(request: HttpRequest) -> None:
    token = request.session.pop("identity", None)
    if token:
        end_session(token)


def lacks_second_step(account: Any) -> bool:
    """A practitioner's account must have an authenticator app or a passkey before anything is shown to it."""
    return account.is_staff_account and not is_mfa_enabled(account, SECOND_STEPS)


def _signed_in(sender: object, request: HttpRequest, user: Any, **others: object) -> None:
    took_second_step = any(record["method"] == "mfa" for record in get_authentication_records(request, user))
    if took_second_step or not user.is_staff_account:
        begin(request, user)


def _signed_out(sender: object, request: HttpRequest, **others: object) -> None:
    end(request)


def _second_step_added(sender: object, request: HttpRequest, user: Any, authenticator: Authenticator, **others: object) -> None:
    """Setting it up proved it, so whoever waited for it may go in."""
    if authenticator.type in SECOND_STEPS:
        begin(request, user)


def _second_step_removed(sender: object, request: HttpRequest, user: Any, **others: object) -> None:
    if lacks_second_step(user):
        end(request)


def _password_changed(sender: object, request: HttpRequest, **others: object) -> None:
    """Whoever else was signed in with the old password is not any more."""
    actor = getattr(request, "actor", None)
    for session in sessions(actor) if actor else ():
        if not session["is_this_one"]:
            end_my_session(str(session["handle"]))
