"""Whether a person may be reached this way, at this moment. Every way out to a person asks, at the moment of sending and not before."""

from datetime import datetime, time

from alongside.common.decisions import Decision, Outcome
from alongside.common.london import LONDON
from alongside.people.facts import Channel, ContactChoice, ContactFacts

SPOKEN = frozenset({Channel.CALL, Channel.VOICEMAIL, Channel.VISIT})
LEFT_LYING = frozenset({Channel.VOICEMAIL, Channel.TEXT_MESSAGE, Channel.EMAIL, Channel.LETTER, Channel.CALENDAR_INVITE})
ARRIVES_AT_ONCE = frozenset({*SPOKEN, Channel.TEXT_MESSAGE, Channel.EMAIL, Channel.CALENDAR_INVITE})
NEEDS_NO_ADDRESS = frozenset({Channel.PORTAL, Channel.THROUGH_WORKER})
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
RULEBOOK = "contact.1"


def may_contact(facts: ContactFacts, channel: Channel, at: datetime) -> Decision:
    """A person may be reached only in a way that they chose or allow, that is still theirs, and that leads to nobody they are unsafe with.

    As long as they have not said that any way will do, only what they marked safe is used.
    Where it must wait until an hour the person chose, the answer is "refer": not now. Where somebody else may listen, it is "in part".

    Source: Domestic Abuse Act 2021, statutory guidance (July 2022); the persons’ own choice, UK GDPR Art 5(1)(f).

    Example:
        >>> from datetime import UTC
        >>> monday = datetime(2026, 11, 23, 10, tzinfo=UTC)
        >>> may_contact(ContactFacts(known=True, marked_safe=True), Channel.CALL, monday).outcome.value
        'permit'
        >>> may_contact(ContactFacts(known=True, marked_safe=True, no_voicemail=True), Channel.VOICEMAIL, monday).reasons
        ('They asked that no message is left on a voicemail.',)
    """
    no = _never(facts, channel)
    if no:
        return _answer(Outcome.DENY, "CTC-010", no)
    later = _not_now(facts, channel, at)
    if later:
        return _answer(Outcome.REFER, "CTC-020", later)
    if facts.heard_by_others and channel in SPOKEN:
        return _answer(Outcome.PERMIT_PART, "CTC-030", "Somebody else may answer or listen: speak to nobody but them, and say nothing of what it is about.", withhold=("subject",))
    return _answer(Outcome.PERMIT, "CTC-000", "They may be reached this way.")


def _never(facts: ContactFacts, channel: Channel) -> str:
    """Why a person must not be reached this way at all; empty where nothing speaks against it."""
    if facts.died:
        return "This person has died. Write to whoever acts for their estate."
    if facts.choice is ContactChoice.NONE:
        return "They asked not to be contacted."
    if facts.choice is ContactChoice.THROUGH_WORKER and channel is not Channel.THROUGH_WORKER:
        return "They asked to be reached through a practitioner only."
    if channel is Channel.PORTAL:
        return "Somebody else may see their screen." if facts.portal_unsafe else ""
    if channel in NEEDS_NO_ADDRESS:
        return ""
    if not facts.known:
        return "This is not among the addresses and numbers they gave."
    if facts.ended:
        return "This is no longer theirs."
    if facts.leads_to_somebody_unsafe:
        return "This leads to somebody they are unsafe with."
    if not facts.marked_safe and facts.choice is not ContactChoice.ANY:
        return "They did not say that this is safe."
    if channel is Channel.VOICEMAIL and facts.no_voicemail:
        return "They asked that no message is left on a voicemail."
    if facts.heard_by_others and channel in LEFT_LYING:
        return "Somebody else may read or hear what is left there."
    return ""


def _not_now(facts: ContactFacts, channel: Channel, at: datetime) -> str:
    """When they want to be reached, if that is not now. Letters and the portal wait for whoever reads them.

    Example:
        >>> from datetime import UTC
        >>> evening = ContactFacts(known=True, marked_safe=True, hours_from=time(18), hours_until=time(20), days=frozenset({0}))
        >>> _not_now(evening, Channel.CALL, datetime(2026, 11, 23, 10, tzinfo=UTC)), _not_now(evening, Channel.CALL, datetime(2026, 11, 23, 19, tzinfo=UTC))
        ('They asked to be reached between 18:00 and 20:00.', '')
    """
    if channel not in ARRIVES_AT_ONCE:
        return ""
    here = at.astimezone(LONDON)
    if facts.days and here.weekday() not in facts.days:
        return f"They asked to be reached on {' or '.join(DAYS[day] for day in sorted(facts.days))}."
    if not within_hours(here.time(), facts.hours_from, facts.hours_until):
        return f"They asked to be reached {hours_in_words(facts.hours_from, facts.hours_until)}."
    return ""


def within_hours(now: time, start: time | None, end: time | None) -> bool:
    """Whether a time of day lies within hours that may run over midnight; an open end is no limit.

    Example:
        >>> within_hours(time(23), time(22), time(6)), within_hours(time(7), time(22), time(6)), within_hours(time(7), None, None)
        (True, False, True)
    """
    first, last = start or time.min, end or time.max
    return first <= now <= last if first <= last else now >= first or now <= last


def hours_in_words(start: time | None, end: time | None) -> str:
    """The hours, as the end of a sentence."""
    if start and end:
        return f"between {start:%H:%M} and {end:%H:%M}"
    return f"after {start:%H:%M}" if start else f"before {end:%H:%M}"


def _answer(outcome: Outcome, rule: str, why: str, *, withhold: tuple[str, ...] = ()) -> Decision:
    return Decision(outcome, (why,), ("safe_contact_check",), withhold, rules=(rule,), rulebook=RULEBOOK)
