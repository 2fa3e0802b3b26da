"""What every page carries, whichever view gave it. Static files are answered earlier and may be kept."""

from collections.abc import Callable
from functools import cache

from csp.constants import HEADER
from csp.middleware import CheckableLazyObject, CSPMiddleware
from csp.utils import build_policy
from django.http import HttpRequest
from django.http.response import HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]
NONCE = "the-nonce-of-the-page"


class ContentPolicyMiddleware(CSPMiddleware):
    """One policy for every page, but for the nonce of those that have scripts. It is put together once: the library does so twice for each answer."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        nonce = getattr(request, "_csp_nonce", None)
        response.headers.setdefault(HEADER, policy(NONCE).replace(NONCE, nonce) if nonce else policy(None))
        if nonce is None:  # whoever asks for one now is too late to be let through
            request.csp_nonce = CheckableLazyObject(self._csp_nonce_post_response)  # type: ignore[attr-defined]
        return response


@cache
def policy(nonce: str | None) -> str:
    return build_policy(nonce=nonce)


def never_stored(answer: Answer) -> Answer:
    """No page is kept by a browser or a proxy: the next person at a shared computer must not find it."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        response.headers["Cache-Control"] = "no-store"
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
        return response

    return respond
