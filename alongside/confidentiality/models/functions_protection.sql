-- A marker whose very existence is secret ends by two people: a records office asks, and whoever watches over the record agrees or not. Both see what would follow before they decide;
-- the finder follows at that very moment, because it asks the markers themselves.

CREATE OR REPLACE FUNCTION ends_by_two(p_flag text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN p_flag IN ('identity_protected', 'adopted', 'gender_recognition', 'restricted_record');

-- Whether this session may set a marker: one whose very existence is secret only as a records office; a restricted record is a list of named readers, and never a marker alone.
CREATE OR REPLACE FUNCTION sets_marker(p_flag text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT NOT ends_by_two(p_flag) OR p_flag <> 'restricted_record' AND EXISTS (SELECT 1 FROM practitioner me WHERE me.id = my_practitioner() AND me.role = 'records_manager')
$$;

-- Whether the session is the records office of the agency that set a marker, or that registered the person.
CREATE OR REPLACE FUNCTION office_of_marker(p_marker bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM person_marker m JOIN person p ON p.id = m.person_id LEFT JOIN practitioner w ON w.id = m.set_by_id JOIN practitioner me ON me.id = my_practitioner()
                    WHERE m.id = p_marker AND ends_by_two(m.flag) AND me.role = 'records_manager' AND me.agency_id IN (w.agency_id, p.registered_by_agency_id))
$$;

-- The markers a records office looks after, and those it ended or asked to end: by their reason and their day, and not whose they are. Looking is a line about everybody on it.
CREATE OR REPLACE FUNCTION protections() RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE about bigint[]; answer jsonb;
BEGIN
    SELECT array_agg(DISTINCT m.person_id),
           jsonb_agg(jsonb_build_object('id', m.id, 'flag', m.flag, 'reason', m.reason, 'by', coalesce(w.name || ', ' || w.title, 'Not known'), 'since', m.starts, 'review_on', m.review_on, 'ended_at', m.ends,
                     'asked_at', e.asked_at, 'asked_by', a.name, 'agreed', e.agreed, 'answered_by', s.name, 'answered_at', e.answered_at, 'answer', coalesce(e.answer, '')) ORDER BY m.ends DESC NULLS FIRST, m.review_on NULLS LAST, m.id)
      INTO about, answer
      FROM person_marker m LEFT JOIN practitioner w ON w.id = m.set_by_id
           LEFT JOIN LATERAL (SELECT * FROM protection_ending q WHERE q.marker_id = m.id ORDER BY q.id DESC LIMIT 1) e ON true LEFT JOIN practitioner a ON a.id = e.asked_by_id LEFT JOIN practitioner s ON s.id = e.answered_by_id
     WHERE ends_by_two(m.flag) AND office_of_marker(m.id) AND (m.ends IS NULL OR m.ends > now() - interval '90 days');
    IF NOT EXISTS (SELECT 1 FROM practitioner me WHERE me.id = my_practitioner() AND me.role = 'records_manager') THEN RETURN NULL; END IF;
    PERFORM write_line(jsonb_build_object('verb', 'read', 'category', 'index_entry', 'purpose', 'data_quality', 'decision', 'permit', 'item', 'protections', 'surface', 'page', 'people', to_jsonb(coalesce(about, '{}'))));
    RETURN coalesce(answer, '[]');
END $$;

-- What would follow if a marker ended now: whether the record stays hidden all the same, who could find it, who works with the person.
CREATE OR REPLACE FUNCTION effect_of_ending(p_marker bigint) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT jsonb_build_object(
        'hides', m.flag <> 'gender_recognition',
        'stays_hidden', EXISTS (SELECT 1 FROM restriction r WHERE r.person_id = m.person_id AND r.category = '' AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now()))
            OR EXISTS (SELECT 1 FROM person_marker o WHERE o.person_id = m.person_id AND o.id <> m.id AND o.flag IN ('restricted_record', 'identity_protected', 'adopted') AND o.starts <= now() AND (o.ends IS NULL OR o.ends > now())),
        'finders', ARRAY(SELECT g.name FROM agency g WHERE g.id = p.registered_by_agency_id UNION
                         SELECT g.name FROM flow f JOIN agency g ON g.id = f.to_agency_id WHERE f.from_agency_id = p.registered_by_agency_id AND f.category = 'index_entry' AND f.starts <= now() AND f.ends > now() ORDER BY 1),
        'work_with', ARRAY(SELECT DISTINCT coalesce(w.name || ', ' || w.title, t.name) || ', ' || g.name FROM relationship r JOIN agency g ON g.id = r.agency_id LEFT JOIN practitioner w ON w.id = r.practitioner_id LEFT JOIN team t ON t.id = r.team_id
                            WHERE r.person_id = m.person_id AND r.kind <> 'break_glass' AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now()) ORDER BY 1),
        'old_names', EXISTS (SELECT 1 FROM person_name n WHERE n.person_id = m.person_id AND n.protected_as <> '' AND n.ends IS NULL))
      FROM person_marker m JOIN person p ON p.id = m.person_id WHERE m.id = p_marker
$$;
REVOKE ALL ON FUNCTION effect_of_ending(bigint) FROM PUBLIC;

-- One marker for the records office that looks after it: the office knows whose it is, because it put it there. NULL: not theirs. Looking is a line of its own.
CREATE OR REPLACE FUNCTION protection_to_end(p_marker bigint) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE answer jsonb; whose bigint;
BEGIN
    IF NOT office_of_marker(p_marker) THEN RETURN NULL; END IF;
    SELECT m.person_id, jsonb_build_object('id', m.id, 'flag', m.flag, 'reason', m.reason, 'by', coalesce(w.name || ', ' || w.title, 'Not known'), 'since', m.starts, 'ended', m.ends IS NOT NULL AND m.ends <= now(),
               'name', btrim(p.given_name || ' ' || p.family_name), 'born', p.date_of_birth, 'nhs_number', coalesce(p.nhs_number, ''), 'effect', effect_of_ending(m.id),
               'waits', EXISTS (SELECT 1 FROM protection_ending e WHERE e.marker_id = m.id AND e.answered_at IS NULL))
      INTO whose, answer FROM person_marker m JOIN person p ON p.id = m.person_id LEFT JOIN practitioner w ON w.id = m.set_by_id WHERE m.id = p_marker;
    PERFORM write_line(jsonb_build_object('verb', 'read', 'category', 'index_entry', 'purpose', 'data_quality', 'decision', 'permit', 'person_id', whose, 'item', 'protection:' || p_marker, 'surface', 'page'));
    RETURN answer;
END $$;

-- Whether this session is the second person for an ending: it is, or was, on their list, or they guard the agency; never whoever asked.
CREATE OR REPLACE FUNCTION second_for(p_ending bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM protection_ending e JOIN practitioner w ON w.id = e.asked_by_id WHERE e.id = p_ending AND e.asked_by_id <> my_practitioner()
                      AND (is_guardian() AND guards(my_practitioner(), w.agency_id)
                           OR EXISTS (SELECT 1 FROM obligation o WHERE o.about = 'ending:' || e.id AND (o.owner = ANY (my_principals()) OR o.climbed_to = ANY (my_principals())))))
$$;

-- What the second person sees: why it was set and why it should end, what would follow, and not whose it is. NULL: not theirs.
CREATE OR REPLACE FUNCTION ending_to_answer(p_ending bigint) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE answer jsonb; whose bigint;
BEGIN
    IF NOT second_for(p_ending) THEN RETURN NULL; END IF;
    SELECT m.person_id, jsonb_build_object('id', e.id, 'flag', m.flag, 'set_because', m.reason, 'set_by', coalesce(w.name || ', ' || w.title, 'Not known'), 'since', m.starts, 'reason', e.reason,
               'asked_by', a.name || ', ' || a.title, 'asked_at', e.asked_at, 'agreed', e.agreed, 'answer', e.answer, 'answered_by', s.name, 'answered_at', e.answered_at, 'effect', effect_of_ending(m.id))
      INTO whose, answer
      FROM protection_ending e JOIN person_marker m ON m.id = e.marker_id JOIN practitioner a ON a.id = e.asked_by_id LEFT JOIN practitioner w ON w.id = m.set_by_id LEFT JOIN practitioner s ON s.id = e.answered_by_id
     WHERE e.id = p_ending;
    PERFORM write_line(jsonb_build_object('verb', 'view_ledger', 'category', 'access_ledger', 'purpose', 'audit', 'basis', 'art5_2_accountability', 'decision', 'permit', 'person_id', whose, 'item', 'ending:' || p_ending, 'surface', 'page'));
    RETURN answer;
END $$;

-- The ledger line of asking or answering: the second person never learns whom it names. NULL: not theirs.
CREATE OR REPLACE FUNCTION line_of_ending(p_marker bigint, p_ending bigint, p_line jsonb) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT (p_ending IS NULL AND office_of_marker(p_marker) OR p_ending IS NOT NULL AND second_for(p_ending)) THEN RETURN NULL; END IF;
    RETURN write_line(p_line || jsonb_build_object('person_id', (SELECT m.person_id FROM person_marker m WHERE m.id = coalesce((SELECT e.marker_id FROM protection_ending e WHERE e.id = p_ending), p_marker))));
END $$;

-- Ask. NULL: not theirs; it has ended, or waits for an answer already: the one that waits.
CREATE OR REPLACE FUNCTION ask_to_end(p_marker bigint, p_reason text, p_line bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE made bigint; me integer := my_practitioner(); second integer;
BEGIN
    IF NOT line_is_ours(p_line) OR NOT office_of_marker(p_marker) THEN RETURN NULL; END IF;
    PERFORM 1 FROM person_marker m WHERE m.id = p_marker AND (m.ends IS NULL OR m.ends > now()) FOR UPDATE;
    IF NOT FOUND THEN RETURN NULL; END IF;
    SELECT e.id INTO made FROM protection_ending e WHERE e.marker_id = p_marker AND e.answered_at IS NULL;
    IF FOUND THEN RETURN made; END IF;
    INSERT INTO protection_ending (marker_id, reason, asked_by_id, asked_at, answer) VALUES (p_marker, p_reason, me, now(), '') RETURNING id INTO made;
    second := watches_over((SELECT w.agency_id FROM practitioner w WHERE w.id = me)::integer);
    INSERT INTO obligation (code, person_id, owner, raised_by_id, line_id, about, summary, due_at, next_step_at, status, outcome, note, created_at)
    SELECT 'second_person_approval', NULL, second, me, p_line, 'ending:' || made, 'A records office asks that a protecting marker end: agree, or not', now() + interval '24 hours', now() + interval '24 hours', 'open', '', '', now()
     WHERE second IS NOT NULL AND second <> me;
    RETURN made;
END $$;

-- Answer: it ends now, or it stays. Once. The person is told on their own screen, where facts on file allow; nobody of the family learns from it what there was.
CREATE OR REPLACE FUNCTION answer_ending(p_ending bigint, p_agreed boolean, p_answer text, p_line bigint, p_notice jsonb) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE e protection_ending%ROWTYPE; me integer := my_practitioner(); whose bigint;
BEGIN
    IF NOT line_is_ours(p_line) OR NOT second_for(p_ending) THEN RETURN 'not_yours'; END IF;
    SELECT * INTO e FROM protection_ending WHERE id = p_ending FOR UPDATE;
    IF e.answered_at IS NOT NULL THEN RETURN 'answered'; END IF;
    UPDATE protection_ending SET agreed = p_agreed, answer = p_answer, answered_by_id = me, answered_at = now() WHERE id = p_ending;
    UPDATE obligation SET status = 'done', outcome = CASE WHEN p_agreed THEN 'approved' ELSE 'refused' END, note = p_answer, done_at = now(), done_by_id = me, next_step_at = NULL WHERE about = 'ending:' || p_ending AND status = 'open';
    IF p_agreed THEN
        UPDATE person_marker SET ends = now(), ended_reason = e.reason WHERE id = e.marker_id AND (ends IS NULL OR ends > now()) RETURNING person_id INTO whose;
        IF whose IS NOT NULL THEN PERFORM notify_person(p_line, whose, p_notice); END IF;
    END IF;
    RETURN 'settled';
END $$;
