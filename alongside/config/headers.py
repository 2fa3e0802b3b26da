"""What every page carries, whichever view gave it. Static files are answered earlier and may be kept."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]


def never_stored(answer: Answer) -> Answer:
    """No page is kept by a browser or a proxy: the next person at a shared computer must not find it."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        response.headers["Cache-Control"] = "no-store"
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
        return response

    return respond
