"""Nobody comes past here unknown: every page but the public ones asks for an identity, and an idle one ends."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.web.design import error_pages

BEFORE_THE_SECOND_STEP = frozenset(
    {
        "set_up_second_step",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "account_reauthenticate",
        "account_logout",
    }
)
NOTED_EVERY = timedelta(minutes=1)


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Stands after IdentityMiddleware, which sets `request.actor` and `request.at`."""

    def process_view(self, request: HttpRequest, view_func: Callable[..., HttpResponse], view_args: Any, view_kwargs: Any) -> HttpResponse | None:
        signed_in = request.user.is_authenticated
        if signed_in and self._was_idle(request):
            logout(request)
            request.actor = None  # type: ignore[attr-defined]
            signed_in = False
        if not getattr(view_func, "login_required", True):
            return None
        if not signed_in:
            return error_pages.signed_out(request)
        name = request.resolver_match.url_name if request.resolver_match else ""
        if request.actor is None and name not in BEFORE_THE_SECOND_STEP:  # type: ignore[attr-defined]
            return HttpResponseRedirect(reverse("set_up_second_step"))
        return None

    def _was_idle(self, request: HttpRequest) -> bool:
        """Idle is what the server sees: no request for so many minutes. Saving a draft is a request; leaving the page open is none."""
        at, seen = request.at.timestamp(), request.session.get("seen_at")  # type: ignore[attr-defined]
        if seen is not None and at - seen > settings.SESSION_IDLE_MINUTES * 60 + NOTED_EVERY.total_seconds():
            return True  # a minute late rather than early: the page must not promise more time than there is
        if seen is None or at - seen > NOTED_EVERY.total_seconds():
            request.session["seen_at"] = at
        return False
