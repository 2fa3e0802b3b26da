"""The minimum that a partner was sent, field by field, in words."""

from typing import Any

from alongside.web.practitioner.entry.words import FIELDS

SUMMARY = {
    "kind": "What happened", "happened_at": "When", "contact": "Whom to ask", "child_present": "A child was there", "risk": "What is at stake", "tags": "It touches on", "child_name": "Name", "person_name": "Name",
} | FIELDS  # fmt: skip


def summary_words(summary: dict[str, Any] | None) -> list[tuple[str, str]]:
    """The minimum, field by field, in words."""
    return [(SUMMARY.get(name, name.replace("_", " ").capitalize()), plain(value)) for name, value in (summary or {}).items()]


def plain(value: object) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return ", ".join(str(one).replace("_", " ") for one in value) if isinstance(value, list) else str(value)
