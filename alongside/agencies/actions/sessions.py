"""Sessions of whoever signs in, and how they like their pages."""

import secrets

from django.conf import settings

from alongside.agencies.facts import Actor
from alongside.agencies.models import Account
from alongside.common import database


def begin_session(account: Account, *, user_agent: str = "") -> str:
    """Make the identity the database will believe for this session; the token returned is its only key."""
    token = secrets.token_urlsafe(32)
    database.value("SELECT begin_session(%s, %s, %s, %s)", account.pk, token, settings.SESSION_HOURS, user_agent)
    return token


def end_session(token: str) -> None:
    database.value("SELECT end_session(%s)", token)


def end_my_session(handle: str) -> None:
    """Sign out one of one's own other devices."""
    database.value("SELECT end_my_session(%s)", handle)


def choose_display(*, by: Actor, large_print: bool, single_key_shortcuts: bool) -> None:
    """How whoever is signed in likes their pages."""
    Account.objects.filter(pk=by.account_id).update(large_print=large_print, single_key_shortcuts=single_key_shortcuts)
