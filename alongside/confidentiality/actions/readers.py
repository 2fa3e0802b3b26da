"""Those who alone may open a record have left: whoever watches over it names others, or lifts what keeps it for few. They never read it by doing so."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.common.decisions import Conflict, Decision, NotKnown, Outcome
from alongside.confidentiality import facts as words
from alongside.confidentiality import gate
from alongside.confidentiality.actions.by_two import permitted
from alongside.confidentiality.gate.obligations import Happened, notice_of
from alongside.confidentiality.queries.readers import ReadersWanted, readers_wanted


class WhoChanged(ValueError):
    """Who could take over has changed since it was shown."""


def ask_for_readers(*, by: Actor, practitioner_id: int, at: datetime) -> int:
    """
    1. Whoever hands over what somebody holds asks, before that somebody leaves; the database says who may.
    2. For every record that only the leaver may open, its guardian has it on their list: name who may after them.

    Returns how many. Asked twice is asked once. Raises NotKnown for who may not hand over what they hold.
    """
    line_id = gate.note(verb="change_access", category="index_entry", purpose="supervision", decision="permit", item=f"leaver:{practitioner_id}")
    asked = database.value("SELECT ask_for_readers(%s, %s)", practitioner_id, line_id)
    if asked is None:
        raise NotKnown
    return int(asked)


def name_readers(*, by: Actor, kept_id: int, practitioners: Iterable[int], reason: str, review_on: date, seal: str, at: datetime) -> None:
    """
    1. The database says whether it is theirs to settle, and whether anybody is left; the gate whether they may, by rules.
    2. What is done is what was shown (`seal`).
    3. The restriction goes on for those named, from this moment. Whoever is named and had no part is allocated, and must read the record within a day.
    4. The ledger says who named whom and why; the person is told, unless facts on file say that it is not safe now.

    Raises ReasonNotEnough, WhoChanged, Refused, NotKnown, or Conflict when somebody settled it meanwhile.
    """
    named = sorted(set(practitioners))
    text = "Those who could open your record have left their work. {who} named who may open it from now on, so that somebody is there for you. They did not read it."
    _settle(by, kept_id, named, reason, review_on, seal, text, at=at)


def lift_for_nobody(*, by: Actor, kept_id: int, reason: str, seal: str, at: datetime) -> None:
    """
    1. As above: theirs to settle, nobody left, permitted, and as it was shown.
    2. After the review that `reason` tells of, the restriction ends now: the record opens to those who work with the person, as agreements and choices say.
    3. The ledger says so, and the person is told, unless that is not safe now.

    Raises ReasonNotEnough, WhoChanged, Refused, NotKnown or Conflict.
    """
    text = "Those who could open your record have left their work. {who} looked at whether it must still be kept for few, and opened it again to those who work with you. They did not read it."
    _settle(by, kept_id, [], reason, None, seal, text, at=at)


def _settle(by: Actor, kept_id: int, named: list[int], reason: str, review_on: date | None, seal: str, text: str, *, at: datetime) -> None:
    found = readers_wanted(kept_id)
    if found is None:
        raise NotKnown
    if not found.waits:
        raise Conflict(reason, found.came or "Somebody may open it again.", field="reason")
    line = _permitted(by, found, reason, at=at)
    if found.seal(named) != seal:
        raise WhoChanged("Who could take over has changed since you looked. Read it again, then confirm")
    line_id = database.value("SELECT line_of_readers(%s, %s)", kept_id, json.dumps(line))
    happened = Happened(Decision(Outcome.PERMIT, obligations=tuple(line["obligations"])), by, None, line_id or 0, about(kept_id), at, "change_access", "audit", found.category)
    notice = notice_of(happened, text.format(who=happened.by), code="readers_named")
    answer = database.value("SELECT settle_readers(%s, %s, %s, %s, %s, %s)", kept_id, named, reason.strip(), review_on, line_id, json.dumps(notice))
    if answer == "answered":
        raise Conflict(reason, found.came, field="reason")
    if answer == "not_one_of_them":
        raise WhoChanged("Somebody you chose cannot take over any more. Choose again")
    if answer != "settled":
        raise NotKnown


def _permitted(by: Actor, found: ReadersWanted, reason: str, *, at: datetime) -> dict[str, Any]:
    facts = {"on_named_list": False, "no_reader_left": found.waits}
    line = permitted(
        by, reason, about(found.id), purpose=words.Purpose.AUDIT, facts=facts, relation=words.Relation.NONE, flags=frozenset({words.Flag.RESTRICTED_RECORD}),
        category=words.Category(found.category or "whole_record"), kind=words.Kind.CHILD if found.child else words.Kind.ADULT, at=at,
    )  # fmt: skip
    return line | {"basis": "art5_2_accountability"}


def about(kept_id: int) -> str:
    """How ledger lines and obligations name what nobody may open.

    Example:
        >>> about(4)
        'readers:4'
    """
    return f"readers:{kept_id}"
