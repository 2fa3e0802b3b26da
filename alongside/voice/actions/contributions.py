"""What people say, by whatever way it comes in, and what the partnership says back."""

import secrets
import uuid
from datetime import date, datetime
from json import dumps

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.common.london import london_day
from alongside.partnerships.actions.doors import NotNow, said_no, through_the_door
from alongside.voice.facts import Answer, NewContribution
from alongside.voice.rules.references import ALPHABET, LENGTH, reference_from
from alongside.voice.rules.replies import not_yet_an_answer


def new_reference() -> str:
    """A reference that nobody can guess: for what is said now, or to print on a form that will be typed in later."""
    return reference_from(tuple(secrets.randbelow(len(ALPHABET)) for _ in range(LENGTH - 1)))


def have_your_say(*, partnership_id: int, new: NewContribution, key: uuid.UUID, at: datetime) -> str:
    """
    1. Anybody says something, without a name, to a partnership that is at work.
    2. Its clock starts: the answer is due on the day that its forum promises.
    3. Gives the reference with which the answer can be read. Sent twice with one key, it is one contribution.
    """
    with said_no():
        return str(database.value("SELECT have_your_say(%s, %s)", _words(partnership_id, new, new_reference(), key), at))


def type_in(*, by: Actor, partnership_id: int, new: NewContribution, key: uuid.UUID, at: datetime, reference: str = "") -> str:
    """Type in what was said on the telephone, face to face or on paper; it is marked as typed in, and by whom. A printed form brings its own reference."""
    return str(through_the_door(by, "type_in_contribution(%s, %s)", _words(partnership_id, new, reference or new_reference(), key), at))


def answer(*, by: Actor, contribution_id: int, answer: Answer, key: uuid.UUID, at: datetime) -> int:
    """
    1. Refuse an answer that does not say what was heard, why, and, where something is adopted, by when.
    2. Write it beside what was said before: the newest holds, and whoever has the reference reads all of them.
    3. The first answer stops the clock.
    """
    missing = not_yet_an_answer(answer, london_day(at))
    if missing:
        raise NotNow(missing)
    words = {"contribution": contribution_id, "verdict": answer.verdict, "heard": answer.heard, "why": answer.why, "by_when": answer.by_when, "public": answer.public, "key": key}
    return int(through_the_door(by, "answer_contribution(%s, %s)", dumps(words, default=str), at))


def say_what_changed(*, by: Actor, contribution_id: int, what: str, done_on: date, key: uuid.UUID, at: datetime) -> int:
    """Say what is different now because of a contribution that was adopted, wholly or partly."""
    return int(through_the_door(by, "say_what_changed(%s, %s)", dumps({"contribution": contribution_id, "what": what, "done_on": done_on, "key": key}, default=str), at))


def redact(*, by: Actor, contribution_id: int, passage: str, why: str, at: datetime) -> int:
    """The lead takes out words that point at somebody, wherever they stand in it. What they were is kept nowhere; that they were taken out, is. Gives how many characters went."""
    return int(through_the_door(by, "redact_contribution(%s, %s, %s, %s)", contribution_id, passage, why, at))


def _words(partnership_id: int, new: NewContribution, reference: str, key: uuid.UUID) -> str:
    return dumps(
        {
            "partnership": partnership_id, "forum": new.forum_id, "reference": reference, "route": new.route, "seat": new.seat or "", "words": new.words.strip(), "exact": new.exact,
            "received_at": new.received_at, "due_at": new.due_at, "key": key,
        },
        default=str,
    )  # fmt: skip
