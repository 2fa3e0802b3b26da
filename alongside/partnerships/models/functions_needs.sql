-- What a team must know. A team says it for itself; a duty in law is nobody's to declare here and nobody's to switch off.

CREATE OR REPLACE FUNCTION declares_for(p_team bigint, p_agency bigint, p_partnership bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM practitioner w WHERE w.id = my_practitioner() AND w.agency_id = p_agency)
       AND (1000000000 + p_team::integer = ANY (my_principals()) OR speaks_for(p_partnership, p_agency))
$$;

CREATE OR REPLACE FUNCTION declare_need(p jsonb, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE new_id bigint; n record;
BEGIN
    SELECT * INTO n FROM jsonb_to_record(p) AS x(partnership bigint, team bigint, tags varchar[], reach text, situations varchar[], people varchar[], minimum_fields varchar[], purpose text,
                                                 how_soon text, what_for text, review_on date, replaces bigint, submission_key uuid);
    IF NOT declares_for(n.team, (SELECT agency_id FROM team WHERE id = n.team), n.partnership) THEN
        PERFORM not_yours('A team declares its own needs: somebody who works in it, or who speaks for its agency.');
    END IF;
    IF NOT EXISTS (SELECT 1 FROM team t JOIN partner r ON r.agency_id = t.agency_id AND r.partnership_id = n.partnership AND r.left_at IS NULL WHERE t.id = n.team) THEN
        PERFORM not_now('Your agency is not a partner here.');
    END IF;
    IF cardinality(n.tags) = 0 OR btrim(coalesce(n.what_for, '')) = '' OR n.tags && ARRAY['everything', 'all', 'whole_record']::varchar[] THEN
        PERFORM not_now('A need names kinds of thing and says what for.');
    END IF;
    IF NOT EXISTS (SELECT 1 FROM purpose q WHERE q.code = n.purpose AND q.code <> 'none_stated') THEN PERFORM not_now('A need has a purpose.'); END IF;
    SELECT id INTO new_id FROM information_need WHERE submission_key = n.submission_key AND declared_by_id = my_practitioner();
    IF FOUND THEN RETURN new_id; END IF;
    IF n.replaces IS NOT NULL THEN PERFORM end_need(n.replaces, 'Changed.', p_at); END IF;
    INSERT INTO information_need (partnership_id, agency_id, team_id, tags, reach, situations, people, minimum_fields, purpose, how_soon, what_for, statutory_floor, source, declared_by_id,
                                  starts, ended_because, review_on, replaces_id, submission_key)
    SELECT n.partnership, t.agency_id, t.id, n.tags, n.reach, n.situations, n.people, n.minimum_fields, n.purpose, n.how_soon, n.what_for, false, '', my_practitioner(),
           least(p_at, now()), '', n.review_on, n.replaces, n.submission_key FROM team t WHERE t.id = n.team
    RETURNING id INTO new_id;
    PERFORM note_partnership(n.partnership, (SELECT agency_id FROM team WHERE id = n.team), 'need_declared', n.what_for, least(p_at, now()));
    RETURN new_id;
END $$;

CREATE OR REPLACE FUNCTION end_need(p_need bigint, p_reason text, p_at timestamptz) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE n information_need%ROWTYPE;
BEGIN
    SELECT * INTO n FROM information_need WHERE id = p_need FOR UPDATE;
    IF NOT FOUND OR NOT declares_for(n.team_id, n.agency_id, n.partnership_id) THEN
        PERFORM not_yours('A team ends its own needs: somebody who works in it, or who speaks for its agency.');
    END IF;
    IF n.statutory_floor THEN PERFORM not_now('This is a duty in law. No partner can switch it off.'); END IF;
    IF n.ends IS NOT NULL THEN RETURN false; END IF;
    UPDATE information_need SET ends = greatest(least(p_at, now()), starts), ended_because = coalesce(p_reason, '') WHERE id = p_need;
    PERFORM note_partnership(n.partnership_id, n.agency_id, 'need_ended', p_reason, least(p_at, now()));
    RETURN true;
END $$;
