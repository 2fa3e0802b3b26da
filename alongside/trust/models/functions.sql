-- Doors of trust. Each asks the session who is acting. What somebody says privately of another comes out as a total or not at all.

CREATE OR REPLACE FUNCTION must_belong(p_partnership bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF p_partnership IS NULL OR NOT is_partner(p_partnership) THEN PERFORM not_yours('This belongs to those who work for a partner.'); END IF;
    RETURN my_agency();
END $$;

CREATE OR REPLACE FUNCTION must_speak(p_partnership bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT takes_part(p_partnership) OR NOT is_partner(p_partnership) THEN
        PERFORM not_yours('Only somebody who speaks for a partner can say this in its name.');
    END IF;
    RETURN my_agency();
END $$;

-- The pulse ------------------------------------------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION open_pulse(p_partnership bigint, p_closes timestamptz, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE new_id bigint;
BEGIN
    IF NOT leads_partnership(p_partnership) THEN PERFORM not_yours('The partnership''s lead opens the yearly pulse.'); END IF;
    PERFORM pg_advisory_xact_lock(hashtext('pulse'), p_partnership::integer);
    IF EXISTS (SELECT 1 FROM pulse_round WHERE partnership_id = p_partnership AND closes_at > p_at) THEN PERFORM not_now('A pulse is open already. It closes by itself.'); END IF;
    IF p_closes <= p_at THEN PERFORM not_now('Choose a day in the future for it to close.'); END IF;
    INSERT INTO pulse_round (partnership_id, opened_by_id, opened_at, closes_at) VALUES (p_partnership, my_practitioner(), least(p_at, now()), p_closes) RETURNING id INTO new_id;
    PERFORM note_partnership(p_partnership, NULL, 'pulse_opened', '', least(p_at, now()));
    RETURN new_id;
END $$;

CREATE OR REPLACE FUNCTION answer_pulse(p_round bigint, p_about bigint, p_items smallint[], p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE r pulse_round%ROWTYPE; mine bigint;
BEGIN
    SELECT * INTO r FROM pulse_round WHERE id = p_round;
    mine := must_belong(r.partnership_id);
    IF r.closes_at <= greatest(p_at, r.opened_at) THEN PERFORM not_now('This pulse has closed. The next one comes in a year.'); END IF;
    IF mine = p_about OR NOT EXISTS (SELECT 1 FROM partner WHERE partnership_id = r.partnership_id AND agency_id = p_about AND left_at IS NULL) THEN
        PERFORM not_now('Say it of another partner of this partnership.');
    END IF;
    IF cardinality(p_items) <> 6 OR EXISTS (SELECT 1 FROM unnest(p_items) i WHERE i IS NULL OR i NOT BETWEEN 1 AND 4) THEN PERFORM not_now('Answer all six, each from 1 to 4.'); END IF;
    INSERT INTO pulse_answer (round_id, rater_id, from_agency_id, about_id, items, answered_at) VALUES (p_round, my_practitioner(), mine, p_about, p_items, least(p_at, now()))
    ON CONFLICT (round_id, rater_id, about_id) DO UPDATE SET items = excluded.items, answered_at = excluded.answered_at;
END $$;

-- What was said of each partner and by each, after the close, where at least five people said it; their order says nothing of who said what.
-- Below five: that there were fewer, and neither how many nor what.
CREATE OR REPLACE FUNCTION pulse_totals(p_round bigint) RETURNS TABLE (side text, agency bigint, items jsonb)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH r AS (SELECT * FROM pulse_round WHERE id = p_round AND closes_at <= now() AND sits_with(partnership_id)),
         said AS (SELECT a.* FROM pulse_answer a JOIN r ON r.id = a.round_id)
    SELECT 'received', s.about_id, CASE WHEN count(*) >= 5 THEN jsonb_agg(to_jsonb(s.items) ORDER BY s.items) END FROM said s GROUP BY s.about_id
    UNION ALL
    SELECT 'given', g.from_agency_id, CASE WHEN count(*) >= 5 THEN jsonb_agg(g.means ORDER BY g.means) END
      FROM (SELECT s.from_agency_id, s.rater_id, to_jsonb(ARRAY[avg((s.items[1] + s.items[2] + s.items[3]) / 3.0)]) AS means FROM said s GROUP BY 1, 2) g GROUP BY g.from_agency_id
$$;

-- How many people answered while it runs, and in how many agencies: never who.
CREATE OR REPLACE FUNCTION pulse_turnout(p_round bigint) RETURNS TABLE (people bigint, agencies bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(DISTINCT a.rater_id), count(DISTINCT a.from_agency_id) FROM pulse_answer a JOIN pulse_round r ON r.id = a.round_id WHERE r.id = p_round AND sits_with(r.partnership_id)
$$;

-- Promises -------------------------------------------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION make_promise(p_partnership bigint, p_to bigint, p_what text, p_due date, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE new_id bigint; mine bigint := must_speak(p_partnership);
BEGIN
    IF btrim(coalesce(p_what, '')) = '' OR p_due IS NULL THEN PERFORM not_now('Say what is promised and by which day.'); END IF;
    IF p_to = mine OR p_to IS NOT NULL AND NOT EXISTS (SELECT 1 FROM partner WHERE partnership_id = p_partnership AND agency_id = p_to AND left_at IS NULL) THEN
        PERFORM not_now('A promise is given to another partner, or to all.');
    END IF;
    SELECT id INTO new_id FROM promise WHERE partnership_id = p_partnership AND by_agency_id = mine AND to_agency_id IS NOT DISTINCT FROM p_to AND what = p_what AND due_on = p_due AND kept = 'open';
    IF FOUND THEN RETURN new_id; END IF;
    INSERT INTO promise (partnership_id, by_agency_id, to_agency_id, what, due_on, made_by_id, made_at, kept) VALUES (p_partnership, mine, p_to, p_what, p_due, my_practitioner(), least(p_at, now()), 'open') RETURNING id INTO new_id;
    INSERT INTO promise_event (promise_id, at, by_id, what, note) VALUES (new_id, least(p_at, now()), my_practitioner(), 'made', '');
    RETURN new_id;
END $$;

-- Whoever promised says that it is done; that settles nothing.
CREATE OR REPLACE FUNCTION say_promise_done(p_promise bigint, p_note text, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE p promise%ROWTYPE;
BEGIN
    SELECT * INTO p FROM promise WHERE id = p_promise FOR UPDATE;
    IF NOT FOUND OR must_speak(p.partnership_id) <> p.by_agency_id THEN PERFORM not_yours('Only whoever promised says that it is done.'); END IF;
    IF p.kept <> 'open' THEN PERFORM not_now('This promise is settled.'); END IF;
    INSERT INTO promise_event (promise_id, at, by_id, what, note) VALUES (p.id, least(p_at, now()), my_practitioner(), 'said_done', coalesce(p_note, ''));
END $$;

-- Whom it was given to settles it; what was promised to all, any other partner or the lead. Never whoever promised.
CREATE OR REPLACE FUNCTION settle_promise(p_promise bigint, p_kept text, p_done date, p_note text, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE p promise%ROWTYPE; mine bigint;
BEGIN
    SELECT * INTO p FROM promise WHERE id = p_promise FOR UPDATE;
    IF NOT FOUND THEN PERFORM not_yours('Whoever was promised something says whether it was kept.'); END IF;
    mine := must_speak(p.partnership_id);
    IF mine = p.by_agency_id OR p.to_agency_id IS NOT NULL AND mine <> p.to_agency_id THEN PERFORM not_yours('Whoever was promised something says whether it was kept.'); END IF;
    IF p.kept <> 'open' THEN PERFORM not_now('This promise is settled.'); END IF;
    IF p_kept NOT IN ('kept', 'not_kept', 'released') THEN PERFORM not_now('Say whether it was kept, not kept or released.'); END IF;
    IF p_kept = 'kept' AND (p_done IS NULL OR p_done > p_at::date OR p_done < p.made_at::date) THEN PERFORM not_now('Say on which day it was done: after it was promised, and not in the future.'); END IF;
    UPDATE promise SET kept = p_kept, done_on = CASE WHEN p_kept = 'kept' THEN p_done END, settled_at = least(p_at, now()), settled_by_id = my_practitioner() WHERE id = p.id;
    INSERT INTO promise_event (promise_id, at, by_id, what, note) VALUES (p.id, least(p_at, now()), my_practitioner(), p_kept, coalesce(p_note, ''));
END $$;

-- Each other's pressures -----------------------------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION is_an_order(p_order smallint[], p_of integer) RETURNS boolean
    LANGUAGE sql IMMUTABLE AS $$ SELECT cardinality(p_order) = p_of AND (SELECT array_agg(x ORDER BY x) = (SELECT array_agg(i::smallint ORDER BY i) FROM generate_series(1, p_of) i) FROM unnest(p_order) x) $$;

CREATE OR REPLACE FUNCTION start_exercise(p_partnership bigint, p_pressures varchar[], p_order smallint[], p_after bigint, p_what text, p_closes timestamptz, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE new_id bigint; mine bigint := must_speak(p_partnership);
BEGIN
    IF cardinality(p_pressures) NOT BETWEEN 3 AND 7 OR (SELECT count(DISTINCT lower(btrim(x))) FROM unnest(p_pressures) x WHERE btrim(x) <> '') <> cardinality(p_pressures) THEN
        PERFORM not_now('Write down three to seven pressures, each once.');
    END IF;
    IF NOT is_an_order(p_order, cardinality(p_pressures)) THEN PERFORM not_now('Give each pressure a place of its own, 1 for the heaviest.'); END IF;
    IF p_closes <= p_at THEN PERFORM not_now('Choose a day in the future for it to close.'); END IF;
    IF p_after IS NOT NULL AND NOT EXISTS (SELECT 1 FROM perspective_exercise WHERE id = p_after AND partnership_id = p_partnership AND agency_id = mine AND closes_at <= p_at) THEN
        PERFORM not_now('The exercise before this one must be your own, and closed.');
    END IF;
    IF EXISTS (SELECT 1 FROM perspective_exercise WHERE partnership_id = p_partnership AND agency_id = mine AND closes_at > p_at) THEN PERFORM not_now('Your exercise is open already.'); END IF;
    INSERT INTO perspective_exercise (partnership_id, agency_id, pressures, "order", after_id, what_was_done, opened_by_id, opened_at, closes_at)
    SELECT p_partnership, mine, array_agg(x.t ORDER BY lower(x.t)), array_agg(p_order[x.i] ORDER BY lower(x.t)), p_after, coalesce(p_what, ''), my_practitioner(), least(p_at, now()), p_closes
      FROM unnest(p_pressures) WITH ORDINALITY AS x(t, i) RETURNING id INTO new_id;
    RETURN new_id;
END $$;

CREATE OR REPLACE FUNCTION guess_order(p_exercise bigint, p_order smallint[], p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE e perspective_exercise%ROWTYPE; mine bigint;
BEGIN
    SELECT * INTO e FROM perspective_exercise WHERE id = p_exercise;
    mine := must_belong(e.partnership_id);
    IF mine = e.agency_id THEN PERFORM not_now('These are your own pressures. The others guess.'); END IF;
    IF e.closes_at <= greatest(p_at, e.opened_at) THEN PERFORM not_now('This exercise has closed.'); END IF;
    IF NOT is_an_order(p_order, cardinality(e.pressures)) THEN PERFORM not_now('Give each pressure a place of its own, 1 for the heaviest.'); END IF;
    INSERT INTO perspective_guess (exercise_id, guesser_id, from_agency_id, "order", guessed_at) VALUES (e.id, my_practitioner(), mine, p_order, least(p_at, now()))
    ON CONFLICT (exercise_id, guesser_id) DO UPDATE SET "order" = excluded."order", guessed_at = excluded.guessed_at;
END $$;

-- After the close: the true order, and every guess without its guesser, in an order that says nothing.
CREATE OR REPLACE FUNCTION true_order(p_exercise bigint) RETURNS smallint[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT "order" FROM perspective_exercise WHERE id = p_exercise AND sits_with(partnership_id) AND (closes_at <= now() OR agency_id = my_agency() AND speaks_for(partnership_id, agency_id))
$$;

CREATE OR REPLACE FUNCTION guesses_of(p_exercise bigint) RETURNS TABLE (guess smallint[])
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT g."order" FROM perspective_guess g JOIN perspective_exercise e ON e.id = g.exercise_id WHERE e.id = p_exercise AND e.closes_at <= now() AND sits_with(e.partnership_id)
       AND (SELECT count(*) FROM perspective_guess x WHERE x.exercise_id = e.id) >= 5 ORDER BY g."order"
$$;

-- Differences, said openly ---------------------------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION open_disagreement(p_partnership bigint, p_question text, p_threshold boolean, p_due timestamptz, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE new_id bigint;
BEGIN
    PERFORM must_belong(p_partnership);
    IF btrim(coalesce(p_question, '')) = '' THEN PERFORM not_now('Write the question down.'); END IF;
    SELECT id INTO new_id FROM disagreement WHERE partnership_id = p_partnership AND opened_by_id = my_practitioner() AND question = p_question AND settled = 'open';
    IF FOUND THEN RETURN new_id; END IF;
    INSERT INTO disagreement (partnership_id, question, is_threshold, opened_by_id, opened_at, due_at, settled, joint_view)
    VALUES (p_partnership, p_question, p_threshold, my_practitioner(), least(p_at, now()), p_due, 'open', '') RETURNING id INTO new_id;
    RETURN new_id;
END $$;

CREATE OR REPLACE FUNCTION give_view(p_disagreement bigint, p_view text, p_level text, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE d disagreement%ROWTYPE; w practitioner%ROWTYPE;
BEGIN
    SELECT * INTO d FROM disagreement WHERE id = p_disagreement FOR SHARE;
    PERFORM must_belong(d.partnership_id);
    IF d.settled NOT IN ('open', 'escalated') THEN PERFORM not_now('This is settled. Open a new question if it has come back.'); END IF;
    IF btrim(coalesce(p_view, '')) = '' THEN PERFORM not_now('Write your view down.'); END IF;
    IF d.is_threshold AND p_level NOT IN ('nothing_more', 'early_help', 'child_in_need', 'section_47') THEN PERFORM not_now('Say what you would do.'); END IF;
    SELECT * INTO w FROM practitioner WHERE id = my_practitioner();
    IF EXISTS (SELECT 1 FROM (SELECT * FROM professional_view v WHERE v.disagreement_id = d.id AND v.by_id = w.id ORDER BY v.id DESC LIMIT 1) v WHERE v.view = p_view AND v.level = coalesce(p_level, '')) THEN RETURN; END IF;
    INSERT INTO professional_view (disagreement_id, by_id, byline, profession, view, level, said_at)
    SELECT d.id, w.id, w.name || ', ' || w.title || ', ' || g.name, coalesce(nullif(w.profession, ''), w.title), p_view, CASE WHEN d.is_threshold THEN p_level ELSE '' END, least(p_at, now()) FROM agency g WHERE g.id = w.agency_id;
END $$;

-- Whoever asked, or the lead, writes the joint view or hands it up; two views at least must stand before anything is joint.
CREATE OR REPLACE FUNCTION settle_disagreement(p_disagreement bigint, p_settled text, p_joint text, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE d disagreement%ROWTYPE;
BEGIN
    SELECT * INTO d FROM disagreement WHERE id = p_disagreement FOR UPDATE;
    PERFORM must_belong(d.partnership_id);
    IF NOT (leads_partnership(d.partnership_id) OR d.settled = 'open' AND d.opened_by_id = my_practitioner()) THEN PERFORM not_yours('Whoever asked settles it, and once it was handed up the partnership''s lead.'); END IF;
    IF d.settled NOT IN ('open', 'escalated') THEN PERFORM not_now('This is settled already.'); END IF;
    IF p_settled NOT IN ('agreed', 'not_agreed', 'escalated') OR d.settled = p_settled THEN PERFORM not_now('Say whether it is agreed, not agreed or handed up.'); END IF;
    IF p_settled <> 'escalated' AND (SELECT count(DISTINCT profession) FROM professional_view WHERE disagreement_id = d.id) < 2 THEN PERFORM not_now('Two professions at least must have said how they see it.'); END IF;
    IF btrim(coalesce(p_joint, '')) = '' THEN PERFORM not_now('Write down what you hold together, or what stays apart and why.'); END IF;
    UPDATE disagreement SET settled = p_settled, joint_view = p_joint, settled_by_id = my_practitioner(), settled_at = least(p_at, now()) WHERE id = d.id;
END $$;

-- Expertise that was asked ---------------------------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION note_decision(p_partnership bigint, p_what text, p_expertise text, p_asked bigint, p_why_not text, p_on date, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE new_id bigint; mine bigint := must_belong(p_partnership);
BEGIN
    IF btrim(coalesce(p_what, '')) = '' OR btrim(coalesce(p_expertise, '')) = '' THEN PERFORM not_now('Say what was decided and which expertise it called for.'); END IF;
    IF p_asked IS NULL AND btrim(coalesce(p_why_not, '')) = '' THEN PERFORM not_now('Say who was asked, or why nobody was.'); END IF;
    IF p_asked = my_practitioner() THEN PERFORM not_now('Choose somebody else: you were asked by nobody.'); END IF;
    IF p_on IS NULL OR p_on > p_at::date THEN PERFORM not_now('Enter the day of the decision, not in the future.'); END IF;
    SELECT id INTO new_id FROM decision_note WHERE partnership_id = p_partnership AND noted_by_id = my_practitioner() AND what = p_what AND decided_on = p_on AND expertise = p_expertise;
    IF FOUND THEN RETURN new_id; END IF;
    INSERT INTO decision_note (partnership_id, agency_id, what, expertise, asked_id, why_not, decided_on, noted_by_id, noted_at)
    VALUES (p_partnership, mine, p_what, p_expertise, p_asked, CASE WHEN p_asked IS NULL THEN p_why_not ELSE '' END, p_on, my_practitioner(), least(p_at, now())) RETURNING id INTO new_id;
    RETURN new_id;
END $$;
