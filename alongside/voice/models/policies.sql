-- Open to those who belong to the partnership, and once it is over to those who did; to nobody else: the public reads through functions that give only what is published. Nobody writes these tables by hand.
-- What hangs on a forum or a contribution is open to whoever may see that.
DO $$
DECLARE t record;
BEGIN
    FOR t IN SELECT * FROM (VALUES
        ('voice_population', 'belongs(partnership_id)'), ('voice_forum', 'belongs(partnership_id)'), ('voice_contribution', 'belongs(partnership_id)'),
        ('voice_claim', 'EXISTS (SELECT 1 FROM voice_forum f WHERE f.id = forum_id)'), ('voice_profile', 'EXISTS (SELECT 1 FROM voice_forum f WHERE f.id = forum_id)'),
        ('voice_sitting', 'EXISTS (SELECT 1 FROM voice_forum f WHERE f.id = forum_id)'), ('voice_profile_count', 'EXISTS (SELECT 1 FROM voice_profile f WHERE f.id = profile_id)'),
        ('voice_sitting_count', 'EXISTS (SELECT 1 FROM voice_sitting f WHERE f.id = sitting_id)'), ('voice_reply', 'EXISTS (SELECT 1 FROM voice_contribution c WHERE c.id = contribution_id)'),
        ('voice_change', 'EXISTS (SELECT 1 FROM voice_contribution c WHERE c.id = contribution_id)'), ('voice_redaction', 'EXISTS (SELECT 1 FROM voice_contribution c WHERE c.id = contribution_id)'))
        AS v(name, readable)
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t.name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t.name);
        EXECUTE format('DROP POLICY IF EXISTS reads ON %I', t.name);
        EXECUTE format('DROP POLICY IF EXISTS functions ON %I', t.name);
        EXECUTE format('CREATE POLICY reads ON %I FOR SELECT TO alongside_app USING (%s)', t.name, t.readable);
        EXECUTE format('CREATE POLICY functions ON %I TO alongside_definer USING (true) WITH CHECK (true)', t.name);
        EXECUTE format('REVOKE ALL ON %I FROM alongside_app, alongside_worker, alongside_definer', t.name);
        EXECUTE format('GRANT SELECT ON %I TO alongside_app', t.name);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO alongside_definer', t.name);
    END LOOP;
END $$;
GRANT UPDATE (words, answered_at) ON voice_contribution TO alongside_definer;
GRANT UPDATE (closes) ON voice_forum TO alongside_definer;
REVOKE EXECUTE ON FUNCTION keep_contribution(jsonb, bigint, timestamptz) FROM alongside_app;
GRANT EXECUTE ON FUNCTION
    keeps_voice(bigint), bring_in_population(jsonb, timestamptz), open_forum(jsonb, timestamptz), close_forum(bigint, date, timestamptz), claim_rung(jsonb, timestamptz),
    record_profile(jsonb, timestamptz), record_sitting(jsonb, timestamptz), have_your_say(jsonb, timestamptz), type_in_contribution(jsonb, timestamptz), answer_contribution(jsonb, timestamptz),
    say_what_changed(jsonb, timestamptz), redact_contribution(bigint, text, text, timestamptz), contribution_by_reference(text), what_changed_because_of_you(bigint),
    forums_open_to_all(bigint, date), how_it_answers(bigint, timestamptz, timestamptz)
    TO alongside_app;
