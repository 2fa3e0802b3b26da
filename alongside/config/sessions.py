"""Where a browser's session is kept: in the database, as Django keeps it, and read in one plain statement, since every page begins with that."""

from typing import Any

from django.contrib.sessions.backends import db
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
