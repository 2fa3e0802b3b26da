-- What works against what, what is offered, and days with one another: open to those at the table, written through doors. A partner's ratings are its own until the round ends.
CALL wall('partnership_activity', reads => 'sits_with(partnership_id)', definer => 'SELECT, INSERT');
CALL wall('effect_round', reads => 'sits_with(partnership_id)', definer => 'SELECT, INSERT');
CALL wall('effect_rating', reads => $p$(SELECT r.closes_at <= now() AND sits_with(r.partnership_id) OR speaks_for(r.partnership_id, agency_id) FROM effect_round r WHERE r.id = round_id)$p$, definer => 'SELECT, INSERT');
CALL wall('effect_point', reads => 'sits_with(partnership_id)', definer => 'SELECT, INSERT');
CALL wall('resource_offer', reads => 'belongs(partnership_id)', definer => 'SELECT, INSERT');
CALL wall('offer_request', reads => 'EXISTS (SELECT 1 FROM resource_offer o WHERE o.id = offer_id)', definer => 'SELECT, INSERT');
CALL wall('shadowing_day', reads => $p$writer_id = (SELECT my_practitioner()) OR belongs(partnership_id) AND (shared_with = 'partners' OR shared_with = 'host' AND host_id = (SELECT my_agency()))$p$, definer => 'SELECT, INSERT');
-- The person's own words: behind the ticket, for practitioners to whom the gate opens what the person says; at home, for the person and whoever wrote it, and for no other who acts for them.
CALL wall('contradiction', definer => 'SELECT, INSERT', reads => $p$record_key(person_id, 0, category_no('strengths_needs_plan')) = ANY ((SELECT ticket_keys())::bigint[])
    AND ((SELECT is_practitioner()) OR made_by_id = (SELECT my_account()) OR my_relation(person_id) = 'self')$p$);
GRANT UPDATE (ended_at) ON partnership_activity TO alongside_definer;
GRANT UPDATE (closes_at) ON effect_round TO alongside_definer;
GRANT UPDATE (objectives, effects, rated_by_id, rated_at) ON effect_rating TO alongside_definer;
GRANT UPDATE ("end", because, ended_by_id, ended_at) ON effect_point TO alongside_definer;
GRANT UPDATE (answer, answered_by_id, answered_at, activity_id, objective_id) ON contradiction TO alongside_definer;
GRANT UPDATE (withdrawn_at) ON resource_offer TO alongside_definer;
GRANT UPDATE (given, why, answered_by_id, answered_at) ON offer_request TO alongside_definer;
GRANT UPDATE (shared_with) ON shadowing_day TO alongside_definer;
GRANT EXECUTE ON FUNCTION
    name_activity(bigint, bigint, text, timestamptz), end_activity(bigint, timestamptz), open_effect_round(bigint, timestamptz, timestamptz), rate_effects(bigint, bigint, bigint[], smallint[], timestamptz),
    effects_unsaid(bigint, bigint), open_effect_point(bigint, bigint, bigint, text, date, timestamptz), may_end_effect(bigint), end_effect_point(bigint, text, text, timestamptz),
    say_contradiction(bigint, bigint, uuid, bigint, bigint, text, text, timestamptz), answer_contradiction(bigint, bigint, text, bigint, bigint, timestamptz), reported_effects(bigint), told_two_things(bigint),
    offer_resource(bigint, text, text, text, date, timestamptz), withdraw_offer(bigint, timestamptz), ask_for_offer(bigint, text, timestamptz), answer_offer_request(bigint, boolean, text, timestamptz),
    write_shadowing_day(bigint, bigint, text, date, text, text, text, timestamptz), share_shadowing_day(bigint, text)
    TO alongside_app;
