-- About five entries a person, of which this part is kept: half have three or fewer, one in a hundred has more than thirty, and a few have thousands. Somebody who works with the person wrote each.
CREATE TEMP TABLE new_entry ON COMMIT DROP AS
SELECT nextval(pg_get_serial_sequence('entry', 'id')) AS id, e.i, e.person_id, e.author_id, c.agency_id, e.happened_at, e.happened_at + interval '2 hours' AS written_at,
       w.name || ', ' || w.title || ', ' || a.name AS byline, s.kinds[1 + floor(e.draw * cardinality(s.kinds))::integer] AS kind, e.words, e.shared, e.sibling
  FROM (SELECT k.i, p.id AS person_id, k.authors[1 + floor(random() * cardinality(k.authors))::integer] AS author_id, %(at)s - interval '2 hours' - interval '1000 days' * random() ^ 1.5 AS happened_at,
               random() AS draw, floor(random() * %(passages)s)::integer AS words, random() < 0.08 AS shared, p.role = 'child' AND random() < 0.05 AS sibling
          FROM (SELECT *, least(20000, floor(1.85 / (1 - random()) ^ (2.0 / 3)))::integer AS entries FROM known OFFSET 0) k JOIN new_person p USING (i), generate_series(1, k.entries) WHERE random() < %(part)s) e
       JOIN crew c ON c.id = e.author_id JOIN sort s ON s.agency_id = c.agency_id JOIN practitioner w ON w.id = c.id JOIN agency a ON a.id = c.agency_id;
ANALYZE new_entry;

-- One in twelve was shared with another agency that works with the person.
CREATE TEMP TABLE new_share ON COMMIT DROP AS
SELECT DISTINCT ON (e.id) nextval(pg_get_serial_sequence('share', 'id')) AS id, nextval(pg_get_serial_sequence('routing_outcome', 'id')) AS outcome_id, gen_random_uuid() AS key,
       e.id AS entry_id, e.person_id, e.agency_id, e.author_id, e.kind, e.byline, t.agency_id AS to_agency, t.practitioner_id AS owner, m.id AS to_team, e.written_at,
       CASE WHEN random() < 0.04 THEN 'awaiting' WHEN random() < 0.03 THEN 'declined' ELSE 'acknowledged' END AS status, random() AS pace
  FROM new_entry e JOIN new_tie t ON t.i = e.i AND t.ends IS NULL AND t.practitioner_id IS NOT NULL AND t.agency_id <> e.agency_id
       JOIN crew c ON c.id = t.practitioner_id JOIN crew_team m ON m.agency_id = c.agency_id AND m.team = c.team
 WHERE e.shared;
ANALYZE new_share;

CREATE TEMP TABLE about ON COMMIT DROP AS
SELECT e.id AS entry_id, e.person_id, e.happened_at, e.written_at, e.author_id, e.agency_id, k.category_no FROM new_entry e JOIN pool_kind k USING (kind)
UNION ALL
SELECT e.id, o.id, e.happened_at, e.written_at, e.author_id, e.agency_id, k.category_no
  FROM new_entry e JOIN pool_kind k USING (kind) JOIN new_person p USING (i) JOIN new_person o ON o.household = p.household AND o.role = 'child' AND o.i <> p.i WHERE e.sibling;
ANALYZE about;

INSERT INTO entry (id, reference, submission_key, kind, category, agency_id, author_id, byline, tags, headline, account, words_of_person, effect, action_taken, no_action_reason,
                   happened_at, written_at, status, risk, correction_reason, not_online, keys, shared_to)
SELECT e.id, gen_random_uuid(), gen_random_uuid(), e.kind, k.category, e.agency_id, e.author_id, e.byline, '{}', k.name || ' on ' || to_char(e.happened_at, 'FMDD Mon'), w.account,
       CASE WHEN mod(e.id, 3) = 0 THEN w.own_words ELSE '' END, w.effect, w.action, '', e.happened_at, e.written_at, 'shared', 'none_known', '', false, a.keys,
       CASE WHEN h.id IS NULL THEN '{}' ELSE ARRAY[h.owner, 1000000000 + h.to_team::integer] END
  FROM new_entry e JOIN pool_kind k USING (kind) JOIN pool_words w ON w.place = e.words
       JOIN (SELECT entry_id, array_agg(record_key(person_id, agency_id::integer, category_no) ORDER BY person_id) AS keys FROM about GROUP BY 1) a ON a.entry_id = e.id
       LEFT JOIN new_share h ON h.entry_id = e.id;

INSERT INTO entry_subject (entry_id, person_id, happened_at, written_at, author_id, key, shared_to)
SELECT b.entry_id, b.person_id, b.happened_at, b.written_at, b.author_id, record_key(b.person_id, b.agency_id::integer, b.category_no), CASE WHEN h.id IS NULL THEN '{}' ELSE ARRAY[h.owner, 1000000000 + h.to_team::integer] END
  FROM about b LEFT JOIN new_share h ON h.entry_id = b.entry_id;

INSERT INTO entry_event (entry_id, at, by, what, note) SELECT id, written_at, byline, 'recorded', '' FROM new_entry;

INSERT INTO routing_outcome (id, entry_id, agency_id, team_id, outcome, reason_code, reason, rules, needs, purposes, origin, withheld_parts, obligations, decided_by_person, recorded_at,
                             from_practitioner, from_agency)
SELECT outcome_id, entry_id, to_agency, to_team, 'share', '', 'They work with the person and need to know what has changed.', '{REC-010}', '{}', '{direct_care}', 'declared', '{}', '{}', false, written_at,
       author_id, agency_id FROM new_share;

-- What is still awaited came in lately and is not late yet.
INSERT INTO share (id, reference, entry_id, outcome_id, kind, headline, person_id, from_agency_id, from_practitioner_id, to_agency_id, to_team_id, owner, why, withheld_parts, obligations,
                   minimum_fields, purpose, signature, phone_fallback, needs_decision, in_order, clock, sent_at, half_at, due_at, next_step_at, status, delivered_at, first_read_at, phone_note,
                   answered_at, answered_by_id, decline_reason, decision, used)
SELECT h.id, gen_random_uuid(), h.entry_id, h.outcome_id, h.kind, k.name, h.person_id, h.agency_id, h.author_id, h.to_agency, h.to_team, h.owner,
       'They work with the person and need to know what has changed.', '{}', '{}', '{}', 'direct_care', '', false, false, false, '1_working_day', d.sent_at, d.sent_at + d.due / 2, d.sent_at + d.due,
       CASE h.status WHEN 'awaiting' THEN %(at)s + interval '1 day' END, h.status, d.sent_at + interval '2 seconds', CASE WHEN h.status <> 'awaiting' THEN d.sent_at + d.due * h.pace END, '',
       CASE WHEN h.status <> 'awaiting' THEN d.sent_at + d.due * h.pace END, CASE WHEN h.status <> 'awaiting' THEN h.owner END,
       CASE h.status WHEN 'declined' THEN 'We no longer work with them.' ELSE '' END, '', CASE h.status WHEN 'acknowledged' THEN h.pace < 0.6 END
  FROM new_share h JOIN pool_kind k USING (kind)
       CROSS JOIN LATERAL (SELECT CASE h.status WHEN 'awaiting' THEN %(at)s - interval '20 hours' * h.pace ELSE h.written_at END AS sent_at, interval '3 days' AS due) d;

INSERT INTO delivery (share_id, key, channel, agency_id, person_id, created_at, attempts, next_attempt_at, last_error, delivered_at)
SELECT id, key, 'inbox', to_agency, person_id, written_at, 1, written_at, '', written_at + interval '2 seconds' FROM new_share;
INSERT INTO inbox_item (share_id, delivery_key, received_at) SELECT id, key, written_at + interval '2 seconds' FROM new_share;
INSERT INTO share_event (share_id, at, by, what, note)
SELECT id, written_at, byline, 'sent', '' FROM new_share
UNION ALL SELECT h.id, h.written_at + interval '3 days' * h.pace, w.name, h.status, '' FROM new_share h JOIN practitioner w ON w.id = h.owner WHERE h.status <> 'awaiting';

-- The ledger says what came in this way: no line of reading stands behind these rows.
SELECT ledger_append(verb => 'register', surface => 'cli', category => 'index_entry', item => 'synthetic population', decision => 'permit', automatic => true,
    detail => jsonb_build_object('district', %(town)s, 'people', (SELECT count(*) FROM new_person), 'entries', (SELECT count(*) FROM new_entry), 'shares', (SELECT count(*) FROM new_share)));
