"""What a web server runs: `alongside serve` does, and so may gunicorn. Unsafe places are refused before the first request."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

from alongside.cli.processes import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def for_this_machine_only(serve: Wsgi) -> Wsgi:
    """The demo signs anybody in as anybody: it answers nobody from outside, whatever server and proxy it was put behind."""
    from alongside.cli.start_checks import is_loopback

    def respond(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        forwarded = any(name in environ for name in ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP"))
        if forwarded or not is_loopback(environ.get("REMOTE_ADDR", "")):
            start_response("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8")])
            return [b"This is a demonstration and answers only the machine it runs on.\n"]
        return serve(environ, start_response)

    return respond


def build() -> Wsgi:
    application: Wsgi = get_wsgi_application()
    from django.conf import settings

    from alongside.cli.start_checks import refuse_unsafe_start

    refuse_unsafe_start()
    return for_this_machine_only(application) if settings.DEMO else application


die_with_parent()  # a web server killed outright must not leave its workers serving
application = build()
