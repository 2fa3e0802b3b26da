from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.common import clock
from alongside.common.london import london_day


def test_now_is_aware_and_utc() -> None:
    assert clock.now().utcoffset() == timedelta(0)


def test_the_day_in_london_is_not_always_the_day_in_utc() -> None:
    assert london_day(datetime(2026, 7, 1, 22, 59, tzinfo=UTC)) == date(2026, 7, 1)
    assert london_day(datetime(2026, 7, 1, 23, 0, tzinfo=UTC)) == date(2026, 7, 2)
    assert london_day(datetime(2026, 12, 1, 23, 0, tzinfo=UTC)) == date(2026, 12, 1)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        london_day(datetime(2026, 7, 1, 12, 0))
