-- Open to those who belong to the partnership, and once it is over to those who did; counts of who takes part and speaks to its board too, and what somebody wrote to its members alone. The public reads
-- through functions that give only what is published. Nobody writes these tables by hand.
-- What hangs on a forum or a contribution is open to whoever may see that.
CALL wall('voice_population', reads => 'sits_with(partnership_id)', definer => 'SELECT, INSERT');
CALL wall('voice_forum', reads => 'sits_with(partnership_id)', definer => 'SELECT, INSERT');
CALL wall('voice_contribution', reads => 'belongs(partnership_id)', definer => 'SELECT, INSERT');
CALL wall('voice_claim', reads => 'EXISTS (SELECT 1 FROM voice_forum f WHERE f.id = forum_id)', definer => 'SELECT, INSERT');
CALL wall('voice_profile', reads => 'EXISTS (SELECT 1 FROM voice_forum f WHERE f.id = forum_id)', definer => 'SELECT, INSERT');
CALL wall('voice_sitting', reads => 'EXISTS (SELECT 1 FROM voice_forum f WHERE f.id = forum_id)', definer => 'SELECT, INSERT');
CALL wall('voice_profile_count', reads => 'EXISTS (SELECT 1 FROM voice_profile f WHERE f.id = profile_id)', definer => 'SELECT, INSERT');
CALL wall('voice_sitting_count', reads => 'EXISTS (SELECT 1 FROM voice_sitting f WHERE f.id = sitting_id)', definer => 'SELECT, INSERT');
CALL wall('voice_reply', reads => 'EXISTS (SELECT 1 FROM voice_contribution c WHERE c.id = contribution_id)', definer => 'SELECT, INSERT');
CALL wall('voice_change', reads => 'EXISTS (SELECT 1 FROM voice_contribution c WHERE c.id = contribution_id)', definer => 'SELECT, INSERT');
CALL wall('voice_redaction', reads => 'EXISTS (SELECT 1 FROM voice_contribution c WHERE c.id = contribution_id)', definer => 'SELECT, INSERT');
GRANT UPDATE (words, answered_at) ON voice_contribution TO alongside_definer;
GRANT UPDATE (closes) ON voice_forum TO alongside_definer;
REVOKE EXECUTE ON FUNCTION keep_contribution(jsonb, bigint, timestamptz) FROM alongside_app;
GRANT EXECUTE ON FUNCTION
    keeps_voice(bigint), bring_in_population(jsonb, timestamptz), open_forum(jsonb, timestamptz), close_forum(bigint, date, timestamptz), claim_rung(jsonb, timestamptz),
    record_profile(jsonb, timestamptz), record_sitting(jsonb, timestamptz), have_your_say(jsonb, timestamptz), type_in_contribution(jsonb, timestamptz), answer_contribution(jsonb, timestamptz),
    say_what_changed(jsonb, timestamptz), redact_contribution(bigint, text, text, timestamptz), contribution_by_reference(text), what_changed_because_of_you(bigint),
    forums_open_to_all(bigint, date), how_it_answers(bigint, timestamptz, timestamptz)
    TO alongside_app;
