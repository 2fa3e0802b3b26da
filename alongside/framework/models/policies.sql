-- Guidance is open to whoever works here. A run is open to the members of its partnership and its lead; a score to the one who gave it, and to nobody else,
-- before the reveal and after it: what partners said comes out as counts, by a function. Every step is a door; what was said is changed by nobody, and
-- nothing is deleted. What partners do is counted by the worker.
DO $$
DECLARE t record;
BEGIN
    FOR t IN SELECT * FROM (VALUES
        ('guidance', 'true'), ('guidance_review', 'true'), ('guidance_hand_over', 'true'),
        ('framework_run', 'belongs(partnership_id)'),
        ('gate_answer', 'EXISTS (SELECT 1 FROM framework_run r WHERE r.id = run_id)'),
        ('recommendation', 'EXISTS (SELECT 1 FROM framework_run r WHERE r.id = run_id)'),
        ('recommendation_vote', 'EXISTS (SELECT 1 FROM recommendation c WHERE c.id = recommendation_id)'),
        ('run_condition', 'EXISTS (SELECT 1 FROM recommendation c WHERE c.id = recommendation_id)'),
        ('score_sheet', 'scorer_id = (SELECT my_practitioner())'),
        ('score', 'EXISTS (SELECT 1 FROM score_sheet s WHERE s.id = sheet_id)'),
        ('behaviour_figure', 'belongs(partnership_id)'),
        ('partner_answers', 'is_fellow(agency_id)')) AS v(name, reading)
    LOOP
        EXECUTE format('REVOKE ALL ON %I FROM alongside_app, alongside_worker, alongside_definer', t.name);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t.name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t.name);
        EXECUTE format('DROP POLICY IF EXISTS reads ON %I', t.name);
        EXECUTE format('DROP POLICY IF EXISTS functions ON %I', t.name);
        EXECUTE format('CREATE POLICY reads ON %I FOR SELECT TO alongside_app USING (%s)', t.name, t.reading);
        EXECUTE format('CREATE POLICY functions ON %I TO alongside_definer USING (true) WITH CHECK (true)', t.name);
        EXECUTE format('GRANT SELECT ON %I TO alongside_app', t.name);
        EXECUTE format('GRANT SELECT ON %I TO alongside_definer', t.name);
    END LOOP;
    FOR t IN SELECT unnest(ARRAY['sharing_day', 'counted_day', 'behaviour_figure', 'partner_answers']) AS name LOOP
        EXECUTE format('REVOKE ALL ON %I FROM alongside_worker, alongside_definer', t.name);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t.name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t.name);
        EXECUTE format('DROP POLICY IF EXISTS works ON %I', t.name);
        EXECUTE format('DROP POLICY IF EXISTS functions ON %I', t.name);
        EXECUTE format('CREATE POLICY works ON %I TO alongside_worker USING (true) WITH CHECK (true)', t.name);
        EXECUTE format('CREATE POLICY functions ON %I TO alongside_definer USING (true) WITH CHECK (true)', t.name);
        EXECUTE format('GRANT SELECT ON %I TO alongside_worker', t.name);
    END LOOP;
END $$;
REVOKE ALL ON sharing_day, counted_day FROM alongside_app;
GRANT SELECT, INSERT, DELETE ON sharing_day TO alongside_definer;
GRANT SELECT, INSERT, UPDATE ON counted_day TO alongside_definer;
GRANT SELECT, INSERT, UPDATE ON behaviour_figure, partner_answers TO alongside_worker;
GRANT INSERT ON guidance, guidance_review, guidance_hand_over, framework_run, gate_answer, score_sheet, score, recommendation, recommendation_vote, run_condition TO alongside_definer;
GRANT UPDATE (revealed_at, figures_until, decided_at, decision, closed_at, closed_because) ON framework_run TO alongside_definer;
GRANT UPDATE (scorer_id, sent_in_at) ON score_sheet TO alongside_definer;
GRANT UPDATE (value, note) ON score TO alongside_definer;
GRANT UPDATE (fell_at) ON recommendation TO alongside_definer;
GRANT UPDATE (met_at, met_by_id, evidence) ON run_condition TO alongside_definer;
GRANT EXECUTE ON FUNCTION
    may_publish_guidance(), may_hand_over_guidance(), guidance_owner(), hand_over_guidance(bigint, text, timestamptz), publish_guidance(jsonb, timestamptz), review_guidance(bigint, text, date, timestamptz), last_runs(),
    start_run(jsonb, timestamptz), close_run(bigint, text, timestamptz), answer_gate(bigint, text, text, text, timestamptz), save_scores(bigint, jsonb, boolean, timestamptz), sheets_of(bigint),
    scores_of(bigint), notes_of(bigint), recommend(bigint, text, text, jsonb, timestamptz), add_condition(bigint, text, bigint, date, timestamptz),
    ties_of(bigint, date), vote_on_run(bigint, bigint, boolean, text, timestamptz), meet_condition(bigint, text, timestamptz), is_fellow(bigint)
    TO alongside_app;
GRANT EXECUTE ON FUNCTION first_day_of_sharing(), count_sharing(date, date, float8[], text[]), assessed_again(bigint, text[], timestamptz), behaviour_elsewhere(bigint, date, date), objectives_read(bigint), reveal_due_runs() TO alongside_worker;
