-- Help that undoes other help: activities, what each partner says they do to the objectives, what is taken on, and what people were told that does not agree.

CREATE OR REPLACE FUNCTION name_activity(p_partnership bigint, p_agency bigint, p_what text, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE a partnership_activity%ROWTYPE;
BEGIN
    PERFORM must_speak(p_partnership);
    IF btrim(coalesce(p_what, '')) = '' THEN PERFORM not_now('Say what is done.'); END IF;
    IF p_agency IS NOT NULL AND NOT EXISTS (SELECT 1 FROM partner WHERE partnership_id = p_partnership AND agency_id = p_agency AND left_at IS NULL) THEN PERFORM not_now('Choose a partner of this partnership, or all of them.'); END IF;
    SELECT * INTO a FROM partnership_activity WHERE partnership_id = p_partnership AND what = p_what;
    IF FOUND AND (a.ended_at IS NOT NULL OR a.agency_id IS DISTINCT FROM p_agency) THEN PERFORM not_now('Something of that name is, or was, on the list. Give this a name of its own.'); END IF;
    IF FOUND THEN RETURN a.id; END IF;
    INSERT INTO partnership_activity (partnership_id, agency_id, what, named_by_id, named_at) VALUES (p_partnership, p_agency, p_what, my_practitioner(), least(p_at, now())) RETURNING * INTO a;
    RETURN a.id;
END $$;

-- By whoever does it or named it, and by the lead.
CREATE OR REPLACE FUNCTION end_activity(p_activity bigint, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE a partnership_activity%ROWTYPE;
BEGIN
    SELECT * INTO a FROM partnership_activity WHERE id = p_activity FOR UPDATE;
    IF NOT FOUND OR NOT takes_part(a.partnership_id) OR NOT (leads_partnership(a.partnership_id) OR a.agency_id = my_agency() OR a.named_by_id = my_practitioner()) THEN
        PERFORM not_yours('An activity is taken off the list by whoever does it or named it, or by the partnership''s lead.');
    END IF;
    UPDATE partnership_activity SET ended_at = least(p_at, now()) WHERE id = a.id AND ended_at IS NULL;
END $$;

CREATE OR REPLACE FUNCTION open_effect_round(p_partnership bigint, p_closes timestamptz, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE new_id bigint;
BEGIN
    IF NOT leads_partnership(p_partnership) THEN PERFORM not_yours('The partnership''s lead asks what works against what.'); END IF;
    PERFORM pg_advisory_xact_lock(hashtext('effects'), p_partnership::integer);
    IF EXISTS (SELECT 1 FROM effect_round WHERE partnership_id = p_partnership AND closes_at > p_at) THEN PERFORM not_now('The partners are being asked already. It ends by itself.'); END IF;
    IF p_closes <= p_at THEN PERFORM not_now('Choose a day in the future for it to end.'); END IF;
    IF NOT EXISTS (SELECT 1 FROM partnership_activity WHERE partnership_id = p_partnership AND ended_at IS NULL) OR NOT EXISTS (SELECT 1 FROM objective WHERE partnership_id = p_partnership AND ended_at IS NULL) THEN
        PERFORM not_now('First name at least one activity, and agree on an objective.');
    END IF;
    INSERT INTO effect_round (partnership_id, opened_by_id, opened_at, closes_at) VALUES (p_partnership, my_practitioner(), least(p_at, now()), p_closes) RETURNING id INTO new_id;
    PERFORM note_partnership(p_partnership, NULL, 'effects_asked', '', least(p_at, now()));
    RETURN new_id;
END $$;

-- A partner's own until the round ends. The last partner that answers ends it, for all at once. Gives whether it did.
CREATE OR REPLACE FUNCTION rate_effects(p_round bigint, p_activity bigint, p_objectives bigint[], p_effects smallint[], p_at timestamptz) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE r effect_round%ROWTYPE; mine bigint;
BEGIN
    SELECT * INTO r FROM effect_round WHERE id = p_round FOR UPDATE;
    mine := must_speak(r.partnership_id);
    IF r.closes_at <= greatest(p_at, r.opened_at) THEN PERFORM not_now('This has ended. What partners said stands for all to read.'); END IF;
    IF NOT EXISTS (SELECT 1 FROM partnership_activity WHERE id = p_activity AND partnership_id = r.partnership_id AND ended_at IS NULL) THEN PERFORM not_now('This activity is not on the list any more.'); END IF;
    IF cardinality(p_objectives) = 0 OR cardinality(p_objectives) <> cardinality(p_effects) OR EXISTS (SELECT 1 FROM unnest(p_effects) e WHERE e NOT BETWEEN -3 AND 3)
       OR (SELECT count(DISTINCT o.id) FROM objective o WHERE o.id = ANY (p_objectives) AND o.partnership_id = r.partnership_id) <> cardinality(p_objectives) THEN
        PERFORM not_now('Say for each objective what it does to it, from -3 to +3, or that you cannot say.');
    END IF;
    INSERT INTO effect_rating (round_id, agency_id, activity_id, objectives, effects, rated_by_id, rated_at) VALUES (r.id, mine, p_activity, p_objectives, p_effects, my_practitioner(), least(p_at, now()))
    ON CONFLICT (round_id, agency_id, activity_id) DO UPDATE SET objectives = excluded.objectives, effects = excluded.effects, rated_by_id = excluded.rated_by_id, rated_at = excluded.rated_at;
    IF EXISTS (SELECT 1 FROM effects_unsaid(r.id, r.partnership_id)) THEN RETURN false; END IF;
    UPDATE effect_round SET closes_at = least(p_at, now()) WHERE id = r.id;
    PERFORM note_partnership(r.partnership_id, NULL, 'effects_revealed', '', least(p_at, now()));
    RETURN true;
END $$;

-- Which partner has yet to say what which activity does: no word of what the others said.
CREATE OR REPLACE FUNCTION effects_unsaid(p_round bigint, p_partnership bigint) RETURNS TABLE (agency bigint, activity bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT m.agency_id, a.id FROM partner m JOIN partnership_activity a ON a.partnership_id = m.partnership_id AND a.ended_at IS NULL
     WHERE m.partnership_id = p_partnership AND m.left_at IS NULL AND sits_with(p_partnership) AND EXISTS (SELECT 1 FROM effect_round r WHERE r.id = p_round AND r.partnership_id = p_partnership)
       AND NOT EXISTS (SELECT 1 FROM effect_rating x WHERE x.round_id = p_round AND x.agency_id = m.agency_id AND x.activity_id = a.id)
$$;

CREATE OR REPLACE FUNCTION open_effect_point(p_activity bigint, p_objective bigint, p_owner bigint, p_change text, p_due date, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE a partnership_activity%ROWTYPE; there effect_point%ROWTYPE; new_id bigint;
BEGIN
    SELECT * INTO a FROM partnership_activity WHERE id = p_activity FOR UPDATE;
    IF NOT FOUND OR NOT takes_part(a.partnership_id) THEN PERFORM not_yours('Only somebody who speaks for a partner, or the lead, says who takes this on.'); END IF;
    IF NOT EXISTS (SELECT 1 FROM objective WHERE id = p_objective AND partnership_id = a.partnership_id) THEN PERFORM not_now('Choose an objective of this partnership.'); END IF;
    IF NOT EXISTS (SELECT 1 FROM practitioner w JOIN partner m ON m.agency_id = w.agency_id AND m.partnership_id = a.partnership_id AND m.left_at IS NULL WHERE w.id = p_owner) THEN
        PERFORM not_now('Choose somebody who works for a partner.');
    END IF;
    IF btrim(coalesce(p_change, '')) = '' OR p_due IS NULL OR p_due < p_at::date THEN PERFORM not_now('Say what will change, and by which day from today on.'); END IF;
    SELECT * INTO there FROM effect_point WHERE activity_id = a.id AND objective_id = p_objective AND ended_at IS NULL;
    IF FOUND AND (there.owner_id, there.change, there.due_on) = (p_owner, p_change, p_due) THEN RETURN there.id; END IF;
    IF FOUND THEN PERFORM not_now('Somebody has taken this on already. End that first.'); END IF;
    INSERT INTO effect_point (partnership_id, activity_id, objective_id, owner_id, change, due_on, opened_by_id, opened_at, "end", because)
    VALUES (a.partnership_id, a.id, p_objective, p_owner, p_change, p_due, my_practitioner(), least(p_at, now()), '', '') RETURNING id INTO new_id;
    PERFORM note_partnership(a.partnership_id, a.agency_id, 'effect_taken_on', '', least(p_at, now()));
    RETURN new_id;
END $$;

-- Whoever does what works against the others does not judge whether it still does: another partner says so, or the lead.
CREATE OR REPLACE FUNCTION may_end_effect(p_activity bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM partnership_activity a WHERE a.id = p_activity AND (leads_partnership(a.partnership_id) OR takes_part(a.partnership_id) AND a.agency_id IS DISTINCT FROM my_agency()))
$$;

CREATE OR REPLACE FUNCTION end_effect_point(p_point bigint, p_end text, p_because text, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE e effect_point%ROWTYPE;
BEGIN
    SELECT * INTO e FROM effect_point WHERE id = p_point FOR UPDATE;
    IF NOT FOUND OR NOT may_end_effect(e.activity_id) THEN PERFORM not_yours('Another partner than the one that does it, or the lead, says how this ended.'); END IF;
    IF e.ended_by_id = my_practitioner() AND (e."end", e.because) = (p_end, p_because) THEN RETURN; END IF;
    IF e.ended_at IS NOT NULL THEN PERFORM not_now('This has ended. Take it on anew if it has come back.'); END IF;
    IF p_end NOT IN ('solved', 'accepted') OR btrim(coalesce(p_because, '')) = '' THEN PERFORM not_now('Say whether it is solved or accepted, and how one can tell.'); END IF;
    UPDATE effect_point SET "end" = p_end, because = p_because, ended_by_id = my_practitioner(), ended_at = least(p_at, now()) WHERE id = e.id;
    PERFORM note_partnership(e.partnership_id, NULL, 'effect_ended', p_end, least(p_at, now()));
END $$;

-- A person was told two different things -------------------------------------------------------------------------------------------------

-- From an opened record, by the person, whoever acts for them, or a practitioner who writes it down. Agencies that are none of ours are left out.
CREATE OR REPLACE FUNCTION say_contradiction(p_person bigint, p_line bigint, p_key uuid, p_one bigint, p_other bigint, p_about text, p_words text, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE made bigint;
BEGIN
    IF NOT line_is_ours(p_line) OR NOT p_person = ANY (ticket_writable()) THEN PERFORM not_yours('This is said from the record it is about.'); END IF;
    INSERT INTO contradiction (person_id, one_id, other_id, about, words, made_by_id, written_by_id, relation, made_at, key, answer)
    VALUES (p_person, p_one, p_other, p_about, p_words, my_account(), my_practitioner(), my_relation(p_person), least(p_at, now()), coalesce(p_key, gen_random_uuid()), '') ON CONFLICT (key) DO NOTHING RETURNING id INTO made;
    RETURN made;
END $$;

-- By a practitioner who may write in the record; once. What it says of an activity counts where that activity and objective belong together.
CREATE OR REPLACE FUNCTION answer_contradiction(p_id bigint, p_line bigint, p_answer text, p_activity bigint, p_objective bigint, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE c contradiction%ROWTYPE;
BEGIN
    SELECT * INTO c FROM contradiction WHERE id = p_id FOR UPDATE;
    IF NOT FOUND OR my_practitioner() IS NULL OR NOT line_is_ours(p_line) OR NOT c.person_id = ANY (ticket_writable()) THEN PERFORM not_yours('This is answered from the record it is about, by somebody who works with the person.'); END IF;
    IF c.answered_at IS NOT NULL THEN PERFORM not_now('This has been answered; the answer stands.'); END IF;
    IF p_activity IS NOT NULL AND NOT EXISTS (SELECT 1 FROM partnership_activity a JOIN objective o ON o.partnership_id = a.partnership_id WHERE a.id = p_activity AND o.id = p_objective AND is_partner(a.partnership_id)) THEN
        PERFORM not_now('Choose an activity and an objective of one of your partnerships.');
    END IF;
    UPDATE contradiction SET answer = p_answer, activity_id = p_activity, objective_id = p_objective, answered_by_id = my_practitioner(), answered_at = least(p_at, now()) WHERE id = c.id;
END $$;

-- Where people were told two different things in the year before, unless it was called solved since: which activity and objective, and nothing of whom or how many.
CREATE OR REPLACE FUNCTION reported_effects(p_partnership bigint) RETURNS TABLE (activity bigint, objective bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT c.activity_id, c.objective_id FROM contradiction c JOIN partnership_activity a ON a.id = c.activity_id
     WHERE a.partnership_id = p_partnership AND sits_with(p_partnership) AND c.made_at > now() - interval '1 year'
       AND NOT EXISTS (SELECT 1 FROM effect_point e WHERE e.activity_id = c.activity_id AND e.objective_id = c.objective_id AND e."end" = 'solved' AND e.ended_at > c.made_at)
$$;

-- Which two partners people were told different things by in the year before, by how many people: empty below five, which says neither how many nor who.
CREATE OR REPLACE FUNCTION told_two_things(p_partnership bigint) RETURNS TABLE (one bigint, other bigint, people bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT least(c.one_id, c.other_id), greatest(c.one_id, c.other_id), CASE WHEN count(DISTINCT c.person_id) >= 5 THEN count(DISTINCT c.person_id) END FROM contradiction c
      JOIN partner m ON m.agency_id = c.one_id AND m.partnership_id = p_partnership AND m.left_at IS NULL JOIN partner n ON n.agency_id = c.other_id AND n.partnership_id = p_partnership AND n.left_at IS NULL
     WHERE sits_with(p_partnership) AND c.one_id <> c.other_id AND c.made_at > now() - interval '1 year' GROUP BY 1, 2
$$;
