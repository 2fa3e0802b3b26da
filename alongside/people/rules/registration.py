"""Who a person is, as somebody typed it or as a file holds it: checked, tidied, or refused field by field."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from alongside.common.identifiers import NotAnIdentifier, parse_nhs_number, parse_upn
from alongside.people.facts import PersonDetails
from alongside.people.rules.dates import NotADate, birth_date, death_date
from alongside.people.rules.names import NotAName, mixes_alphabets, tidy_name

LONGEST_PRONOUNS = 40
_Value = TypeVar("_Value")


class NotAPerson(ValueError):
    """What was given cannot be registered. `problems` says why, field by field, in words for whoever typed it."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


def checked(
    *, given_name: str = "", family_name: str = "", known_as: str = "", pronouns: str = "", date_of_birth: date | None = None, birth_date_estimated: bool = False,
    died_on: date | None = None, nhs_number: str | None = None, upn: str | None = None, today: date, earliest_birth: int | None = None,
) -> PersonDetails:
    """A person must have something to be called by; whatever else is known of them must be true to its own rules, and all faults are told at once.

    Source: NHS Data Model and Dictionary, PERSON NAME, NHS NUMBER; Department for Education, unique pupil numbers, guide.

    Example:
        >>> checked(given_name=" Zoë ", nhs_number="943 476 5919", today=date(2026, 1, 1)).nhs_number
        '9434765919'
        >>> checked(given_name="Zoë", nhs_number="943 476 5918", date_of_birth=date(2027, 1, 1), today=date(2026, 1, 1))
        Traceback (most recent call last):
        alongside.people.rules.registration.NotAPerson: A birth date cannot be in the future (1 January 2027). This NHS number does not check: a digit is wrong or two are swapped.
    """
    problems: dict[str, str] = {}

    def read(field: str, value: _Value | None, parse: Callable[[_Value], Any], otherwise: Any) -> Any:
        if not value:
            return otherwise
        try:
            return parse(value)
        except (NotAName, NotADate, NotAnIdentifier) as no:
            problems[field] = str(no)
            return otherwise

    names = {field: read(field, text, tidy_name, "") for field, text in (("given_name", given_name), ("family_name", family_name), ("known_as", known_as))}
    if not any(names.values()) and not problems:
        problems["given_name"] = "Give at least one name."
    born = read("date_of_birth", date_of_birth, lambda day: birth_date(day, today=today, **({"earliest": earliest_birth} if earliest_birth else {})), None)
    details = PersonDetails(
        **names,
        pronouns=read("pronouns", pronouns, lambda text: tidy_name(text, longest=LONGEST_PRONOUNS), ""),
        date_of_birth=born,
        birth_date_estimated=bool(born and birth_date_estimated),
        died_on=read("died_on", died_on, lambda day: death_date(day, born=born, today=today), None),
        nhs_number=read("nhs_number", nhs_number, parse_nhs_number, None),
        upn=read("upn", upn, parse_upn, None),
        warnings=tuple(f"“{name}” mixes alphabets that look alike." for name in names.values() if mixes_alphabets(name)),
    )
    if problems:
        raise NotAPerson(problems)
    return details


def is_temporary_upn(upn: str) -> bool:
    """A unique pupil number whose last character is a letter is temporary, and must be replaced when the lasting one is known.

    Source: Department for Education, unique pupil numbers, guide.

    Example:
        >>> is_temporary_upn("R24620070001A"), is_temporary_upn("B801200005001")
        (True, False)
    """
    return upn[-1].isalpha()
