"""What somebody types into the finder, taken apart into what the finder asks the database."""

import re
from datetime import date

from alongside.common.identifiers import NotAnIdentifier, parse_nhs_number
from alongside.people.facts import FinderQuestion
from alongside.people.rules.dates import MONTH_NAMES, NotADate, birth_date, read_date
from alongside.people.rules.names import LONGEST_NAME, plain
from alongside.people.rules.sounds import sounds

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
    born, either_way, rest = _birth_date(rest, today, problems)
    rest = _LABELS.sub(" ", rest if born is None else _BORN.sub(" ", rest))
    rest = _without_stray_numbers(rest, problems)
    if found := _SURNAME_FIRST.match(rest.strip(" ,;")):
        rest = f"{found[2]} {found[1]}"
    words = plain(rest)[:LONGEST_NAME]
    return FinderQuestion(
        words=words, sounds=sounds([words]), born=born, nhs_number=number, day_and_month_could_swap=either_way, problems=tuple(problems)
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
        elif re.fullmatch(r"(?:18|19|20)\d\d,?", word):
            problems.append(f"A year alone ({word.strip(',')}) is not searched. Type the whole birth date if you know it.")
        else:
            problems.append(f"“{word[:40]}” is not a name, a birth date or an NHS number, and was not used.")
    return " ".join(kept)
