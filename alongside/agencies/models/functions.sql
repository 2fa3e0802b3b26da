-- Who is asking. The session's token is the only identity the database believes: it is unguessable and lives in one transaction's settings.

CREATE OR REPLACE FUNCTION record_key(person bigint, agency integer, category integer) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (person << 21) | (agency::bigint << 6) | category::bigint;

-- The numbers of alongside/common/categories.py; a test compares the two.
CREATE OR REPLACE FUNCTION category_no(code text) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN array_position(ARRAY['whole_record', 'index_entry', 'contact_details', 'home_address', 'whereabouts', 'strengths_needs_plan',
        'safeguarding_concern', 'child_protection_plan', 'domestic_abuse', 'education', 'general_health', 'mental_health', 'sexual_health', 'housing',
        'police_intelligence', 'criminal_allegation', 'spent_conviction', 'counselling_notes', 'adoption_history', 'gender_history',
        'immigration_status', 'legal_advice', 'property_entry', 'referrer_identity', 'access_ledger', 'workforce', 'finance_open_book',
        'aggregate_counts'], code) - 1;

CREATE OR REPLACE FUNCTION token_hash() RETURNS bytea
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN sha256(convert_to(nullif(current_setting('app.token', true), ''), 'UTF8'));

CREATE OR REPLACE FUNCTION my_principals() RETURNS integer[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN (SELECT s.principals FROM identity_session s
             WHERE s.token_hash = token_hash() AND s.ended_at IS NULL AND s.expires_at > now());
END $$;

CREATE OR REPLACE FUNCTION my_account() RETURNS bigint
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN (SELECT s.account_id FROM identity_session s
             WHERE s.token_hash = token_hash() AND s.ended_at IS NULL AND s.expires_at > now());
END $$;

-- The record that is this session's own; NULL for practitioners and for those who only act for others.
CREATE OR REPLACE FUNCTION my_person() RETURNS bigint
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN (SELECT s.person_id FROM identity_session s
             WHERE s.token_hash = token_hash() AND s.ended_at IS NULL AND s.expires_at > now());
END $$;

-- Self, self named personally, teams, those supervised and those covered, all as of now.
CREATE OR REPLACE FUNCTION principals_of(p_practitioner integer) RETURNS integer[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT ARRAY(
        SELECT p_practitioner
        UNION SELECT -p_practitioner
        UNION SELECT 1000000000 + m.team_id::integer FROM team_membership m JOIN team t ON t.id = m.team_id
               WHERE m.practitioner_id = p_practitioner AND m.starts <= now() AND (m.ends IS NULL OR m.ends > now())
                 AND (t.ends IS NULL OR t.ends > current_date)
        UNION SELECT p.id FROM practitioner p WHERE p.supervisor_id = p_practitioner AND (p.ends IS NULL OR p.ends > current_date)
        UNION SELECT c.absent_id FROM cover c WHERE c.covering_id = p_practitioner AND c.starts <= now() AND c.ends > now())
$$;

CREATE OR REPLACE FUNCTION begin_session(p_account bigint, p_token text, p_hours numeric, p_agent text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE worker integer;
BEGIN
    SELECT id INTO worker FROM practitioner WHERE account_id = p_account AND (ends IS NULL OR ends > current_date);
    INSERT INTO identity_session (token_hash, account_id, practitioner_id, person_id, principals, started_at, seen_at, expires_at, user_agent)
    SELECT sha256(convert_to(p_token, 'UTF8')), a.id, worker,
           (SELECT r.person_id FROM representation r WHERE r.account_id = a.id AND r.relation = 'self' AND r.ends IS NULL LIMIT 1),
           CASE WHEN worker IS NULL THEN '{}' ELSE principals_of(worker) END, now(), now(), now() + p_hours * interval '1 hour', left(p_agent, 200)
      FROM account a WHERE a.id = p_account AND a.is_active;
END $$;

CREATE OR REPLACE FUNCTION end_session(p_token text) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE identity_session SET ended_at = now() WHERE token_hash = sha256(convert_to(p_token, 'UTF8')) AND ended_at IS NULL
$$;

-- Resolve a token, make it this transaction's identity, refresh its principals, and say who it is. NULL when it is nobody's.
CREATE OR REPLACE FUNCTION identify(p_token text) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE s identity_session%ROWTYPE; fresh integer[]; answer jsonb;
BEGIN
    PERFORM set_config('app.token', '', true);
    IF pg_current_xact_id_if_assigned() IS NOT NULL THEN PERFORM end_ticket(); END IF;  -- it was given to another identity
    SELECT i.* INTO s FROM identity_session i JOIN account a ON a.id = i.account_id AND a.is_active
     WHERE i.token_hash = sha256(convert_to(p_token, 'UTF8')) AND i.ended_at IS NULL AND i.expires_at > now();
    IF NOT FOUND THEN RETURN NULL; END IF;
    fresh := CASE WHEN s.practitioner_id IS NULL THEN '{}' ELSE principals_of(s.practitioner_id) END;
    IF s.practitioner_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM practitioner p WHERE p.id = s.practitioner_id AND (p.ends IS NULL OR p.ends > current_date)) THEN
        RETURN NULL;
    END IF;
    IF fresh <> s.principals OR s.seen_at < now() - interval '1 minute' THEN
        UPDATE identity_session SET principals = fresh, seen_at = now() WHERE token_hash = s.token_hash;
    END IF;
    PERFORM set_config('app.token', p_token, true);
    SELECT jsonb_build_object(
        'account_id', a.id, 'large_print', a.large_print, 'single_key_shortcuts', a.single_key_shortcuts, 'practitioner_id', p.id, 'agency_id', g.id,
        'agency_kind', coalesce(g.kind_id, 'none'), 'agency_name', coalesce(g.name, ''), 'role', coalesce(p.role, 'person'), 'title', coalesce(p.title, ''),
        'name', coalesce(p.name, ''), 'own_person_id', s.person_id, 'principals', fresh, 'signed_in_at', s.started_at,
        'team_ids', ARRAY(SELECT x - 1000000000 FROM unnest(fresh) x WHERE x > 1000000000),
        'manages_team_ids', ARRAY(SELECT m.team_id FROM team_membership m WHERE m.practitioner_id = p.id AND m.is_manager AND m.starts <= now() AND (m.ends IS NULL OR m.ends > now())),
        'supervises', EXISTS (SELECT 1 FROM practitioner q WHERE q.supervisor_id = p.id AND (q.ends IS NULL OR q.ends > current_date)),
        'system_owner', coalesce(p.system_owner, false),
        'agency_has_owner', EXISTS (SELECT 1 FROM practitioner q WHERE q.agency_id = g.id AND q.system_owner AND (q.ends IS NULL OR q.ends > current_date)),
        'training_current', p.id IS NULL OR EXISTS (SELECT 1 FROM training t WHERE t.practitioner_id = p.id AND t.subject = 'information_governance' AND t.expires_on >= current_date))
      INTO answer
      FROM account a LEFT JOIN practitioner p ON p.id = s.practitioner_id LEFT JOIN agency g ON g.id = p.agency_id
     WHERE a.id = s.account_id;
    RETURN answer;
END $$;

-- A person sees their own open sessions and may end any of them; the handle is no token.
CREATE OR REPLACE FUNCTION my_sessions() RETURNS TABLE (started_at timestamptz, seen_at timestamptz, user_agent varchar, is_this_one boolean, handle text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.started_at, s.seen_at, s.user_agent, s.token_hash = token_hash(), left(encode(sha256(s.token_hash), 'hex'), 16)
      FROM identity_session s WHERE s.account_id = my_account() AND s.ended_at IS NULL AND s.expires_at > now() ORDER BY s.seen_at DESC
$$;

CREATE OR REPLACE FUNCTION end_my_session(p_handle text) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE identity_session SET ended_at = now()
     WHERE account_id = my_account() AND ended_at IS NULL AND left(encode(sha256(token_hash), 'hex'), 16) = p_handle
$$;

-- Two people have agreed that somebody's second step is taken off: whoever is signed in with it is so no longer. Within one agency only.
CREATE OR REPLACE FUNCTION end_sessions_of(p_practitioner integer) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE identity_session SET ended_at = now()
     WHERE practitioner_id = p_practitioner AND ended_at IS NULL
       AND EXISTS (SELECT 1 FROM practitioner p JOIN identity_session s ON s.practitioner_id = p.id JOIN practitioner q ON q.agency_id = p.agency_id
                    WHERE s.token_hash = token_hash() AND s.ended_at IS NULL AND s.expires_at > now() AND q.id = p_practitioner)
$$;

-- What sorts of body there are, as rows with dates: the law makes and abolishes them. The codes are the gate's own words.
INSERT INTO agency_kind (code, name, source) VALUES
    ('care_provider', 'Care provider', 'Health and Social Care Act 2008'), ('council_adults', 'Council: adult social care', 'Care Act 2014'),
    ('council_children', 'Council: children''s services', 'Children Act 1989'), ('council_commissioning', 'Council: commissioning', ''),
    ('council_housing', 'Council: housing', 'Housing Act 1996'), ('gp_practice', 'GP practice', 'NHS Act 2006'),
    ('immigration_enforcement', 'Immigration enforcement', ''), ('nhs_community', 'NHS community trust', 'NHS Act 2006'),
    ('nhs_hospital', 'NHS hospital trust', 'NHS Act 2006'), ('nhs_mental_health', 'NHS mental health trust', 'NHS Act 2006'), ('none', 'No agency', ''),
    ('peer_network', 'Peer network', ''), ('police', 'Police', 'Police Act 1996'), ('probation', 'Probation', 'Offender Management Act 2007'),
    ('researcher', 'Research body', ''), ('school', 'School or college', 'Education Act 2002'), ('voluntary', 'Voluntary body', 'Charities Act 2011')
ON CONFLICT (code) DO NOTHING;
