"""Due moments: the table a safeguarding lead can read, 10,000 computed again by other means, and names that nobody wrote."""

import csv
import random
from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.common.working_days import AreaNotKnown, BeyondCalendar, Calendar, areas, bank_holidays
from alongside.records.rules import clocks
from alongside.records.rules.clock_names import UnknownClock, clock_in_force, read_clock, statutory_clocks
from alongside.records.rules.clocks import ClockStatus, Pause, due, half_time, status
from alongside.records.rules.kinds import entry_kinds

LONDON = ZoneInfo("Europe/London")
GOLDEN = Path(__file__).parents[1] / "golden" / "clocks.csv"
NATIONS = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern_ireland": "NIR"}


def moment(text: str) -> datetime:
    """A moment of the table: local time, or UTC where it ends in Z."""
    return datetime.fromisoformat(text) if text.endswith("Z") else datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


def golden() -> list[dict[str, str]]:
    with GOLDEN.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def pauses_of(text: str) -> list[Pause]:
    begin, _, end = text.partition(" to ")
    return [Pause(moment(begin), moment(end) if end else None)] if begin else []


@pytest.mark.parametrize("row", golden(), ids=lambda row: row["case"])
def test_the_table_holds(row):
    calendar, start, pauses = Calendar.of(row["area"]), moment(row["starts"]), pauses_of(row["pauses"])
    found = due(start, row["clock"], pauses, calendar=calendar)
    assert (found and found.astimezone(UTC)) == (None if row["due"] == "never" else moment(row["due"]))
    if row["reminder"]:
        assert half_time(start, found, row["clock"], pauses, calendar=calendar) == moment(row["reminder"])


# ── computed again by other means: the library's holidays instead of our rows, minutes and lists instead of steps ────


@cache
def off_days(nation: str) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv=NATIONS[nation], years=range(2012, 2036)))


@cache
def all_days() -> list[date]:
    return [date(2012, 1, 1) + timedelta(days=n) for n in range((date(2036, 1, 1) - date(2012, 1, 1)).days)]


@cache
def days_worked(nation: str) -> list[date]:
    return [day for day in all_days() if day.isoweekday() not in (6, 7) and day not in off_days(nation)]


def local(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime.fromtimestamp(datetime.combine(day, time(hour, minute, second)).replace(tzinfo=LONDON).timestamp(), UTC)


def naive(start: datetime, unit: str, count: int, nation: str) -> datetime:
    here = start.astimezone(LONDON)
    worked = days_worked(nation)
    later = worked[bisect_right(worked, here.date()) :][: count + 1]
    match unit:
        case "same_working_day":
            today = [here.date()] if worked[bisect_right(worked, here.date()) - 1] == here.date() and here.time() <= time(17) else []
            return local((today + later)[0], 17)
        case "working_days":
            return local(later[count - 1], 17)
        case "hours":
            return datetime.fromtimestamp(start.timestamp() + 3600 * count, UTC)
        case "minutes":
            return datetime.fromtimestamp(start.timestamp() + 60 * count, UTC)
        case "days":
            return local(here.date() + timedelta(days=count), 23, 59, 59)
        case _:
            index = here.year * 12 + here.month - 1 + count
            for day in (here.day, 30, 29, 28):
                try:
                    return local(date(index // 12, index % 12 + 1, min(day, here.day)), 23, 59, 59)
                except ValueError:
                    continue
            raise AssertionError


def random_start(rng: random.Random) -> datetime:
    """Anywhere from 2012 to 2034; one in three in a week with a change of the clock, Easter, Christmas or a leap day."""
    anywhere = datetime(2012, 1, 1, tzinfo=UTC) + timedelta(minutes=rng.randrange(60 * 24 * 365 * 22))
    if rng.random() < 2 / 3:
        return anywhere
    year = rng.randrange(2012, 2034)
    near = rng.choice([date(year, 3, 28), date(year, 10, 28), date(year, 4, 5), date(year, 12, 27), date(year, 2, 28), date(2026, 6, 14)])
    return datetime.combine(near, time(), UTC) + timedelta(minutes=rng.randrange(-60 * 24 * 4, 60 * 24 * 4))


def test_ten_thousand_due_moments_equal_an_independent_calculation():
    rng = random.Random(20261124)
    ranges = {"same_working_day": 0, "working_days": 60, "hours": 200, "minutes": 600, "days": 90, "months": 12}
    wrong = []
    for _ in range(10_000):
        start, nation, unit = random_start(rng), rng.choice(list(NATIONS)), rng.choice(list(ranges))
        count = rng.randint(1, ranges[unit]) if ranges[unit] else 0
        name = unit if unit == "same_working_day" else f"{count}_{unit}"
        found = due(start, name, calendar=Calendar.of(nation))
        if found != naive(start, unit, count, nation):
            wrong.append((start, nation, name, found))
    assert not wrong, wrong[:5]


def test_half_time_leaves_as_much_office_time_before_it_as_after():
    rng = random.Random(7)
    for _ in range(300):
        start, nation = random_start(rng), rng.choice(list(NATIONS))
        calendar = Calendar.of(nation)
        name = rng.choice(["same_working_day", "1_working_day", "3_working_days", "15_working_days"])
        end = due(start, name, calendar=calendar)
        half = half_time(start, end, name, calendar=calendar)
        before, after = (office_seconds(*stretch, nation) for stretch in ((start, half), (half, end)))
        assert abs(before - after) <= 2, (start, name, half)


def office_seconds(start: datetime, end: datetime, nation: str) -> float:
    worked = days_worked(nation)
    days = worked[bisect_left(worked, start.date() - timedelta(days=1)) : bisect_right(worked, end.date() + timedelta(days=1))]
    return sum(max(0.0, (min(end, local(day, 17)) - max(start, local(day, 9))).total_seconds()) for day in days)


def test_the_next_school_morning_is_the_first_one_after():
    calendar, rng = Calendar.of("demo_district"), random.Random(3)
    mornings = [local(day, 8, 45) for day in days_worked("england") if calendar.is_school_day(day)]
    for _ in range(500):
        start = datetime(2024, 9, 10, tzinfo=UTC) + timedelta(minutes=rng.randrange(60 * 24 * 365 * 5))
        assert due(start, "start_of_next_school_day", calendar=calendar) == next(m for m in mornings if m > start)


# ── the rows on file ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_bank_holidays_on_file_are_those_of_the_library():
    for nation in NATIONS:
        assert {row.day for row in bank_holidays() if row.nation == nation} == off_days(nation)
    assert all(row.source and row.checked_on and row.standing in {"published", "by_rule"} for row in bank_holidays())


def test_a_row_taken_away_is_a_working_day_again():
    edited = Calendar.from_rows(areas()["scotland"], [row for row in bank_holidays() if row.day != date(2026, 6, 15)])
    assert edited.is_working_day(date(2026, 6, 15)) and not Calendar.of("scotland").is_working_day(date(2026, 6, 15))


def test_terms_nobody_entered_are_assumed_and_say_so():
    assert Calendar.of("wales").terms_are_assumed(date(2026, 11, 24)) and not Calendar.of("demo_district").terms_are_assumed(
        date(2026, 11, 24)
    )
    for year in range(2012, 2035):
        for area in NATIONS:
            school = sum(Calendar.of(area).is_school_day(day) for day in all_days() if date(year, 8, 1) <= day < date(year + 1, 8, 1))
            assert 182 <= school <= 198, (area, year, school)


def test_outside_the_calendar_nothing_is_guessed():
    with pytest.raises(BeyondCalendar, match="2012 to 2035"):
        due(datetime(2035, 12, 20, 12, tzinfo=UTC), "30_working_days", calendar=Calendar.of("england"))
    with pytest.raises(AreaNotKnown, match="northern_ireland"):
        Calendar.of("atlantis")


def test_every_statutory_clock_has_its_papers():
    for edition in statutory_clocks():
        assert edition.source and edition.confidence and edition.standing and edition.edition and edition.jurisdictions, edition.code
        assert not edition.clock.has_limit or due(datetime(2026, 5, 5, tzinfo=UTC), edition.clock, calendar=Calendar.of("england"))


def test_editions_of_one_clock_never_overlap():
    for one in statutory_clocks():
        rivals = [other for other in statutory_clocks() if other.code == one.code and other.jurisdictions & one.jurisdictions]
        for nation in one.jurisdictions:
            for day in (date(2000, 1, 1), date(2019, 1, 1), date(2026, 11, 24)):
                assert sum(other.holds(nation, day) for other in rivals) <= 1, (one.code, nation, day)


def test_a_repealed_clock_no_longer_holds():
    assert not clock_in_force("discharge_notice", "england", date(2026, 1, 1)).has_limit


# ── names ────────────────────────────────────────────────────────────────────────────────────────────────────────────

UNDERSTOOD = [
    "same_working_day", "1_working_day", "24_hours_from_discharge", "start_of_next_school_day", "15_minutes_after_recovery", "at_account_end",
    "1_working_day_by_fallback", "45_working_days_from_referral", "2_hours", "72_hours_from_return", "3_working_days_from_strategy_discussion", "30_days",
    "28_calendar_days", "10_days_from_roll_change", "6_months", "next_school_day", "next_working_day", "immediately", "at_discharge", "before_discharge",
    "1_hour_before_conference", "within_2_hours", "one_working_day", "Same working day", "end_of_next_working_day", "start_of_next_working_day",
    "5_minutes", "2_weeks_after_birth", "same_working_day_by_fallback", "before_release", "1_school_day", "1_working_day_after_return",
]


@pytest.mark.parametrize("name", UNDERSTOOD)
def test_a_clock_is_understood_by_its_name(name):
    assert due(datetime(2026, 5, 5, 9, tzinfo=UTC), name, calendar=Calendar.of("england")) is not None


@pytest.mark.parametrize(
    "name",
    ["", "soon", "a_while", "1_fortnight", "working_day", "-1_days", "1_working_day_from_", "1.5_hours", "same_working_day_before_x"],
)
def test_a_clock_that_cannot_be_read_says_what_can(name):
    with pytest.raises(UnknownClock, match="Understood are: same_working_day"):
        read_clock(name)


@given(st.text(max_size=40))
def test_no_name_does_worse_than_that(name):
    try:
        assert read_clock(name).count >= 0
    except UnknownClock:
        pass


def test_every_clock_of_a_kind_of_entry_can_be_read():
    for kind in entry_kinds().values():
        for name in filter(None, (kind.clock, kind.follow_up_clock)):
            assert clock_in_force(name, "england", date(2026, 5, 5)).has_limit, (kind.code, name)


# ── pauses and standing ──────────────────────────────────────────────────────────────────────────────────────────────

NINE = datetime(2026, 6, 1, 8, tzinfo=UTC)
NAMES = st.sampled_from(
    ["same_working_day", "3_working_days", "30_hours", "45_minutes", "10_days", "1_month", "2_school_days", "same_school_day"]
)
SPANS = st.lists(st.tuples(st.integers(-500, 40_000), st.integers(1, 9_000)), max_size=3)


@given(NAMES, SPANS)
def test_a_pause_never_brings_a_clock_forward(name, spans):
    pauses = [Pause(NINE + timedelta(minutes=begin), NINE + timedelta(minutes=begin + length)) for begin, length in spans]
    calendar = Calendar.of("demo_district")
    assert due(NINE, name, pauses, calendar=calendar) >= due(NINE, name, calendar=calendar)


@given(NAMES, st.integers(0, 60 * 24 * 30))
def test_a_pause_after_the_due_moment_changes_nothing(name, minutes):
    calendar = Calendar.of("demo_district")
    plain = due(NINE, name, calendar=calendar)
    assert due(NINE, name, [Pause(plain + timedelta(minutes=minutes + 1))], calendar=calendar) == plain


@given(NAMES, SPANS)
def test_half_time_lies_between_start_and_due(name, spans):
    pauses = [Pause(NINE + timedelta(minutes=begin), NINE + timedelta(minutes=begin + length)) for begin, length in spans]
    calendar = Calendar.of("demo_district")
    end = due(NINE, name, pauses, calendar=calendar)
    assert NINE <= half_time(NINE, end, name, pauses, calendar=calendar) <= end


@given(st.integers(0, 10_000), st.lists(st.tuples(st.integers(0, 3_000), st.integers(1, 500)), max_size=4))
def test_elapsed_time_without_the_pauses_is_the_limit(minutes, spans):
    pauses = [Pause(NINE + timedelta(minutes=begin), NINE + timedelta(minutes=begin + length)) for begin, length in spans]
    end = due(NINE, f"{minutes % 9999}_minutes", pauses, calendar=Calendar.of("england"))
    running = sum(not any(p.covers(NINE + timedelta(minutes=n)) for p in pauses) for n in range(int((end - NINE).total_seconds() // 60)))
    assert running == minutes % 9999 or (minutes % 9999 == 0 and running == 0)


def test_where_a_clock_stands():
    five, half = NINE + timedelta(hours=8), NINE + timedelta(hours=4)
    second = timedelta(seconds=1)
    assert status(NINE, NINE, five, half) is ClockStatus.RUNNING
    assert status(half, NINE, five, half) is ClockStatus.HALF_GONE
    assert status(five, NINE, five, half) is ClockStatus.HALF_GONE
    assert status(five + second, NINE, five, half) is ClockStatus.OVERDUE
    assert status(five + second, NINE, five, half, met_at=five) is ClockStatus.MET
    assert status(five, NINE, five, half, met_at=five + second) is ClockStatus.MET_LATE
    assert status(half, NINE, None, pauses=[Pause(NINE)]) is ClockStatus.PAUSED
    assert status(half, NINE, None) is ClockStatus.NO_LIMIT


def test_what_is_unanswered_climbs_one_working_day_after_due():
    assert clocks.climbs_at(moment("2026-12-24 17:00"), calendar=Calendar.of("england")) == moment("2026-12-29 17:00")
