"""What must be true before anything is served. Each refusal says what to change."""

import ipaddress
import os
from collections.abc import Iterator

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, get_resolver

MODES = ("production", "demo", "test")
SHORTEST_KEY = 50


def is_loopback(address: str) -> bool:
    """Whether only this machine can reach the address.

    Example:
        >>> [is_loopback(a) for a in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "10.1.2.3", "example.org")]
        [True, True, True, False, False, False]
    """
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


@register("alongside")
def place_is_safe(app_configs: object = None, **options: object) -> list[CheckMessage]:
    """Mode, secret, address and debugging fit together."""
    return [Error(message, hint=hint, id=f"alongside.{code}") for code, message, hint in _place_faults()]


def _place_faults() -> Iterator[tuple[str, str, str]]:
    if settings.MODE not in MODES:
        yield "E001", f"ALONGSIDE_MODE is '{settings.MODE}'.", f"Set it to one of: {', '.join(MODES)}."
    if settings.DEBUG and settings.MODE != "test":
        yield "E002", "Debugging is switched on: an error page would show people's data.", "Unset ALONGSIDE_DEBUG."
    if settings.DEMO and not is_loopback(os.environ.get("ALONGSIDE_BIND", "127.0.0.1")):
        yield "E003", "The demo signs anybody in as anybody and is for this machine only.", "Unset ALONGSIDE_BIND."
    if not settings.PRODUCTION:
        return
    if len(os.environ.get("ALONGSIDE_SECRET_KEY", "")) < SHORTEST_KEY:
        yield "E010", "ALONGSIDE_SECRET_KEY is missing or short.", f"Give it at least {SHORTEST_KEY} random characters and keep it out of the repository."
    if not settings.ORIGIN.startswith("https://") or settings.ALLOWED_HOSTS in ([], [""], ["*"]):
        yield "E011", "ALONGSIDE_ORIGIN is not an https address.", "Set it to what people type, e.g. https://alongside.example.gov.uk"
    if not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE and settings.SECURE_SSL_REDIRECT and settings.SECURE_HSTS_SECONDS):
        yield "E012", "Cookies or pages could travel unencrypted.", "Leave the https settings as they are."


@register("alongside")
def demo_stays_in_the_demo(app_configs: object = None, **options: object) -> list[CheckMessage]:
    """One-click sign-in exists in demo mode and nowhere else: not as an address, not as a setting."""
    if settings.DEMO:
        return []
    faults = [f"the address '{route}'" for route in _demo_routes(get_resolver().url_patterns)]
    faults += [f"the variable {name}" for name in sorted(os.environ) if name.startswith("ALONGSIDE_DEMO")]
    faults += [f"the setting {name}" for name in dir(settings) if name.startswith("DEMO_")]
    return [Error(f"Outside demo mode there is {fault}.", hint="Remove it.", id="alongside.E020") for fault in faults]


def _demo_routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if pattern.namespace == "demo":
                yield route
            else:
                yield from _demo_routes(pattern.url_patterns, route)
        elif "demo" in (pattern.name or "") or ".demo" in getattr(pattern.callback, "__module__", ""):
            yield route


@register("alongside")
def every_view_has_a_door(app_configs: object = None, **options: object) -> list[CheckMessage]:
    """Whoever adds a page says for whom it is and what for; one that does not say so is never served."""
    return [
        Error(f"The address '{route}' has no door.", hint="Decorate its view with one of alongside.web.entrance.", id="alongside.E030")
        for route, view in routes(get_resolver().url_patterns)
        if not hasattr(view, "entrance")
    ]


def routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, object]]:
    """Every address of the product with its view."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route, pattern.callback


def refuse_unsafe_start() -> None:
    """For every way of serving: raise with all that is wrong, rather than serve."""
    faults = [*place_is_safe(), *demo_stays_in_the_demo(), *every_view_has_a_door()]
    if faults:
        raise ImproperlyConfigured("\n".join(f"{fault.msg} {fault.hint}" for fault in faults))


def refuse_demo_accounts() -> None:
    """Nobody can sign in to a real place with an account whose password everybody knows."""
    from django.contrib.auth import get_user_model

    if not settings.DEMO and settings.MODE != "test" and get_user_model().objects.filter(is_demo=True, is_active=True).exists():
        raise ImproperlyConfigured("This database holds the demo's accounts. A real place starts with a database of its own.")
