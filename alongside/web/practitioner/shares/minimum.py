"""The minimum that a partner was sent, field by field, in words."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from alongside.web.design.formats import date_words, sentence_list, when_short
from alongside.web.practitioner.entry.words import FIELDS
from alongside.web.words import capital, in_words

SUMMARY = FIELDS | {
    "kind": "What it is", "happened_at": "When", "contact": "Whom to ask", "child_present": "A child was there", "risk": "If nobody acts", "tags": "It touches on", "child_name": "Name", "person_name": "Name",
}


def summary_words(summary: dict[str, Any] | None, named: Iterable[tuple[str, date | None]] = ()) -> list[tuple[str, str]]:
    """The minimum, field by field, in words; first of all whom it is about, where that was sent."""
    who = [("Name", f"{name}, born {date_words(born)}" if born else name) for name, born in named]
    return who + [(SUMMARY.get(name) or capital(in_words(name)), value_in_words(name, value)) for name, value in (summary or {}).items()]


def value_in_words(name: str, value: object) -> str:
    """
    >>> value_in_words("child_present", True), value_in_words("tags", ["falls", "home_support"]), value_in_words("risk", "significant_harm")
    ('Yes', 'falls and home support', 'Somebody may come to serious harm')
    >>> value_in_words("happened_at", "2026-11-24T14:30:00+00:00"), value_in_words("headline", "A bruise")
    ('Tue 24 Nov 2026, 2:30pm', 'A bruise')
    """
    if name == "happened_at":
        return when_short(datetime.fromisoformat(str(value)))
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return sentence_list(in_words(one) for one in value)
    return capital(in_words(str(value))) if name == "risk" else str(value)
