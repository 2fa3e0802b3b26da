"""When a thing is due. A due moment is computed from its start, its clock, its pauses and the area's calendar; nothing is ever counted."""

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from alongside.common.rulebook import rule
from alongside.common.working_days import ONE_DAY, Calendar
from alongside.records.rules.clock_names import Clock, Unit, clock_in_force

SINCE = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in which the clock stands still; without an end it stands still until further notice."""

    start: datetime
    end: datetime | None = None

    def covers(self, moment: datetime) -> bool:
        return self.start <= moment and (self.end is None or moment < self.end)


Pauses = Sequence[Pause]


class ClockStatus(StrEnum):
    """Where a clock stands at a moment."""

    NO_LIMIT = "no_limit"
    PAUSED = "paused"
    RUNNING = "running"
    HALF_GONE = "half_gone"
    OVERDUE = "overdue"
    MET = "met"
    MET_LATE = "met_late"


def due(start: datetime, clock: Clock | str, pauses: Pauses = (), *, calendar: Calendar) -> datetime | None:
    """When a clock that began at `start` runs out, in UTC; None while it stands still for good or where no limit exists.

    A name is read in the calendar's nation on the day of the start, so that the edition in force then decides.
    Raises `UnknownClock` for a name that cannot be read, `BeyondCalendar` outside the years on file.

    Example:
        >>> friday = datetime(2026, 3, 27, 15, tzinfo=UTC)                      # the clocks go forward on Sunday
        >>> due(friday, "1_working_day", calendar=Calendar.of("england")).isoformat()
        '2026-03-30T16:00:00+00:00'
    """
    clock = _read(clock, start, calendar)
    if not clock.has_limit:
        return None
    start = start.astimezone(UTC)
    if clock.before:
        return _counted_back(start, clock, calendar)
    begins = when_running(start, pauses)
    return None if begins is None else RUNS_OUT[clock.unit](begins, clock, pauses, calendar)


def start_of(clock: Clock, anchors: Mapping[str, datetime], written_at: datetime) -> datetime:
    """The moment a clock starts from: the one it names, if that is known, and otherwise the writing of the entry."""
    return anchors.get(clock.anchor, written_at)


# ── one rule for each unit ───────────────────────────────────────────────────────────────────────────────────────────


@rule("CLK-010", since=SINCE)
def when_running(start: datetime, pauses: Pauses) -> datetime | None:
    """A pause must stop the clock, and a start inside a pause must wait for its end.

    Source: UK GDPR Art 12 as amended 2025, for subject access; a decision of this product for every other clock.
    Example:
        >>> at = datetime(2026, 5, 1, 9, tzinfo=UTC)
        >>> when_running(at, [Pause(at, at + ONE_DAY)]) == at + ONE_DAY
        True
    """
    for pause in sorted(pauses, key=lambda pause: pause.start):
        if pause.covers(start):
            if pause.end is None:
                return None
            start = pause.end
    return start


@rule("CLK-020", since=SINCE)
def elapsed(start: datetime, clock: Clock, pauses: Pauses, calendar: Calendar) -> datetime | None:
    """Hours and minutes must be counted as they pass, over nights, weekends and changes of the clock.

    Source: the plain meaning of an hour in a statute, e.g. Children Act 1989 s46.
    Example:
        >>> eve_of_change = datetime(2026, 10, 24, 12, tzinfo=UTC)
        >>> elapsed(eve_of_change, Clock("", Unit.HOURS, 24), (), Calendar.of("wales")) - eve_of_change
        datetime.timedelta(days=1)
    """
    left = timedelta(**{clock.unit.value: clock.count})
    for pause in sorted(pauses, key=lambda pause: pause.start):
        if pause.start >= start + left:
            break
        if pause.end is not None and pause.end <= start:
            continue
        left -= max(pause.start - start, timedelta(0))
        if pause.end is None:
            return None
        start = max(start, pause.end)
    return start + left


@rule("CLK-030", since=SINCE)
def working_days(start: datetime, clock: Clock, pauses: Pauses, calendar: Calendar) -> datetime | None:
    """Working days must be counted from the next working day, in the area's own holidays, to the close of the last.

    Source: Working Together to Safeguard Children (2018, 2023), which counts working days; the close of the day is a decision of this product.
    Example:
        >>> referral = datetime(2026, 6, 12, 9, tzinfo=UTC)                     # Monday 15 June is a holiday in Scotland only
        >>> [working_days(referral, Clock("", Unit.WORKING_DAYS, 1), (), Calendar.of(a)).day for a in ("england", "scotland")]
        [15, 16]
    """
    last = _walk(start, clock.count, pauses, calendar, calendar.is_working_day, calendar.working_day_end)
    return None if last is None else calendar.working_day_end(last)


@rule("CLK-031", since=SINCE)
def school_days(start: datetime, clock: Clock, pauses: Pauses, calendar: Calendar) -> datetime | None:
    """School days must be counted from the next school day, in the area's own terms, to the end of the last.

    Source: a decision of this product.
    Example:
        >>> last_day_of_term = datetime(2026, 12, 18, 12, tzinfo=UTC)
        >>> school_days(last_day_of_term, Clock("", Unit.SCHOOL_DAYS, 1), (), Calendar.of("demo_district")).date().isoformat()
        '2027-01-04'
    """
    last = _walk(start, clock.count, pauses, calendar, calendar.is_school_day, calendar.school_day_end)
    return None if last is None else calendar.school_day_end(last)


@rule("CLK-040", since=SINCE)
def same_working_day(start: datetime, clock: Clock, pauses: Pauses, calendar: Calendar) -> datetime | None:
    """What is due the same working day must be done by its close; recorded after hours or on a day off, by the next close.

    Source: a decision of this product.
    Example:
        >>> evening = datetime(2026, 7, 3, 18, tzinfo=UTC)                      # a Friday
        >>> same_working_day(evening, Clock("", Unit.SAME_WORKING_DAY), (), Calendar.of("england")).isoformat()
        '2026-07-06T16:00:00+00:00'
    """
    close = calendar.same_working_day_end(start)
    return close if not _stands_still(close, pauses) else working_days(start, Clock("", Unit.WORKING_DAYS, 1), pauses, calendar)


@rule("CLK-041", since=SINCE)
def same_school_day(start: datetime, clock: Clock, pauses: Pauses, calendar: Calendar) -> datetime | None:
    """What is due the same school day must be done before it ends; recorded later or on a day off, before the next one ends.

    Source: a decision of this product.
    Example:
        >>> morning = datetime(2026, 11, 24, 9, tzinfo=UTC)
        >>> same_school_day(morning, Clock("", Unit.SAME_SCHOOL_DAY), (), Calendar.of("demo_district")).isoformat()
        '2026-11-24T15:15:00+00:00'
    """
    day = calendar.local_day(start)
    close = calendar.school_day_end(day)
    if calendar.is_school_day(day) and start <= close and not _stands_still(close, pauses):
        return close
    return school_days(start, Clock("", Unit.SCHOOL_DAYS, 1), pauses, calendar)


@rule("CLK-050", since=SINCE)
def calendar_days(start: datetime, clock: Clock, pauses: Pauses, calendar: Calendar) -> datetime | None:
    """Calendar days must be counted from the day after the start to the end of the last; some roll to the next working day.

    Source: Data Protection Act 2018 s164A, for counting from the day after and for the roll; National Guidance for Child Protection in Scotland 2021.
    Example:
        >>> complaint = datetime(2026, 7, 2, 10, tzinfo=UTC)                    # the 30th day is Saturday 1 August
        >>> calendar_days(complaint, Clock("", Unit.DAYS, 30, rolls=True), (), Calendar.of("england")).date().isoformat()
        '2026-08-03'
    """
    length = clock.count * (7 if clock.unit is Unit.WEEKS else 1)
    return _end_of_last_day(start, length, clock, pauses, calendar)


@rule("CLK-051", since=SINCE)
def months(start: datetime, clock: Clock, pauses: Pauses, calendar: Calendar) -> datetime | None:
    """A month must end on the same date of a later month, or on that month's last day if it has no such date.

    Source: the corresponding date rule, Dodds v Walker [1981] (from memory).
    Example:
        >>> request = datetime(2028, 1, 31, 10, tzinfo=UTC)
        >>> months(request, Clock("", Unit.MONTHS, 1), (), Calendar.of("england")).date().isoformat()
        '2028-02-29'
    """
    first = calendar.local_day(start)
    last = _months_on(first, clock.count * (12 if clock.unit is Unit.YEARS else 1))
    return _end_of_last_day(start, (last - first).days, clock, pauses, calendar)


@rule("CLK-060", since=SINCE)
def next_school_day(start: datetime, clock: Clock, pauses: Pauses, calendar: Calendar) -> datetime | None:
    """What a school must know before the child arrives must be there when it next opens, the same morning included.

    Source: Victims and Prisoners Act 2024 s20 (child victims); the hour of opening is a row of the area's calendar.
    Example:
        >>> two_in_the_morning = datetime(2026, 11, 24, 2, tzinfo=UTC)
        >>> next_school_day(two_in_the_morning, Clock("", Unit.NEXT_SCHOOL_DAY_START), (), Calendar.of("demo_district")).isoformat()
        '2026-11-24T08:45:00+00:00'
    """
    return calendar.next_school_day_start(start)


@rule("CLK-061", since=SINCE)
def next_working_day(start: datetime, clock: Clock, pauses: Pauses, calendar: Calendar) -> datetime | None:
    """What is due at the start of the next working day must be done when offices next open, the same morning included.

    Source: a decision of this product.
    Example:
        >>> next_working_day(datetime(2026, 12, 24, 18, tzinfo=UTC), Clock("", Unit.NEXT_WORKING_DAY_START), (), Calendar.of("england")).isoformat()
        '2026-12-29T09:00:00+00:00'
    """
    return calendar.next_working_day_start(start)


@rule("CLK-070", since=SINCE)
def at_moment(start: datetime, clock: Clock, pauses: Pauses, calendar: Calendar) -> datetime | None:
    """What is due at a named moment must be done by that moment itself; at an unknown one it is due at once.

    Source: a decision of this product: a clock nobody can read must be loud, not silent.
    Example:
        >>> leaves = datetime(2026, 12, 31, 17, tzinfo=UTC)
        >>> at_moment(leaves, Clock("at_account_end", Unit.MOMENT, anchor="account_end"), (), Calendar.of("england")) == leaves
        True
    """
    return start


RUNS_OUT: Mapping[Unit, Callable[[datetime, Clock, Pauses, Calendar], datetime | None]] = {
    Unit.MINUTES: elapsed,
    Unit.HOURS: elapsed,
    Unit.DAYS: calendar_days,
    Unit.SAME_DAY: calendar_days,
    Unit.WEEKS: calendar_days,
    Unit.MONTHS: months,
    Unit.YEARS: months,
    Unit.WORKING_DAYS: working_days,
    Unit.SCHOOL_DAYS: school_days,
    Unit.SAME_WORKING_DAY: same_working_day,
    Unit.SAME_SCHOOL_DAY: same_school_day,
    Unit.NEXT_WORKING_DAY_START: next_working_day,
    Unit.NEXT_SCHOOL_DAY_START: next_school_day,
    Unit.MOMENT: at_moment,
}
IN_OFFICE_HOURS = {Unit.WORKING_DAYS, Unit.SAME_WORKING_DAY, Unit.SCHOOL_DAYS, Unit.SAME_SCHOOL_DAY}


# ── half-time, what follows, and where a clock stands ────────────────────────────────────────────────────────────────


@rule("CLK-080", since=SINCE)
def half_time(start: datetime, due_at: datetime, clock: Clock | str, pauses: Pauses = (), *, calendar: Calendar) -> datetime:
    """Half-time must fall when half of the time that counts has gone: office hours on clocks of working days, all hours on others.

    Source: a decision of this product: a reminder on a Sunday reminds nobody.
    Example:
        >>> friday_four = datetime(2026, 1, 9, 16, tzinfo=UTC)
        >>> monday_five = datetime(2026, 1, 12, 17, tzinfo=UTC)
        >>> half_time(friday_four, monday_five, "1_working_day", calendar=Calendar.of("england")).isoformat()
        '2026-01-12T12:30:00+00:00'
    """
    start, due_at = start.astimezone(UTC), due_at.astimezone(UTC)
    clock = _read(clock, start, calendar)
    counted = _without(calendar.office_hours(start, due_at) if clock.unit in IN_OFFICE_HOURS else [(start, due_at)], pauses)
    left = sum((end - begin for begin, end in counted), timedelta(0)) / 2
    for begin, end in counted:
        if left <= end - begin:
            return (begin + left).replace(microsecond=0)
        left -= end - begin
    return due_at


@rule("CLK-090", since=SINCE)
def climbs_at(due_at: datetime, *, calendar: Calendar) -> datetime:
    """What is still unanswered one working day after it fell due must climb from the supervisor to the partnership.

    Source: a decision of this product, within the escalation route that Working Together to Safeguard Children (2023) asks every area to have.
    Example:
        >>> climbs_at(datetime(2026, 4, 2, 16, tzinfo=UTC), calendar=Calendar.of("england")).isoformat()
        '2026-04-07T16:00:00+00:00'
    """
    return calendar.working_day_end(calendar.add_working_days(calendar.local_day(due_at), 1))


@rule("CLK-100", since=SINCE)
def follow_up_due(clock: str, start: datetime, *, calendar: Calendar) -> datetime | None:
    """A kind of entry that calls for a follow-up must start its clock when it happened; None where the area has no such clock.

    Source: a local rule in a 2025 review: a home visit within ten days of a child leaving the school roll; each area sets its own.
    Example:
        >>> follow_up_due("ehe_home_visit", datetime(2026, 5, 5, 9, tzinfo=UTC), calendar=Calendar.of("england")).date().isoformat()
        '2026-05-15'
    """
    return due(start, clock, calendar=calendar)


def status(
    at: datetime,
    start: datetime,
    due_at: datetime | None,
    reminder_at: datetime | None = None,
    met_at: datetime | None = None,
    pauses: Pauses = (),
) -> ClockStatus:
    """Where a clock stands at `at`. It is met in time up to and including the due moment.

    Example:
        >>> nine, five = datetime(2026, 5, 5, 8, tzinfo=UTC), datetime(2026, 5, 5, 16, tzinfo=UTC)
        >>> status(five, nine, five), status(five, nine, five, met_at=five)
        (<ClockStatus.RUNNING: 'running'>, <ClockStatus.MET: 'met'>)
    """
    if met_at is not None:
        return ClockStatus.MET_LATE if due_at is not None and met_at > due_at else ClockStatus.MET
    if any(pause.covers(at) for pause in pauses):
        return ClockStatus.PAUSED
    if due_at is None:
        return ClockStatus.NO_LIMIT
    if at > due_at:
        return ClockStatus.OVERDUE
    return ClockStatus.HALF_GONE if reminder_at is not None and at >= reminder_at else ClockStatus.RUNNING


# ── counting ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _read(clock: Clock | str, start: datetime, calendar: Calendar) -> Clock:
    return clock if isinstance(clock, Clock) else clock_in_force(clock, calendar.area.nation, calendar.local_day(start))


def _stands_still(moment: datetime, pauses: Pauses) -> bool:
    return any(pause.covers(moment) for pause in pauses)


def _walk(
    start: datetime, count: int, pauses: Pauses, calendar: Calendar, counts: Callable[[date], bool], close: Callable[[date], datetime]
) -> date | None:
    """The count-th day after the start that counts. A day at whose close the clock stands still does not."""
    endless = min((pause.start for pause in pauses if pause.end is None), default=None)
    day = calendar.local_day(start)
    while count:
        day += ONE_DAY
        if endless is not None and close(day) >= endless:
            return None
        if counts(day) and not _stands_still(close(day), pauses):
            count -= 1
    return day


def _end_of_last_day(start: datetime, length: int, clock: Clock, pauses: Pauses, calendar: Calendar) -> datetime | None:
    last = _walk(start, length, pauses, calendar, lambda day: True, calendar.end_of_day)
    if last is None:
        return None
    if clock.rolls and not calendar.is_working_day(last):
        last = calendar.add_working_days(last, 1)
    return calendar.end_of_day(last)


def _months_on(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _counted_back(anchor: datetime, clock: Clock, calendar: Calendar) -> datetime:
    """The last moment that leaves the clock's whole length before its anchor."""
    day = calendar.local_day(anchor)
    match clock.unit:
        case Unit.MINUTES | Unit.HOURS:
            return anchor - timedelta(**{clock.unit.value: clock.count})
        case Unit.WORKING_DAYS:
            return calendar.working_day_end(calendar.add_working_days(day, -clock.count))
        case Unit.SCHOOL_DAYS:
            return calendar.school_day_end(calendar.add_school_days(day, -clock.count))
        case Unit.MONTHS | Unit.YEARS:
            return calendar.end_of_day(_months_on(day, -clock.count * (12 if clock.unit is Unit.YEARS else 1)))
        case _:
            return calendar.end_of_day(day - clock.count * (7 if clock.unit is Unit.WEEKS else 1) * ONE_DAY)


def _without(stretches: list[tuple[datetime, datetime]], pauses: Pauses) -> list[tuple[datetime, datetime]]:
    for pause in pauses:
        kept = []
        for begin, end in stretches:
            if begin < (before := min(end, pause.start)):
                kept.append((begin, before))
            if pause.end is not None and (after := max(begin, pause.end)) < end:
                kept.append((after, end))
        stretches = kept
    return stretches
