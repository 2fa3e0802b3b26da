-- Same-person links. They re-point no row: each record stays whose it is, and a link is only read beside it.

-- New people, and people whose names or numbers changed, wait to be compared.
CREATE OR REPLACE FUNCTION people_came() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO linkage_due (person_id) SELECT id FROM came ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION person_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO linkage_due (person_id) VALUES (NEW.id) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER linkage_new AFTER INSERT ON person REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION people_came();
CREATE OR REPLACE TRIGGER linkage_changed AFTER UPDATE OF given_name, family_name, date_of_birth, nhs_number, upn ON person FOR EACH ROW
    WHEN ((OLD.given_name, OLD.family_name, OLD.date_of_birth, OLD.nhs_number, OLD.upn) IS DISTINCT FROM (NEW.given_name, NEW.family_name, NEW.date_of_birth, NEW.nhs_number, NEW.upn))
    EXECUTE FUNCTION person_changed();

-- A protection that has ended: from now on the person may be compared like anybody.
CREATE OR REPLACE FUNCTION protection_ended() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO linkage_due (person_id) VALUES (NEW.person_id) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER linkage_unprotected AFTER UPDATE OF ends ON person_marker FOR EACH ROW WHEN (OLD.ends IS NULL AND NEW.ends IS NOT NULL) EXECUTE FUNCTION protection_ended();

-- Whoever bears a protecting marker, or whose record only named people may know, is never matched: a link would tell who they were.
CREATE OR REPLACE FUNCTION never_matched(p_person bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM person_marker m WHERE m.person_id = p_person AND m.flag IN ('identity_protected', 'adopted', 'gender_recognition', 'restricted_record') AND (m.ends IS NULL OR m.ends > now()))
        OR EXISTS (SELECT 1 FROM restriction r WHERE r.person_id = p_person AND r.category = '' AND (r.ends IS NULL OR r.ends > now()))
        OR EXISTS (SELECT 1 FROM person_name n WHERE n.person_id = p_person AND n.protected_as <> '' AND n.ends IS NULL)
$$;

CREATE OR REPLACE FUNCTION agreement_of(one text, other text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN coalesce(one, '') = '' OR coalesce(other, '') = '' THEN 'unknown' WHEN one = other THEN 'same' ELSE 'differs' END;

-- `shared_sounds`: how many sounds all names of both have in common, pet forms among them; two or more reach beyond one name.
CREATE OR REPLACE FUNCTION names_agree(one text, other text, shared_sounds integer) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN one = '' OR other = '' THEN 'unknown' WHEN lower(one) = lower(other) THEN 'same'
        WHEN similarity(lower(one), lower(other)) >= 0.4 OR soundex(one) = soundex(other) OR shared_sounds >= 2 THEN 'close' ELSE 'differs' END;

CREATE OR REPLACE FUNCTION births_agree(one date, other date) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN one IS NULL OR other IS NULL THEN 'unknown' WHEN one = other THEN 'same'
        WHEN extract(year FROM one) = extract(year FROM other) AND extract(month FROM one) = extract(day FROM other) AND extract(day FROM one) = extract(month FROM other) THEN 'swapped'
        WHEN (extract(year FROM one) = extract(year FROM other))::integer + (extract(month FROM one) = extract(month FROM other))::integer
           + (extract(day FROM one) = extract(day FROM other))::integer = 2 THEN 'close'
        ELSE 'differs' END;

-- The day that is meant when day and month change places; nothing where there is none, or it is the same.
CREATE OR REPLACE FUNCTION swapped_day(day date) RETURNS date
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN extract(day FROM day) <= 12 AND extract(day FROM day) <> extract(month FROM day)
        THEN make_date(extract(year FROM day)::integer, extract(day FROM day)::integer, extract(month FROM day)::integer) END;

-- Take a few who wait and compare each with those who share a number, a birth date or a whole name. Only how they agree leaves, never a value.
CREATE OR REPLACE FUNCTION compare_due(p_at_most integer)
    RETURNS TABLE (waiting integer, first bigint, second bigint, nhs_number text, upn text, born text, given_name text, family_name text, postcode text, contact text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE due bigint[];
BEGIN
    WITH gone AS (DELETE FROM linkage_due WHERE person_id IN (SELECT d.person_id FROM linkage_due d LIMIT p_at_most FOR UPDATE SKIP LOCKED) RETURNING person_id)
    SELECT array_agg(person_id) INTO due FROM gone;
    RETURN QUERY
        SELECT cardinality(due), NULL::bigint, NULL::bigint, NULL, NULL, NULL, NULL, NULL, NULL, NULL WHERE due IS NOT NULL
        UNION ALL
        SELECT DISTINCT ON (least(a.id, b.id), greatest(a.id, b.id)) cardinality(due), least(a.id, b.id), greatest(a.id, b.id), agreement_of(a.nhs_number, b.nhs_number), agreement_of(a.upn, b.upn),
               births_agree(a.date_of_birth, b.date_of_birth), names_agree(a.given_name, b.given_name, (SELECT count(*)::integer FROM unnest(a.sounds) x WHERE x = ANY (b.sounds))), names_agree(a.family_name, b.family_name, 0),
               CASE WHEN EXISTS (SELECT 1 FROM address x JOIN address y ON y.postcode = x.postcode WHERE x.person_id = a.id AND y.person_id = b.id AND x.postcode <> '') THEN 'same' ELSE 'unknown' END,
               CASE WHEN EXISTS (SELECT 1 FROM contact_point x JOIN contact_point y ON y.keys && x.keys WHERE x.person_id = a.id AND y.person_id = b.id) THEN 'same' ELSE 'unknown' END
          FROM unnest(due) d JOIN person a ON a.id = d CROSS JOIN LATERAL (
               (SELECT p.* FROM person p WHERE p.nhs_number = a.nhs_number AND p.id <> a.id LIMIT 20)
               UNION ALL (SELECT p.* FROM person p WHERE p.upn = a.upn AND p.id <> a.id LIMIT 20)
               UNION ALL (SELECT p.* FROM person p WHERE p.date_of_birth = a.date_of_birth AND p.sounds && a.sounds AND p.id <> a.id LIMIT 100)
               UNION ALL (SELECT p.* FROM person p WHERE p.date_of_birth = swapped_day(a.date_of_birth) AND p.sounds && a.sounds AND p.id <> a.id LIMIT 50)
               UNION ALL (SELECT p.* FROM person p WHERE p.search_name = a.search_name AND a.search_name <> '' AND p.id <> a.id LIMIT 50)) b
         WHERE NOT never_matched(a.id) AND NOT never_matched(b.id);
END $$;

-- Two records to be shown to the records office. What was decided before stays decided; protected people are asked for once more.
CREATE OR REPLACE FUNCTION propose_same_person(p_first bigint, p_second bigint, p_weight double precision, p_reasons text[]) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF never_matched(p_first) OR never_matched(p_second) THEN RETURN false; END IF;
    INSERT INTO same_person AS s (first_id, second_id, reasons, weight, status, proposed_at, decision_reason)
    VALUES (least(p_first, p_second), greatest(p_first, p_second), p_reasons, p_weight, 'proposed', now(), '')
    ON CONFLICT (first_id, second_id) DO UPDATE SET reasons = excluded.reasons, weight = excluded.weight WHERE s.status = 'proposed';
    RETURN FOUND;
END $$;

-- Whether the session is a records office that may know both: registered by its own agency, or within its reach by an agreement on the index.
CREATE OR REPLACE FUNCTION office_of(p_person bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT NOT never_matched(p_person) AND EXISTS (
        SELECT 1 FROM identity_session s JOIN practitioner w ON w.id = s.practitioner_id JOIN person p ON p.id = p_person
         WHERE s.token_hash = token_hash() AND s.ended_at IS NULL AND s.expires_at > now() AND w.role = 'records_manager'
           AND (p.registered_by_agency_id = w.agency_id OR EXISTS (SELECT 1 FROM flow f WHERE f.from_agency_id = p.registered_by_agency_id AND f.to_agency_id = w.agency_id
                 AND f.category = 'index_entry' AND f.starts <= now() AND f.ends > now())))
$$;

CREATE OR REPLACE FUNCTION pairs_to_judge(p_statuses text[], p_limit integer)
    RETURNS TABLE (id bigint, status varchar, weight double precision, reasons varchar[], first_id bigint, first_name text, first_born date, first_nhs varchar, first_agency varchar, first_at timestamptz,
                   second_id bigint, second_name text, second_born date, second_nhs varchar, second_agency varchar, second_at timestamptz, decided_at timestamptz, decided_by text, reason text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.id, s.status, s.weight, s.reasons, a.id, btrim(a.given_name || ' ' || a.family_name), a.date_of_birth, a.nhs_number, g.name, a.registered_at,
           b.id, btrim(b.given_name || ' ' || b.family_name), b.date_of_birth, b.nhs_number, h.name, b.registered_at, s.decided_at, coalesce(w.name, ''), s.decision_reason
      FROM same_person s JOIN person a ON a.id = s.first_id JOIN person b ON b.id = s.second_id JOIN agency g ON g.id = a.registered_by_agency_id JOIN agency h ON h.id = b.registered_by_agency_id
           LEFT JOIN practitioner w ON w.id = s.decided_by_id
     WHERE s.status = ANY (p_statuses) AND office_of(a.id) AND office_of(b.id)
     ORDER BY coalesce(s.decided_at, '-infinity') DESC, s.weight DESC, s.id LIMIT p_limit
$$;

-- The records office says what is so, with its reason; said again it changes nothing. NULL: no such pair for this office.
CREATE OR REPLACE FUNCTION judge_pair(p_pair bigint, p_status text, p_reason text) RETURNS bigint[]
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE s same_person%ROWTYPE;
BEGIN
    SELECT * INTO s FROM same_person WHERE id = p_pair FOR UPDATE;
    IF NOT FOUND OR NOT office_of(s.first_id) OR NOT office_of(s.second_id) THEN RETURN NULL; END IF;
    IF s.status = p_status THEN RETURN ARRAY[s.first_id, s.second_id]; END IF;
    IF NOT (s.status || '>' || p_status = ANY (ARRAY['proposed>linked', 'proposed>different', 'linked>unlinked', 'different>linked', 'unlinked>linked', 'unlinked>different'])) THEN
        RAISE EXCEPTION 'a pair that is % does not become %', s.status, p_status USING ERRCODE = 'invalid_parameter_value';
    END IF;
    UPDATE same_person SET status = p_status, decided_at = now(), decided_by_id = my_practitioner(), decision_reason = p_reason WHERE id = p_pair;
    INSERT INTO same_person_event (pair_id, at, by_id, what, reason) VALUES (p_pair, now(), my_practitioner(), p_status, p_reason);
    RETURN ARRAY[s.first_id, s.second_id];
END $$;

-- Other records of the person whose record is open, as far as the reader may know them.
CREATE OR REPLACE FUNCTION linked_to(p_person bigint) RETURNS TABLE (id bigint, agency varchar)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.id, g.name FROM same_person s JOIN person p ON p.id = CASE WHEN s.first_id = p_person THEN s.second_id ELSE s.first_id END JOIN agency g ON g.id = p.registered_by_agency_id
     WHERE p_person IN (s.first_id, s.second_id) AND p_person = ANY (ticket_people()) AND s.status = 'linked' AND NOT never_matched(p_person) AND NOT never_matched(p.id) AND wall_lets_know(p.id)
$$;
