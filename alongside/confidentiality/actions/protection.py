"""The end of a marker whose very existence is secret: a records office asks, a second person agrees; from that moment the finder finds, and the gate decides, as for anybody."""

import json
from datetime import datetime

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.common.decisions import Conflict, Decision, NotKnown, Outcome
from alongside.confidentiality import facts as words
from alongside.confidentiality.actions.by_two import permitted
from alongside.confidentiality.gate.obligations import FAMILY, Happened, notice_of
from alongside.confidentiality.queries.protection import ending_to_answer, protection_to_end

TOLD = "A special protection of your record has ended, after two people looked at it. If you think that this is wrong, tell somebody who works with you, or complain on the page Who looked."


class StillTrue(ValueError):
    """What would follow is no longer what was shown."""


def ask_to_end(*, by: Actor, marker_id: int, reason: str, seal: str, at: datetime) -> int:
    """
    1. The database says whether this records office looks after the marker, the gate whether it may ask, by rules.
    2. What would follow must be what was shown (`seal`).
    3. It waits for a second person, on a clock; until they agree nothing changes. Asked twice is asked once.

    Returns the ending that waits. Raises ReasonNotEnough, StillTrue, Refused or NotKnown.
    """
    found = protection_to_end(marker_id)
    if found is None or found.ended:
        raise NotKnown
    line = _permitted(by, found.flag, reason, f"protection:{marker_id}", relation=words.Relation.RECORDS_ROLE, at=at)
    if found.effect.seal != seal:
        raise StillTrue("What would follow has changed since you looked. Read it again, then ask")
    made = database.value("SELECT ask_to_end(%s, %s, line_of_ending(%s, NULL, %s))", marker_id, reason.strip(), marker_id, json.dumps(line))
    if made is None:
        raise NotKnown
    return int(made)


def answer_ending(*, by: Actor, ending_id: int, agreed: bool, answer: str, seal: str, at: datetime) -> None:
    """
    1. The database says whether they are the second person, never the one who asked; the gate whether they may, by rules.
    2. What would follow must be what was shown (`seal`).
    3. Agreed: the marker ends in this act, and the person is told on their own screen, unless that is not safe now. Not agreed: it stays, and says why.

    Raises ReasonNotEnough, StillTrue, Refused, NotKnown, or Conflict when somebody answered meanwhile.
    """
    found = ending_to_answer(ending_id)
    if found is None:
        raise NotKnown
    if found.answered_at is not None:
        raise Conflict(answer, found.answer, field="answer")
    line = _permitted(by, found.flag, answer, f"ending:{ending_id}", relation=words.Relation.NONE, at=at)
    if found.effect.seal != seal:
        raise StillTrue("What would follow has changed since you looked. Read it again, then answer")
    line_id = database.value("SELECT line_of_ending(NULL, %s, %s)", ending_id, json.dumps(line | {"detail": {"agreed": agreed}}))
    happened = Happened(Decision(Outcome.PERMIT), by, None, line_id or 0, f"ending:{ending_id}", at, "change_access", "data_quality", "index_entry")
    said = database.value("SELECT answer_ending(%s, %s, %s, %s, %s)", ending_id, agreed, answer.strip(), line_id, json.dumps(notice_of(happened, TOLD, code="protection_ended", hidden_from=FAMILY)))
    if said == "answered":
        raise Conflict(answer, "Somebody answered meanwhile.", field="answer")
    if said != "settled":
        raise NotKnown



def _permitted(by: Actor, flag: str, reason: str, item: str, *, relation: words.Relation, at: datetime) -> dict[str, object]:
    return permitted(by, reason, item, purpose=words.Purpose.DATA_QUALITY, facts={"protection_over": True}, relation=relation, flags=frozenset({words.Flag(flag)}), at=at)
