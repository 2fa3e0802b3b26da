-- Who looked: for the person in words they can read, for a guardian as patterns worth a question. Never an input to a rule.

-- Only a ticket that holds the access ledger of this person opens it. `p_withheld` are the gate's words for parts that this reader does not
-- get; lines held back for a stated reason do not appear at all, and carry no number that would show the gap.
DROP FUNCTION IF EXISTS who_looked_at(bigint, bigint, integer);
CREATE OR REPLACE FUNCTION who_looked_at(p_person bigint, p_withheld text[], p_before bigint, p_limit integer)
    RETURNS TABLE (line_id bigint, at timestamptz, who text, agency text, verb text, category text, purpose text, decision text, automatic boolean, on_a_list boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    below bigint := coalesce(p_before, 9223372036854775807);
    themself boolean := my_relation(p_person) = 'self';
    at_work boolean := EXISTS (SELECT 1 FROM identity_session s WHERE s.token_hash = token_hash() AND s.practitioner_id IS NOT NULL);
    danger boolean := watched_by_danger(p_person);
    watched boolean := must_wait(p_person) = 'portal_unsafe';
    nameless boolean := p_withheld && ARRAY['staff_identity', 'staff_names', 'worker_names', 'names'];
BEGIN
    IF NOT record_key(p_person, 0, category_no('access_ledger')) = ANY (ticket_keys()) THEN RETURN; END IF;
    RETURN QUERY
    SELECT l.id, l.at,
           CASE WHEN l.practitioner_id IS NULL THEN CASE WHEN l.account_id = my_account() THEN 'You' WHEN l.account_id IS NULL THEN 'The system' ELSE 'Somebody acting for this person' END
                WHEN NOT at_work AND (nameless OR held.reason = 'staff_threatened') THEN 'A practitioner' ELSE w.name || ', ' || w.title END,
           coalesce(g.name, '')::text, l.verb, coalesce(l.category, ''), coalesce(l.purpose, ''), coalesce(l.decision, ''), l.automatic, l.person_id IS DISTINCT FROM p_person
      FROM (SELECT a.* FROM ledger_line a WHERE a.person_id = p_person AND a.id < below
            UNION ALL
            SELECT b.* FROM ledger_line b WHERE b.people @> ARRAY[p_person] AND b.person_id IS DISTINCT FROM p_person AND b.id < below) l
      LEFT JOIN LATERAL (SELECT h.reason FROM ledger_hold h WHERE h.person_id = p_person AND h.starts <= now() AND (h.ends IS NULL OR h.ends > now())
                            AND (h.agency_id IS NULL OR h.agency_id = l.agency_id) AND (h.practitioner_id IS NULL OR h.practitioner_id = l.practitioner_id)
                          ORDER BY h.reason = 'staff_threatened' LIMIT 1) held ON true
      LEFT JOIN practitioner w ON w.id = l.practitioner_id LEFT JOIN agency g ON g.id = l.agency_id
     WHERE at_work OR (
               (held.reason IS NULL OR held.reason = 'staff_threatened')
           AND NOT (coalesce(l.category, '') = ANY (p_withheld) AND l.practitioner_id IS NOT NULL)
           AND NOT ('agencies_that_help_with_abuse' = ANY (p_withheld) AND (l.purpose = 'domestic_abuse_safety' OR w.role = 'idva'))
           AND NOT ('do_not_tell_family' = ANY (coalesce(l.obligations, '{}')) AND NOT themself)
           AND NOT ('do_not_tell_perpetrator' = ANY (coalesce(l.obligations, '{}')) AND (watched OR danger AND NOT themself OR l.verb = 'share_to' AND NOT themself)))
     ORDER BY l.id DESC LIMIT p_limit;
END $$;

-- What a guardian should ask about since a moment, among the agencies this session is guardian of; each pattern once for each reader and person,
-- with how often. The looking is itself a line with everybody named on it. A hidden person is counted but not named.
CREATE OR REPLACE FUNCTION unusual_accesses(p_since timestamptz, p_limit integer)
    RETURNS TABLE (line_id bigint, at timestamptz, pattern text, practitioner_id integer, who text, agency text, person_id bigint, person text, times integer)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE me integer; seen bigint[] := '{}'; r record;
BEGIN
    SELECT s.practitioner_id INTO me FROM identity_session s WHERE s.token_hash = token_hash() AND s.ended_at IS NULL AND s.expires_at > now();
    IF me IS NULL OR NOT is_guardian() THEN RETURN; END IF;
    FOR r IN
        WITH line AS (
            SELECT l.id, l.at, l.practitioner_id AS reader, l.agency_id, l.person_id AS subject, l.decision, l.detail ->> 'relation' AS relation, l.rules
              FROM ledger_line l
             WHERE l.at > p_since AND l.practitioner_id IS NOT NULL AND l.person_id IS NOT NULL AND NOT l.automatic
               AND l.verb IN ('read', 'search', 'export', 'print_letter', 'break_glass', 'bulk_read', 'view_ledger') AND guards(me, l.agency_id::integer)),
        judged AS (
            SELECT n.id, n.at, n.reader, n.agency_id, n.subject, p.pattern
              FROM line n JOIN practitioner w ON w.id = n.reader LEFT JOIN person q ON q.id = n.subject
              CROSS JOIN LATERAL (VALUES
                  ('no_part_in_the_care', n.decision = 'deny' AND n.relation = 'none'),
                  ('ended_case', n.relation = 'previously_involved'),
                  ('same_family_name', n.relation IS DISTINCT FROM 'allocated' AND q.family_name <> '' AND lower(regexp_replace(w.name, '^.* ', '')) = lower(q.family_name)),
                  ('colleague', n.relation IS DISTINCT FROM 'allocated' AND EXISTS (
                      SELECT 1 FROM representation s JOIN practitioner c ON c.account_id = s.account_id AND c.agency_id = w.agency_id WHERE s.person_id = n.subject AND s.relation = 'self'
                      UNION ALL SELECT 1 FROM person_marker m WHERE m.person_id = n.subject AND m.flag = 'staff_member' AND m.ends IS NULL)),
                  ('in_the_news', n.relation IS DISTINCT FROM 'allocated' AND EXISTS (
                      SELECT 1 FROM person_marker m WHERE m.person_id = n.subject AND m.flag = 'public_interest' AND m.ends IS NULL)),
                  ('own_tie', EXISTS (SELECT 1 FROM declared_tie t WHERE t.person_id = n.subject AND t.practitioner_id = n.reader))) p(pattern, holds)
             WHERE p.holds),
        many AS (
            SELECT max(n.id) AS id, max(n.at) AS at, n.reader, max(n.agency_id) AS agency_id, count(DISTINCT n.subject)::integer AS times
              FROM line n GROUP BY n.reader, date_bin('5 minutes', n.at, '2000-01-01') HAVING count(DISTINCT n.subject) >= 40)
        SELECT f.*, w.name || ', ' || w.title AS who, g.name::text AS agency,
               CASE WHEN f.subject IS NOT NULL AND not_hidden(f.subject) THEN btrim(q.given_name || ' ' || q.family_name) ELSE '' END AS person
          FROM (SELECT max(j.id) AS id, max(j.at) AS at, j.pattern, j.reader, max(j.agency_id) AS agency_id, j.subject, count(*)::integer AS times FROM judged j GROUP BY j.pattern, j.reader, j.subject
                UNION ALL SELECT m.id, m.at, 'bulk', m.reader, m.agency_id, NULL, m.times FROM many m) f
          JOIN practitioner w ON w.id = f.reader JOIN agency g ON g.id = f.agency_id LEFT JOIN person q ON q.id = f.subject
         ORDER BY f.at DESC LIMIT p_limit
    LOOP
        line_id := r.id; at := r.at; pattern := r.pattern; practitioner_id := r.reader; who := r.who; agency := r.agency; times := r.times; person := r.person;
        person_id := CASE WHEN r.person <> '' THEN r.subject END;
        IF r.subject IS NOT NULL THEN seen := seen || r.subject; END IF;
        RETURN NEXT;
    END LOOP;
    PERFORM write_line(jsonb_build_object('verb', 'view_ledger', 'category', 'access_ledger', 'purpose', 'audit', 'decision', 'permit', 'item', 'unusual accesses', 'surface', 'page',
        'people', to_jsonb(ARRAY(SELECT DISTINCT x FROM unnest(seen) x))));
END $$;
