-- My people: one audited door to the list of those a practitioner works with themself or covers for. The line names everybody on the page
-- before anybody is shown. It asks the relationships as they stand at this moment, and beside them who may know each person.
CREATE OR REPLACE FUNCTION my_caseload(p_order text, p_offset integer, p_limit integer, p_line jsonb)
    RETURNS TABLE (id bigint, given_name varchar, family_name varchar, known_as varchar, date_of_birth date, lead text, mine boolean, covering text, since timestamptz,
                   changed_at timestamptz, unread boolean, due_at timestamptz, due_count integer, everybody integer)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    s identity_session%ROWTYPE;
    own integer[];
    mine_and_teams integer[];
    ids bigint[];
    total integer;
BEGIN
    SELECT * INTO s FROM identity_session i WHERE i.token_hash = token_hash() AND i.ended_at IS NULL AND i.expires_at > now();
    IF s.practitioner_id IS NULL THEN RETURN; END IF;
    own := ARRAY(SELECT s.practitioner_id UNION SELECT c.absent_id FROM cover c WHERE c.covering_id = s.practitioner_id AND c.starts <= now() AND c.ends > now());
    mine_and_teams := own || ARRAY(SELECT x FROM unnest(s.principals) x WHERE x > 1000000000);
    SELECT array_agg(q.person_id ORDER BY q.place), max(q.total) INTO ids, total FROM (
        SELECT c.person_id, row_number() OVER (ORDER BY CASE p_order WHEN 'due' THEN owed.due_at END, lower(c.family_name), lower(c.given_name), c.person_id) AS place, count(*) OVER () AS total
          FROM (SELECT DISTINCT p.id AS person_id, p.family_name, p.given_name FROM relationship r JOIN person p ON p.id = r.person_id
                 WHERE r.practitioner_id = ANY (own) AND r.kind <> 'break_glass' AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now()) AND p.acl && s.principals) c
               LEFT JOIN (SELECT o.person_id, min(o.due_at) AS due_at FROM owed_now(mine_and_teams) o WHERE p_order = 'due' GROUP BY 1) owed USING (person_id)
         ORDER BY place OFFSET p_offset LIMIT p_limit) q;
    PERFORM write_line(p_line || jsonb_build_object('people', coalesce(ids, '{}')));
    RETURN QUERY
        SELECT p.id, p.given_name, p.family_name, p.known_as, p.date_of_birth, leads.name, coalesce(leads.id = s.practitioner_id, false), standing.covering, standing.starts,
               changed.written_at, coalesce(changed.written_at > seen.last_at, changed.written_at IS NOT NULL), due.due_at, coalesce(due.count, 0)::integer, total
          FROM unnest(ids) WITH ORDINALITY o(id, place) JOIN person p ON p.id = o.id
               LEFT JOIN LATERAL (SELECT w.id, w.name || ', ' || w.title AS name FROM relationship r JOIN practitioner w ON w.id = r.practitioner_id
                                   WHERE r.person_id = p.id AND r.lead AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now()) ORDER BY r.starts DESC LIMIT 1) leads ON true
               LEFT JOIN LATERAL (SELECT r.starts, CASE WHEN r.practitioner_id <> s.practitioner_id THEN (SELECT w.name::text FROM practitioner w WHERE w.id = r.practitioner_id) END AS covering
                                    FROM relationship r WHERE r.person_id = p.id AND r.practitioner_id = ANY (own) AND r.kind <> 'break_glass' AND r.starts <= now()
                                     AND (r.ends IS NULL OR r.ends > now()) ORDER BY (r.practitioner_id = s.practitioner_id) DESC, r.starts LIMIT 1) standing ON true
               LEFT JOIN LATERAL (SELECT e.written_at FROM (SELECT n.entry_id, n.shared_to, n.happened_at FROM entry_subject n WHERE n.person_id = p.id AND (n.only_for IS NULL OR n.only_for && s.principals)
                                                             ORDER BY n.happened_at DESC LIMIT 20) n JOIN entry e ON e.id = n.entry_id
                                   WHERE n.shared_to && s.principals OR e.author_id = ANY (own) ORDER BY n.happened_at DESC LIMIT 1) changed ON true
               LEFT JOIN record_view seen ON seen.person_id = p.id AND seen.practitioner_id = s.practitioner_id
               LEFT JOIN (SELECT w.person_id, min(w.due_at) AS due_at, count(*) FROM owed_now(mine_and_teams) w WHERE w.person_id = ANY (ids) GROUP BY 1) due ON due.person_id = p.id
         ORDER BY o.place;
END $$;

-- What these principals owe now, each with the person it concerns: shares to answer and what the gate asked of them.
CREATE OR REPLACE FUNCTION owed_now(p_principals integer[]) RETURNS TABLE (person_id bigint, due_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT h.person_id, h.due_at FROM share h WHERE h.status = 'awaiting' AND h.owner = ANY (p_principals)
    UNION ALL SELECT b.person_id, b.due_at FROM obligation b WHERE b.status = 'open' AND b.due_at IS NOT NULL AND b.person_id IS NOT NULL AND b.owner = ANY (p_principals)
$$;
