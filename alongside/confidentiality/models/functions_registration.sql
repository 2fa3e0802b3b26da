-- People are registered through one door that tells nothing of others.

-- A new person, with whoever registers allocated if they ask for it, and the ledger's line. Answers the same whether or not somebody hidden has the same
-- NHS number; possible doubles go to linkage, not here. The same key sent again by the same agency gives the same person.
CREATE OR REPLACE FUNCTION register_person(p jsonb) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE new_id bigint; me integer; mine integer;
BEGIN
    SELECT w.id, w.agency_id INTO me, mine FROM identity_session s JOIN practitioner w ON w.id = s.practitioner_id
     WHERE s.token_hash = token_hash() AND s.ended_at IS NULL AND s.expires_at > now();
    IF mine IS NULL THEN RAISE EXCEPTION 'only a signed-in practitioner may register a person' USING ERRCODE = 'insufficient_privilege'; END IF;
    SELECT id INTO new_id FROM person WHERE registration_key = (p ->> 'key')::uuid AND registered_by_agency_id = mine;
    IF FOUND THEN RETURN new_id; END IF;
    LOOP
        new_id := 1 + floor(random() * 2199023255550)::bigint;
        EXIT WHEN NOT EXISTS (SELECT 1 FROM person WHERE id = new_id);
    END LOOP;
    INSERT INTO person (id, given_name, family_name, known_as, pronouns, date_of_birth, birth_date_estimated, died_on, nhs_number, nhs_number_status, upn, registered_by_agency_id,
                        registered_at, registration_key, search_name, sounds, acl)
    SELECT new_id, coalesce(r.given_name, ''), coalesce(r.family_name, ''), coalesce(r.known_as, ''), coalesce(r.pronouns, ''), r.date_of_birth,
           coalesce(r.birth_date_estimated, false), r.died_on, r.nhs_number, '03', r.upn, mine, now(), r.key, coalesce(r.search_name, ''), coalesce(r.sounds, '{}'), '{}'
      FROM jsonb_to_record(p) AS r(given_name text, family_name text, known_as text, pronouns text, date_of_birth date, birth_date_estimated boolean, died_on date,
                                   nhs_number text, upn text, key uuid, search_name text, sounds varchar[]);
    PERFORM write_line(jsonb_build_object('verb', 'write', 'category', 'index_entry', 'purpose', 'direct_care', 'decision', 'permit', 'person_id', new_id, 'item', 'registered'));
    IF (p ->> 'allocated')::boolean THEN
        INSERT INTO relationship (person_id, practitioner_id, agency_id, kind, lead, reason, starts, ended_reason)
        VALUES (new_id, me, mine, 'allocated', true, 'Registered this person', now(), '');
    END IF;
    PERFORM issue_ticket(ARRAY(SELECT record_key(new_id, a, c) FROM unnest(ARRAY[0, mine]) a, generate_series(0, 23) c), ARRAY[new_id], ARRAY[new_id]);
    RETURN new_id;
END $$;
