-- Tickets: what a transaction may read and write about whom. Given out by open_record only, and good in the one transaction that it was given to, so that neither
-- SQL text nor a borrowed connection can make or keep one. Its moment is part of its key, because transactions count anew in a restored database.
CREATE UNLOGGED TABLE IF NOT EXISTS ticket (
    at timestamptz NOT NULL, xid xid8 NOT NULL, keys bigint[] NOT NULL, people bigint[] NOT NULL, writable bigint[] NOT NULL, PRIMARY KEY (at, xid));

-- Asked once for each table of a question. However many tickets lie there, each is found by its key.
CREATE OR REPLACE FUNCTION ticket_keys() RETURNS bigint[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS $$
BEGIN
    RETURN coalesce((SELECT keys FROM ticket WHERE at = now() AND xid = pg_current_xact_id_if_assigned()), '{}');
END $$;

CREATE OR REPLACE FUNCTION ticket_people() RETURNS bigint[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS $$
BEGIN
    RETURN coalesce((SELECT people FROM ticket WHERE at = now() AND xid = pg_current_xact_id_if_assigned()), '{}');
END $$;

CREATE OR REPLACE FUNCTION ticket_writable() RETURNS bigint[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS $$
BEGIN
    RETURN coalesce((SELECT writable FROM ticket WHERE at = now() AND xid = pg_current_xact_id_if_assigned()), '{}');
END $$;

-- Only definer functions may call it: adds to what this transaction may read.
CREATE OR REPLACE FUNCTION issue_ticket(p_keys bigint[], p_people bigint[], p_writable bigint[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO ticket AS held VALUES (now(), pg_current_xact_id(), p_keys, p_people, p_writable)
    ON CONFLICT (at, xid) DO UPDATE SET keys = held.keys || p_keys, people = held.people || p_people, writable = held.writable || p_writable
$$;

CREATE OR REPLACE FUNCTION end_ticket() RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS $$
    DELETE FROM ticket WHERE at = now() AND xid = pg_current_xact_id_if_assigned()
$$;

CREATE OR REPLACE FUNCTION forget_tickets() RETURNS bigint
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH spent AS (DELETE FROM ticket WHERE xid < pg_snapshot_xmin(pg_current_snapshot()) OR at < now() - interval '1 day' RETURNING 1) SELECT count(*) FROM spent
$$;

DROP FUNCTION IF EXISTS ticket_list(integer), ticket_signature(text);
DROP TABLE IF EXISTS ticket_secret;

DROP FUNCTION IF EXISTS let_sign_in(bigint, bigint);

-- What the concealed addresses of these people, and of those they live with or belong to, are recognised by. Only functions ask it.
-- Its plan and that of concealed_among are kept: every entry asks, and planning took four fifths of the time.
CREATE OR REPLACE FUNCTION concealed_keys(p_people bigint[]) RETURNS text[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
    SELECT ARRAY(
        SELECT DISTINCT k FROM address a, unnest(a.keys) k WHERE a.concealed AND a.ends IS NULL AND a.person_id IN (
            SELECT unnest(p_people)
            UNION SELECT f.relative_id FROM family_relation f WHERE f.person_id = ANY (p_people) AND f.relative_id IS NOT NULL
            UNION SELECT f.person_id FROM family_relation f WHERE f.relative_id = ANY (p_people)
            UNION SELECT u.person_id FROM unsafe_with u WHERE u.other_id = ANY (p_people) AND (u.ends IS NULL OR u.ends > now())))
$$;

-- Which of these keys (see rules/places.py) belong to such an address; with no keys, all of them. No address travels. Only about people whose record,
-- or whose shared entry, is open to the asker.
CREATE OR REPLACE FUNCTION concealed_among(p_people bigint[], p_keys text[]) RETURNS text[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
    SELECT ARRAY(SELECT k FROM unnest(concealed_keys(ARRAY(
        SELECT p FROM unnest(p_people) p WHERE p = ANY (ticket_people()) OR p = ANY (ticket_writable())
            OR EXISTS (SELECT 1 FROM entry_subject e WHERE e.person_id = p AND e.shared_to && my_principals())))) k WHERE p_keys IS NULL OR k = ANY (p_keys))
$$;

-- Whether a number, an email or an address leads to somebody, or to somewhere, the person is unsafe with. Yes or no: nothing of the other's travels.
CREATE OR REPLACE FUNCTION leads_to_somebody_unsafe(p_person bigint, p_keys text[]) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p_person = ANY (ticket_people()) AND EXISTS (
        SELECT 1 FROM unsafe_with u WHERE u.person_id = p_person AND (u.ends IS NULL OR u.ends > now())
           AND (same_place(u.keys, p_keys)
                OR EXISTS (SELECT 1 FROM contact_point c WHERE c.person_id = u.other_id AND c.ends IS NULL AND c.keys && p_keys)
                OR EXISTS (SELECT 1 FROM address a WHERE a.person_id = u.other_id AND a.ends IS NULL AND same_place(a.keys, p_keys))))
$$;

-- One house: the same house and street, and the same postcode where both have one.
CREATE OR REPLACE FUNCTION same_place(one text[], other text[]) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN EXISTS (SELECT FROM unnest(one) k WHERE k LIKE 'place:%' AND k = ANY (other))
       AND NOT (EXISTS (SELECT FROM unnest(one) k WHERE k LIKE 'postcode:%') AND EXISTS (SELECT FROM unnest(other) k WHERE k LIKE 'postcode:%')
                AND NOT EXISTS (SELECT FROM unnest(one) k WHERE k LIKE 'postcode:%' AND k = ANY (other)));

-- The facts about reaching a person that their markers and their life decide; the markers themselves stay unseen.
CREATE OR REPLACE FUNCTION reaching(p_person bigint) RETURNS TABLE (portal_unsafe boolean, died boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM person_marker m WHERE m.person_id = p.id AND m.flag = 'portal_unsafe' AND m.starts <= now() AND (m.ends IS NULL OR m.ends > now())), p.died_on IS NOT NULL
      FROM person p WHERE p.id = p_person AND p.id = ANY (ticket_people())
$$;

-- One batch of a register from a file: people, their addresses and contacts, whose they become, how far the file is read, which rows were refused
-- and the ledger's line, all or nothing. A batch that was loaded before is not loaded again. Returns how many people were made.
CREATE OR REPLACE FUNCTION load_register_batch(p_import bigint, p_from integer, p_until integer, p_rows jsonb, p_refused jsonb) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE i register_import%ROWTYPE; made bigint[];
BEGIN
    SELECT * INTO i FROM register_import WHERE id = p_import FOR UPDATE;
    IF NOT FOUND OR i.status = 'done' OR i.rows_read <> p_from THEN RETURN NULL; END IF;
    WITH given AS MATERIALIZED (
        SELECT 1 + floor(random() * 2199023255550)::bigint AS id, r.*
          FROM jsonb_to_recordset(p_rows) AS r(given_name text, family_name text, known_as text, pronouns text, date_of_birth date, birth_date_estimated boolean, died_on date,
                                               nhs_number text, upn text, search_name text, sounds varchar[], places jsonb, contacts jsonb, other_names jsonb)),
    person_made AS (
        INSERT INTO person (id, given_name, family_name, known_as, pronouns, date_of_birth, birth_date_estimated, died_on, nhs_number, nhs_number_status, upn,
                            registered_by_agency_id, registered_at, search_name, sounds, acl)
        SELECT id, given_name, family_name, known_as, pronouns, date_of_birth, birth_date_estimated, died_on, nhs_number, '03', upn, i.agency_id, now(), search_name, sounds,
               CASE WHEN i.team_id IS NULL THEN '{}' ELSE ARRAY[1000000000 + i.team_id::integer] END FROM given RETURNING id),
    place_made AS (
        INSERT INTO address (person_id, kind, lines, postcode, concealed, keys, recorded_at)
        SELECT g.id, 'home', a.lines, a.postcode, false, a.keys, now() FROM given g, jsonb_to_recordset(g.places) AS a(lines text, postcode text, keys text[])),
    contact_made AS (
        INSERT INTO contact_point (person_id, kind, value, safe, shared_with_others, note, keys, recorded_at)
        SELECT g.id, c.kind, c.value, true, false, '', c.keys, now() FROM given g, jsonb_to_recordset(g.contacts) AS c(kind text, value text, keys text[])),
    name_made AS (
        INSERT INTO person_name (person_id, kind, given_name, family_name, protected_as, recorded_at)
        SELECT g.id, n.kind, n.given_name, n.family_name, '', now() FROM given g, jsonb_to_recordset(g.other_names) AS n(kind text, given_name text, family_name text))
    SELECT array_agg(id) INTO made FROM person_made;
    INSERT INTO relationship (person_id, team_id, agency_id, kind, lead, reason, starts, ended_reason)
    SELECT x, i.team_id, i.agency_id, 'team_cover', false, 'Came with the register', now(), '' FROM unnest(made) x WHERE i.team_id IS NOT NULL;
    INSERT INTO register_refused_row (register_import_id, "row", reasons)
    SELECT p_import, (f ->> 'row')::integer, ARRAY(SELECT jsonb_array_elements_text(f -> 'reasons')) FROM jsonb_array_elements(p_refused) f;
    UPDATE register_import SET rows_read = p_until, rows_loaded = rows_loaded + coalesce(cardinality(made), 0), rows_refused = rows_refused + jsonb_array_length(p_refused), status = 'running'
     WHERE id = p_import;
    IF made IS NOT NULL THEN
        PERFORM ledger_append(verb => 'write', surface => 'cli', agency_id => i.agency_id::bigint, people => made, category => 'index_entry', item => 'register:' || p_import,
            purpose => 'data_quality', decision => 'permit', reason => 'Register loaded by ' || i.started_by, automatic => true, detail => jsonb_build_object('rows', ARRAY[p_from, p_until]));
    END IF;
    RETURN coalesce(cardinality(made), 0);
END $$;
