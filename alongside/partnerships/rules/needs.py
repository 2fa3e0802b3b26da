"""What a need must say before it can be declared."""

from datetime import date

from alongside.common.rulebook import rule
from alongside.partnerships.facts import NeedText

SINCE = date(2026, 1, 1)
EVERYTHING = frozenset({"everything", "all", "any", "whole_record"})
MOST_KINDS = 20


@rule("PTN-040", since=SINCE)
def too_wide(need: NeedText) -> str | None:
    """A need must name kinds of thing, a purpose and what it is for; a need for everything, or for most things, is no need.

    None when it is narrow enough; otherwise what to do, in words.

    Source: Caldicott principles 1 to 4; UK GDPR Art 5(1)(b) and (c)
    Example:
        >>> too_wide(NeedText((), "direct_care", "", "We visit."))
        'Choose the kinds of thing that you must know.'
        >>> too_wide(NeedText(("falls",), "direct_care", "1_working_day", "We visit and must know what has changed."))
    """
    if EVERYTHING & set(need.tags):
        return "Everything about everyone is no need. Choose the kinds of thing that you must know, and say what you do with them."
    if not need.tags:
        return "Choose the kinds of thing that you must know."
    if len(need.tags) > MOST_KINDS:
        return f"That is {len(need.tags)} kinds of thing. Choose the {MOST_KINDS} or fewer that you must know, or declare a second need with its own purpose."
    if need.purpose in ("", "none_stated"):
        return "Say for which purpose you must know."
    if not need.what_for.strip():
        return "Say what you do with it, so that others see why it matters."
    return None
