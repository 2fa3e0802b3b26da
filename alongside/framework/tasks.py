"""What this app does later: what passed is counted, what partners do is measured, who is tied to whom is found, and scores come to light on their day."""

from datetime import datetime

from alongside.common.schedule import every
from alongside.framework.actions import measuring


@every(seconds=20, aside=True)
def count_what_passed(at: datetime) -> int:
    return measuring.count_what_passed(at=at)


@every(seconds=15, aside=True)
def measure(at: datetime) -> int:
    return measuring.measure(at=at)


@every(seconds=30, aside=True)
def find_ties(at: datetime) -> int:
    return measuring.find_ties(at=at)


@every(seconds=10)
def reveal_what_is_due(at: datetime) -> int:
    return measuring.reveal_what_is_due()
