-- What a partner with a new need would have had, offered once.

-- Whoever works in the agency that needs it has been offered what was there: nobody has to be told that it was forgotten.
CREATE OR REPLACE FUNCTION backlog_offered(p_need bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE information_need SET backlog_offered_at = now()
     WHERE id = p_need AND backlog_offered_at IS NULL AND agency_id = (SELECT agency_id FROM practitioner WHERE id = my_practitioner())
$$;

-- A need whose time to be offered the backlog has passed: where there was something, the partnership's lead is told, once; where there was nothing,
-- there is nothing to tell. Only the worker asks it; it learns whether, and nothing of what.
CREATE OR REPLACE FUNCTION backlog_forgotten(p_need bigint, p_words text[], p_kinds text[], p_since timestamptz, p_at timestamptz) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE need information_need%ROWTYPE;
BEGIN
    SELECT n.* INTO need FROM information_need n WHERE n.id = p_need AND n.backlog_offered_at IS NULL AND n.lead_told_at IS NULL FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN RETURN false; END IF;
    IF NOT EXISTS (SELECT 1 FROM entry q
                    WHERE q.written_at >= p_since AND q.written_at < need.starts AND q.status IN ('shared', 'corrected') AND (q.kind = ANY (p_kinds) OR q.tags && p_words::varchar[])
                      AND q.agency_id <> need.agency_id
                      AND q.agency_id IN (SELECT m.agency_id FROM partner m WHERE m.partnership_id = need.partnership_id AND m.left_at IS NULL)) THEN
        UPDATE information_need SET backlog_offered_at = p_at WHERE id = p_need;
        RETURN false;
    END IF;
    UPDATE information_need SET lead_told_at = p_at WHERE id = p_need;
    INSERT INTO partnership_event (partnership_id, agency_id, at, by_id, what, note) VALUES (need.partnership_id, need.agency_id, p_at, NULL, 'backlog_not_offered', need.what_for);
    RETURN true;
END $$;

-- What a partner with a new need would have had in the last three months: each entry with what routing weighs as its author's agency stands
-- today. To ask the very questions that the author would be asked, it borrows the author's identity and gives it back before it returns.
CREATE OR REPLACE FUNCTION backlog_facts(p_need bigint, p_words text[], p_kinds text[], p_since timestamptz, p_at_most integer DEFAULT 500) RETURNS SETOF jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE need information_need%ROWTYPE; e entry%ROWTYPE; token text; answer json; people bigint[];
BEGIN
    SELECT n.* INTO need FROM information_need n
     WHERE n.id = p_need AND n.agency_id = (SELECT agency_id FROM practitioner WHERE id = my_practitioner()) AND n.starts <= now() AND (n.ends IS NULL OR n.ends > now());
    IF NOT FOUND THEN RETURN; END IF;
    FOR e IN SELECT q.* FROM entry q
              WHERE q.written_at >= p_since AND q.status IN ('shared', 'corrected') AND (q.kind = ANY (p_kinds) OR q.tags && p_words::varchar[] OR q.risk IN ('significant_harm', 'imminent_life'))
                AND q.agency_id IN (SELECT m.agency_id FROM partner m WHERE m.partnership_id = need.partnership_id AND m.left_at IS NULL)
                AND NOT EXISTS (SELECT 1 FROM share s WHERE s.entry_id = q.id AND s.to_team_id = need.team_id)
              ORDER BY q.written_at, q.id LIMIT p_at_most
    LOOP
        people := ARRAY(SELECT s.person_id FROM entry_subject s WHERE s.entry_id = e.id ORDER BY s.id);
        token := gen_random_uuid()::text;
        BEGIN
            INSERT INTO identity_session (token_hash, account_id, practitioner_id, person_id, principals, started_at, seen_at, expires_at, user_agent)
            SELECT sha256(convert_to(token, 'UTF8')), a.id, e.author_id, e.author_person_id, coalesce(principals_of(e.author_id), '{}'), now(), now(), now() + interval '1 minute', ''
              FROM account a WHERE a.id = coalesce((SELECT w.account_id FROM practitioner w WHERE w.id = e.author_id),
                                                   (SELECT r.account_id FROM representation r WHERE r.person_id = e.author_person_id AND r.relation = 'self' LIMIT 1));
            PERFORM set_config('app.token', token, true);
            answer := routing_facts(people, ARRAY[need.purpose::text], e.category, ARRAY[need.team_id::integer]);
            RAISE EXCEPTION 'give the identity back' USING ERRCODE = 'AL001';
        EXCEPTION WHEN SQLSTATE 'AL001' THEN NULL;
        END;
        CONTINUE WHEN answer IS NULL;
        RETURN NEXT answer::jsonb || jsonb_build_object('entry', jsonb_build_object(
            'id', e.id, 'kind', e.kind, 'category', e.category, 'tags', e.tags, 'risk', e.risk, 'happened_at', e.happened_at, 'written_at', e.written_at, 'agency', e.agency_id,
            'author', e.author_id, 'author_role', (SELECT w.role FROM practitioner w WHERE w.id = e.author_id), 'agency_kind', (SELECT g.kind_id FROM agency g WHERE g.id = e.agency_id),
            'byline', e.byline, 'people', (SELECT jsonb_agg(jsonb_build_array(s.person_id, s.link) ORDER BY s.id) FROM entry_subject s WHERE s.entry_id = e.id)));
    END LOOP;
END $$;

-- Write what the gate decided about one item of a backlog: its outcome in place of "not needed", and the share with its event, outbox and readers.
-- Only the team that declared the need receives it, and only what that need is about.
CREATE OR REPLACE FUNCTION offer_item(p_need bigint, p_entry bigint, p_outcome jsonb, p_share jsonb, p_by text) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE need information_need%ROWTYPE; e entry%ROWTYPE; kept bigint;
BEGIN
    SELECT n.* INTO need FROM information_need n WHERE n.id = p_need AND n.agency_id = (SELECT agency_id FROM practitioner WHERE id = my_practitioner());
    SELECT q.* INTO e FROM entry q WHERE q.id = p_entry;
    IF need.id IS NULL OR e.id IS NULL OR EXISTS (SELECT 1 FROM share s WHERE s.entry_id = p_entry AND s.to_team_id = need.team_id) THEN RETURN NULL; END IF;
    INSERT INTO routing_outcome AS o (entry_id, agency_id, team_id, outcome, reason_code, reason, rules, needs, purposes, origin, withheld_parts, obligations, decided_by_person, decide_by, decider,
                                      recorded_at, from_practitioner, from_agency, decided_because)
    SELECT p_entry, need.agency_id, need.team_id, r.outcome, r.reason_code, r.reason, r.rules, r.needs, r.purposes, r.origin, r.withheld_parts, r.obligations, false, r.decide_by, r.decider,
           now(), e.author_id, e.agency_id, ''
      FROM jsonb_populate_record(NULL::routing_outcome, p_outcome) r
    ON CONFLICT (entry_id, team_id) DO UPDATE SET outcome = excluded.outcome, reason_code = excluded.reason_code, reason = excluded.reason, rules = excluded.rules, needs = excluded.needs,
        purposes = excluded.purposes, origin = excluded.origin, withheld_parts = excluded.withheld_parts, obligations = excluded.obligations, decide_by = excluded.decide_by,
        decider = excluded.decider, recorded_at = now() WHERE o.outcome <> 'share'
    RETURNING o.id INTO kept;
    IF kept IS NULL OR p_share IS NULL THEN RETURN kept; END IF;
    PERFORM make_share(kept, p_share, p_by, 'offered_from_backlog');
    RETURN kept;
END $$;
