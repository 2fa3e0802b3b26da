"""Everything at a partnership's table that waits for somebody. Each room has a question of its own; the home page asks all of them at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from alongside.partnerships.queries.board import UNSETTLED
from alongside.partnerships.rules.signing_up import HOLDS_FOR, REMIND_BEFORE

SOON, MINUTES_WITHIN, YEAR = timedelta(days=14), timedelta(days=7), timedelta(days=365)

AT_THE_TABLE = """
WITH newest AS (
    SELECT v.id, v.version, v.opened_at, v.adopted_at FROM vision v WHERE v.partnership_id = %(place)s AND v.opened_at IS NOT NULL ORDER BY v.version DESC LIMIT 1
), said AS (
    SELECT y.id, y.signatory_id, s.answer, s.at FROM vision_party y JOIN newest n ON n.id = y.vision_id JOIN partner p ON p.partnership_id = %(place)s AND p.agency_id = y.agency_id AND p.left_at IS NULL
      LEFT JOIN LATERAL (SELECT answer, at FROM sign_up WHERE party_id = y.id ORDER BY at DESC, id DESC LIMIT 1) s ON true
), voting AS (
    SELECT id FROM board_member WHERE partnership_id = %(place)s AND ended_at IS NULL AND votes
), needed AS (
    SELECT coalesce((SELECT members FROM board_rules WHERE partnership_id = %(place)s ORDER BY at DESC, id DESC LIMIT 1), %(unsettled)s) AS members
)
SELECT 'sign', n.id, n.version, n.opened_at, '' FROM newest n JOIN said s ON s.signatory_id = %(me)s AND (s.answer IS NULL OR s.answer = 'would_sign_if')
UNION ALL SELECT 'say_again', n.id, n.version, s.at + %(holds)s, '' FROM newest n JOIN said s ON s.signatory_id = %(me)s AND s.answer = 'signed' AND s.at + %(holds)s - %(remind)s <= %(at)s
UNION ALL SELECT 'unsigned', n.id, count(*)::int, n.opened_at, max(n.version)::text FROM newest n JOIN said s ON s.answer IS DISTINCT FROM 'signed' WHERE n.adopted_at IS NULL GROUP BY n.id, n.opened_at
UNION ALL SELECT 'remark', r.vision_id, count(*)::int, min(r.at), '' FROM vision_remark r JOIN vision v ON v.id = r.vision_id AND v.partnership_id = %(place)s AND v.adopted_at IS NULL WHERE r.answered_at IS NULL GROUP BY r.vision_id
UNION ALL SELECT 'dispute', d.id, 1, d.at, g.name || ' and ' || h.name FROM role_dispute d JOIN agency g ON g.id = d.agency_id JOIN agency h ON h.id = d.against_id WHERE d.partnership_id = %(place)s AND d.settled_at IS NULL
UNION ALL SELECT 'quorum', m.id, (needed.members - there.count)::int, m.starts, m.name FROM board_meeting m CROSS JOIN needed CROSS JOIN LATERAL (
        SELECT count(*) FROM voting b WHERE coalesce((SELECT came FROM attendance a WHERE a.meeting_id = m.id AND a.member_id = b.id ORDER BY a.at DESC, a.id DESC LIMIT 1), 'present') IN ('present', 'substitute')) there
      WHERE m.partnership_id = %(place)s AND m.closed_at IS NULL AND m.cancelled_at IS NULL AND m.starts <= %(at)s + %(soon)s AND there.count < needed.members
UNION ALL SELECT 'minutes', m.id, 1, m.starts, m.name FROM board_meeting m WHERE m.partnership_id = %(place)s AND m.closed_at IS NULL AND m.cancelled_at IS NULL AND m.starts < %(at)s - %(minutes)s
UNION ALL SELECT 'action', NULL, count(*)::int, min(a.due), '' FROM board_action a JOIN agenda_item i ON i.id = a.item_id JOIN board_meeting m ON m.id = i.meeting_id
      WHERE m.partnership_id = %(place)s AND a.done_at IS NULL AND a.due < %(day)s HAVING count(*) > 0
UNION ALL SELECT 'risk', NULL, count(*)::int, min(j.next_review), '' FROM partnership_risk k JOIN LATERAL (SELECT next_review FROM partnership_risk_review WHERE risk_id = k.id ORDER BY at DESC, id DESC LIMIT 1) j ON true
      WHERE k.partnership_id = %(place)s AND k.closed_at IS NULL AND j.next_review < %(day)s HAVING count(*) > 0
UNION ALL SELECT 'duty', NULL, count(*)::int, NULL, '' FROM duty d WHERE d.partnership_id = %(place)s AND d.ended_at IS NULL
      AND 1 <> (SELECT count(*) FROM duty_holder h WHERE h.duty_id = d.id AND h.ended_at IS NULL AND h.part = 'accountable') HAVING count(*) > 0
UNION ALL SELECT 'complaint', NULL, count(*)::int, min(c.due_on), '' FROM partnership_complaint c WHERE c.partnership_id = %(place)s AND c.answered_at IS NULL AND (c.due_on < %(day)s OR is_over(%(place)s)) HAVING count(*) > 0
UNION ALL SELECT 'driver', NULL, 1, w.driver_ends, '' FROM (SELECT driver_ends FROM initiative WHERE partnership_id = %(place)s ORDER BY at DESC, id DESC LIMIT 1) w WHERE w.driver_ends < %(day)s
UNION ALL SELECT 'forgotten', n.id, 1, n.lead_told_at, t.name || ', ' || g.name FROM information_need n JOIN team t ON t.id = n.team_id JOIN agency g ON g.id = n.agency_id
      WHERE n.partnership_id = %(place)s AND n.ends IS NULL AND n.lead_told_at IS NOT NULL AND n.backlog_offered_at IS NULL
UNION ALL SELECT 'decided_to_end', d.id, 1, d.at, '' FROM board_decision d JOIN agenda_item i ON i.id = d.item_id JOIN board_meeting m ON m.id = i.meeting_id AND m.partnership_id = %(place)s
      WHERE d.ends_partnership AND d.in_favour > d.against AND NOT EXISTS (SELECT 1 FROM partnership_ending e WHERE e.decision_id = d.id)
UNION ALL SELECT 'give_back', NULL, count(*)::int, min(r.due)::timestamptz, bool_or(r.owner_id = %(me)s)::text FROM resource_return r WHERE r.partnership_id = %(place)s AND r.done_at IS NULL HAVING count(*) > 0
UNION ALL SELECT 'needs', NULL, count(*)::int, NULL, '' FROM information_need n WHERE n.partnership_id = %(place)s AND n.ends IS NULL
"""
"""A question gives rows of five: what waits (a word), which row, how many, since or until when, a name. `place`, `me`, `at` and `day` are given to each."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: what (a word of the question), which, how many, since or until when, and a name where it has one."""

    what: str
    which: int | None
    count: int
    when: datetime | None
    name: str


def waiting(questions: Sequence[str], partnership_id: int, *, practitioner_id: int | None, at: datetime) -> list[Waiting]:
    """What waits, by all these questions in one. Row security answers only whoever sits at the table."""
    words = {
        "place": partnership_id, "me": practitioner_id, "at": at, "day": at.date(), "soon": SOON, "minutes": MINUTES_WITHIN, "holds": HOLDS_FOR, "remind": REMIND_BEFORE, "unsettled": UNSETTLED.members, "year": YEAR,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"({question})" for question in questions), words)
        return [Waiting(*row) for row in cursor.fetchall()]
