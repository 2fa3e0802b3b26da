"""What this app does later: keepers of agreements are warned before they lapse, endings are carried out at their moment, and everybody is told."""

from datetime import datetime

from alongside.common.schedule import every
from alongside.partnerships.actions.endings import carry_out_what_is_due, tell_members
from alongside.partnerships.actions.warning import warn_of_lapse as warn


@every(seconds=600)
def warn_of_lapse(at: datetime) -> int:
    return warn(at=at)


@every(seconds=30)
def carry_out_endings(at: datetime) -> int:
    return carry_out_what_is_due()


@every(seconds=60)
def tell_of_endings(at: datetime) -> int:
    return tell_members(at=at)
