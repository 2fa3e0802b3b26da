"""A partnership ends, or goes on after all; and what goes back to whom is written down and given back."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from json import dumps
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.common.london import london_day
from alongside.partnerships.actions.doors import NotNow, said_no, through_the_door
from alongside.partnerships.facts import GoesBack, Resource
from alongside.partnerships.models import BoardDecision, Ending, ResourceReturn
from alongside.partnerships.rules.endings import moment_of_the_end, not_decided

PAST = "Choose today or a day ahead: what flowed until now was let flow."
LEADS_ONLY = "A partnership is ended by its lead, once its board has decided it."


@dataclass(frozen=True, slots=True)
class SeesTo:
    """Who sees to what goes back, and by when."""

    owner_id: int
    due: date


def end_partnership(
    *, by: Actor, partnership_id: int, decision: BoardDecision, on: date, reason: str, information: str, returns: Iterable[GoesBack] = (), sees_to: SeesTo | None = None, successor_id: int | None = None,
    at: datetime, key: uuid.UUID | None = None,
) -> Ending:  # fmt: skip
    """
    1. Refuse without a decision of the board to end it, and a day that is past.
    2. What flows ends with that moment: today at once, else with the day's first moment by the database's own clock.
    3. What goes back to whom is written down, each with who sees to it and by when; and who sees to what is left in the lead's place.
    4. When the moment has come, agreements end, what teams asked to know ends, and nobody is a partner any more.

    Sent twice with the same key, it is one.
    """
    sent = Ending.objects.filter(key=key, by_id=by.practitioner_id).first() if key else None
    if sent:
        return sent
    why_not = not_decided(decision.in_favour, decision.against, ends_partnership=decision.ends_partnership, used=Ending.objects.filter(decision=decision).exists())
    moment = moment_of_the_end(on, at)
    if why_not or moment is None:
        raise NotNow(why_not or PAST)
    words = {
        "partnership": partnership_id, "decision": decision.pk, "ends": moment if moment > at else None, "reason": reason, "information": information, "key": key, "successor": successor_id,
        "returns": [line_of(one, sees_to) for one in returns if sees_to],
    }  # fmt: skip
    return Ending.objects.get(pk=through_the_door(by, "end_partnership(%s, %s)", dumps(words, default=str), at))


def call_off(*, by: Actor, ending: Ending, because: str, at: datetime) -> None:
    """Before its moment the lead calls the end off; what is agreed flows on as before."""
    through_the_door(by, "call_off_ending(%s, %s, %s)", ending.pk, because, at)


def plan_return(*, by: Actor, partnership_id: int, line: GoesBack, sees_to: SeesTo, at: datetime, key: uuid.UUID | None = None) -> None:
    """One more line of the exit plan. Sent twice with the same key, it is one."""
    with said_no():
        database.value("SELECT plan_return(%s, %s, %s)", partnership_id, dumps(line_of(line, sees_to) | {"key": key}, default=str), at)


def give_back(*, by: Actor, line: ResourceReturn, how: str, at: datetime) -> None:
    """It was given back, and how. Said twice in the same words, it is one."""
    with said_no():
        database.value("SELECT give_back(%s, %s, %s)", line.pk, how, at)


def line_of(one: GoesBack, sees_to: SeesTo | None) -> dict[str, Any]:
    return {"kind": Resource(one.kind).value, "what": one.what, "amount": one.amount, "agency": one.agency_id, "owner": sees_to.owner_id if sees_to else None, "due": sees_to.due if sees_to else None}


# -- later --------------------------------------------------------------------------------------------------------------------------------


def carry_out_what_is_due() -> int:
    """Every end whose moment has come. Its taps have been shut since that moment, whether this ran or not."""
    return int(database.value("SELECT carry_out_endings_due()"))


def tell_members(*, at: datetime) -> int:
    """
    1. Of each end, end called off and leaving that nobody was told of, note that its members are told.
    2. Write to all of them; only when the letters are taken does the note stand.

    Gives how many were told of. Killed half way, it may write twice; it never fails to write.
    """
    with transaction.atomic():
        found = database.rows("SELECT * FROM endings_to_tell(%s)", at)
        get_connection().send_messages([letter(*words, addresses) for *words, addresses in found if addresses])
    return len(found)


def letter(what: str, partnership: str, agency: str, moment: datetime, because: str, addresses: list[str]) -> EmailMessage:
    day = f"{london_day(moment):%d %B %Y}"
    subject, words = {
        "ends": (f"{partnership} ends on {day}", f"{partnership} ends on {day}. From then on nothing flows under its agreements. Why: {because}\n\nSign in to Alongside to read what goes back to whom and who sees to it."),
        "goes_on": (f"{partnership} goes on", f"The end of {partnership}, planned for {day}, has been called off. Why: {because}\n\nWhat is agreed flows on as before."),
        "left": (f"{agency} has left {partnership}", f"{agency} left {partnership} on {day}. Nothing flows to it or from it under its agreements any more. Why: {because}\n\nSign in to Alongside to read what goes back."),
    }[what]  # fmt: skip
    return EmailMessage(f"Alongside: {subject}", f"{words}\n", bcc=addresses)
