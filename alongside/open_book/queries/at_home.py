"""What of the books waits for somebody: one question for the partnership's home (see `alongside.partnerships.queries.waiting`)."""

IN_THE_BOOKS = """
SELECT 'question', q.line_id, 1, q.due_on::timestamptz, g.name FROM line_query q JOIN agency g ON g.id = q.agency_id WHERE q.partnership_id = %(place)s AND q.answered_at IS NULL AND (q.due_on < %(day)s OR is_over(%(place)s))
UNION ALL SELECT 'not_come', NULL, count(*)::int, min(c.due_on)::timestamptz, '' FROM contribution c
      WHERE c.partnership_id = %(place)s AND c.due_on <= %(day)s AND c.amount > coalesce((SELECT sum(r.amount) FROM receipt r WHERE r.contribution_id = c.id), 0) HAVING count(*) > 0
UNION ALL SELECT 'over', d.id, 1, least((d.last + 1)::timestamptz, s.ends), d.name FROM accounting_period d JOIN partnership s ON s.id = d.partnership_id
      WHERE d.partnership_id = %(place)s AND d.status = 'open' AND (d.last < %(day)s OR s.ends <= %(at)s)
UNION ALL SELECT 'close', d.id, 1, NULL, d.name FROM accounting_period d WHERE d.partnership_id = %(place)s AND d.status = 'proposed'
"""
