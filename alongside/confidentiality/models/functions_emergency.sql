-- Breaking the glass: the one door into a record for somebody with no part in the care. What can be checked without judging words is checked here.

-- Returns {"refused": why} or {"break_glass": id, "ends_at": ..., "again": whether this very thing had been sent before}. The gate has already decided; this wall asks again what a machine can know.
CREATE OR REPLACE FUNCTION break_glass_open(p_person bigint, p_reason text, p_line bigint) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE s identity_session%ROWTYPE; mine integer; subject bigint; plain text := lower(regexp_replace(btrim(p_reason), '\W+', ' ', 'g')); tie bigint; made bigint; until timestamptz;
BEGIN
    SELECT * INTO s FROM identity_session WHERE token_hash = token_hash() AND ended_at IS NULL AND expires_at > now();
    IF s.practitioner_id IS NULL OR NOT line_is_ours(p_line) THEN
        RAISE EXCEPTION 'only a practitioner breaks the glass, on a ledger line of this transaction' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF length(btrim(p_reason)) < 20 THEN RETURN '{"refused": "reason_too_short"}'; END IF;
    SELECT b.id, b.ends_at INTO made, until FROM break_glass b
     WHERE b.practitioner_id = s.practitioner_id AND b.person_id = p_person AND b.ends_at > now() AND b.judged_at IS NULL AND b.reason = p_reason LIMIT 1;
    IF FOUND THEN RETURN jsonb_build_object('break_glass', made, 'ends_at', until, 'again', true); END IF;
    until := now() + interval '4 hours';
    IF EXISTS (SELECT 1 FROM break_glass b WHERE b.practitioner_id = s.practitioner_id AND b.opened_at > now() - interval '90 days'
                AND similarity(lower(regexp_replace(btrim(b.reason), '\W+', ' ', 'g')), plain) > 0.9) THEN
        RETURN '{"refused": "reason_repeated"}';
    END IF;
    -- Only now is it asked whether there is such a person, so that a bad reason gets the same answer about somebody as about nobody.
    SELECT id INTO subject FROM person WHERE id = p_person;
    IF subject IS NULL THEN RETURN '{"refused": "nobody"}'; END IF;
    SELECT agency_id INTO mine FROM practitioner WHERE id = s.practitioner_id;
    INSERT INTO relationship (person_id, practitioner_id, agency_id, kind, lead, reason, starts, ends, ended_reason)
    VALUES (subject, s.practitioner_id, mine, 'break_glass', false, left(p_reason, 200), now(), until, '') RETURNING id INTO tie;
    INSERT INTO break_glass (person_id, practitioner_id, relationship_id, line_id, reason, opened_at, ends_at, judgement_due_at, judgement, judgement_reason)
    VALUES (subject, s.practitioner_id, tie, p_line, p_reason, now(), until, now() + interval '24 hours', '', '') RETURNING id INTO made;
    RETURN jsonb_build_object('break_glass', made, 'ends_at', until, 'again', false);
END $$;

-- Whether this practitioner may judge an emergency access: a guardian of the agency it came from, or whoever was named to judge it.
CREATE OR REPLACE FUNCTION may_judge(p_practitioner integer, p_id bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM break_glass b JOIN practitioner w ON w.id = b.practitioner_id WHERE b.id = p_id AND b.practitioner_id <> p_practitioner AND guards(p_practitioner, w.agency_id))
        OR EXISTS (SELECT 1 FROM obligation o WHERE o.code = 'review_within_24h' AND o.about = 'break_glass:' || p_id AND p_practitioner IN (o.owner, o.climbed_to)
                    AND NOT EXISTS (SELECT 1 FROM break_glass b WHERE b.id = p_id AND b.practitioner_id = p_practitioner))
$$;

-- Nobody judges a colleague: whoever shares a team today with the other, or is the other, is not independent.
CREATE OR REPLACE FUNCTION independent(p_practitioner integer, p_other integer) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p_practitioner <> p_other AND NOT EXISTS (
        SELECT 1 FROM team_membership x JOIN team_membership y ON y.team_id = x.team_id AND y.practitioner_id = p_other AND (y.ends IS NULL OR y.ends > now())
         WHERE x.practitioner_id = p_practitioner AND (x.ends IS NULL OR x.ends > now()))
$$;

-- What a judge must see on one page: who, why, how they stood to the person, what was opened. Looking is a line of its own. NULL: not theirs.
-- A hidden person is not named: judging does not need it.
CREATE OR REPLACE FUNCTION emergency_to_judge(p_id bigint) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE b break_glass%ROWTYPE; me integer; named boolean; answer jsonb;
BEGIN
    SELECT s.practitioner_id INTO me FROM identity_session s WHERE s.token_hash = token_hash() AND s.ended_at IS NULL AND s.expires_at > now();
    SELECT * INTO b FROM break_glass WHERE id = p_id;
    IF me IS NULL OR b.id IS NULL OR NOT may_judge(me, p_id) THEN RETURN NULL; END IF;
    named := not_hidden(b.person_id);
    SELECT jsonb_build_object(
        'id', b.id, 'who', w.name, 'title', w.title, 'agency', g.name, 'person', CASE WHEN named THEN btrim(p.given_name || ' ' || p.family_name) ELSE '' END,
        'reason', b.reason, 'opened_at', b.opened_at, 'ends_at', b.ends_at, 'judgement_due_at', b.judgement_due_at, 'judged_at', b.judged_at, 'judgement', b.judgement,
        'judgement_reason', b.judgement_reason, 'judged_by', (SELECT j.name FROM practitioner j WHERE j.id = b.judged_by_id), 'independent', independent(me, b.practitioner_id),
        'danger', (SELECT l.detail ->> 'danger' FROM ledger_line l WHERE l.id = b.line_id), 'relation', (SELECT l.detail ->> 'relation' FROM ledger_line l WHERE l.id = b.line_id),
        'same_family_name', p.family_name <> '' AND lower(regexp_replace(w.name, '^.* ', '')) = lower(p.family_name),
        'tie', (SELECT t.kind FROM declared_tie t WHERE t.person_id = b.person_id AND t.practitioner_id = b.practitioner_id),
        'earlier', (SELECT count(*) FROM break_glass e WHERE e.practitioner_id = b.practitioner_id AND e.id < b.id AND e.opened_at > b.opened_at - interval '1 year'),
        'safe_to_tell', must_wait(b.person_id) = '' AND NOT watched_by_danger(b.person_id),
        'opened', coalesce((SELECT jsonb_agg(jsonb_build_object('at', l.at, 'verb', l.verb, 'category', l.category, 'item', l.item, 'withheld', to_jsonb(l.withheld), 'decision', l.decision) ORDER BY l.id)
                    FROM ledger_line l WHERE l.practitioner_id = b.practitioner_id AND l.id > b.line_id AND l.at <= b.ends_at AND l.verb <> 'view_ledger' AND (l.person_id = b.person_id OR l.people @> ARRAY[b.person_id])), '[]'))
      INTO answer
      FROM practitioner w JOIN agency g ON g.id = w.agency_id, person p WHERE w.id = b.practitioner_id AND p.id = b.person_id;
    PERFORM write_line(jsonb_build_object('verb', 'view_ledger', 'category', 'access_ledger', 'purpose', 'audit', 'basis', 'art5_2_accountability', 'decision', 'permit', 'person_id', b.person_id,
        'item', 'break_glass:' || p_id, 'surface', 'page'));
    RETURN answer;
END $$;

-- Judged by a guardian, or somebody named to judge, who is of another team than whoever broke the glass and was not that person.
CREATE OR REPLACE FUNCTION break_glass_judge(p_id bigint, p_proper boolean, p_reason text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE b break_glass%ROWTYPE; me integer;
BEGIN
    SELECT s.practitioner_id INTO me FROM identity_session s WHERE s.token_hash = token_hash() AND s.ended_at IS NULL AND s.expires_at > now();
    SELECT * INTO b FROM break_glass WHERE id = p_id FOR UPDATE;
    IF me IS NULL OR b.id IS NULL OR NOT may_judge(me, p_id) THEN RETURN 'not_yours'; END IF;
    IF b.judged_at IS NOT NULL THEN RETURN 'judged_already'; END IF;
    IF NOT independent(me, b.practitioner_id) THEN RETURN 'same_team'; END IF;
    UPDATE break_glass SET judged_by_id = me, judged_at = now(), judgement = CASE WHEN p_proper THEN 'proper' ELSE 'not_proper' END, judgement_reason = p_reason WHERE id = p_id;
    IF NOT p_proper THEN
        UPDATE relationship SET ends = now(), ended_reason = 'Judged not proper' WHERE id = b.relationship_id AND ends > now();
        UPDATE break_glass SET ends_at = now() WHERE id = p_id AND ends_at > now();
    END IF;
    UPDATE obligation SET status = 'done', outcome = CASE WHEN p_proper THEN 'proper' ELSE 'not_proper' END, done_at = now(), done_by_id = me
     WHERE about = 'break_glass:' || p_id AND status = 'open' AND (code = 'review_within_24h' OR code = 'notify_caldicott_guardian' AND owner = me);
    RETURN 'judged';
END $$;
