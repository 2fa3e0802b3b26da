"""Somebody signed in, without the pages of signing in: for a client of this process, or as a cookie for a real server."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from alongside.agencies.actions import begin_session
from alongside.agencies.models import Account


def signed_in(who: str, **options: bool) -> Client:
    """One of the cast of Tarnside, by the first part of their address. `raise_request_exception=False`: a page that breaks answers 500, as it would in production."""
    client = Client(**options)
    client.cookies[settings.SESSION_COOKIE_NAME] = session_cookie(Account.objects.get(email=f"{who}@tarnside.example"))
    return client


def session_cookie(account: Account) -> str:
    """What a browser keeps of a session that has just begun."""
    store = SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(account.pk), "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY], store["identity"] = account.get_session_auth_hash(), begin_session(account, user_agent="Test")
    store.create()
    return str(store.session_key)
