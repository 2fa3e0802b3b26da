-- Breaking the glass: the one door into a record for somebody with no part in the care. What can be checked without judging words is checked here.

-- Returns {"refused": why} or {"break_glass": id, "ends_at": ...}. The gate has already decided; this wall asks again what a machine can know.
CREATE OR REPLACE FUNCTION break_glass_open(p_person bigint, p_reason text, p_line bigint) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE s identity_session%ROWTYPE; mine integer; subject bigint; plain text := lower(regexp_replace(btrim(p_reason), '\W+', ' ', 'g')); tie bigint; made bigint; until timestamptz := now() + interval '4 hours';
BEGIN
    SELECT * INTO s FROM identity_session WHERE token_hash = token_hash() AND ended_at IS NULL AND expires_at > now();
    IF s.practitioner_id IS NULL OR NOT line_is_ours(p_line) THEN
        RAISE EXCEPTION 'only a practitioner breaks the glass, on a ledger line of this transaction' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT id INTO subject FROM person WHERE id = p_person;
    IF subject IS NULL THEN RETURN '{"refused": "nobody"}'; END IF;
    IF length(btrim(p_reason)) < 20 THEN RETURN '{"refused": "reason_too_short"}'; END IF;
    IF EXISTS (SELECT 1 FROM break_glass b WHERE b.practitioner_id = s.practitioner_id AND b.opened_at > now() - interval '90 days'
                AND similarity(lower(regexp_replace(btrim(b.reason), '\W+', ' ', 'g')), plain) > 0.9) THEN
        RETURN '{"refused": "reason_repeated"}';
    END IF;
    SELECT agency_id INTO mine FROM practitioner WHERE id = s.practitioner_id;
    INSERT INTO relationship (person_id, practitioner_id, agency_id, kind, lead, reason, starts, ends, ended_reason)
    VALUES (subject, s.practitioner_id, mine, 'break_glass', false, left(p_reason, 200), now(), until, '') RETURNING id INTO tie;
    INSERT INTO break_glass (person_id, practitioner_id, relationship_id, line_id, reason, opened_at, ends_at, judgement_due_at, judgement, judgement_reason)
    VALUES (subject, s.practitioner_id, tie, p_line, p_reason, now(), until, now() + interval '24 hours', '', '') RETURNING id INTO made;
    RETURN jsonb_build_object('break_glass', made, 'ends_at', until);
END $$;

-- Judged by a guardian, or somebody named to judge, who is of another team than whoever broke the glass and was not that person.
CREATE OR REPLACE FUNCTION break_glass_judge(p_id bigint, p_proper boolean, p_reason text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE b break_glass%ROWTYPE; me integer;
BEGIN
    SELECT s.practitioner_id INTO me FROM identity_session s WHERE s.token_hash = token_hash() AND s.ended_at IS NULL AND s.expires_at > now();
    SELECT * INTO b FROM break_glass WHERE id = p_id FOR UPDATE;
    IF me IS NULL OR b.id IS NULL OR NOT guards(me, (SELECT agency_id FROM practitioner WHERE id = b.practitioner_id)) THEN RETURN 'not_yours'; END IF;
    IF b.judged_at IS NOT NULL THEN RETURN 'judged_already'; END IF;
    IF me = b.practitioner_id OR EXISTS (SELECT 1 FROM team_membership x JOIN team_membership y ON y.team_id = x.team_id AND y.practitioner_id = b.practitioner_id AND (y.ends IS NULL OR y.ends > now())
                                          WHERE x.practitioner_id = me AND (x.ends IS NULL OR x.ends > now())) THEN
        RETURN 'same_team';
    END IF;
    UPDATE break_glass SET judged_by_id = me, judged_at = now(), judgement = CASE WHEN p_proper THEN 'proper' ELSE 'not_proper' END, judgement_reason = p_reason WHERE id = p_id;
    IF NOT p_proper THEN
        UPDATE relationship SET ends = now(), ended_reason = 'Judged not proper' WHERE id = b.relationship_id AND ends > now();
        UPDATE break_glass SET ends_at = now() WHERE id = p_id AND ends_at > now();
    END IF;
    UPDATE obligation SET status = 'done', outcome = CASE WHEN p_proper THEN 'proper' ELSE 'not_proper' END, done_at = now(), done_by_id = me
     WHERE code = 'review_within_24h' AND about = 'break_glass:' || p_id AND status = 'open';
    RETURN 'judged';
END $$;
