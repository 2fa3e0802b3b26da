-- The database's half of the gate: the facts it decides on, and the one way to open a record.

-- Everything the gate may know of this session, this person and this purpose, in one round trip. An id that is nobody's gets the same
-- questions, so that it takes as long. NULL: nobody is asking.
CREATE OR REPLACE FUNCTION gate_facts(p_person bigint, p_purpose text) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE s identity_session%ROWTYPE; mine integer; answer jsonb;
BEGIN
    SELECT * INTO s FROM identity_session WHERE token_hash = token_hash() AND ended_at IS NULL AND expires_at > now();
    IF NOT FOUND THEN RETURN NULL; END IF;
    SELECT agency_id INTO mine FROM practitioner WHERE id = s.practitioner_id;
    SELECT jsonb_build_object(
        'exists', p.id IS NOT NULL, 'born', p.date_of_birth, 'died', p.died_on, 'registered_by', p.registered_by_agency_id,
        'flags', ARRAY(SELECT m.flag FROM person_marker m WHERE m.person_id = asked.id AND m.starts <= now() AND (m.ends IS NULL OR m.ends > now())),
        'restricted', coalesce(r.any, false), 'named', coalesce(r.named, false),
        'barred_categories', ARRAY(SELECT DISTINCT r.category FROM restriction r WHERE r.person_id = asked.id AND r.category <> '' AND r.starts <= now()
                                    AND (r.ends IS NULL OR r.ends > now()) AND NOT coalesce(s.practitioner_id = ANY (r.practitioners), false)),
        'concealed', EXISTS (SELECT 1 FROM address a WHERE a.person_id = asked.id AND a.concealed AND a.ends IS NULL),
        'unsafe', EXISTS (SELECT 1 FROM unsafe_with u WHERE u.person_id = asked.id AND u.starts <= now() AND (u.ends IS NULL OR u.ends > now())),
        'relation', my_relation(asked.id),
        'tie', (SELECT t.kind FROM declared_tie t WHERE t.person_id = asked.id AND t.practitioner_id = s.practitioner_id),
        'capacity', (SELECT c.outcome FROM capacity_judgement c WHERE c.person_id = asked.id ORDER BY c.judged_at DESC LIMIT 1),
        'consents', coalesce((SELECT jsonb_agg(jsonb_build_object('state', c.state, 'by', c.by, 'purpose', c.purpose, 'categories', c.excluded_categories,
                        'agencies', c.excluded_agencies, 'only_parts', c.only_parts, 'doubt', c.doubt <> '', 'expired', coalesce(c.expires_at <= now(), false)) ORDER BY c.given_at DESC)
                      FROM consent c WHERE c.person_id = asked.id AND c.ended_at IS NULL), '[]'),
        'objections', coalesce((SELECT jsonb_agg(jsonb_build_object('category', o.category, 'agency', o.agency_id)) FROM objection o WHERE o.person_id = asked.id AND o.ended_at IS NULL), '[]'),
        'risk', (SELECT jsonb_build_object('of_not_acting', r.of_not_acting, 'of_acting', r.of_acting) FROM risk r
                  WHERE r.person_id = asked.id AND r.ended_at IS NULL ORDER BY r.judged_at DESC LIMIT 1),
        'documents', ARRAY(SELECT d.kind || CASE WHEN d.scope_specific THEN ':specific' ELSE '' END FROM verified_document d
                            WHERE d.person_id = asked.id AND d.verified_at IS NOT NULL AND (d.expires_at IS NULL OR d.expires_at > now()) AND (d.agency_id IS NULL OR d.agency_id = mine)),
        'representation', (SELECT jsonb_build_object('role', r.role, 'authority', r.authority, 'verified', r.authority_verified_at IS NOT NULL, 'limited_to', r.limited_to, 'parts', r.parts,
                             'barred', r.barred_by_court_order) FROM representation r WHERE r.account_id = s.account_id AND r.person_id = asked.id AND r.starts <= now()
                             AND (r.ends IS NULL OR r.ends > now()) ORDER BY r.barred_by_court_order DESC, r.authority = 'consent', r.id LIMIT 1),
        'ledger_holds', ARRAY(SELECT DISTINCT h.reason FROM ledger_hold h WHERE h.person_id = asked.id AND h.starts <= now() AND (h.ends IS NULL OR h.ends > now())),
        'recent_views', (SELECT count(*) FROM record_view v WHERE v.practitioner_id = s.practitioner_id AND v.last_at > now() - interval '5 minutes'),
        'need_declared', EXISTS (SELECT 1 FROM information_need n WHERE n.agency_id = mine AND n.purpose = p_purpose AND n.starts <= now() AND (n.ends IS NULL OR n.ends > now())),
        'shared_categories', ARRAY(SELECT DISTINCT f.category FROM flow f WHERE f.to_agency_id = mine AND f.purpose = p_purpose AND f.starts <= now() AND f.ends > now()),
        'agreement', agreement_state(mine, p_purpose))
      INTO answer
      FROM (VALUES (p_person)) AS asked(id) LEFT JOIN person p ON p.id = asked.id
           LEFT JOIN LATERAL (SELECT bool_and(s.practitioner_id = ANY (r.practitioners)) AS named, true AS any
                                FROM restriction r WHERE r.person_id = asked.id AND r.category = '' AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now()) HAVING count(*) > 0) r ON true;
    RETURN answer;
END $$;

-- How an agency stands to sharing for a purpose, in the gate's words; the reasons behind a closed tap.
CREATE OR REPLACE FUNCTION agreement_state(p_agency integer, p_purpose text) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE
        WHEN EXISTS (SELECT 1 FROM flow f WHERE f.to_agency_id = p_agency AND f.starts <= now() AND f.ends > now())
          OR EXISTS (SELECT 1 FROM flow f WHERE f.from_agency_id = p_agency AND f.starts <= now() AND f.ends > now()) THEN 'in_force' -- apart: each has its index
        WHEN EXISTS (SELECT 1 FROM agreement_party y JOIN sharing_agreement a ON a.id = y.agreement_id WHERE y.agency_id = p_agency AND y.withdrawn_at <= now()) THEN 'withdrawn_by_agency'
        WHEN EXISTS (SELECT 1 FROM agreement_party y JOIN sharing_agreement a ON a.id = y.agreement_id WHERE y.agency_id = p_agency AND y.signed_at IS NOT NULL AND (a.ends <= now() OR a.status = 'ended')) THEN 'expired'
        WHEN EXISTS (SELECT 1 FROM agreement_party y WHERE y.agency_id = p_agency) THEN 'draft'
        ELSE 'none' END
$$;

-- One ledger line for whoever this session is. The identity is the database's own; the words are the gate's.
CREATE OR REPLACE FUNCTION write_line(p jsonb) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE s identity_session%ROWTYPE; mine integer;
BEGIN
    SELECT * INTO s FROM identity_session WHERE token_hash = token_hash() AND ended_at IS NULL AND expires_at > now();
    SELECT w.agency_id INTO mine FROM practitioner w WHERE w.id = s.practitioner_id;
    RETURN ledger_append(
        verb => p ->> 'verb', surface => coalesce(p ->> 'surface', 'page'), account_id => s.account_id, practitioner_id => s.practitioner_id::bigint, agency_id => mine::bigint,
        person_id => (p ->> 'person_id')::bigint, people => CASE WHEN p ? 'people' THEN ARRAY(SELECT x::bigint FROM jsonb_array_elements_text(p -> 'people') x) END,
        category => p ->> 'category', item => p ->> 'item', purpose => p ->> 'purpose', basis => p ->> 'basis', decision => p ->> 'decision',
        rules => ARRAY(SELECT jsonb_array_elements_text(coalesce(p -> 'rules', '[]'))), obligations => ARRAY(SELECT jsonb_array_elements_text(coalesce(p -> 'obligations', '[]'))),
        withheld => ARRAY(SELECT jsonb_array_elements_text(coalesce(p -> 'withheld', '[]'))), reason => p ->> 'reason',
        automatic => coalesce((p ->> 'automatic')::boolean, false), detail => p -> 'detail');
END $$;

-- What opens in an emergency whatever agreements, objections and named lists say; the gate has the same list, and a test compares the two.
CREATE OR REPLACE FUNCTION emergency_categories() RETURNS integer[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ARRAY[category_no('index_entry'), category_no('contact_details'), category_no('home_address'), category_no('whereabouts'),
        category_no('strengths_needs_plan'), category_no('safeguarding_concern'), category_no('general_health'), category_no('mental_health'), category_no('property_entry')];

-- Open what the gate has permitted: the ledger line and the ticket in one act. Returns the line, or NULL when this wall does not agree
-- (the line is then written as denied). `p_own` are categories of the reader's own agency and of nobody's; `p_shared` of other agencies.
-- Whatever it is handed, it lends no more than agreements in force, objections and named lists allow at this moment. Its plans are kept: making them took a quarter of its time.
CREATE OR REPLACE FUNCTION open_record(p_person bigint, p_own integer[], p_shared integer[], p_write boolean, p_line jsonb) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    s identity_session%ROWTYPE;
    mine integer;
    keys bigint[];
    line bigint;
    emergency boolean;
    chosen integer[];
    knows boolean := wall_lets_know(p_person);
    watching boolean := false;
BEGIN
    SELECT * INTO s FROM identity_session WHERE token_hash = token_hash() AND ended_at IS NULL AND expires_at > now();
    IF NOT FOUND THEN RETURN NULL; END IF;
    IF NOT knows AND s.practitioner_id IS NOT NULL THEN
        watching := watches(s.practitioner_id, p_person);
        knows := watching;
    END IF;
    line := write_line(p_line || jsonb_build_object('person_id', p_person) || CASE WHEN knows THEN '{}' ELSE '{"decision": "deny", "rules": ["WALL"]}'::jsonb END);
    IF NOT knows THEN RETURN NULL; END IF;
    IF s.practitioner_id IS NULL THEN
        chosen := chosen_parts(p_person);
        keys := ARRAY(SELECT record_key(p_person, a.agency, c) FROM unnest(p_own) c,
                      (SELECT 0 AS agency UNION SELECT p.registered_by_agency_id FROM person p WHERE p.id = p_person
                       UNION SELECT DISTINCT ((e.key >> 6) & 32767)::integer FROM entry_subject e WHERE e.person_id = p_person) a WHERE chosen IS NULL OR c = ANY (chosen));
    ELSE
        SELECT agency_id INTO mine FROM practitioner WHERE id = s.practitioner_id;
        emergency := in_emergency(s.practitioner_id, p_person);
        keys := ARRAY(  -- those of entries first: a chronology looks for each of its rows from the front
            SELECT record_key(p_person, mine, c) FROM unnest(p_own) c WHERE NOT emergency OR c = ANY (emergency_categories())
            UNION ALL
            SELECT record_key(p_person, f.from_agency_id, f.category_no) FROM flow f
             WHERE f.to_agency_id = mine AND f.purpose = p_line ->> 'purpose' AND f.starts <= now() AND f.ends > now() AND f.category_no = ANY (p_shared)
               AND (p_line ->> 'purpose' IN ('safeguarding_child', 'safeguarding_adult', 'emergency_life')
                    OR NOT EXISTS (SELECT 1 FROM objection o WHERE o.person_id = p_person AND o.ended_at IS NULL
                                    AND (o.category = '' OR o.category = f.category) AND (o.agency_id IS NULL OR o.agency_id = mine)))
            UNION ALL
            SELECT record_key(p_person, 0, c) FROM unnest(p_own) c WHERE NOT emergency OR c = ANY (emergency_categories()));
        IF EXISTS (SELECT 1 FROM restriction r WHERE r.person_id = p_person AND r.category <> '') AND NOT emergency THEN
            keys := ARRAY(SELECT k FROM unnest(keys) k WHERE NOT EXISTS (
                SELECT 1 FROM restriction r WHERE r.person_id = p_person AND r.category <> '' AND category_no(r.category) = (k & 63)
                   AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now()) AND NOT s.practitioner_id = ANY (r.practitioners)));
        END IF;
        IF emergency THEN
            keys := keys || ARRAY(SELECT DISTINCT e.key FROM entry_subject e WHERE e.person_id = p_person AND (e.key & 63)::integer = ANY (p_shared)
                                     AND (e.key & 63)::integer = ANY (emergency_categories()));
        END IF;
        IF watching THEN
            keys := ARRAY(SELECT k FROM unnest(keys) k WHERE k = record_key(p_person, 0, category_no('access_ledger')));
        ELSIF p_line ->> 'verb' IN ('read', 'break_glass') THEN
            INSERT INTO record_view AS v (person_id, practitioner_id, first_at, last_at) VALUES (p_person, s.practitioner_id, now(), now())
            ON CONFLICT (person_id, practitioner_id) DO UPDATE SET last_at = now(),
                before_last_at = CASE WHEN v.last_at < now() - interval '1 hour' THEN v.last_at ELSE v.before_last_at END;
        END IF;
    END IF;
    PERFORM issue_ticket(keys, CASE WHEN watching THEN '{}' ELSE ARRAY[p_person] END, CASE WHEN p_write AND NOT watching AND chosen IS NULL THEN ARRAY[p_person] ELSE '{}' END);
    RETURN line;
END $$;

-- A report must be taken even about somebody the sender may not know: it lends the right to write, never to read. NULL: one of them is nobody.
CREATE OR REPLACE FUNCTION open_for_report(p_people bigint[], p_line jsonb) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE line bigint; all_there boolean := (SELECT count(*) FROM person WHERE id = ANY (p_people)) = cardinality(p_people);
BEGIN
    IF NOT EXISTS (SELECT 1 FROM identity_session WHERE token_hash = token_hash() AND ended_at IS NULL AND expires_at > now()) THEN RETURN NULL; END IF;
    line := write_line(p_line || jsonb_build_object('person_id', p_people[1], 'people', p_people) || CASE WHEN all_there THEN '{}' ELSE '{"decision": "deny"}'::jsonb END);
    IF NOT all_there THEN RETURN NULL; END IF;
    PERFORM issue_ticket('{}', '{}', p_people);
    RETURN line;
END $$;
