"""Where a browser's session is kept: in the database, as Django keeps it; read and changed in one plain statement, since every page begins with the one and every form ends with the other."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection


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
