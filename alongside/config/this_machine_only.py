"""The demo's own wall: whatever server and proxy it was put behind, it answers nobody from outside this machine."""

from collections.abc import Callable, Iterable
from typing import Any

from alongside.cli.start_checks import is_loopback

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def for_this_machine_only(serve: Wsgi) -> Wsgi:
    """The demo signs anybody in as anybody: it answers nobody from outside, whatever server and proxy it was put behind."""

    def respond(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        forwarded = any(name in environ for name in ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP"))
        if forwarded or not is_loopback(environ.get("REMOTE_ADDR", "")):
            start_response("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8")])
            return [b"This is a demonstration and answers only the machine it runs on.\n"]
        return serve(environ, start_response)

    return respond
