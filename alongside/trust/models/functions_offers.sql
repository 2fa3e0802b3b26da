-- What partners offer one another, and what somebody learnt on a day with another of them.

CREATE OR REPLACE FUNCTION offer_resource(p_partnership bigint, p_kind text, p_what text, p_how_much text, p_until date, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE new_id bigint; mine bigint := must_belong(p_partnership);
BEGIN
    IF btrim(coalesce(p_what, '')) = '' OR btrim(coalesce(p_how_much, '')) = '' THEN PERFORM not_now('Say what you offer, and how much of it.'); END IF;
    IF p_until IS NULL OR p_until < p_at::date THEN PERFORM not_now('Say until when: today or later.'); END IF;
    SELECT id INTO new_id FROM resource_offer WHERE partnership_id = p_partnership AND agency_id = mine AND what = p_what AND how_much = p_how_much AND until = p_until AND withdrawn_at IS NULL;
    IF FOUND THEN RETURN new_id; END IF;
    INSERT INTO resource_offer (partnership_id, agency_id, kind, what, how_much, until, offered_by_id, offered_at) VALUES (p_partnership, mine, p_kind, p_what, p_how_much, p_until, my_practitioner(), least(p_at, now())) RETURNING id INTO new_id;
    RETURN new_id;
END $$;

CREATE OR REPLACE FUNCTION withdraw_offer(p_offer bigint, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE o resource_offer%ROWTYPE;
BEGIN
    SELECT * INTO o FROM resource_offer WHERE id = p_offer FOR UPDATE;
    IF NOT FOUND OR must_belong(o.partnership_id) <> o.agency_id THEN PERFORM not_yours('An offer is taken back by whoever made it.'); END IF;
    IF EXISTS (SELECT 1 FROM offer_request WHERE offer_id = o.id AND given IS NULL) THEN PERFORM not_now('Somebody asked for it. Answer them first.'); END IF;
    UPDATE resource_offer SET withdrawn_at = least(p_at, now()) WHERE id = o.id AND withdrawn_at IS NULL;
END $$;

CREATE OR REPLACE FUNCTION ask_for_offer(p_offer bigint, p_what_for text, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE o resource_offer%ROWTYPE; mine bigint; new_id bigint;
BEGIN
    SELECT * INTO o FROM resource_offer WHERE id = p_offer FOR UPDATE;
    mine := must_belong(o.partnership_id);
    IF mine = o.agency_id THEN PERFORM not_now('This is your own offer. Others ask for it.'); END IF;
    IF o.withdrawn_at IS NOT NULL OR o.until < p_at::date THEN PERFORM not_now('This is not on offer any more.'); END IF;
    IF btrim(coalesce(p_what_for, '')) = '' THEN PERFORM not_now('Say what you need it for.'); END IF;
    SELECT id INTO new_id FROM offer_request WHERE offer_id = o.id AND asked_by_id = my_practitioner() AND what_for = p_what_for AND given IS NULL;
    IF FOUND THEN RETURN new_id; END IF;
    INSERT INTO offer_request (offer_id, agency_id, what_for, asked_by_id, asked_at, why) VALUES (o.id, mine, p_what_for, my_practitioner(), least(p_at, now()), '') RETURNING id INTO new_id;
    RETURN new_id;
END $$;

CREATE OR REPLACE FUNCTION answer_offer_request(p_request bigint, p_given boolean, p_why text, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE q offer_request%ROWTYPE; o resource_offer%ROWTYPE;
BEGIN
    SELECT * INTO q FROM offer_request WHERE id = p_request FOR UPDATE;
    SELECT * INTO o FROM resource_offer WHERE id = q.offer_id;
    IF o.id IS NULL OR must_belong(o.partnership_id) <> o.agency_id THEN PERFORM not_yours('Whoever offers something says who gets it.'); END IF;
    IF q.given IS NOT NULL AND q.answered_by_id = my_practitioner() AND (q.given, q.why) = (p_given, p_why) THEN RETURN; END IF;
    IF q.given IS NOT NULL THEN PERFORM not_now('This has been answered.'); END IF;
    IF p_given IS NULL OR NOT p_given AND btrim(coalesce(p_why, '')) = '' THEN PERFORM not_now('Say whether they get it; if not, why.'); END IF;
    UPDATE offer_request SET given = p_given, why = coalesce(p_why, ''), answered_by_id = my_practitioner(), answered_at = least(p_at, now()) WHERE id = q.id;
END $$;

CREATE OR REPLACE FUNCTION write_shadowing_day(p_partnership bigint, p_host bigint, p_team text, p_on date, p_surprised text, p_differently text, p_shared text, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE new_id bigint; mine bigint := must_belong(p_partnership);
BEGIN
    IF p_host = mine OR NOT EXISTS (SELECT 1 FROM partner WHERE partnership_id = p_partnership AND agency_id = p_host AND left_at IS NULL) THEN PERFORM not_now('Choose another partner of this partnership.'); END IF;
    IF p_on IS NULL OR p_on > p_at::date THEN PERFORM not_now('Enter the day, not in the future.'); END IF;
    IF btrim(coalesce(p_surprised, '')) = '' OR btrim(coalesce(p_differently, '')) = '' THEN PERFORM not_now('Say what surprised you, and what you will do differently.'); END IF;
    SELECT id INTO new_id FROM shadowing_day WHERE partnership_id = p_partnership AND writer_id = my_practitioner() AND host_id = p_host AND "on" = p_on AND surprised = p_surprised AND differently = p_differently;
    IF FOUND THEN RETURN new_id; END IF;
    INSERT INTO shadowing_day (partnership_id, agency_id, host_id, team, "on", surprised, differently, shared_with, writer_id, written_at)
    VALUES (p_partnership, mine, p_host, coalesce(p_team, ''), p_on, p_surprised, p_differently, p_shared, my_practitioner(), least(p_at, now())) RETURNING id INTO new_id;
    RETURN new_id;
END $$;

-- The writer's own: they may share it with more or fewer later; what they wrote stays.
CREATE OR REPLACE FUNCTION share_shadowing_day(p_day bigint, p_shared text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE shadowing_day SET shared_with = p_shared WHERE id = p_day AND writer_id = my_practitioner();
    IF NOT FOUND THEN PERFORM not_yours('Whoever wrote it says who reads it.'); END IF;
END $$;
