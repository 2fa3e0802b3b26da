"""When an answer is due, and what it must say."""

from datetime import date, datetime

from alongside.common.rulebook import rule
from alongside.common.working_days import Calendar
from alongside.voice.facts import Answer, Verdict

SINCE = date(2026, 1, 1)


@rule("VCE-001", since=SINCE)
def due(received: datetime, working_days: int, calendar: Calendar) -> datetime:
    """Every contribution must be answered by the end of the last of the working days that its forum promises, counted from the day after it was received.

    Source: this product's mission, every contribution gets a reply; Cabinet Office consultation principles, principle K (publish a response in time)
    Example:
        >>> from datetime import UTC
        >>> due(datetime(2026, 12, 23, 15, tzinfo=UTC), 2, Calendar.of("england")).isoformat()      # two bank holidays and a weekend between
        '2026-12-29T17:00:00+00:00'
    """
    return calendar.working_day_end(calendar.add_working_days(calendar.local_day(received), working_days))


@rule("VCE-002", since=SINCE)
def not_yet_an_answer(answer: Answer, today: date) -> str | None:
    """An answer must say what was heard, what becomes of it and why; what is adopted, wholly or partly, must say by when.

    None when it does; otherwise what to do, in words.

    Source: this product's mission, against tokenism
    Example:
        >>> not_yet_an_answer(Answer(Verdict.ADOPTED, "The bus does not run after six.", "The council pays for two more."), date(2026, 11, 26))
        'Say by when it will be done.'
        >>> not_yet_an_answer(Answer(Verdict.NOT, "The office should open on Sundays.", "Nobody came when we tried it in May."), date(2026, 11, 26))
    """
    if not answer.heard.strip():
        return "Say in one line what you heard."
    if not answer.why.strip():
        return "Say why."
    if answer.verdict is not Verdict.NOT and answer.by_when is None:
        return "Say by when it will be done."
    if answer.by_when is not None and answer.by_when < today:
        return "The day by which it will be done must be today or later."
    return None
