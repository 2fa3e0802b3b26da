-- Who is heard, and what becomes of what they say. Each door asks for itself who is asking; nobody writes these tables by hand, and nothing said is changed.

-- Who keeps a partnership's panels and answers what people say: its lead, and whoever speaks for a partner. What was said before it ended is answered by those who did.
CREATE OR REPLACE FUNCTION keeps_voice(p_partnership bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT takes_part(p_partnership) $$;

CREATE OR REPLACE FUNCTION must_keep_voice(p_partnership bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF NOT coalesce(keeps_voice(p_partnership), false) THEN PERFORM not_yours('Only the partnership''s lead, or whoever speaks for a partner, does this.'); END IF;
END $$;

CREATE OR REPLACE FUNCTION must_answer_voice(p_partnership bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF NOT coalesce(settles_what_is_left(p_partnership), false) THEN PERFORM not_yours('Only the partnership''s lead, or whoever speaks for a partner, does this.'); END IF;
END $$;

CREATE OR REPLACE FUNCTION bring_in_population(p jsonb, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE partnership bigint := (p ->> 'partnership')::bigint; many bigint;
BEGIN
    PERFORM must_keep_voice(partnership);
    INSERT INTO voice_population (partnership_id, "table", characteristic, "group", people, source, as_of, by_id)
    SELECT partnership, (p ->> 'key')::uuid, r.characteristic, r."group", r.people, r.source, r.as_of, my_practitioner()
      FROM jsonb_to_recordset(p -> 'rows') AS r(characteristic varchar, "group" varchar, people bigint, source varchar, as_of date)
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS many = ROW_COUNT;
    IF many > 0 THEN PERFORM note_partnership(partnership, NULL, 'population_brought_in', many || ' groups', least(p_at, now())); END IF;
    RETURN many;
END $$;

CREATE OR REPLACE FUNCTION open_forum(p jsonb, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE new_id bigint; n record;
BEGIN
    SELECT * INTO n FROM jsonb_to_record(p) AS x(partnership bigint, kind varchar, name varchar, about text, opens date, closes date, reply_days smallint, key uuid);
    PERFORM must_keep_voice(n.partnership);
    SELECT id INTO new_id FROM voice_forum WHERE submission_key = n.key AND by_id = my_practitioner();
    IF FOUND THEN RETURN new_id; END IF;
    IF EXISTS (SELECT 1 FROM voice_forum f WHERE f.partnership_id = n.partnership AND lower(f.name) = lower(n.name)) THEN
        PERFORM not_now('There is a panel, consultation or board of this name already. Give it another name, with the year for example.');
    END IF;
    INSERT INTO voice_forum (partnership_id, kind, name, about, opens, closes, reply_days, by_id, submission_key)
    VALUES (n.partnership, n.kind, n.name, coalesce(n.about, ''), n.opens, n.closes, n.reply_days, my_practitioner(), n.key) RETURNING id INTO new_id;
    PERFORM note_partnership(n.partnership, NULL, 'forum_opened', n.name, least(p_at, now()));
    RETURN new_id;
END $$;

CREATE OR REPLACE FUNCTION close_forum(p_forum bigint, p_on date, p_at timestamptz) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE f voice_forum%ROWTYPE;
BEGIN
    SELECT * INTO f FROM voice_forum WHERE id = p_forum FOR UPDATE;
    PERFORM must_keep_voice(f.partnership_id);
    IF p_on < f.opens THEN PERFORM not_now('It cannot close before it opened.'); END IF;
    IF f.closes IS NOT NULL AND f.closes <= p_on THEN RETURN false; END IF;
    UPDATE voice_forum SET closes = p_on WHERE id = p_forum;
    PERFORM note_partnership(f.partnership_id, NULL, 'forum_closed', f.name, least(p_at, now()));
    RETURN true;
END $$;

CREATE OR REPLACE FUNCTION claim_rung(p jsonb, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE f voice_forum%ROWTYPE; new_id bigint; n record;
BEGIN
    SELECT * INTO n FROM jsonb_to_record(p) AS x(forum bigint, rung smallint, public_votes smallint, all_votes smallint, budget boolean, why text);
    SELECT * INTO f FROM voice_forum WHERE id = n.forum;
    PERFORM must_keep_voice(f.partnership_id);
    SELECT c.id INTO new_id FROM voice_claim c WHERE c.id = (SELECT max(id) FROM voice_claim WHERE forum_id = n.forum)
       AND (c.rung, c.public_votes, c.all_votes, c.budget, c.why) = (n.rung, n.public_votes, n.all_votes, n.budget, coalesce(n.why, ''));
    IF FOUND THEN RETURN new_id; END IF;
    INSERT INTO voice_claim (forum_id, rung, public_votes, all_votes, budget, why, by_id, at)
    VALUES (n.forum, n.rung, n.public_votes, n.all_votes, n.budget, coalesce(n.why, ''), my_practitioner(), least(p_at, now())) RETURNING id INTO new_id;
    PERFORM note_partnership(f.partnership_id, NULL, 'rung_claimed', f.name, least(p_at, now()));
    RETURN new_id;
END $$;

CREATE OR REPLACE FUNCTION record_profile(p jsonb, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE f voice_forum%ROWTYPE; new_id bigint;
BEGIN
    SELECT * INTO f FROM voice_forum WHERE id = (p ->> 'forum')::bigint;
    PERFORM must_keep_voice(f.partnership_id);
    SELECT id INTO new_id FROM voice_profile WHERE submission_key = (p ->> 'key')::uuid AND by_id = my_practitioner();
    IF FOUND THEN RETURN new_id; END IF;
    INSERT INTO voice_profile (forum_id, taken_on, by_id, submission_key) VALUES (f.id, (p ->> 'taken_on')::date, my_practitioner(), (p ->> 'key')::uuid) RETURNING id INTO new_id;
    INSERT INTO voice_profile_count (profile_id, characteristic, "group", members)
    SELECT new_id, r.characteristic, r."group", r.members FROM jsonb_to_recordset(p -> 'counts') AS r(characteristic varchar, "group" varchar, members integer);
    PERFORM note_partnership(f.partnership_id, NULL, 'profile_recorded', f.name, least(p_at, now()));
    RETURN new_id;
END $$;

CREATE OR REPLACE FUNCTION record_sitting(p jsonb, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE f voice_forum%ROWTYPE; new_id bigint;
BEGIN
    SELECT * INTO f FROM voice_forum WHERE id = (p ->> 'forum')::bigint;
    PERFORM must_keep_voice(f.partnership_id);
    SELECT id INTO new_id FROM voice_sitting WHERE submission_key = (p ->> 'key')::uuid AND by_id = my_practitioner();
    IF FOUND THEN RETURN new_id; END IF;
    IF p ->> 'meeting' IS NOT NULL AND NOT EXISTS (SELECT 1 FROM board_meeting m WHERE m.id = (p ->> 'meeting')::bigint AND m.partnership_id = f.partnership_id) THEN
        PERFORM not_now('That meeting is none of this partnership.');
    END IF;
    INSERT INTO voice_sitting (forum_id, label, held_on, meeting_id, by_id, submission_key)
    VALUES (f.id, p ->> 'label', (p ->> 'held_on')::date, (p ->> 'meeting')::bigint, my_practitioner(), (p ->> 'key')::uuid) RETURNING id INTO new_id;
    INSERT INTO voice_sitting_count (sitting_id, seat, turns, written, proposals, adopted)
    SELECT new_id, r.seat, r.turns, r.written, r.proposals, r.adopted
      FROM jsonb_to_recordset(p -> 'counts') AS r(seat varchar, turns integer[], written integer, proposals integer, adopted integer);
    PERFORM note_partnership(f.partnership_id, NULL, 'sitting_recorded', f.name, least(p_at, now()));
    RETURN new_id;
END $$;

-- Anybody may say something to a partnership that is at work: signed in or not, and without a name. Nobody signed in is written down with it.
CREATE OR REPLACE FUNCTION have_your_say(p jsonb, p_at timestamptz) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF p ->> 'route' <> 'web' THEN PERFORM not_yours('What came by telephone or on paper is typed in by whoever took it.'); END IF;
    RETURN keep_contribution(p, NULL, p_at);
END $$;

-- What was said on the telephone, in a room or on paper, typed in by anybody who works for a partner, and marked as theirs to have typed.
CREATE OR REPLACE FUNCTION type_in_contribution(p jsonb, p_at timestamptz) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT is_partner((p ->> 'partnership')::bigint) THEN PERFORM not_yours('Only somebody who works for a partner types in what was said.'); END IF;
    IF p ->> 'route' = 'web' THEN PERFORM not_now('Say how it came in: by telephone, on paper or face to face.'); END IF;
    RETURN keep_contribution(p, my_practitioner(), p_at);
END $$;

CREATE OR REPLACE FUNCTION keep_contribution(p jsonb, p_typed_by bigint, p_at timestamptz) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE n record; known text; received timestamptz;
BEGIN
    SELECT * INTO n FROM jsonb_to_record(p) AS x(partnership bigint, forum bigint, reference varchar, route varchar, seat varchar, words text, exact boolean, received_at timestamptz, due_at timestamptz, key uuid);
    SELECT reference INTO known FROM voice_contribution WHERE submission_key = n.key;
    IF FOUND THEN RETURN known; END IF;
    received := least(n.received_at, p_at, now());
    IF NOT EXISTS (SELECT 1 FROM partnership s WHERE s.id = n.partnership AND s.stage = 'active') THEN PERFORM not_now('This partnership is not at work, so nobody would answer.'); END IF;
    IF n.forum IS NOT NULL AND NOT EXISTS (SELECT 1 FROM voice_forum f WHERE f.id = n.forum AND f.partnership_id = n.partnership AND f.opens <= p_at::date
                                             AND (f.closes IS NULL OR f.closes >= received::date)) THEN
        PERFORM not_now('It has closed. Choose “anything else”, and it is answered all the same.');
    END IF;
    IF btrim(coalesce(n.words, '')) = '' OR length(n.words) > 5000 THEN PERFORM not_now('Say it in up to 5,000 characters.'); END IF;
    IF NOT n.due_at BETWEEN received AND received + interval '120 days' THEN PERFORM not_now('An answer is due within 60 working days.'); END IF;
    IF EXISTS (SELECT 1 FROM voice_contribution WHERE reference = n.reference) THEN PERFORM not_now('This reference has been used. Look at it again on the form, or leave it empty.'); END IF;
    INSERT INTO voice_contribution (partnership_id, forum_id, reference, route, seat, words, exact, received_at, typed_by_id, due_at, submission_key)
    VALUES (n.partnership, n.forum, n.reference, n.route, coalesce(n.seat, ''), n.words, n.exact, received, p_typed_by, n.due_at, n.key);
    PERFORM write_line(jsonb_build_object('verb', 'write', 'purpose', 'partnership_governance', 'decision', 'permit', 'item', format('partnership:%s contribution_received', n.partnership)));
    RETURN n.reference;
END $$;

CREATE OR REPLACE FUNCTION answer_contribution(p jsonb, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE c voice_contribution%ROWTYPE; n record; new_id bigint; moment timestamptz := least(p_at, now());
BEGIN
    SELECT * INTO n FROM jsonb_to_record(p) AS x(contribution bigint, verdict varchar, heard varchar, why text, by_when date, public boolean, key uuid);
    SELECT * INTO c FROM voice_contribution WHERE id = n.contribution FOR UPDATE;
    PERFORM must_answer_voice(c.partnership_id);
    SELECT id INTO new_id FROM voice_reply WHERE submission_key = n.key AND by_id = my_practitioner();
    IF FOUND THEN RETURN new_id; END IF;
    IF btrim(coalesce(n.heard, '')) = '' OR btrim(coalesce(n.why, '')) = '' THEN PERFORM not_now('Say what you heard, and why.'); END IF;
    IF n.verdict <> 'not' AND n.by_when IS NULL THEN PERFORM not_now('Say by when it will be done.'); END IF;
    INSERT INTO voice_reply (contribution_id, verdict, heard, why, by_when, public, by_id, at, submission_key)
    VALUES (c.id, n.verdict, n.heard, n.why, n.by_when, n.public, my_practitioner(), moment, n.key) RETURNING id INTO new_id;
    UPDATE voice_contribution SET answered_at = greatest(moment, received_at) WHERE id = c.id AND answered_at IS NULL;
    PERFORM note_partnership(c.partnership_id, NULL, 'contribution_answered', '', moment);
    RETURN new_id;
END $$;

CREATE OR REPLACE FUNCTION say_what_changed(p jsonb, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE c voice_contribution%ROWTYPE; new_id bigint;
BEGIN
    SELECT * INTO c FROM voice_contribution WHERE id = (p ->> 'contribution')::bigint FOR UPDATE;
    PERFORM must_answer_voice(c.partnership_id);
    SELECT id INTO new_id FROM voice_change WHERE submission_key = (p ->> 'key')::uuid AND by_id = my_practitioner();
    IF FOUND THEN RETURN new_id; END IF;
    IF coalesce((SELECT verdict FROM voice_reply WHERE contribution_id = c.id ORDER BY id DESC LIMIT 1), 'not') = 'not' THEN PERFORM not_now('Answer it first: only what was adopted, wholly or partly, can have changed something.'); END IF;
    INSERT INTO voice_change (contribution_id, what, done_on, by_id, submission_key)
    VALUES (c.id, p ->> 'what', (p ->> 'done_on')::date, my_practitioner(), (p ->> 'key')::uuid) RETURNING id INTO new_id;
    PERFORM note_partnership(c.partnership_id, NULL, 'something_changed', '', least(p_at, now()));
    RETURN new_id;
END $$;

-- Take out words that point at somebody: every place where they stand. Only the lead; what they were is kept nowhere. Gives how many characters went.
CREATE OR REPLACE FUNCTION redact_contribution(p_contribution bigint, p_passage text, p_why text, p_at timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE c voice_contribution%ROWTYPE; passage text := btrim(coalesce(p_passage, '')); many integer; mark constant text := '[taken out]';
BEGIN
    SELECT * INTO c FROM voice_contribution WHERE id = p_contribution FOR UPDATE;
    IF NOT coalesce(leads_what_is_left(c.partnership_id), false) THEN PERFORM not_yours('Only the partnership''s lead takes words out.'); END IF;
    IF btrim(coalesce(p_why, '')) = '' THEN PERFORM not_now('Say why.'); END IF;
    IF passage = '' OR position(passage IN mark) > 0 OR position(passage IN c.words) = 0 THEN
        PERFORM not_now('These words do not stand there. Copy them from the text above, exactly.');
    END IF;
    many := (length(c.words) - length(replace(c.words, passage, '')));
    UPDATE voice_contribution SET words = replace(c.words, passage, mark) WHERE id = c.id;
    INSERT INTO voice_redaction (contribution_id, why, characters, by_id, at) VALUES (c.id, p_why, many, my_practitioner(), least(p_at, now()));
    PERFORM note_partnership(c.partnership_id, NULL, 'words_taken_out', p_why, least(p_at, now()));
    RETURN many;
END $$;

-- What whoever holds a reference may read: their own words as they stand, and every answer.
CREATE OR REPLACE FUNCTION contribution_by_reference(p_reference text) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT jsonb_build_object('partnership', c.partnership_id, 'partnership_name', s.name, 'forum', f.name, 'route', c.route, 'words', c.words, 'received_at', c.received_at, 'due_at', c.due_at,
               'answered_at', c.answered_at, 'taken_out', EXISTS (SELECT 1 FROM voice_redaction x WHERE x.contribution_id = c.id),
               'replies', coalesce((SELECT jsonb_agg(jsonb_build_object('verdict', r.verdict, 'heard', r.heard, 'why', r.why, 'by_when', r.by_when, 'at', r.at) ORDER BY r.id DESC) FROM voice_reply r WHERE r.contribution_id = c.id), '[]'),
               'changes', coalesce((SELECT jsonb_agg(jsonb_build_object('what', h.what, 'done_on', h.done_on) ORDER BY h.id DESC) FROM voice_change h WHERE h.contribution_id = c.id), '[]'))
      FROM voice_contribution c JOIN partnership s ON s.id = c.partnership_id LEFT JOIN voice_forum f ON f.id = c.forum_id
     WHERE c.reference = p_reference
$$;

-- What everybody may read: the partnership's own line of what was said, its answer, and what is different now.
CREATE OR REPLACE FUNCTION what_changed_because_of_you(p_partnership bigint) RETURNS TABLE (verdict varchar, heard varchar, why text, by_when date, answered_at timestamptz, changed text, done_on date)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT r.verdict, r.heard, r.why, r.by_when, r.at, h.what, h.done_on
      FROM voice_contribution c
      JOIN LATERAL (SELECT * FROM voice_reply x WHERE x.contribution_id = c.id ORDER BY x.id DESC LIMIT 1) r ON r.public
      LEFT JOIN LATERAL (SELECT * FROM voice_change x WHERE x.contribution_id = c.id ORDER BY x.id DESC LIMIT 1) h ON true
     WHERE c.partnership_id = p_partnership ORDER BY coalesce(h.done_on, r.at::date) DESC, r.id DESC LIMIT 100
$$;

CREATE OR REPLACE FUNCTION forums_open_to_all(p_partnership bigint, p_on date) RETURNS TABLE (id bigint, kind varchar, name varchar, about text, closes date, reply_days smallint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT f.id, f.kind, f.name, f.about, f.closes, f.reply_days FROM voice_forum f JOIN partnership s ON s.id = f.partnership_id AND s.stage = 'active'
     WHERE f.partnership_id = p_partnership AND f.opens <= p_on AND (f.closes IS NULL OR f.closes >= p_on) ORDER BY f.closes NULLS LAST, f.name
$$;

-- How a partnership answers, forum by forum (none: what was said to no forum): numbers, for everybody. Owed is what was due by then, or answered already.
CREATE OR REPLACE FUNCTION how_it_answers(p_partnership bigint, p_since timestamptz, p_at timestamptz)
    RETURNS TABLE (forum_id bigint, received bigint, owed bigint, answered bigint, in_time bigint, adopted bigint, partly bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.forum_id, count(*), count(*) FILTER (WHERE c.due_at < p_at OR c.answered_at IS NOT NULL), count(c.answered_at), count(*) FILTER (WHERE c.answered_at <= c.due_at),
           count(*) FILTER (WHERE r.verdict = 'adopted'), count(*) FILTER (WHERE r.verdict = 'partly')
      FROM voice_contribution c LEFT JOIN LATERAL (SELECT x.verdict FROM voice_reply x WHERE x.contribution_id = c.id ORDER BY x.id DESC LIMIT 1) r ON true
     WHERE c.partnership_id = p_partnership AND c.received_at >= p_since GROUP BY c.forum_id
$$;
