"""What somebody types into the finder, taken apart into what the finder asks the database."""

import re
from calendar import monthrange
from datetime import date

from alongside.common.identifiers import NotAnIdentifier, parse_nhs_number, parse_upn
from alongside.people.facts import FinderQuestion
from alongside.people.rules.dates import EARLIEST_BIRTH, MONTH_NAMES, NotADate, birth_date, read_date
from alongside.people.rules.names import LONGEST_NAME, name_words
from alongside.people.rules.sounds import asked_sounds

LONGEST_QUESTION = 300
_MONTH_WORDS = "|".join(name[:3] + r"(?:" + name[3:] + r")?" for name in MONTH_NAMES).replace("Sep(?:", "Sept?(?:")
_DATES = (
    re.compile(r"(?<![\d])\d{4}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d{1,2}(?!\d)"),
    re.compile(r"(?<![\d])\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?(?:\d{4}|\d{2})(?!\d)"),
    re.compile(rf"(?<!\d)\d{{1,2}}(?:st|nd|rd|th)?[\s\-/.,]*(?:{_MONTH_WORDS})\b[\s\-/.,]*(?:\d{{4}}|\d{{2}})(?!\d)", re.IGNORECASE),
    re.compile(rf"\b(?:{_MONTH_WORDS})\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}(?!\d)", re.IGNORECASE),
)
_LATE_DATES = (re.compile(r"(?<!\d)\d{1,2} \d{1,2} (?:\d{4}|\d{2})(?!\d)"), re.compile(r"(?<!\d)\d{8}(?!\d)"))
_TEN_DIGITS = re.compile(r"(?<!\d)(?:nhs(?:\s*(?:no\.?|number))?\s*:?\s*)?(\d(?:[\s\-]?\d){9})(?!\d)", re.IGNORECASE)
_UPN = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]\d{11}[A-Za-z0-9])(?![A-Za-z0-9])")
_MONTH_AND_YEAR = re.compile(rf"\b({_MONTH_WORDS})\s+((?:18|19|20)\d\d)(?!\d)|(?<![\d/])(\d{{1,2}})/((?:18|19|20)\d\d)(?!\d)", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d/.\-])((?:18|19|20)\d\d)(?![\d/.\-])")
_SURNAME_FIRST = re.compile(r"^([^,]{2,}),\s*([^,]+)$")
_LABELS = re.compile(r"\bd\.?o\.?b\b\.?\s*:?|\bdate of birth\b\s*:?|\bnhs\b(?:\s*(?:no\b\.?|number\b))?\s*:?|\bname\s*:", re.IGNORECASE)
_BORN = re.compile(r"\bborn\b(?:\s+on\b)?\s*:?", re.IGNORECASE)


def read_question(text: str, *, today: date) -> FinderQuestion:
    """What somebody types must be understood in any order: an NHS number, a birth date in any common form, and the rest a name.

    What cannot be used is handed back in `problems`, in words, and never searched for as something else.

    Source: practitioners' habits; dates as in `rules/dates.py`.

    Example:
        >>> read_question("KHAN, Amina 3/4/1985", today=date(2026, 1, 1)).words
        'amina khan'
        >>> read_question("485 777 3457", today=date(2026, 1, 1)).nhs_number
        '4857773457'
    """
    problems: list[str] = []
    rest = _visible(text[:LONGEST_QUESTION])
    if len(text) > LONGEST_QUESTION:
        problems.append(f"Only the first {LONGEST_QUESTION} characters were used.")
    number, rest = _nhs_number(rest, problems)
    upn, rest = _pupil_number(rest, problems)
    born, either_way, rest = _birth_date(rest, today, problems)
    born_from, born_until, rest = (None, None, rest) if born else _birth_span(rest, today)
    rest = _LABELS.sub(" ", rest if born is None and born_from is None else _BORN.sub(" ", rest))
    rest = _without_stray_numbers(rest, problems)
    if found := _SURNAME_FIRST.match(rest.strip(" ,;")):
        rest = f"{found[2]} {found[1]}"
    words = name_words(rest)[:LONGEST_NAME]
    return FinderQuestion(
        words=words, sounds=asked_sounds(words), initials=tuple(word for word in words.split() if len(word) == 1), born=born, born_from=born_from, born_until=born_until, nhs_number=number,
        upn=upn, day_and_month_could_swap=either_way, problems=tuple(problems),
    )


def _visible(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _nhs_number(text: str, problems: list[str]) -> tuple[str | None, str]:
    found = _TEN_DIGITS.search(text)
    if not found:
        return None, text
    try:
        number = parse_nhs_number(found[1])
    except NotAnIdentifier as no:
        problems.append(str(no))
        number = None
    return number, text[: found.start()] + " " + text[found.end() :]


def _pupil_number(text: str, problems: list[str]) -> tuple[str | None, str]:
    found = _UPN.search(text)
    if not found:
        return None, text
    try:
        number = parse_upn(found[1])
    except NotAnIdentifier as no:
        problems.append(str(no))
        number = None
    return number, text[: found.start()] + " " + text[found.end() :]


def _birth_span(text: str, today: date) -> tuple[date | None, date | None, str]:
    """A month with its year, or a year alone.

    Example:
        >>> _birth_span("turner may 2004", date(2026, 1, 1))[:2], _birth_span("turner 2004", date(2026, 1, 1))[:2]
        ((datetime.date(2004, 5, 1), datetime.date(2004, 5, 31)), (datetime.date(2004, 1, 1), datetime.date(2004, 12, 31)))
    """
    if found := _MONTH_AND_YEAR.search(text):
        month = int(found[3]) if found[3] else next(n for n, name in enumerate(MONTH_NAMES, 1) if name.lower().startswith(found[1].lower()[:3]))
        year = int(found[2] or found[4])
        if 1 <= month <= 12 and EARLIEST_BIRTH <= year <= today.year:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1]), text[: found.start()] + " " + text[found.end() :]
    if (found := _YEAR.search(text)) and EARLIEST_BIRTH <= int(found[1]) <= today.year:
        year = int(found[1])
        return date(year, 1, 1), date(year, 12, 31), text[: found.start()] + " " + text[found.end() :]
    return None, None, text


def _birth_date(text: str, today: date, problems: list[str]) -> tuple[date | None, bool, str]:
    for shape in (*_DATES, *_LATE_DATES):
        if found := shape.search(text):
            rest = text[: found.start()] + " " + text[found.end() :]
            try:
                read = read_date(found[0], today=today)
                return birth_date(read.day, today=today), read.either_way, rest
            except NotADate as no:
                problems.append(str(no))
                return None, False, rest
    return None, False, text


def _without_stray_numbers(text: str, problems: list[str]) -> str:
    kept = []
    for word in text.split():
        if not any(letter.isdigit() for letter in word):
            kept.append(word)
        else:
            problems.append(f"“{word[:40]}” is not a name, a birth date or an NHS number, and was not used.")
    return " ".join(kept)
