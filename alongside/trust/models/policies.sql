-- Open to the members of the partnership, and what was found and promised to its board; what is private, to the one who said it. Every step is a door, nothing is deleted, and the order of
-- somebody's pressures is a column that no role of a page may read.
CALL wall('pulse_round', reads => 'sits_with(partnership_id)', definer => 'SELECT, INSERT');
CALL wall('pulse_answer', reads => 'rater_id = (SELECT my_practitioner())', definer => 'SELECT, INSERT');
CALL wall('promise', reads => 'sits_with(partnership_id)', definer => 'SELECT, INSERT');
CALL wall('promise_event', reads => 'EXISTS (SELECT 1 FROM promise p WHERE p.id = promise_id AND belongs(p.partnership_id))', definer => 'SELECT, INSERT');
CALL wall('perspective_exercise', reads => 'sits_with(partnership_id)', definer => 'SELECT, INSERT');
CALL wall('perspective_guess', reads => 'guesser_id = (SELECT my_practitioner())', definer => 'SELECT, INSERT');
CALL wall('disagreement', reads => 'belongs(partnership_id)', definer => 'SELECT, INSERT');
CALL wall('professional_view', reads => 'EXISTS (SELECT 1 FROM disagreement d WHERE d.id = disagreement_id)', definer => 'SELECT, INSERT');
CALL wall('decision_note', reads => 'belongs(partnership_id)', definer => 'SELECT, INSERT');
REVOKE SELECT ON perspective_exercise FROM alongside_app;
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
