-- Somebody comes to read a record as their own, or for whoever it is about, by two people: whoever works with the person asks and says what they have seen, or the person asks for a helper; a records office
-- lets them in, or not.

-- The records office that is asked: that of the session's own agency, else of the agency that registered the person, else one of a partner's.
CREATE OR REPLACE FUNCTION offices_for(p_person bigint) RETURNS integer[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH me AS (SELECT w.id, w.agency_id FROM practitioner w WHERE w.id = my_practitioner()),
         own AS (SELECT agency_id, 0 AS place FROM me UNION ALL SELECT p.registered_by_agency_id, 1 FROM person p WHERE p.id = p_person),
         near AS (SELECT * FROM own UNION ALL SELECT o.agency_id, 2 FROM own JOIN partner m ON m.agency_id = own.agency_id AND m.left_at IS NULL JOIN partner o ON o.partnership_id = m.partnership_id AND o.left_at IS NULL),
         offices AS (SELECT w.id, min(n.place) AS place FROM near n JOIN practitioner w ON w.agency_id = n.agency_id
                      WHERE w.role = 'records_manager' AND NOT w.id IN (SELECT me.id FROM me) AND w.account_id IS NOT NULL AND (w.ends IS NULL OR w.ends > current_date) GROUP BY w.id)
    SELECT coalesce(array_agg(o.id ORDER BY o.id), '{}') FROM offices o WHERE o.place = (SELECT min(place) FROM offices)
$$;

-- Whether this session is the records office for what was asked: of the asker's agency or of the agency that registered the person, or it is on their list; never whoever asked.
CREATE OR REPLACE FUNCTION office_of_letting_in(p_asked bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM letting_in q LEFT JOIN practitioner a ON a.id = q.asked_by_id JOIN person p ON p.id = q.person_id JOIN practitioner me ON me.id = my_practitioner()
                    WHERE q.id = p_asked AND me.role = 'records_manager' AND me.id IS DISTINCT FROM q.asked_by_id
                      AND (me.agency_id IN (a.agency_id, p.registered_by_agency_id) OR EXISTS (SELECT 1 FROM obligation o WHERE o.about = 'letting_in:' || q.id AND (o.owner = me.id OR o.climbed_to = me.id))))
$$;

CREATE OR REPLACE FUNCTION letting_in_as_asked(p_asked bigint) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT jsonb_build_object('id', q.id, 'person_id', q.person_id, 'person', btrim(p.given_name || ' ' || p.family_name), 'born', p.date_of_birth, 'nhs_number', coalesce(p.nhs_number, ''), 'stands', q.stands, 'name', q.name, 'email', q.email,
        'seen', q.seen, 'parts', q.parts, 'until', q.until, 'asked_by', a.name || ', ' || a.title || ', ' || g.name, 'asked_at', q.asked_at, 'agreed', q.agreed, 'answer', q.answer, 'answered_by', s.name, 'answered_at', q.answered_at,
        'in_danger', must_wait(p.id) <> '' OR watched_by_danger(p.id))
      FROM letting_in q JOIN person p ON p.id = q.person_id LEFT JOIN practitioner a ON a.id = q.asked_by_id LEFT JOIN agency g ON g.id = a.agency_id LEFT JOIN practitioner s ON s.id = q.answered_by_id WHERE q.id = p_asked
$$;
REVOKE ALL ON FUNCTION letting_in_as_asked(bigint), office_of_letting_in(bigint) FROM PUBLIC;

-- The parts of a record, by number, that this session was let in to as a helper whom the person chose. NULL: it is no such helper, or stands to the person by right as well.
CREATE OR REPLACE FUNCTION chosen_parts(p_person bigint) RETURNS integer[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN r.authority = 'consent' THEN ARRAY(SELECT category_no(x) FROM unnest(r.parts) x) END
      FROM identity_session s JOIN representation r ON r.account_id = s.account_id AND r.person_id = p_person AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now())
     WHERE s.token_hash = token_hash() AND s.practitioner_id IS NULL AND s.ended_at IS NULL AND s.expires_at > now() ORDER BY r.authority = 'consent', r.id LIMIT 1
$$;

-- What waits for this records office, the oldest first, and what it answered in the last ninety days. Looking is a line about everybody on it. NULL: no records office asks.
CREATE OR REPLACE FUNCTION letting_in_waiting() RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE about bigint[]; answer jsonb;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM practitioner me WHERE me.id = my_practitioner() AND me.role = 'records_manager') THEN RETURN NULL; END IF;
    SELECT array_agg(DISTINCT q.person_id), jsonb_agg(letting_in_as_asked(q.id) ORDER BY q.answered_at DESC NULLS FIRST, q.asked_at) INTO about, answer
      FROM letting_in q WHERE (q.answered_at IS NULL OR q.answered_at > now() - interval '90 days') AND office_of_letting_in(q.id);
    PERFORM write_line(jsonb_build_object('verb', 'read', 'category', 'index_entry', 'purpose', 'rights_request', 'decision', 'permit', 'item', 'letting in', 'surface', 'page', 'people', to_jsonb(coalesce(about, '{}'))));
    RETURN coalesce(answer, '[]');
END $$;

-- One of them. NULL: not theirs.
CREATE OR REPLACE FUNCTION letting_in_to_answer(p_asked bigint) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE found jsonb := CASE WHEN office_of_letting_in(p_asked) THEN letting_in_as_asked(p_asked) END;
BEGIN
    IF found IS NULL THEN RETURN NULL; END IF;
    PERFORM write_line(jsonb_build_object('verb', 'read', 'category', 'contact_details', 'purpose', 'rights_request', 'decision', 'permit', 'person_id', found -> 'person_id', 'item', 'letting_in:' || p_asked, 'surface', 'page'));
    RETURN found;
END $$;

-- Let in, or not; once. `p_as` says how they stand, in the words of a representation; what a helper may see, and until when, is as it was asked. Whoever asked has it on their list until they have seen it; the
-- person is told who may read their record from now on, unless it is they themselves.
CREATE OR REPLACE FUNCTION answer_letting_in(p_asked bigint, p_agreed boolean, p_answer text, p_account bigint, p_as jsonb, p_line jsonb, p_notice jsonb) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE q letting_in%ROWTYPE; me integer := my_practitioner(); line bigint;
BEGIN
    IF NOT office_of_letting_in(p_asked) THEN RETURN 'not_yours'; END IF;
    SELECT * INTO q FROM letting_in WHERE id = p_asked FOR UPDATE;
    IF q.answered_at IS NOT NULL THEN RETURN 'answered'; END IF;
    IF p_agreed AND NOT EXISTS (SELECT 1 FROM account a WHERE a.id = p_account AND a.is_active AND NOT a.is_staff_account AND lower(a.email) = lower(q.email)) THEN RETURN 'not_that_account'; END IF;
    IF (q.stands = 'helper') <> (p_as ->> 'authority' = 'consent') THEN RETURN 'not_yours'; END IF;
    IF p_agreed AND p_as ->> 'relation' = 'self' AND EXISTS (SELECT 1 FROM representation r WHERE r.relation = 'self' AND (r.ends IS NULL OR r.ends > now()) AND (r.account_id = p_account) <> (r.person_id = q.person_id)) THEN
        RETURN 'somebody_elses'; END IF;
    line := write_line(p_line || jsonb_build_object('person_id', q.person_id));
    UPDATE letting_in SET agreed = p_agreed, answer = p_answer, answered_by_id = me, answered_at = now() WHERE id = p_asked;
    UPDATE obligation SET status = 'done', outcome = CASE WHEN p_agreed THEN 'approved' ELSE 'refused' END, note = p_answer, done_at = now(), done_by_id = me, next_step_at = NULL WHERE about = 'letting_in:' || p_asked AND code = 'second_person_approval' AND status = 'open';
    IF p_agreed THEN
        UPDATE representation r SET ends = now() WHERE q.stands = 'helper' AND r.account_id = p_account AND r.person_id = q.person_id AND r.authority = 'consent' AND (r.ends IS NULL OR r.ends > now());
        INSERT INTO representation (account_id, person_id, own_person_id, relation, role, authority, authority_verified_at, limited_to, parts, name, barred_by_court_order, starts, ends)
        SELECT p_account, q.person_id, CASE WHEN p_as ->> 'relation' = 'self' THEN q.person_id END, p_as ->> 'relation', p_as ->> 'role', p_as ->> 'authority',
               CASE WHEN p_as ->> 'authority' <> '' THEN now() END, p_as ->> 'limited_to', q.parts, q.name, false, now(), (q.until + time '23:59') AT TIME ZONE 'Europe/London'
         WHERE NOT EXISTS (SELECT 1 FROM representation r WHERE r.account_id = p_account AND r.person_id = q.person_id AND r.relation = p_as ->> 'relation'
                              AND (r.authority = 'consent') = (q.stands = 'helper') AND (r.ends IS NULL OR r.ends > now()));
    END IF;
    INSERT INTO obligation (code, person_id, owner, raised_by_id, line_id, about, summary, due_at, status, outcome, note, created_at)
    SELECT 'answer_seen', q.person_id, q.asked_by_id, me, line, 'letting_in:' || q.id, CASE WHEN p_agreed THEN 'Let in: ' ELSE 'Not let in: ' END || q.name, now() + interval '7 days', 'open', '', p_answer, now()
     WHERE q.asked_by_id IS NOT NULL;
    IF p_notice IS NOT NULL THEN PERFORM notify_person(line, q.person_id, p_notice); END IF;
    RETURN 'settled';
END $$;
