-- Who may know whom: the list of principals on each person, how this session stands to somebody, and whether the wall lets it know them.

-- The Caldicott guardian of an active partner or of a partnership: judges unusual access and answers complaints.
CREATE OR REPLACE FUNCTION is_guardian() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM partner p WHERE p.guardian_id = ANY (my_principals()) AND p.left_at IS NULL)
        OR EXISTS (SELECT 1 FROM partnership s WHERE s.guardian_id = ANY (my_principals()))
$$;

CREATE OR REPLACE FUNCTION my_practitioner() RETURNS integer
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN (SELECT s.practitioner_id FROM identity_session s WHERE s.token_hash = token_hash() AND s.ended_at IS NULL AND s.expires_at > now());
END $$;

CREATE OR REPLACE FUNCTION is_practitioner() RETURNS boolean LANGUAGE sql STABLE RETURN my_practitioner() IS NOT NULL;

-- The one writer of person.acl: whoever has a live relationship, or, when the record is restricted, only those named personally.
-- Breaking the glass opens a record to whoever broke it and to nobody who supervises or stands in for them: it is named personally.
CREATE OR REPLACE FUNCTION acl_of(p_person bigint) RETURNS integer[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN EXISTS (SELECT 1 FROM restriction r WHERE r.person_id = p_person AND r.category = '' AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now()))
        THEN ARRAY(SELECT -w FROM restriction r, unnest(r.practitioners) w
                    WHERE r.person_id = p_person AND r.category = '' AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now())
                    GROUP BY w
                   HAVING count(*) = (SELECT count(*) FROM restriction q WHERE q.person_id = p_person AND q.category = '' AND q.starts <= now() AND (q.ends IS NULL OR q.ends > now()))
                    ORDER BY 1)
        ELSE ARRAY(SELECT DISTINCT coalesce(CASE WHEN r.kind = 'break_glass' THEN -r.practitioner_id ELSE r.practitioner_id END, 1000000000 + r.team_id::integer) FROM relationship r
                    WHERE r.person_id = p_person AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now()) ORDER BY 1)
    END
$$;

CREATE OR REPLACE FUNCTION recompute_acl(p_person bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE person SET acl = acl_of(id) WHERE id = p_person AND acl IS DISTINCT FROM acl_of(id)
$$;

-- What a relationship or restriction changes later is noted, so that the list changes when its time comes without anybody searching for it.
CREATE OR REPLACE FUNCTION relationship_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM recompute_acl(coalesce(NEW.person_id, OLD.person_id));
    IF TG_TABLE_NAME = 'restriction' THEN
        PERFORM place_in_caseloads(ARRAY[coalesce(NEW.person_id, OLD.person_id)]);
    ELSIF coalesce(NEW.practitioner_id, OLD.practitioner_id) IS NOT NULL THEN
        PERFORM place_in_caseloads(ARRAY[coalesce(NEW.person_id, OLD.person_id)]);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO access_change (person_id, at) SELECT NEW.person_id, x FROM unnest(ARRAY[NEW.starts, NEW.ends]) x WHERE x > now();
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER acl_follows AFTER INSERT OR UPDATE OR DELETE ON relationship FOR EACH ROW EXECUTE FUNCTION relationship_changed();
CREATE OR REPLACE TRIGGER acl_follows AFTER INSERT OR UPDATE OR DELETE ON restriction FOR EACH ROW EXECUTE FUNCTION relationship_changed();

-- Relationships and restrictions that have begun or ended by now; the worker runs it every second or two, and may run it twice at once.
CREATE OR REPLACE FUNCTION recompute_due_acls(p_at_most integer DEFAULT 1000) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE due bigint[];
BEGIN
    WITH gone AS (DELETE FROM access_change WHERE id IN (SELECT id FROM access_change WHERE at <= now() ORDER BY at LIMIT p_at_most FOR UPDATE SKIP LOCKED) RETURNING person_id)
    SELECT array_agg(DISTINCT person_id) INTO due FROM gone;
    UPDATE person SET acl = acl_of(id) WHERE id = ANY (due) AND acl IS DISTINCT FROM acl_of(id);
    PERFORM place_in_caseloads(due);
    RETURN coalesce(cardinality(due), 0);
END $$;
DROP FUNCTION IF EXISTS recompute_due_acls(timestamptz);

-- People whose stored list, or whose places in the lists of others, differ from what the facts say; must be empty, and a test asks.
CREATE OR REPLACE FUNCTION stale_acls() RETURNS SETOF bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id FROM person WHERE acl IS DISTINCT FROM acl_of(id)
    UNION SELECT coalesce(c.person_id, w.person_id) FROM caseload_place c FULL JOIN caseload_places() w USING (person_id, practitioner_id, family_name, given_name)
           WHERE c.person_id IS NULL OR w.person_id IS NULL
$$;

-- How this session's practitioner or account stands to a person, strongest first, in the gate's words.
CREATE OR REPLACE FUNCTION my_relation(p_person bigint) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE s identity_session%ROWTYPE; found_relation text; named boolean;
BEGIN
    SELECT * INTO s FROM identity_session WHERE token_hash = token_hash() AND ended_at IS NULL AND expires_at > now();
    IF NOT FOUND THEN RETURN 'none'; END IF;
    IF s.practitioner_id IS NULL THEN
        RETURN coalesce((SELECT r.relation FROM representation r WHERE r.account_id = s.account_id AND r.person_id = p_person
                          AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now())
                          ORDER BY array_position(ARRAY['self', 'parental_responsibility', 'proxy', 'no_parental_responsibility'], r.relation) LIMIT 1), 'none');
    END IF;
    SELECT r.kind INTO found_relation
      FROM relationship r
     WHERE r.person_id = p_person AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now())
       AND (r.practitioner_id = s.practitioner_id OR 1000000000 + r.team_id = ANY (s.principals))
     ORDER BY array_position(ARRAY['allocated', 'break_glass', 'team_cover', 'referred_to', 'records_role', 'other_partner', 'supervisor'], r.kind) LIMIT 1;
    IF found_relation = 'allocated' OR found_relation = 'team_cover' THEN RETURN found_relation; END IF;
    IF EXISTS (SELECT 1 FROM relationship r JOIN cover c ON c.absent_id = r.practitioner_id
                WHERE r.person_id = p_person AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now()) AND c.covering_id = s.practitioner_id AND c.starts <= now() AND c.ends > now()
                  AND r.kind <> 'break_glass') THEN
        RETURN 'team_cover';
    END IF;
    IF EXISTS (SELECT 1 FROM relationship r JOIN practitioner p ON p.id = r.practitioner_id
                WHERE r.person_id = p_person AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now()) AND p.supervisor_id = s.practitioner_id
                  AND r.kind <> 'break_glass') THEN
        RETURN 'supervisor';
    END IF;
    IF found_relation IS NOT NULL THEN RETURN found_relation; END IF;
    IF EXISTS (SELECT 1 FROM relationship r WHERE r.person_id = p_person AND r.ends <= now() AND r.kind IN ('allocated', 'team_cover', 'referred_to')
                AND (r.practitioner_id = s.practitioner_id OR 1000000000 + r.team_id = ANY (s.principals))) THEN
        RETURN 'previously_involved';
    END IF;
    RETURN 'none';
END $$;

-- Whether anybody at work may learn that a record is there: nobody hides it.
CREATE OR REPLACE FUNCTION not_hidden(p_person bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT NOT EXISTS (SELECT 1 FROM restriction r WHERE r.person_id = p_person AND r.category = '' AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now()))
       AND NOT EXISTS (SELECT 1 FROM person_marker m WHERE m.person_id = p_person AND m.flag IN ('restricted_record', 'identity_protected', 'adopted')
                        AND m.starts <= now() AND (m.ends IS NULL OR m.ends > now()))
$$;

-- Whether somebody has broken the glass over a record and the four hours are not over.
CREATE OR REPLACE FUNCTION in_emergency(p_practitioner integer, p_person bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM break_glass b WHERE b.practitioner_id = p_practitioner AND b.person_id = p_person AND b.ends_at > now())
$$;

-- Whether a practitioner is the Caldicott guardian for an agency: its own, or that of a partnership it belongs to.
CREATE OR REPLACE FUNCTION guards(p_practitioner integer, p_agency integer) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM partner p JOIN partnership s ON s.id = p.partnership_id
                    WHERE p.left_at IS NULL AND (p.agency_id = p_agency OR p_agency IS NULL) AND p_practitioner IN (p.guardian_id, s.guardian_id))
$$;

-- Whether this practitioner is the guardian who has an emergency access or a complaint about this person's record to judge.
CREATE OR REPLACE FUNCTION judges(p_practitioner integer, p_person bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM break_glass b JOIN practitioner w ON w.id = b.practitioner_id WHERE b.person_id = p_person AND b.judged_at IS NULL AND guards(p_practitioner, w.agency_id))
        OR EXISTS (SELECT 1 FROM access_complaint c WHERE c.person_id = p_person AND c.answered_at IS NULL AND guards(p_practitioner, c.agency_id))
$$;

-- Auditors and guardians may read who looked, of anybody they may learn of, and nothing else: this wall lends them the ledger's key alone.
CREATE OR REPLACE FUNCTION watches(p_practitioner integer, p_person bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM practitioner w WHERE w.id = p_practitioner AND w.role IN ('auditor', 'caldicott_guardian')) AND not_hidden(p_person)
       AND EXISTS (SELECT 1 FROM person WHERE id = p_person)
$$;

-- Does this wall let the session know the person, as the facts stand at this moment? It asks the facts, not the stored list, so that a
-- relationship ends when it ends and not when the worker next looks.
CREATE OR REPLACE FUNCTION wall_lets_know(p_person bigint) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE s identity_session%ROWTYPE;
BEGIN
    SELECT * INTO s FROM identity_session WHERE token_hash = token_hash() AND ended_at IS NULL AND expires_at > now();
    IF NOT FOUND THEN RETURN false; END IF;
    IF s.practitioner_id IS NULL THEN
        RETURN EXISTS (SELECT 1 FROM representation r WHERE r.account_id = s.account_id AND r.person_id = p_person AND r.starts <= now()
                        AND (r.ends IS NULL OR r.ends > now()) AND NOT r.barred_by_court_order);
    END IF;
    RETURN acl_of(p_person) && s.principals OR in_emergency(s.practitioner_id, p_person) OR judges(s.practitioner_id, p_person);
END $$;
