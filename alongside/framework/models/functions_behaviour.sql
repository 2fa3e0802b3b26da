-- What passes between agencies, counted by day: how many and how fast, nobody's name. For the worker alone; pages read what it found.

CREATE OR REPLACE FUNCTION first_day_of_sharing() RETURNS date
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT (min(o.recorded_at) AT TIME ZONE 'Europe/London')::date FROM (SELECT DISTINCT agency_id FROM partner) g
           CROSS JOIN LATERAL (SELECT recorded_at FROM routing_outcome WHERE agency_id = g.agency_id ORDER BY recorded_at LIMIT 1) o
$$;

-- Count the days from one to another anew. p_steps: upper edges in hours of the lengths of time by which answers are counted; p_referrals: kinds of entry that refer.
CREATE OR REPLACE FUNCTION count_sharing(p_from date, p_until date, p_steps float8[], p_referrals text[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE begins timestamptz := p_from::timestamp AT TIME ZONE 'Europe/London'; ends timestamptz := (p_until + 1)::timestamp AT TIME ZONE 'Europe/London';
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('count_sharing'));
    DELETE FROM sharing_day WHERE day BETWEEN p_from AND p_until;
    INSERT INTO sharing_day (day, from_agency, to_agency, purpose, sent, referred, acknowledged, declined, decided, owed, answered, late, not_late, hours, pairs, lost, withheld, running)
    SELECT q.day, q.from_agency, q.agency_id, q.purpose, count(*) FILTER (WHERE q.went), count(*) FILTER (WHERE q.went AND q.kind = ANY (p_referrals)), count(*) FILTER (WHERE q.went AND q.status = 'acknowledged'), count(*) FILTER (WHERE q.status = 'declined'),
           count(*) FILTER (WHERE q.status = 'decided'), count(*) FILTER (WHERE q.owed), count(*) FILTER (WHERE q.went AND q.answered_at IS NOT NULL),
           count(*) FILTER (WHERE q.went AND q.is_late), count(*) FILTER (WHERE q.went AND NOT q.is_late AND q.answered_at IS NOT NULL),
           ARRAY[count(*) FILTER (WHERE q.step = 0), count(*) FILTER (WHERE q.step = 1), count(*) FILTER (WHERE q.step = 2), count(*) FILTER (WHERE q.step = 3), count(*) FILTER (WHERE q.step = 4),
                 count(*) FILTER (WHERE q.step = 5), count(*) FILTER (WHERE q.step = 6), count(*) FILTER (WHERE q.step = 7), count(*) FILTER (WHERE q.step = 8), count(*) FILTER (WHERE q.step = 9),
                 count(*) FILTER (WHERE q.step = 10), count(*) FILTER (WHERE q.step = 11)]::integer[],
           count(*) FILTER (WHERE q.is_pair), count(*) FILTER (WHERE q.is_pair AND NOT q.kept_back AND q.is_late), count(*) FILTER (WHERE q.is_pair AND q.kept_back),
           count(*) FILTER (WHERE q.is_pair AND NOT q.kept_back AND NOT q.is_late AND (q.owed OR q.status = 'held'))
      FROM (SELECT (o.recorded_at AT TIME ZONE 'Europe/London')::date AS day, o.from_agency, o.agency_id, coalesce(s.purpose, o.purposes[1], '') AS purpose, s.kind, s.status, s.answered_at, coalesce(s.owed, false) AS owed,
                   o.outcome = 'share' AND s.status NOT IN ('held', 'withdrawn') AS went, o.outcome = 'withhold' OR s.status = 'withdrawn' AS kept_back,
                   coalesce(s.answered_at > s.due_at OR (s.owed OR s.status = 'held') AND s.due_at < now(), false) AS is_late,
                   cardinality(o.needs) > 0 OR o.origin = 'statutory' AS is_pair,
                   CASE WHEN s.answered_at IS NOT NULL AND s.status NOT IN ('held', 'withdrawn') THEN width_bucket(extract(epoch FROM s.answered_at - s.sent_at)::float8 / 3600, p_steps) END AS step
              FROM (SELECT DISTINCT agency_id FROM partner) g
                   CROSS JOIN LATERAL (SELECT * FROM routing_outcome x WHERE x.agency_id = g.agency_id AND x.recorded_at >= begins AND x.recorded_at < ends
                                          AND x.outcome <> 'not_needed' AND x.from_agency <> x.agency_id) o
                   LEFT JOIN share s ON s.outcome_id = o.id) q
     GROUP BY q.day, q.from_agency, q.agency_id, q.purpose;
    INSERT INTO counted_day (day, counted_at, still_open)
    SELECT d::date, now(), EXISTS (SELECT 1 FROM sharing_day y WHERE y.day = d::date AND (y.owed > 0 OR y.running > 0)) FROM generate_series(p_from, p_until, interval '1 day') d
    ON CONFLICT (day) DO UPDATE SET counted_at = excluded.counted_at, still_open = excluded.still_open;
END $$;

-- Assessments of a person for whom another partner had recorded one of the same kind within ninety days before: how many, of how many.
CREATE OR REPLACE FUNCTION assessed_again(p_partnership bigint, p_kinds text[], p_since timestamptz, OUT repeated bigint, OUT assessments bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH one AS (
        SELECT e.agency_id, min(e.agency_id) OVER before AS least, max(e.agency_id) OVER before AS most FROM entry e JOIN entry_subject t ON t.entry_id = e.id
         WHERE e.written_at >= p_since AND e.kind = ANY (p_kinds) AND e.agency_id IN (SELECT m.agency_id FROM partner m WHERE m.partnership_id = p_partnership AND m.left_at IS NULL)
        WINDOW before AS (PARTITION BY t.person_id, e.kind ORDER BY e.happened_at RANGE BETWEEN interval '90 days' PRECEDING AND CURRENT ROW EXCLUDE GROUP))
    SELECT count(*) FILTER (WHERE agency_id <> least OR agency_id <> most), count(*) FROM one
$$;

-- Whether the reader's agency sits with this one in any partnership.
CREATE OR REPLACE FUNCTION is_fellow(p_agency bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT p_agency IN (SELECT fellow_agencies()) $$;

-- What the other rooms of a partnership know of its behaviour, as so many of so many: promises kept, seats filled, money come in, questions on the books and the public answered, what undoes
-- others' work put right, people whom many help and nobody leads.
CREATE OR REPLACE FUNCTION behaviour_elsewhere(p_partnership bigint, p_since date, p_on date) RETURNS TABLE (behaviour text, kept bigint, n bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT 'promises', count(*) FILTER (WHERE p.kept = 'kept' AND coalesce(p.done_on, p.due_on) <= p.due_on), count(*)
      FROM promise p WHERE p.partnership_id = p_partnership AND p.due_on > p_since AND p.kept <> 'released' AND NOT (p.kept = 'open' AND p_on <= p.due_on)
    UNION ALL SELECT 'attendance', count(*) FILTER (WHERE a.came IN ('present', 'substitute')), count(*)
      FROM (SELECT DISTINCT ON (w.meeting_id, w.member_id) w.came FROM attendance w JOIN board_meeting m ON m.id = w.meeting_id
             WHERE m.partnership_id = p_partnership AND m.closed_at IS NOT NULL AND m.starts::date BETWEEN p_since AND p_on ORDER BY w.meeting_id, w.member_id, w.at DESC, w.id DESC) a
    UNION ALL SELECT 'stands_behind', count(*) FILTER (WHERE s.answer = 'signed' AND s.at::date > p_on - 365), count(*)
      FROM (SELECT v.id FROM vision v WHERE v.partnership_id = p_partnership AND v.opened_at IS NOT NULL ORDER BY v.version DESC LIMIT 1) newest JOIN partner m ON m.partnership_id = p_partnership AND m.left_at IS NULL
           LEFT JOIN vision_party y ON y.vision_id = newest.id AND y.agency_id = m.agency_id
           LEFT JOIN LATERAL (SELECT x.answer, x.at FROM sign_up x WHERE x.party_id = y.id ORDER BY x.at DESC, x.id DESC LIMIT 1) s ON true
    UNION ALL SELECT 'money', count(*) FILTER (WHERE r.came >= c.amount), count(*)
      FROM contribution c CROSS JOIN LATERAL (SELECT coalesce(sum(x.amount), 0) AS came FROM receipt x WHERE x.contribution_id = c.id) r
     WHERE c.partnership_id = p_partnership AND c.due_on > p_since AND c.due_on <= p_on
    UNION ALL SELECT 'asked', count(*) FILTER (WHERE q.answered_at::date <= q.due_on), count(*)
      FROM line_query q WHERE q.partnership_id = p_partnership AND q.asked_at::date > p_since AND (q.answered_at IS NOT NULL OR q.due_on < p_on)
    UNION ALL SELECT 'heard', count(*) FILTER (WHERE v.answered_at <= v.due_at), count(*)
      FROM voice_contribution v WHERE v.partnership_id = p_partnership AND v.received_at::date > p_since AND (v.answered_at IS NOT NULL OR v.due_at::date < p_on)
    UNION ALL SELECT 'undoing', count(*) FILTER (WHERE e.ended_at::date <= e.due_on), count(*)
      FROM effect_point e WHERE e.partnership_id = p_partnership AND e.due_on > p_since AND (e.ended_at IS NOT NULL OR e.due_on < p_on)
    UNION ALL SELECT 'nobody_leads', count(*) FILTER (WHERE NOT h.led), count(*)
      FROM (SELECT bool_or(r.lead) AS led FROM relationship r LEFT JOIN partner m ON m.agency_id = r.agency_id AND m.partnership_id = p_partnership AND m.left_at IS NULL
             WHERE r.kind = 'allocated' AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now()) GROUP BY r.person_id HAVING count(DISTINCT m.agency_id) >= 3) h
$$;

-- The partnership under whose agreement an access was: one that let something through to the reader's agency for the purpose of the access, at its moment. Where several did, it is the one that began first:
-- without the later ones it would have been the same. None where none did: the agency's own record, an emergency.
CREATE OR REPLACE FUNCTION partnership_of_access(p_line bigint) RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.partnership_id FROM ledger_line l
           JOIN agreement_party t ON t.agency_id = l.agency_id AND t.signed_at <= l.at AND (t.withdrawn_at IS NULL OR t.withdrawn_at > l.at)
           JOIN sharing_agreement a ON a.id = t.agreement_id AND a.status IN ('in_force', 'replaced', 'ended') AND l.at >= a.starts AND l.at < a.ends
     WHERE l.id = p_line AND NOT EXISTS (SELECT 1 FROM agreement_event e WHERE e.agreement_id = a.id AND e.what = 'ended' AND e.at <= l.at)
       AND EXISTS (SELECT 1 FROM agreement_term m JOIN agreement_party f ON f.agreement_id = a.id AND f.agency_id <> t.agency_id AND f.signed_at <= l.at AND (f.withdrawn_at IS NULL OR f.withdrawn_at > l.at)
                    WHERE m.agreement_id = a.id AND m.purpose = l.purpose AND (m.to_agency_id IS NULL OR m.to_agency_id = t.agency_id) AND (m.from_agency_id IS NULL OR m.from_agency_id = f.agency_id))
     ORDER BY greatest(a.starts, t.signed_at), a.id LIMIT 1
$$;

-- Complaints since a day, without a word of them and without anybody's name: those about an access under one of its agreements, those to the partnership, and disputes about who acts (whose
-- clock, none here, is in working days).
CREATE OR REPLACE FUNCTION complaints_of(p_partnership bigint, p_since date) RETURNS TABLE (place text, made_at timestamptz, due_at timestamptz, answered_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT 'access', c.made_at, c.acknowledge_by, c.answered_at
      FROM access_complaint c WHERE c.made_at::date > p_since AND partnership_of_access(c.line_id) = p_partnership
    UNION ALL SELECT 'partnership', c.received_on::timestamp AT TIME ZONE 'Europe/London', (c.due_on + 1)::timestamp AT TIME ZONE 'Europe/London', c.answered_at
      FROM partnership_complaint c WHERE c.partnership_id = p_partnership AND c.received_on > p_since
    UNION ALL SELECT 'dispute', d.at, NULL, d.settled_at FROM role_dispute d WHERE d.partnership_id = p_partnership AND d.at::date > p_since
$$;

-- What was due in a period of time, what of it came (never more than was due), and of how many contributions.
CREATE OR REPLACE FUNCTION money_due(p_partnership bigint, p_since date, p_on date, OUT due numeric, OUT came numeric, OUT n bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT sum(c.amount), sum(least(c.amount, r.came)), count(*) FROM contribution c
           CROSS JOIN LATERAL (SELECT coalesce(sum(x.amount), 0) AS came FROM receipt x WHERE x.contribution_id = c.id) r
     WHERE c.partnership_id = p_partnership AND c.due_on > p_since AND c.due_on <= p_on
$$;

-- The objectives that run, in their newest wording, with the last word on each day that was read.
CREATE OR REPLACE FUNCTION objectives_read(p_partnership bigint) RETURNS TABLE (title varchar, baseline numeric, baseline_on date, target numeric, target_on date, days date[], readings numeric[])
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT w.title, w.baseline, w.baseline_on, w.target, w.target_on, coalesce(r.days, '{}'), coalesce(r.readings, '{}')
      FROM objective o
           JOIN LATERAL (SELECT * FROM objective_wording x WHERE x.objective_id = o.id ORDER BY x.number DESC LIMIT 1) w ON true
           LEFT JOIN LATERAL (SELECT array_agg(y."on" ORDER BY y."on") AS days, array_agg(y.value ORDER BY y."on") AS readings
                                FROM (SELECT DISTINCT ON (z."on") z."on", z.value FROM objective_reading z WHERE z.objective_id = o.id ORDER BY z."on", z.id DESC) y) r ON true
     WHERE o.partnership_id = p_partnership AND o.ended_at IS NULL
$$;

-- Who is tied to whom since a day, for the members of the partnership: what was shared and referred under its agreements, as the worker counted it, promises kept to one
-- another, what one offered and gave, and money wherever the books know both ends: into a pooled fund to its host, else to those who paid from what came, as far as each paid; from whoever paid to a
-- partner that was paid; and from whoever paid to the partner that answers for the objective it was for. Agencies that have left are not shown.
CREATE OR REPLACE FUNCTION ties_among(p_partnership bigint, p_since date) RETURNS TABLE (kind text, sender bigint, receiver bigint, amount numeric)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH member AS (SELECT m.agency_id AS id FROM partner m JOIN partnership s ON s.id = m.partnership_id WHERE m.partnership_id = p_partnership AND (m.left_at IS NULL OR m.left_at = s.ends)),
         way AS (SELECT DISTINCT f.from_agency_id, f.to_agency_id, f.purpose FROM flow f JOIN sharing_agreement a ON a.id = f.agreement_id WHERE a.partnership_id = p_partnership),
         counted AS MATERIALIZED (SELECT d.from_agency, d.to_agency, d.purpose, sum(d.sent) AS sent, sum(d.referred) AS referred FROM sharing_day d
                      WHERE d.day >= p_since AND d.from_agency = ANY (ARRAY(SELECT id FROM member)) AND d.to_agency = ANY (ARRAY(SELECT id FROM member)) GROUP BY 1, 2, 3),
         passed AS (SELECT d.from_agency, d.to_agency, sum(d.sent) AS sent, sum(d.referred) AS referred
                      FROM counted d JOIN way ON way.from_agency_id = d.from_agency AND way.to_agency_id = d.to_agency AND way.purpose = d.purpose GROUP BY 1, 2),
         came AS (SELECT c.agency_id AS sender, c.period_id, h.host_id, sum(r.amount) AS amount FROM receipt r JOIN contribution c ON c.id = r.contribution_id AND c.way = 'cash' LEFT JOIN pooled_fund h ON h.id = c.fund_id
                   WHERE c.partnership_id = p_partnership AND r.came_on >= p_since GROUP BY 1, 2, 3),
         paid AS (SELECT l.id, l.period_id, l.agency_id AS payer, l.amount, l.supplier_id, l.cost_centre_id FROM spend_line l WHERE l.partnership_id = p_partnership AND l.paid_on >= p_since),
         payer AS (SELECT period_id, payer, sum(amount) AS amount, sum(sum(amount)) OVER (PARTITION BY period_id) AS whole FROM paid GROUP BY 1, 2 HAVING sum(amount) > 0),
         meant AS (SELECT d.payer, coalesce(a.objective, k.objective) AS code, coalesce(a.amount, d.amount) AS amount
                     FROM paid d LEFT JOIN line_allocation a ON a.line_id = d.id AND a.ends IS NULL LEFT JOIN cost_centre k ON k.id = d.cost_centre_id AND NOT k.overhead),
         money AS (SELECT sender, host_id AS receiver, amount FROM came WHERE host_id IS NOT NULL
                   UNION ALL SELECT c.sender, y.payer, round(c.amount * y.amount / y.whole, 2) FROM came c JOIN payer y ON y.period_id = c.period_id WHERE c.host_id IS NULL
                   UNION ALL SELECT d.payer, g.id, d.amount FROM paid d JOIN supplier u ON u.id = d.supplier_id JOIN agency g ON g.id IN (SELECT id FROM member) AND lower(g.name) = lower(btrim(regexp_replace(u.name, '\([^)]*\)\s*$', '')))
                   UNION ALL SELECT e.payer, w.owner_agency_id, e.amount FROM meant e JOIN objective_code o ON o.partnership_id = p_partnership AND o.code = e.code
                        JOIN LATERAL (SELECT x.owner_agency_id FROM objective_wording x WHERE x.objective_id = o.objective_id ORDER BY x.number DESC LIMIT 1) w ON w.owner_agency_id IS NOT NULL),
         tie AS (SELECT 'shares' AS kind, from_agency::bigint AS sender, to_agency::bigint AS receiver, sent::numeric AS amount FROM passed
                 UNION ALL SELECT 'referrals', from_agency, to_agency, referred FROM passed
                 UNION ALL SELECT 'help', h.sender, h.receiver, count(*) FROM (
                     SELECT p.by_agency_id AS sender, coalesce(p.to_agency_id, m.id) AS receiver FROM promise p LEFT JOIN member m ON p.to_agency_id IS NULL AND m.id <> p.by_agency_id
                      WHERE p.partnership_id = p_partnership AND p.kept = 'kept' AND p.due_on >= p_since
                     UNION ALL SELECT o.agency_id, q.agency_id FROM offer_request q JOIN resource_offer o ON o.id = q.offer_id WHERE o.partnership_id = p_partnership AND q.given AND q.answered_at >= p_since) h GROUP BY 2, 3
                 UNION ALL SELECT 'money', sender, receiver, sum(amount) FROM money WHERE sender <> receiver GROUP BY 2, 3)
    SELECT t.kind, t.sender, t.receiver, t.amount FROM tie t WHERE t.amount > 0 AND t.sender IN (SELECT id FROM member) AND t.receiver IN (SELECT id FROM member)
$$;

CREATE OR REPLACE FUNCTION ties_of(p_partnership bigint, p_since date) RETURNS TABLE (kind text, sender bigint, receiver bigint, amount numeric)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT t.* FROM ties_among(p_partnership, p_since) t WHERE sits_with(p_partnership) $$;

-- For the worker: what was found is kept, so that no page waits for a year of days to be gone through.
CREATE OR REPLACE FUNCTION keep_ties(p_partnership bigint, p_since date, p_at timestamptz) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH found AS MATERIALIZED (SELECT * FROM ties_among(p_partnership, p_since))
    INSERT INTO ties_found (partnership_id, kind, since, ties, computed_at)
    SELECT p_partnership, k, p_since, coalesce((SELECT jsonb_agg(jsonb_build_array(f.sender, f.receiver, f.amount)) FROM found f WHERE f.kind = k), '[]'), p_at FROM unnest(ARRAY['shares', 'referrals', 'help', 'money']) k
    ON CONFLICT (partnership_id, kind) DO UPDATE SET since = excluded.since, ties = excluded.ties, computed_at = excluded.computed_at
$$;
