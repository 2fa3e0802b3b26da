"""Sending what is owed: the outbox is emptied, sent and then marked, so that a kill at any moment costs a repeat and never a loss."""

import json
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from alongside.records.actions.endpoint import Answer, post

IN_ONE_TURN = 2000
CALLS_IN_ONE_TURN = 200
LINES_AT_ONCE = 8
FIRST_REST, LONGEST_REST = timedelta(seconds=5), timedelta(minutes=10)
LEASE = timedelta(minutes=2)
"""How long a message taken for sending is left alone by other workers; longer than any call may last."""

TURN = """
    SELECT d.id, d.share_id, d.key, d.agency_id, d.person_id, d.payload, d.attempts, s.in_order
      FROM delivery d JOIN share s ON s.id = d.share_id
     WHERE d.channel = %(channel)s AND d.delivered_at IS NULL AND d.cancelled_at IS NULL AND d.next_attempt_at <= %(at)s AND s.status NOT IN ('held', 'withdrawn')
     ORDER BY d.next_attempt_at, d.id LIMIT %(limit)s FOR UPDATE OF d SKIP LOCKED
"""

IN_ITS_TURN = """
    SELECT t.* FROM turn t
     WHERE NOT t.in_order OR NOT EXISTS (
           SELECT 1 FROM delivery e JOIN share f ON f.id = e.share_id
            WHERE e.agency_id = t.agency_id AND e.person_id = t.person_id AND e.channel = %(channel)s AND e.id < t.id AND e.delivered_at IS NULL AND e.cancelled_at IS NULL
              AND f.in_order AND f.status NOT IN ('held', 'withdrawn') AND NOT EXISTS (SELECT 1 FROM turn u WHERE u.id = e.id))
"""
"""Rule ACK-060 (`rules.acknowledgement.may_deliver`) as a set: what must keep its place waits while something earlier that must keep its own,
about the same person and for the same agency, has not gone and does not go in this very turn."""

MARK_SHARES = """
    UPDATE share s SET delivered_at = %(at)s WHERE s.id = ANY (%(shares)s) AND s.delivered_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.share_id = s.id AND d.delivered_at IS NULL AND d.cancelled_at IS NULL)
"""


def deliver_to_inboxes(*, at: datetime) -> int:
    """
    1. Take a batch of messages whose time has come, each in its order; another worker passes by what is taken.
    2. Put each into its team's inbox: once, however often it is sent, because the inbox knows the share.
    3. Mark each as delivered, with its event; a share is delivered when nothing of it waits any longer.

    Returns how many went.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"""WITH turn AS MATERIALIZED ({TURN}), ready AS MATERIALIZED ({IN_ITS_TURN}),
            arrived AS (INSERT INTO inbox_item (share_id, delivery_key, received_at) SELECT share_id, key, %(at)s FROM ready ORDER BY id ON CONFLICT DO NOTHING)
            UPDATE delivery d SET delivered_at = %(at)s, attempts = d.attempts + 1, last_error = '' FROM ready r WHERE d.id = r.id RETURNING d.share_id""",
            {"channel": "inbox", "at": at, "limit": IN_ONE_TURN},
        )
        gone = [share for (share,) in cursor.fetchall()]
        _mark(cursor, gone, at)
    return len(gone)


@dataclass(frozen=True, slots=True)
class Message:
    """One message for an agency's own system. It names nobody: only which share waits in Alongside, of what kind, and until when."""

    id: int
    share_id: int
    key: UUID
    agency_id: int
    person_id: int
    payload: dict[str, Any]
    attempts: int
    in_order: bool
    url: str = ""


def deliver_to_endpoints(*, at: datetime) -> int:
    """
    1. Take a batch for agencies that have a system of their own, and lease it, so that another worker passes by.
    2. Outside any transaction, send each agency its messages in order; when its line fails, the rest of its batch waits with the one that failed.
    3. Mark what was answered; let what was not rest, longer each time; when a line is back, what waits for it goes at once.

    Killed between sending and marking, the lease ends and it is sent again under the same key. Returns how many went.
    """
    taken = _take(at)
    if not taken:
        return 0
    lines: dict[int, list[Message]] = defaultdict(list)
    for message in taken:
        lines[message.agency_id].append(message)
    with ThreadPoolExecutor(max_workers=LINES_AT_ONCE) as calls:
        answers = [answer for line in calls.map(_send_in_order, lines.values()) for answer in line]
    return _record(answers, at)


def _take(at: datetime) -> list[Message]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"""WITH turn AS MATERIALIZED ({TURN}), ready AS MATERIALIZED ({IN_ITS_TURN})
            UPDATE delivery d SET next_attempt_at = %(lease)s FROM ready r JOIN agency g ON g.id = r.agency_id WHERE d.id = r.id
            RETURNING r.id, r.share_id, r.key, r.agency_id, r.person_id, r.payload::text, r.attempts, r.in_order, g.endpoint_url""",
            {"channel": "endpoint", "at": at, "limit": CALLS_IN_ONE_TURN, "lease": at + LEASE},
        )
        taken = [Message(*row) for row in cursor.fetchall()]
    return sorted((replace(message, payload=json.loads(str(message.payload))) for message in taken), key=lambda message: message.id)


def _send_in_order(messages: Iterable[Message]) -> list[tuple[Message, Answer]]:
    """Stop at the first failure of the line, and for one person at the first message that is refused: what comes after would fail too, or overtake."""
    answers: list[tuple[Message, Answer]] = []
    down: Answer | None = None
    stuck: set[int] = set()
    for message in messages:
        behind = WAITS if message.in_order and message.person_id in stuck else None
        answer = down or behind or post(message.url, key=message.key, payload=message.payload)
        answers.append((message, answer))
        if answer.line_is_down:
            down = answer
        if message.in_order and not answer.received:
            stuck.add(message.person_id)
    return answers


WAITS = Answer(False, "Waits for an earlier message about the same person")


def _record(answers: list[tuple[Message, Answer]], at: datetime) -> int:
    gone = [message for message, answer in answers if answer.received]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE delivery SET delivered_at = %s, attempts = attempts + 1, last_error = '' WHERE id = ANY (%s)", [at, [message.id for message in gone]])
        for message, answer in answers:
            if not answer.received:
                cursor.execute(
                    "UPDATE delivery SET attempts = attempts + 1, last_error = %s, next_attempt_at = %s WHERE id = %s", [answer.problem[:200], at + rest(message.attempts), message.id]
                )
        _mark(cursor, [message.share_id for message in gone], at)
        back = {message.agency_id for message in gone} - {message.agency_id for message, answer in answers if answer.line_is_down}
        cursor.execute(
            "UPDATE delivery SET next_attempt_at = %(at)s WHERE channel = 'endpoint' AND agency_id = ANY (%(back)s) AND delivered_at IS NULL AND cancelled_at IS NULL AND next_attempt_at > %(at)s AND NOT id = ANY (%(tried)s)",
            {"at": at, "back": sorted(back), "tried": [message.id for message, answer in answers if not answer.received]},
        )
    return len(gone)


def rest(attempts: int) -> timedelta:
    """How long a message rests after so many failed attempts before this one.

    Example:
        >>> [rest(n).total_seconds() for n in (0, 1, 2, 20)]
        [5.0, 10.0, 20.0, 600.0]
    """
    return min(FIRST_REST * 2 ** min(attempts, 10), LONGEST_REST)


def _mark(cursor: Any, shares: list[int], at: datetime) -> None:
    if shares:
        cursor.execute(
            f"WITH marked AS ({MARK_SHARES} RETURNING s.id) INSERT INTO share_event (share_id, at, by, what, note) SELECT id, %(at)s, 'Alongside', 'delivered', '' FROM marked",
            {"at": at, "shares": shares},
        )
