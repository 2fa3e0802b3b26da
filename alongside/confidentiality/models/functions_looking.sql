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
           coalesce(g.name, ''), l.verb, coalesce(l.category, ''), coalesce(l.purpose, ''), coalesce(l.decision, ''), l.automatic, l.person_id IS DISTINCT FROM p_person
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

-- What a guardian should ask about, among those whose guardian this session is, since a moment. The looking is itself a line, with
-- everybody named on it. A hidden person is not named here.
CREATE OR REPLACE FUNCTION unusual_accesses(p_since timestamptz, p_limit integer)
    RETURNS TABLE (line_id bigint, at timestamptz, pattern text, practitioner_id integer, who text, agency text, person_id bigint, person text, verb text, purpose text, decision text, count integer)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE me integer; found_people bigint[];
BEGIN
    SELECT s.practitioner_id INTO me FROM identity_session s WHERE s.token_hash = token_hash() AND s.ended_at IS NULL AND s.expires_at > now();
    IF me IS NULL OR NOT is_guardian() THEN RETURN; END IF;
    CREATE TEMP TABLE IF NOT EXISTS unusual_found (LIKE unusual_shape) ON COMMIT DROP;
    RETURN;
END $$;
