-- The database's half of the gate: the facts it decides on, the one way to open a record, and who may know whom.

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

-- How well somebody answers to what was asked: the name as it is written or sounds, the birth date, and the initials.
CREATE OR REPLACE FUNCTION name_score(likeness real, sounds_alike boolean, born date, day date, swapped date, name text, initials text) RETURNS real
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (greatest(likeness, CASE WHEN sounds_alike THEN 0.7 ELSE 0 END) + CASE WHEN born = day THEN 1 WHEN born = swapped THEN 0.8 ELSE 0 END
            + CASE WHEN name ~ ('\m(' || initials || ')') THEN 0.1 ELSE 0 END)::real;

-- The finder: one audited door with the policy inside. `known` people are those the reader works with; `index` people are only said to exist,
-- with the agency that registered them: for that the number, or the birth date beside the name, must be exact. A hidden person is never either,
-- and the same questions are asked of the tables whether there is one or nobody, so that neither words nor time tell.
DROP FUNCTION IF EXISTS find_people(text, text[], date, text, integer, jsonb);
CREATE OR REPLACE FUNCTION find_people(p jsonb, p_limit integer, p_line jsonb)
    RETURNS TABLE (id bigint, given_name varchar, family_name varchar, known_as varchar, date_of_birth date, nhs_number varchar, scope text, agency text, closeness real)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET pg_trgm.word_similarity_threshold = 0.45 AS $$
DECLARE me integer[] := my_principals(); mine integer; ids bigint[]; near real[]; known_count integer; maybe bigint[]; many boolean; few constant integer := 4000;
    asked text := coalesce(p ->> 'words', ''); nhs text := p ->> 'nhs_number'; pupil text := p ->> 'upn'; day date := (p ->> 'born')::date; swapped date;
    first_day date := coalesce((p ->> 'born_from')::date, '-infinity'); last_day date := coalesce((p ->> 'born_until')::date, 'infinity');
    initials text := nullif(array_to_string(ARRAY(SELECT jsonb_array_elements_text(coalesce(p -> 'initials', '[]'))), '|'), '');
    codes varchar[] := coalesce(nullif(ARRAY(SELECT jsonb_array_elements_text(coalesce(p -> 'sounds', '[]'))), '{}'), ARRAY['?'])::varchar[];
BEGIN
    SELECT w.agency_id INTO mine FROM identity_session s JOIN practitioner w ON w.id = s.practitioner_id
     WHERE s.token_hash = token_hash() AND s.ended_at IS NULL AND s.expires_at > now();
    IF mine IS NULL THEN RETURN; END IF;
    IF extract(day FROM day) <= 12 THEN
        swapped := make_date(extract(year FROM day)::integer, extract(day FROM day)::integer, extract(month FROM day)::integer);
    END IF;
    IF nhs IS NOT NULL OR pupil IS NOT NULL THEN
        SELECT array_agg(q.id), array_agg(1.0::real) INTO ids, near
          FROM (SELECT x.id FROM person x WHERE (x.nhs_number = nhs OR x.upn = pupil) AND x.acl && me ORDER BY x.id LIMIT p_limit) q;
    ELSIF asked <> '' THEN
        -- Whoever knows few people is answered from their own list, however many there are elsewhere; a front door from the index of all names.
        WITH mine AS MATERIALIZED (SELECT x.id, x.search_name, x.sounds, x.date_of_birth, x.birth_date_estimated FROM person x WHERE x.acl && me LIMIT few + 1),
        alike AS (SELECT x.*, word_similarity(asked, x.search_name) AS likeness FROM mine x WHERE (SELECT count(*) FROM mine) <= few
                     AND (x.date_of_birth IS NULL OR (day IS NULL OR x.date_of_birth IN (day, swapped)) AND x.date_of_birth BETWEEN first_day AND last_day OR x.birth_date_estimated)),
        q AS (SELECT x.id, name_score(x.likeness, x.sounds @> codes, x.date_of_birth, day, swapped, x.search_name, initials) AS score
                FROM alike x WHERE x.likeness >= 0.45 OR x.sounds @> codes ORDER BY 2 DESC, 1 LIMIT p_limit)
        SELECT array_agg(q.id ORDER BY q.score DESC, q.id), array_agg(q.score ORDER BY q.score DESC, q.id), (SELECT count(*) FROM mine) > few INTO ids, near, many FROM q;
        IF many THEN
            EXECUTE $q$SELECT array_agg(q.id ORDER BY q.score DESC, q.id), array_agg(q.score ORDER BY q.score DESC, q.id) FROM (
                SELECT x.id, name_score(word_similarity($1, x.search_name), x.sounds @> $2, x.date_of_birth, $3, $4, x.search_name, $5) AS score FROM person x
                 WHERE x.acl && $6 AND ($1 <% x.search_name OR x.sounds @> $2)
                   AND (x.date_of_birth IS NULL OR ($3 IS NULL OR x.date_of_birth IN ($3, $4)) AND x.date_of_birth BETWEEN $7 AND $8 OR x.birth_date_estimated)
                 ORDER BY 2 DESC, 1 LIMIT $9) q$q$ INTO ids, near USING asked, codes, day, swapped, initials, me, first_day, last_day, p_limit;
        END IF;
    ELSIF day IS NOT NULL THEN
        SELECT array_agg(q.id), array_agg(q.score) INTO ids, near
          FROM (SELECT x.id, (CASE WHEN x.date_of_birth = day THEN 1 ELSE 0.8 END)::real AS score FROM person x WHERE x.date_of_birth IN (day, swapped) AND x.acl && me ORDER BY 2 DESC, 1 LIMIT p_limit) q;
    END IF;
    known_count := coalesce(cardinality(ids), 0);
    IF known_count < p_limit AND (nhs IS NOT NULL OR pupil IS NOT NULL OR day IS NOT NULL AND asked <> '') THEN
        maybe := CASE WHEN nhs IS NOT NULL OR pupil IS NOT NULL THEN ARRAY(SELECT x.id FROM person x WHERE (x.nhs_number = nhs OR x.upn = pupil) AND NOT x.acl && me LIMIT 200)
                      ELSE ARRAY(SELECT x.id FROM person x WHERE x.date_of_birth = day AND NOT x.acl && me AND (word_similarity(asked, x.search_name) >= 0.6 OR x.sounds @> codes) LIMIT 200) END;
        ids := coalesce(ids, '{}') || ARRAY(
            SELECT c FROM unnest(coalesce(nullif(maybe, '{}'), ARRAY[0::bigint])) c LEFT JOIN person x ON x.id = c
             WHERE NOT EXISTS (SELECT 1 FROM restriction r WHERE r.person_id = c AND r.category = '' AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now()))
               AND NOT EXISTS (SELECT 1 FROM person_marker m WHERE m.person_id = c AND m.flag IN ('restricted_record', 'identity_protected', 'adopted') AND m.starts <= now() AND (m.ends IS NULL OR m.ends > now()))
               AND (x.registered_by_agency_id = mine OR EXISTS (SELECT 1 FROM flow f WHERE f.from_agency_id = x.registered_by_agency_id AND f.to_agency_id = mine
                     AND f.category = 'index_entry' AND f.starts <= now() AND f.ends > now()))
             ORDER BY c LIMIT p_limit - known_count);
    END IF;
    PERFORM write_line(p_line || jsonb_build_object('people', coalesce(ids, '{}')));
    RETURN QUERY
        SELECT x.id, x.given_name, x.family_name, x.known_as, x.date_of_birth, CASE WHEN o.place <= known_count THEN x.nhs_number END,
               CASE WHEN o.place <= known_count THEN 'known' ELSE 'index' END, g.name::text, coalesce(near[o.place], 0.4::real)
          FROM unnest(ids) WITH ORDINALITY o(id, place) JOIN person x ON x.id = o.id JOIN agency g ON g.id = x.registered_by_agency_id
         ORDER BY o.place;
END $$;

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

-- Who works with a person today and would not see this part (or, with no part named, the person at all) if only these practitioners might:
-- shown before anybody confirms. Those who keep the statutory floor are marked. Only for who may change the person's record here.
CREATE OR REPLACE FUNCTION effect_of_restriction(p_person bigint, p_practitioners integer[], p_category text)
    RETURNS TABLE (principal integer, who text, agency text, agency_kind text, loses boolean, floor boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT ON (t.agency_name, t.who, t.principal) t.principal, t.who, t.agency_name, t.kind, NOT (t.practitioner = ANY (p_practitioners)) IS TRUE, t.floor
      FROM (SELECT coalesce(r.practitioner_id, 1000000000 + r.team_id::integer) AS principal, coalesce(r.practitioner_id, 0) AS practitioner, coalesce(w.name || ', ' || w.title, m.name) AS who,
                   g.name AS agency_name, g.kind_id AS kind,
                   g.kind_id IN ('council_children', 'council_adults', 'police') AND r.kind IN ('allocated', 'team_cover')
                     AND p_category IN ('', 'safeguarding_concern', 'child_protection_plan', 'domestic_abuse') AS floor
              FROM relationship r JOIN agency g ON g.id = r.agency_id LEFT JOIN practitioner w ON w.id = r.practitioner_id LEFT JOIN team m ON m.id = r.team_id
             WHERE r.person_id = p_person AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now()) AND r.kind <> 'break_glass') t
     WHERE p_person = ANY (ticket_people())
     ORDER BY t.agency_name, t.who, t.principal, t.floor DESC
$$;
