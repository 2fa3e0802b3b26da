-- What these principals owe now, each with the person it concerns: shares to answer and what the gate asked of them.
CREATE OR REPLACE FUNCTION owed_now(p_principals integer[]) RETURNS TABLE (person_id bigint, due_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT h.person_id, h.due_at FROM share h WHERE h.owed AND h.owner = ANY (p_principals)
    UNION ALL SELECT b.person_id, b.due_at FROM obligation b WHERE b.status = 'open' AND b.due_at IS NOT NULL AND b.person_id IS NOT NULL AND b.owner = ANY (p_principals)
$$;

-- The list of those whom somebody works with and may know, as the facts say at this moment; `caseload_place` keeps it in the order of names.
CREATE OR REPLACE FUNCTION caseload_places() RETURNS TABLE (person_id bigint, practitioner_id integer, family_name text, given_name text)
    LANGUAGE sql STABLE AS $$
    SELECT DISTINCT r.person_id, r.practitioner_id, lower(p.family_name), lower(p.given_name) FROM relationship r JOIN person p ON p.id = r.person_id
     WHERE r.practitioner_id IS NOT NULL AND r.kind <> 'break_glass' AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now())
       AND p.acl && ARRAY[r.practitioner_id, -r.practitioner_id]
$$;

-- The one writer of caseload_place: called whenever a list of who may know somebody, or a name, may have changed.
CREATE OR REPLACE FUNCTION place_in_caseloads(p_people bigint[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM caseload_place c WHERE c.person_id = ANY (p_people)
       AND NOT EXISTS (SELECT 1 FROM caseload_places() w WHERE w.person_id = ANY (p_people) AND w.person_id = c.person_id AND w.practitioner_id = c.practitioner_id);
    INSERT INTO caseload_place AS c (person_id, practitioner_id, family_name, given_name)
    SELECT w.person_id, w.practitioner_id, w.family_name, w.given_name FROM caseload_places() w WHERE w.person_id = ANY (p_people) ORDER BY 1, 2
        ON CONFLICT (person_id, practitioner_id) DO UPDATE SET family_name = EXCLUDED.family_name, given_name = EXCLUDED.given_name
     WHERE (c.family_name, c.given_name) IS DISTINCT FROM (EXCLUDED.family_name, EXCLUDED.given_name);
END $$;

CREATE OR REPLACE FUNCTION name_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM place_in_caseloads(ARRAY[NEW.id]);
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER places_follow AFTER UPDATE OF family_name, given_name ON person FOR EACH ROW EXECUTE FUNCTION name_changed();

-- My people: one audited door to the list of those a practitioner works with themself or covers for. The line names everybody on the page
-- before anybody is shown. The places say who comes when, so that only one page of people is read; each of them is shown only if, at this moment,
-- the relationships say that they are the reader's own and the reader may know them.
-- The plan is kept: planning so wide a question for each reader anew cost a tenth of the page.
DROP FUNCTION IF EXISTS my_caseload(text, integer, integer, jsonb);
CREATE OR REPLACE FUNCTION my_people(p_order text, p_offset integer, p_limit integer, p_line jsonb)
    RETURNS TABLE (id bigint, given_name varchar, family_name varchar, known_as varchar, date_of_birth date, lead text, mine boolean, covering text, since date,
                   changed_on date, unread boolean, due_at timestamptz, due_count integer, everybody integer)
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
    IF p_order = 'due' THEN
        SELECT array_agg(c.person_id ORDER BY o.due_at, c.family_name, c.given_name, c.person_id) INTO ids
          FROM (SELECT DISTINCT n.family_name, n.given_name, n.person_id FROM caseload_place n WHERE n.practitioner_id = ANY (own)) c
               LEFT JOIN (SELECT w.person_id, min(w.due_at) AS due_at FROM owed_now(owing) w GROUP BY 1) o ON o.person_id = c.person_id;
    ELSIF cardinality(own) > 1 THEN
        SELECT array_agg(c.person_id ORDER BY c.family_name, c.given_name, c.person_id) INTO ids
          FROM (SELECT DISTINCT n.family_name, n.given_name, n.person_id FROM caseload_place n WHERE n.practitioner_id = ANY (own)) c;
    ELSE
        ids := ARRAY(SELECT n.person_id FROM caseload_place n WHERE n.practitioner_id = s.practitioner_id ORDER BY n.family_name, n.given_name, n.person_id);
    END IF;
    total := coalesce(cardinality(ids), 0);
    ids := coalesce(ids[p_offset + 1 : p_offset + p_limit], '{}');
    PERFORM write_line(p_line || jsonb_build_object('people', ids));
    RETURN QUERY
        WITH due AS MATERIALIZED (SELECT w.person_id, min(w.due_at) AS due_at, count(*)::integer AS count FROM owed_now(owing) w WHERE w.person_id = ANY (ids) GROUP BY 1)
        SELECT p.id, p.given_name, p.family_name, p.known_as, p.date_of_birth, (SELECT l.name || ', ' || l.title FROM practitioner l WHERE l.id = leads.practitioner_id),
               coalesce(leads.practitioner_id = s.practitioner_id, false),
               CASE WHEN t.practitioner_id <> s.practitioner_id THEN (SELECT c.name::text FROM practitioner c WHERE c.id = t.practitioner_id) END,
               (t.starts AT TIME ZONE 'Europe/London')::date, (changed.written_at AT TIME ZONE 'Europe/London')::date,
               changed.written_at IS NOT NULL AND changed.written_at > coalesce(seen.last_at, '-infinity'), due.due_at, coalesce(due.count, 0), total
          FROM unnest(ids) WITH ORDINALITY o(id, place) JOIN person p ON p.id = o.id AND (p.acl && (own || -s.practitioner_id)) IS TRUE
               CROSS JOIN LATERAL (SELECT r.practitioner_id, r.starts FROM relationship r
                                    WHERE r.person_id = o.id AND (r.practitioner_id = ANY (own)) IS TRUE AND r.kind <> 'break_glass' AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now())
                                    ORDER BY r.practitioner_id = s.practitioner_id DESC, r.starts LIMIT 1) t
               LEFT JOIN LATERAL (SELECT r.practitioner_id FROM relationship r
                                   WHERE r.person_id = o.id AND r.lead AND r.kind <> 'break_glass' AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now())
                                   ORDER BY r.starts DESC LIMIT 1) leads ON true
               LEFT JOIN LATERAL (SELECT n.written_at FROM (SELECT n.written_at, n.author_id, n.shared_to, n.happened_at FROM entry_subject n
                                                              WHERE n.person_id = o.id AND (n.only_for IS NULL OR n.only_for && s.principals) ORDER BY n.happened_at DESC LIMIT 20) n
                                   WHERE n.shared_to && s.principals OR n.author_id = ANY (own) ORDER BY n.happened_at DESC LIMIT 1) changed ON true
               LEFT JOIN record_view seen ON seen.person_id = o.id AND seen.practitioner_id = s.practitioner_id
               LEFT JOIN due ON due.person_id = o.id
         ORDER BY o.place;
END $$;
