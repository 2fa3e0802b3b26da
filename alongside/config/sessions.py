"""Where a browser's session is kept: in the database, as Django keeps it; read and changed in one plain statement, since every page begins with the one and every form ends with the other."""

from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection
from django.http import HttpRequest


class SessionStore(db.SessionStore):
    def load(self) -> dict[str, Any]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > now()", [self.session_key])
            found = cursor.fetchone()
        if found is None:
            self._session_key = None
            return {}
        kept: dict[str, Any] = self.decode(found[0])
        return kept

    def save(self, must_create: bool = False) -> None:
        if must_create or self.session_key is None:
            super().save(must_create)
            return
        with connection.cursor() as cursor:
            cursor.execute("UPDATE django_session SET session_data = %s, expire_date = %s WHERE session_key = %s", [self.encode(dict(self.items())), self.get_expiry_date(), self.session_key])
            if not cursor.rowcount:
                raise UpdateError


def keep(request: HttpRequest) -> None:
    """What a page adds to a session that the browser has already is written with what the page did: it stands or falls with it, and needs no commit of its own.

    A session that is new, was emptied, or was ended meanwhile is left to its own middleware, which sees to the cookie.
    """
    session = request.session
    if session.modified and session.session_key and request.COOKIES.get(settings.SESSION_COOKIE_NAME) == session.session_key and not session.is_empty():
        try:
            session.save()
        except UpdateError:
            return
        session.modified = False
