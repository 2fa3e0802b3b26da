-- A run from its start to its decision: one door for each step. Each asks the session who is acting; the steps of one run take turns.

-- The run, after waiting for its turn; only for those who take part, and only while nothing is decided.
CREATE OR REPLACE FUNCTION my_run(p_run bigint) RETURNS framework_run
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE r framework_run%ROWTYPE;
BEGIN
    SELECT * INTO r FROM framework_run WHERE id = p_run FOR UPDATE;
    IF NOT FOUND OR NOT takes_part(r.partnership_id) THEN
        PERFORM not_yours('A test or examination belongs to the partnership''s lead and to those who speak for its partners.');
    END IF;
    RETURN r;
END $$;

CREATE OR REPLACE FUNCTION must_be_open(r framework_run) RETURNS void
    LANGUAGE plpgsql AS $$
BEGIN
    IF r.decided_at IS NOT NULL THEN PERFORM not_now('This has been decided. What changes now is a matter for the next examination.'); END IF;
    IF r.closed_at IS NOT NULL THEN PERFORM not_now('This was broken off.'); END IF;
END $$;

CREATE OR REPLACE FUNCTION is_revealed(r framework_run) RETURNS boolean
    LANGUAGE sql STABLE AS $$ SELECT r.revealed_at IS NOT NULL OR r.scores_due <= now() $$;

-- How deep a thing of the guidance is asked: 1 light, 2 standard, 3 full.
CREATE OR REPLACE FUNCTION depth_no(p_depth text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT array_position(ARRAY['light', 'standard', 'full'], p_depth) $$;

-- The gates of a run with their latest answer. A "no" at a gate marked red is red, whatever anything adds up to.
CREATE OR REPLACE FUNCTION gates_of(r framework_run) RETURNS TABLE (gate text, name text, red boolean, answer varchar)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT x ->> 'id', x ->> 'name', coalesce((x ->> 'red')::boolean, false), a.answer
      FROM guidance g CROSS JOIN jsonb_array_elements(g.content -> 'gates') x
           LEFT JOIN LATERAL (SELECT w.answer FROM gate_answer w WHERE w.run_id = r.id AND w.gate = x ->> 'id' ORDER BY w.id DESC LIMIT 1) a ON true
     WHERE g.id = r.guidance_id AND depth_no(x ->> 'from') <= depth_no(r.depth)
$$;

-- What stands in the way of an option that goes ahead: a red gate, or one without an answer.
CREATE OR REPLACE FUNCTION must_let_through(r framework_run, p_option text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE names text;
BEGIN
    IF p_option NOT IN ('go_ahead', 'go_ahead_if', 'carry_on') THEN RETURN; END IF;
    SELECT string_agg(name, ', ') INTO names FROM gates_of(r) WHERE red AND answer = 'no';
    IF names IS NOT NULL THEN PERFORM not_now(format('A red gate stops this, whatever the rest adds up to: %s.', names)); END IF;
    SELECT string_agg(name, ', ') INTO names FROM gates_of(r) WHERE answer IS NULL;
    IF names IS NOT NULL THEN PERFORM not_now(format('First answer every gate. Still open: %s.', names)); END IF;
END $$;

CREATE OR REPLACE FUNCTION note_run(r framework_run, p_what text, p_note text, p_at timestamptz) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT note_partnership(r.partnership_id, my_agency(), p_what, p_note, least(p_at, now()))
$$;

-- An option in words, for whoever reads what happened.
CREATE OR REPLACE FUNCTION option_in_words(p_option text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE p_option WHEN 'go_ahead' THEN 'Go ahead' WHEN 'go_ahead_if' THEN 'Go ahead under conditions' WHEN 'another_way' THEN 'Reach the aim another way' WHEN 'do_not' THEN 'Do not'
                         WHEN 'carry_on' THEN 'Carry on as it is' WHEN 'carry_on_if' THEN 'Carry on under conditions' WHEN 'change' THEN 'Change it' ELSE 'End it' END
$$;

-- By the newest guidance. Each partner gets a sheet; who is asked is written down as a role.
CREATE OR REPLACE FUNCTION start_run(p jsonb, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE place bigint := (p ->> 'partnership')::bigint; r framework_run%ROWTYPE; stands text;
BEGIN
    IF NOT takes_part(place) THEN PERFORM not_yours('A test or examination is begun by the partnership''s lead, or by whoever speaks for a partner.'); END IF;
    SELECT * INTO r FROM framework_run WHERE submission_key = (p ->> 'key')::uuid AND started_by_id = my_practitioner();
    IF FOUND THEN RETURN r.id; END IF;
    SELECT stage INTO stands FROM partnership WHERE id = place FOR UPDATE;
    IF stands NOT IN ('potential', 'active') THEN PERFORM not_now('This partnership is no more, so there is nothing to examine.'); END IF;
    IF EXISTS (SELECT 1 FROM framework_run WHERE partnership_id = place AND decided_at IS NULL AND closed_at IS NULL) THEN
        PERFORM not_now('One is going on already. Decide it, or break it off, before another begins.');
    END IF;
    IF NOT EXISTS (SELECT 1 FROM guidance WHERE id = (p ->> 'guidance')::bigint AND version = (SELECT max(version) FROM guidance)) THEN
        PERFORM not_now('A newer version of the guidance was published meanwhile. Answer its questions.');
    END IF;
    INSERT INTO framework_run (partnership_id, guidance_id, kind, answers, significance, depth, started_at, started_by_id, scores_due, decision, closed_because, submission_key)
    VALUES (place, (p ->> 'guidance')::bigint, CASE stands WHEN 'potential' THEN 'test' ELSE 'examine' END, p -> 'answers', (p ->> 'significance')::integer, p ->> 'depth', least(p_at, now()),
            my_practitioner(), (p ->> 'scores_due')::timestamptz, '', '', (p ->> 'key')::uuid)
    RETURNING * INTO r;
    INSERT INTO score_sheet (run_id, agency_id, role)
    SELECT r.id, m.agency_id, coalesce('whoever manages ' || t.name, 'the signatory') FROM partner m LEFT JOIN team t ON t.id = m.front_door_id WHERE m.partnership_id = place AND m.left_at IS NULL;
    PERFORM note_run(r, CASE r.kind WHEN 'test' THEN 'test_begun' ELSE 'examination_begun' END, '', p_at);
    RETURN r.id;
END $$;

CREATE OR REPLACE FUNCTION close_run(p_run bigint, p_because text, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE r framework_run%ROWTYPE;
BEGIN
    r := my_run(p_run);
    IF NOT leads_partnership(r.partnership_id) THEN PERFORM not_yours('Only the partnership''s lead breaks off a test or examination.'); END IF;
    PERFORM must_be_open(r);
    IF btrim(coalesce(p_because, '')) = '' THEN PERFORM not_now('Say why it is broken off.'); END IF;
    UPDATE framework_run SET closed_at = least(p_at, now()), closed_because = p_because WHERE id = p_run;
    PERFORM note_run(r, 'run_broken_off', p_because, p_at);
END $$;

CREATE OR REPLACE FUNCTION answer_gate(p_run bigint, p_gate text, p_answer text, p_evidence text, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE r framework_run%ROWTYPE;
BEGIN
    r := my_run(p_run);
    PERFORM must_be_open(r);
    IF NOT EXISTS (SELECT 1 FROM gates_of(r) WHERE gate = p_gate) THEN PERFORM not_now('This gate is not asked here.'); END IF;
    IF p_answer NOT IN ('yes', 'partly', 'no') OR btrim(coalesce(p_evidence, '')) = '' THEN PERFORM not_now('Each answer carries a link or a note that supports it.'); END IF;
    IF (SELECT (w.answer, w.evidence) = (p_answer::varchar, p_evidence) FROM gate_answer w WHERE w.run_id = p_run AND w.gate = p_gate ORDER BY w.id DESC LIMIT 1) THEN RETURN; END IF;
    INSERT INTO gate_answer (run_id, gate, answer, evidence, by_id, at) VALUES (p_run, p_gate, p_answer, p_evidence, my_practitioner(), least(p_at, now()));
    PERFORM write_line(jsonb_build_object('verb', 'write', 'purpose', 'partnership_governance', 'decision', 'permit', 'item', format('run:%s gate %s', p_run, p_gate), 'reason', p_answer));
END $$;

-- Scores are the scorer's own until the reveal. The last sheet that is sent in reveals them all at once.
CREATE OR REPLACE FUNCTION save_scores(p_run bigint, p_scores jsonb, p_send_in boolean, p_at timestamptz) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE r framework_run%ROWTYPE; sheet score_sheet%ROWTYPE; asked text[];
BEGIN
    r := my_run(p_run);
    PERFORM must_be_open(r);
    IF is_revealed(r) THEN PERFORM not_now('The scores have been revealed; none can be added or changed.'); END IF;
    SELECT * INTO sheet FROM score_sheet WHERE run_id = p_run AND agency_id = my_agency();
    IF NOT FOUND OR NOT speaks_for(r.partnership_id, my_agency()) THEN PERFORM not_yours('Each partner is scored by whoever speaks for it.'); END IF;
    IF sheet.scorer_id IS NOT NULL AND sheet.scorer_id <> my_practitioner() THEN PERFORM not_yours('Somebody else scores for your agency. Nobody but they can see or change it before the reveal.'); END IF;
    SELECT array_agg(x ->> 'id') INTO asked FROM guidance g CROSS JOIN jsonb_array_elements(g.content -> 'statements') x WHERE g.id = r.guidance_id AND depth_no(x ->> 'from') <= depth_no(r.depth);
    IF EXISTS (SELECT 1 FROM jsonb_to_recordset(p_scores) AS s(statement text) WHERE NOT s.statement = ANY (asked)) THEN PERFORM not_now('This statement is not asked here.'); END IF;
    UPDATE score_sheet SET scorer_id = my_practitioner() WHERE id = sheet.id;
    INSERT INTO score (sheet_id, statement, value, note) SELECT sheet.id, s.statement, s.value, coalesce(s.note, '') FROM jsonb_to_recordset(p_scores) AS s(statement text, value smallint, note text)
    ON CONFLICT ON CONSTRAINT one_score_for_each_statement DO UPDATE SET value = excluded.value, note = excluded.note;
    IF NOT p_send_in THEN RETURN false; END IF;
    IF (SELECT count(*) FROM score WHERE sheet_id = sheet.id) < cardinality(asked) THEN PERFORM not_now('Answer every statement, or say that you cannot say.'); END IF;
    UPDATE score_sheet SET sent_in_at = least(p_at, now()) WHERE id = sheet.id;
    IF EXISTS (SELECT 1 FROM score_sheet WHERE run_id = p_run AND sent_in_at IS NULL) THEN RETURN false; END IF;
    UPDATE framework_run SET revealed_at = least(p_at, now()), figures_until = least(p_at, now()) WHERE id = p_run;
    PERFORM note_run(r, 'scores_revealed', '', p_at);
    RETURN true;
END $$;

-- What came to light because its day passed; by the worker.
CREATE OR REPLACE FUNCTION reveal_due_runs() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE done integer;
BEGIN
    UPDATE framework_run SET revealed_at = scores_due, figures_until = scores_due WHERE revealed_at IS NULL AND closed_at IS NULL AND scores_due <= now();
    GET DIAGNOSTICS done = ROW_COUNT;
    RETURN done;
END $$;

-- Who has sent in, by agency and role: all that anybody is told before the reveal.
CREATE OR REPLACE FUNCTION sheets_of(p_run bigint) RETURNS TABLE (agency_id bigint, agency varchar, role varchar, begun boolean, sent_in boolean, mine boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.agency_id, g.name, s.role, s.scorer_id IS NOT NULL, s.sent_in_at IS NOT NULL, coalesce(s.scorer_id = my_practitioner(), false)
      FROM score_sheet s JOIN framework_run r ON r.id = s.run_id JOIN agency g ON g.id = s.agency_id WHERE s.run_id = p_run AND sits_with(r.partnership_id) ORDER BY g.name
$$;

-- From how many raters a mean is told, and from how many its spread: fewer, and whoever knows their own score knows another's.
CREATE OR REPLACE FUNCTION fewest_for_mean() RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 3 $$;
CREATE OR REPLACE FUNCTION fewest_for_spread() RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 5 $$;

-- After the reveal, never who said what. Of each statement that five scored: how often each score was given. Of each principle: how many partners scored it, and the mean and the counts of such
-- statements alone, so that nothing is found by taking one from the other; where there is none, from three partners the mean of all, to a tenth.
DROP FUNCTION IF EXISTS scores_of(bigint);
CREATE OR REPLACE FUNCTION said_in(p_run bigint) RETURNS TABLE (principle text, statement text, value smallint, times bigint, mean numeric)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH given AS (
        SELECT s.id AS sheet, c.statement::text AS statement, x ->> 'principle' AS principle, c.value, count(*) OVER (PARTITION BY c.statement) >= fewest_for_spread() AS told
          FROM framework_run r JOIN guidance g ON g.id = r.guidance_id JOIN score_sheet s ON s.run_id = r.id AND s.sent_in_at IS NOT NULL JOIN score c ON c.sheet_id = s.id AND c.value IS NOT NULL
               JOIN jsonb_array_elements(g.content -> 'statements') x ON x ->> 'id' = c.statement
         WHERE r.id = p_run AND is_revealed(r) AND sits_with(r.partnership_id))
    SELECT g.principle, NULL::text, NULL::smallint, count(DISTINCT g.sheet), coalesce(avg(g.value) FILTER (WHERE g.told), CASE WHEN count(DISTINCT g.sheet) >= fewest_for_mean() THEN round(avg(g.value), 1) END)
      FROM given g GROUP BY g.principle
     UNION ALL SELECT g.principle, NULL, g.value, count(*), NULL FROM given g WHERE g.told GROUP BY 1, 3
     UNION ALL SELECT g.principle, g.statement, g.value, count(*), NULL FROM given g WHERE g.told GROUP BY 1, 2, 3
$$;

-- What was written beside a statement, for those who belong, once so many sent in their scores that it may be of more than one; never who wrote it.
CREATE OR REPLACE FUNCTION notes_of(p_run bigint) RETURNS TABLE (statement varchar, note text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.statement, c.note FROM framework_run r JOIN score_sheet s ON s.run_id = r.id AND s.sent_in_at IS NOT NULL JOIN score c ON c.sheet_id = s.id
     WHERE r.id = p_run AND is_revealed(r) AND belongs(r.partnership_id) AND c.note <> '' AND (SELECT count(*) FROM score_sheet o WHERE o.run_id = r.id AND o.sent_in_at IS NOT NULL) >= fewest_for_mean()
     ORDER BY c.statement, md5(c.note)
$$;

CREATE OR REPLACE FUNCTION recommend(p_run bigint, p_option text, p_reasons text, p_considered jsonb, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE r framework_run%ROWTYPE; new_id bigint; stands recommendation%ROWTYPE;
BEGIN
    r := my_run(p_run);
    PERFORM must_be_open(r);
    IF NOT is_revealed(r) THEN PERFORM not_now('Nothing is recommended before every partner has scored, or the day for it has passed.'); END IF;
    IF NOT p_option = ANY (CASE r.kind WHEN 'test' THEN ARRAY['go_ahead', 'go_ahead_if', 'another_way', 'do_not'] ELSE ARRAY['carry_on', 'carry_on_if', 'change', 'end'] END) THEN
        PERFORM not_now('This cannot be recommended here.');
    END IF;
    IF btrim(coalesce(p_reasons, '')) = '' THEN PERFORM not_now('Say why.'); END IF;
    IF btrim(coalesce(p_considered ->> CASE r.kind WHEN 'test' THEN 'do_not' ELSE 'end' END, '')) = '' THEN
        PERFORM not_now('Say what speaks for and against not doing it: it is always one of the options.');
    END IF;
    PERFORM must_let_through(r, p_option);
    SELECT * INTO stands FROM recommendation WHERE run_id = p_run ORDER BY id DESC LIMIT 1;
    IF stands.fell_at IS NULL AND (stands.option, stands.reasons, stands.considered) = (p_option::varchar, p_reasons, p_considered) THEN RETURN stands.id; END IF;
    INSERT INTO recommendation (run_id, option, reasons, considered, by_id, at) VALUES (p_run, p_option, p_reasons, p_considered, my_practitioner(), least(p_at, now())) RETURNING id INTO new_id;
    PERFORM note_run(r, 'recommended', option_in_words(p_option), p_at);
    RETURN new_id;
END $$;

-- The recommendation that the partners are asked about.
CREATE OR REPLACE FUNCTION standing_recommendation(p_run bigint) RETURNS recommendation
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c FROM recommendation c WHERE c.run_id = p_run AND c.id = (SELECT max(x.id) FROM recommendation x WHERE x.run_id = p_run) AND c.fell_at IS NULL
$$;

CREATE OR REPLACE FUNCTION add_condition(p_run bigint, p_words text, p_agency bigint, p_due_on date, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE r framework_run%ROWTYPE; stands recommendation%ROWTYPE; new_id bigint;
BEGIN
    r := my_run(p_run);
    PERFORM must_be_open(r);
    stands := standing_recommendation(p_run);
    IF stands.id IS NULL OR stands.option NOT IN ('go_ahead_if', 'carry_on_if', 'change') THEN PERFORM not_now('First recommend to go on under conditions, or to change it.'); END IF;
    IF EXISTS (SELECT 1 FROM recommendation_vote WHERE recommendation_id = stands.id) THEN PERFORM not_now('Partners have begun to decide on it as it stands. Recommend anew to add a condition.'); END IF;
    IF NOT EXISTS (SELECT 1 FROM score_sheet WHERE run_id = p_run AND agency_id = p_agency) THEN PERFORM not_now('A condition belongs to one of the partners.'); END IF;
    IF btrim(coalesce(p_words, '')) = '' OR p_due_on <= p_at::date THEN PERFORM not_now('Say what must be so, and by a day that lies ahead.'); END IF;
    INSERT INTO run_condition (recommendation_id, words, agency_id, due_on, evidence) VALUES (stands.id, p_words, p_agency, p_due_on, '')
    ON CONFLICT ON CONSTRAINT condition_once DO NOTHING RETURNING id INTO new_id;
    RETURN coalesce(new_id, (SELECT id FROM run_condition WHERE recommendation_id = stands.id AND words = p_words));
END $$;

-- One voice for each partner that the run began with. More than half decide; when that can no longer be, the recommendation falls. A no stands for good.
CREATE OR REPLACE FUNCTION vote_on_run(p_run bigint, p_recommendation bigint, p_agrees boolean, p_reason text, p_at timestamptz) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE r framework_run%ROWTYPE; stands recommendation%ROWTYPE; partners bigint; ayes bigint; noes bigint;
BEGIN
    r := my_run(p_run);
    IF r.closed_at IS NOT NULL THEN PERFORM not_now('This was broken off.'); END IF;
    stands := standing_recommendation(p_run);
    IF stands.id IS NULL OR stands.id <> p_recommendation THEN PERFORM not_now('Another recommendation has taken the place of this one. Read it first.'); END IF;
    IF NOT speaks_for(r.partnership_id, my_agency()) OR NOT EXISTS (SELECT 1 FROM score_sheet WHERE run_id = p_run AND agency_id = my_agency()) THEN
        PERFORM not_yours('Each partner decides through whoever speaks for it.');
    END IF;
    IF EXISTS (SELECT 1 FROM recommendation_vote WHERE recommendation_id = stands.id AND agency_id = my_agency() AND agrees = p_agrees AND reason = coalesce(p_reason, '')) THEN RETURN 'said'; END IF;
    IF EXISTS (SELECT 1 FROM recommendation_vote WHERE recommendation_id = stands.id AND agency_id = my_agency()) THEN PERFORM not_now('Your agency has spoken on this; what was said stands.'); END IF;
    IF r.decided_at IS NOT NULL AND p_agrees THEN PERFORM not_now('This has been decided. You can still put on record that your agency does not agree.'); END IF;
    IF NOT p_agrees AND btrim(coalesce(p_reason, '')) = '' THEN PERFORM not_now('Say why your agency does not agree: it stands beside the decision.'); END IF;
    IF stands.option IN ('go_ahead_if', 'carry_on_if') AND NOT EXISTS (SELECT 1 FROM run_condition WHERE recommendation_id = stands.id) THEN PERFORM not_now('No condition has been written down yet.'); END IF;
    IF r.decided_at IS NULL THEN PERFORM must_let_through(r, stands.option); END IF;
    INSERT INTO recommendation_vote (recommendation_id, agency_id, by_id, agrees, reason, at) VALUES (stands.id, my_agency(), my_practitioner(), p_agrees, coalesce(p_reason, ''), least(p_at, now()));
    PERFORM note_run(r, CASE WHEN p_agrees THEN 'agreed' ELSE 'did_not_agree' END, coalesce(p_reason, ''), p_at);
    IF r.decided_at IS NOT NULL THEN RETURN 'said'; END IF;
    SELECT count(*) INTO partners FROM score_sheet WHERE run_id = p_run;
    SELECT count(*) FILTER (WHERE agrees), count(*) FILTER (WHERE NOT agrees) INTO ayes, noes FROM recommendation_vote WHERE recommendation_id = stands.id;
    IF noes * 2 >= partners THEN
        UPDATE recommendation SET fell_at = least(p_at, now()) WHERE id = stands.id;
        PERFORM note_run(r, 'recommendation_fell', option_in_words(stands.option), p_at);
        RETURN 'fell';
    END IF;
    IF ayes * 2 <= partners THEN RETURN 'said'; END IF;
    UPDATE framework_run SET decided_at = least(p_at, now()), decision = stands.option WHERE id = p_run;
    PERFORM note_run(r, 'decided', option_in_words(stands.option), p_at);
    IF r.kind = 'test' AND stands.option IN ('go_ahead', 'do_not') THEN
        PERFORM move_stage(r.partnership_id, CASE stands.option WHEN 'go_ahead' THEN 'active' ELSE 'refused' END, stands.reasons, least(p_at, now()));
    END IF;
    RETURN 'decided';
END $$;

-- A condition is met by the partner it belongs to, or by the lead, with what shows it. The last one of a test under conditions starts the partnership.
CREATE OR REPLACE FUNCTION meet_condition(p_condition bigint, p_evidence text, p_at timestamptz) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE c run_condition%ROWTYPE; r framework_run%ROWTYPE;
BEGIN
    SELECT * INTO c FROM run_condition WHERE id = p_condition;
    r := my_run((SELECT run_id FROM recommendation WHERE id = c.recommendation_id));
    IF NOT (leads_partnership(r.partnership_id) OR c.agency_id = my_agency() AND speaks_for(r.partnership_id, my_agency())) THEN
        PERFORM not_yours('A condition is met by the partner it belongs to, or by the partnership''s lead.');
    END IF;
    IF r.decided_at IS NULL THEN PERFORM not_now('Nothing has been decided yet.'); END IF;
    IF btrim(coalesce(p_evidence, '')) = '' THEN PERFORM not_now('Say what shows that it is met.'); END IF;
    UPDATE run_condition SET met_at = least(p_at, now()), met_by_id = my_practitioner(), evidence = p_evidence WHERE id = p_condition AND met_at IS NULL;
    IF NOT FOUND THEN RETURN false; END IF;
    PERFORM note_run(r, 'condition_met', c.words, p_at);
    IF r.kind = 'test' AND r.decision = 'go_ahead_if' AND NOT EXISTS (SELECT 1 FROM run_condition WHERE recommendation_id = c.recommendation_id AND met_at IS NULL) THEN
        PERFORM move_stage(r.partnership_id, 'active', 'Every condition is met.', least(p_at, now()));
    END IF;
    RETURN true;
END $$;
