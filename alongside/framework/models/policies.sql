-- Guidance is open to whoever works here. A run is open to the members of its partnership, its lead and its board; a score to the one who gave it, and to nobody else,
-- before the reveal and after it: what partners said comes out as counts, by a function. Every step is a door; what was said is changed by nobody, and
-- nothing is deleted. What partners do is counted by the worker.
CALL wall('guidance', reads => 'true', definer => 'SELECT, INSERT');
CALL wall('guidance_review', reads => 'true', definer => 'SELECT, INSERT');
CALL wall('guidance_hand_over', reads => 'true', definer => 'SELECT, INSERT');
CALL wall('framework_run', reads => 'sits_with(partnership_id)', definer => 'SELECT, INSERT');
CALL wall('gate_answer', reads => 'EXISTS (SELECT 1 FROM framework_run r WHERE r.id = run_id)', definer => 'SELECT, INSERT');
CALL wall('recommendation', reads => 'EXISTS (SELECT 1 FROM framework_run r WHERE r.id = run_id)', definer => 'SELECT, INSERT');
CALL wall('recommendation_vote', reads => 'EXISTS (SELECT 1 FROM recommendation c WHERE c.id = recommendation_id)', definer => 'SELECT, INSERT');
CALL wall('run_condition', reads => 'EXISTS (SELECT 1 FROM recommendation c WHERE c.id = recommendation_id)', definer => 'SELECT, INSERT');
CALL wall('score_sheet', reads => 'scorer_id = (SELECT my_practitioner())', definer => 'SELECT, INSERT');
CALL wall('score', reads => 'EXISTS (SELECT 1 FROM score_sheet s WHERE s.id = sheet_id)', definer => 'SELECT, INSERT');
CALL wall('behaviour_figure', reads => 'partnership_id = ANY ((SELECT tables_open_to_me())::bigint[])', worker => 'SELECT, INSERT, UPDATE', definer => '');
CALL wall('ties_found', reads => 'partnership_id = ANY ((SELECT tables_open_to_me())::bigint[])', worker => 'SELECT', definer => 'SELECT, INSERT, UPDATE');
CALL wall('partner_answers', reads => 'is_fellow(agency_id)', worker => 'SELECT, INSERT, UPDATE', definer => '');
CALL wall('sharing_day', worker => 'SELECT', definer => 'SELECT, INSERT, DELETE');
CALL wall('counted_day', worker => 'SELECT', definer => 'SELECT, INSERT, UPDATE');
GRANT UPDATE (revealed_at, figures_until, decided_at, decision, closed_at, closed_because) ON framework_run TO alongside_definer;
GRANT UPDATE (scorer_id, sent_in_at) ON score_sheet TO alongside_definer;
GRANT UPDATE (value, note) ON score TO alongside_definer;
GRANT UPDATE (fell_at) ON recommendation TO alongside_definer;
GRANT UPDATE (met_at, met_by_id, evidence) ON run_condition TO alongside_definer;
GRANT EXECUTE ON FUNCTION
    may_publish_guidance(), may_hand_over_guidance(), guidance_owner(), hand_over_guidance(bigint, text, timestamptz), publish_guidance(jsonb, timestamptz), review_guidance(bigint, text, date, timestamptz), last_runs(),
    start_run(jsonb, timestamptz), close_run(bigint, text, timestamptz), answer_gate(bigint, text, text, text, timestamptz), save_scores(bigint, jsonb, boolean, timestamptz), sheets_of(bigint),
    said_in(bigint), notes_of(bigint), recommend(bigint, text, text, jsonb, timestamptz), add_condition(bigint, text, bigint, date, timestamptz),
    ties_of(bigint, date), vote_on_run(bigint, bigint, boolean, text, timestamptz), meet_condition(bigint, text, timestamptz), is_fellow(bigint)
    TO alongside_app;
GRANT EXECUTE ON FUNCTION first_day_of_sharing(), count_sharing(date, date, float8[], text[]), assessed_again(bigint, text[], timestamptz), behaviour_elsewhere(bigint, date, date), complaints_of(bigint, date), money_due(bigint, date, date), objectives_read(bigint), keep_ties(bigint, date, timestamptz), reveal_due_runs() TO alongside_worker;
