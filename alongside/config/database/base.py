"""PostgreSQL as Django speaks to it, but for one thing: a connection that was kept is looked at before it is used, and only asked where there is something to see."""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self) -> bool:
        """Where the server has gone there is an end to be read; while nothing is there to be read the server is there. To ask it took a round trip before every page."""
        if self.connection is None or self.connection.closed or self.errors_occurred:
            return super().is_usable()
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN | select.POLLHUP | select.POLLERR)
        return not waiting.poll(0) or super().is_usable()
