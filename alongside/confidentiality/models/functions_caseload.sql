-- What these principals owe now, each with the person it concerns: shares to answer and what the gate asked of them.
CREATE OR REPLACE FUNCTION owed_now(p_principals integer[]) RETURNS TABLE (person_id bigint, due_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT h.person_id, h.due_at FROM share h WHERE h.owed AND h.owner = ANY (p_principals)
    UNION ALL SELECT b.person_id, b.due_at FROM obligation b WHERE b.status = 'open' AND b.due_at IS NOT NULL AND b.person_id IS NOT NULL AND b.owner = ANY (p_principals)
$$;

-- My people: one audited door to the list of those a practitioner works with themself or covers for. The line names everybody on the page
-- before anybody is shown. It asks the relationships as they stand at this moment, and beside them who may know each person.
-- The plan is kept: planning so wide a question for each reader anew cost a tenth of the page.
CREATE OR REPLACE FUNCTION my_caseload(p_order text, p_offset integer, p_limit integer, p_line jsonb)
    RETURNS TABLE (id bigint, given_name varchar, family_name varchar, known_as varchar, date_of_birth date, lead text, mine boolean, covering text, since timestamptz,
                   changed_at timestamptz, unread boolean, due_at timestamptz, due_count integer, everybody integer)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    s identity_session%ROWTYPE;
    own integer[];
    owing integer[];
    ids bigint[];
    total integer;
BEGIN
    SELECT * INTO s FROM identity_session i WHERE i.token_hash = token_hash() AND i.ended_at IS NULL AND i.expires_at > now();
    IF s.practitioner_id IS NULL THEN RETURN; END IF;
    own := s.practitioner_id || ARRAY(SELECT c.absent_id FROM cover c WHERE c.covering_id = s.practitioner_id AND c.starts <= now() AND c.ends > now());
    owing := own || ARRAY(SELECT x FROM unnest(s.principals) x WHERE x > 1000000000);
    -- The lists on the rows find the people; the relationships say who of them is the reader's own. One look at an index each.
    WITH known AS MATERIALIZED (SELECT p.id, lower(p.family_name) AS family, lower(p.given_name) AS given FROM person p WHERE p.acl && (own || -s.practitioner_id))
    SELECT array_agg(k.id ORDER BY CASE p_order WHEN 'due' THEN o.due_at END, k.family, k.given, k.id) INTO ids
      FROM known k LEFT JOIN (SELECT w.person_id, min(w.due_at) AS due_at FROM owed_now(owing) w WHERE p_order = 'due' GROUP BY 1) o ON o.person_id = k.id
     WHERE k.id IN (SELECT r.person_id FROM relationship r
                     WHERE r.practitioner_id = ANY (own) AND r.kind <> 'break_glass' AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now()));
    total := coalesce(cardinality(ids), 0);
    ids := coalesce(ids[p_offset + 1 : p_offset + p_limit], '{}');
    PERFORM write_line(p_line || jsonb_build_object('people', ids));
    RETURN QUERY
        WITH standing AS (
            SELECT r.person_id, (array_agg(r.practitioner_id ORDER BY r.starts DESC) FILTER (WHERE r.lead)) [1] AS lead_id,
                   (array_agg(r.practitioner_id ORDER BY r.practitioner_id = s.practitioner_id DESC, r.starts) FILTER (WHERE r.practitioner_id = ANY (own))) [1] AS own_id,
                   (array_agg(r.starts ORDER BY r.practitioner_id = s.practitioner_id DESC, r.starts) FILTER (WHERE r.practitioner_id = ANY (own))) [1] AS since
              FROM relationship r WHERE r.person_id = ANY (ids) AND r.kind <> 'break_glass' AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now()) GROUP BY 1),
        due AS (SELECT w.person_id, min(w.due_at) AS due_at, count(*)::integer AS count FROM owed_now(owing) w WHERE w.person_id = ANY (ids) GROUP BY 1)
        SELECT p.id, p.given_name, p.family_name, p.known_as, p.date_of_birth, l.name || ', ' || l.title, coalesce(t.lead_id = s.practitioner_id, false),
               CASE WHEN t.own_id <> s.practitioner_id THEN c.name::text END, t.since, changed.written_at,
               changed.written_at IS NOT NULL AND changed.written_at > coalesce(seen.last_at, '-infinity'), due.due_at, coalesce(due.count, 0), total
          FROM unnest(ids) WITH ORDINALITY o(id, place) JOIN person p ON p.id = o.id JOIN standing t ON t.person_id = o.id
               LEFT JOIN practitioner l ON l.id = t.lead_id LEFT JOIN practitioner c ON c.id = t.own_id
               LEFT JOIN LATERAL (SELECT e.written_at FROM (SELECT n.entry_id, n.shared_to, n.happened_at FROM entry_subject n WHERE n.person_id = o.id AND (n.only_for IS NULL OR n.only_for && s.principals)
                                                             ORDER BY n.happened_at DESC LIMIT 20) n JOIN entry e ON e.id = n.entry_id
                                   WHERE n.shared_to && s.principals OR e.author_id = ANY (own) ORDER BY n.happened_at DESC LIMIT 1) changed ON true
               LEFT JOIN record_view seen ON seen.person_id = o.id AND seen.practitioner_id = s.practitioner_id
               LEFT JOIN due ON due.person_id = o.id
         ORDER BY o.place;
END $$;
