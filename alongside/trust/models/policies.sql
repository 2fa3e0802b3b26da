-- Open to the members of the partnership, and what was found and promised to its board; what is private, to the one who said it. Every step is a door, nothing is deleted, and the order of
-- somebody's pressures is a column that no role of a page may read.
DO $$
DECLARE t record;
BEGIN
    FOR t IN SELECT * FROM (VALUES
        ('pulse_round', 'sits_with(partnership_id)'), ('pulse_answer', 'rater_id = (SELECT my_practitioner())'),
        ('promise', 'sits_with(partnership_id)'), ('promise_event', 'EXISTS (SELECT 1 FROM promise p WHERE p.id = promise_id AND belongs(p.partnership_id))'),
        ('perspective_exercise', 'sits_with(partnership_id)'), ('perspective_guess', 'guesser_id = (SELECT my_practitioner())'),
        ('disagreement', 'belongs(partnership_id)'), ('professional_view', 'EXISTS (SELECT 1 FROM disagreement d WHERE d.id = disagreement_id)'),
        ('decision_note', 'belongs(partnership_id)')) AS v(name, reading)
    LOOP
        EXECUTE format('REVOKE ALL ON %I FROM alongside_app, alongside_worker, alongside_definer', t.name);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t.name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t.name);
        EXECUTE format('DROP POLICY IF EXISTS reads ON %I', t.name);
        EXECUTE format('DROP POLICY IF EXISTS functions ON %I', t.name);
        EXECUTE format('CREATE POLICY reads ON %I FOR SELECT TO alongside_app USING (%s)', t.name, t.reading);
        EXECUTE format('CREATE POLICY functions ON %I TO alongside_definer USING (true) WITH CHECK (true)', t.name);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO alongside_definer', t.name);
        IF t.name <> 'perspective_exercise' THEN EXECUTE format('GRANT SELECT ON %I TO alongside_app', t.name); END IF;
    END LOOP;
END $$;
GRANT SELECT (id, partnership_id, agency_id, pressures, after_id, what_was_done, opened_by_id, opened_at, closes_at) ON perspective_exercise TO alongside_app;
GRANT UPDATE (items, answered_at) ON pulse_answer TO alongside_definer;
GRANT UPDATE ("order", guessed_at) ON perspective_guess TO alongside_definer;
GRANT UPDATE (kept, done_on, settled_at, settled_by_id) ON promise TO alongside_definer;
GRANT UPDATE (settled, joint_view, settled_by_id, settled_at) ON disagreement TO alongside_definer;
GRANT EXECUTE ON FUNCTION
    open_pulse(bigint, timestamptz, timestamptz), answer_pulse(bigint, bigint, smallint[], timestamptz), pulse_totals(bigint), pulse_turnout(bigint),
    make_promise(bigint, bigint, text, date, timestamptz), say_promise_done(bigint, text, timestamptz), settle_promise(bigint, text, date, text, timestamptz),
    start_exercise(bigint, varchar[], smallint[], bigint, text, timestamptz, timestamptz), guess_order(bigint, smallint[], timestamptz), true_order(bigint), guesses_of(bigint),
    open_disagreement(bigint, text, boolean, timestamptz, timestamptz), give_view(bigint, text, text, timestamptz), settle_disagreement(bigint, text, text, timestamptz),
    note_decision(bigint, text, text, bigint, text, date, timestamptz)
    TO alongside_app;
