"""What this app does later: keepers of agreements are warned before they lapse."""

from datetime import datetime

from alongside.common.schedule import every
from alongside.partnerships.actions.warning import warn_of_lapse as warn


@every(seconds=600)
def warn_of_lapse(at: datetime) -> int:
    return warn(at=at)
