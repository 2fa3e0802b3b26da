-- How a partnership ends. From the moment of its end, by the database's own clock, nothing flows in it and nobody writes at its table, whether the
-- worker has carried the end out yet or not; those who were there read what was theirs to read.

CREATE OR REPLACE FUNCTION is_over(p_partnership bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT EXISTS (SELECT 1 FROM partnership s WHERE s.id = p_partnership AND s.ends <= now()) $$;

CREATE OR REPLACE FUNCTION was_there_at_the_end(p_partnership bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM partnership s WHERE s.id = p_partnership AND s.ends <= now() AND (s.lead_practitioner_id = my_practitioner()
        OR EXISTS (SELECT 1 FROM partner p JOIN practitioner w ON w.agency_id = p.agency_id WHERE p.partnership_id = s.id AND (p.left_at IS NULL OR p.left_at = s.ends) AND w.id = my_practitioner())))
$$;

-- Its lead and, once it is over, whoever its end names in the lead's place.
CREATE OR REPLACE FUNCTION leads_what_is_left(p_partnership bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM partnership s WHERE s.id = p_partnership AND s.lead_practitioner_id = my_practitioner())
        OR EXISTS (SELECT 1 FROM partnership_ending e WHERE e.partnership_id = p_partnership AND e.called_off_at IS NULL AND e.ends <= now() AND e.successor_id = my_practitioner())
$$;

-- Whoever takes part in what a partnership does settles what it has left open once it is over: complaints, what people said to it, its books.
CREATE OR REPLACE FUNCTION settles_what_is_left(p_partnership bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT leads_what_is_left(p_partnership) OR spoke_for(p_partnership, my_agency()) $$;

-- Those who keep a partnership's books while it lasts see to what goes back once it is over: its lead or whoever took the lead's place, and the chair, vice chair and secretary of its board.
CREATE OR REPLACE FUNCTION winds_up(p_partnership bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT leads_what_is_left(p_partnership) OR EXISTS (
        SELECT 1 FROM board_member b WHERE b.partnership_id = p_partnership AND b.ended_at IS NULL AND b.role IN ('chair', 'vice_chair', 'secretary')
           AND (b.practitioner_id = my_practitioner() OR b.account_id = my_account()))
$$;

-- Lines of an exit plan: what goes back to an agency that is or was a partner, and which of the partners' people sees to it.
CREATE OR REPLACE FUNCTION put_returns(p_partnership bigint, p_leaver bigint, p_returns jsonb, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE wrong text;
BEGIN
    SELECT coalesce(x.what, '') INTO wrong FROM jsonb_to_recordset(coalesce(p_returns, '[]')) AS x(what text, agency bigint, owner bigint, due date)
     WHERE btrim(coalesce(x.what, '')) = '' OR x.due IS NULL OR NOT EXISTS (SELECT 1 FROM partner r WHERE r.partnership_id = p_partnership AND r.agency_id = x.agency)
        OR NOT EXISTS (SELECT 1 FROM practitioner w JOIN partner r ON r.agency_id = w.agency_id AND r.partnership_id = p_partnership WHERE w.id = x.owner AND (w.ends IS NULL OR w.ends > current_date)) LIMIT 1;
    IF FOUND THEN PERFORM not_now(format('“%s”: say what goes back to which partner, by when, and who of a partner sees to it.', wrong)); END IF;
    INSERT INTO resource_return (partnership_id, leaver_id, kind, what, amount, agency_id, owner_id, due, done_how, by_id, at, key)
    SELECT p_partnership, p_leaver, x.kind, x.what, x.amount, x.agency, x.owner, x.due, '', my_practitioner(), least(p_at, now()), x.key
      FROM jsonb_to_recordset(coalesce(p_returns, '[]')) AS x(kind text, what text, amount numeric, agency bigint, owner bigint, due date, key uuid);
END $$;

CREATE OR REPLACE FUNCTION plan_return(p_partnership bigint, p_line jsonb, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT winds_up(p_partnership) THEN PERFORM not_yours('What goes back to whom is written down by the partnership''s lead, or by the chair, vice chair or secretary of its board.'); END IF;
    IF EXISTS (SELECT 1 FROM resource_return WHERE key = (p_line ->> 'key')::uuid AND partnership_id = p_partnership) THEN RETURN; END IF;
    IF NOT EXISTS (SELECT 1 FROM partnership WHERE id = p_partnership AND ends IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM partner WHERE partnership_id = p_partnership AND left_at IS NOT NULL) THEN
        PERFORM not_now('Nothing goes back while everybody stays. Plan the end first.');
    END IF;
    PERFORM put_returns(p_partnership, NULL, jsonb_build_array(p_line), p_at);
    PERFORM note_partnership(p_partnership, (p_line ->> 'agency')::bigint, 'return_planned', p_line ->> 'what', least(p_at, now()));
END $$;

-- Given back: said by whoever sees to it, or by those who wind the partnership up; once.
CREATE OR REPLACE FUNCTION give_back(p_return bigint, p_how text, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE r resource_return%ROWTYPE;
BEGIN
    SELECT * INTO r FROM resource_return WHERE id = p_return FOR UPDATE;
    IF NOT FOUND OR NOT (r.owner_id = my_practitioner() OR winds_up(r.partnership_id)) THEN PERFORM not_yours('Whoever sees to it says that it was given back, or those who wind the partnership up.'); END IF;
    IF btrim(coalesce(p_how, '')) = '' THEN PERFORM not_now('Say how it was given back.'); END IF;
    IF r.done_at IS NOT NULL THEN
        IF r.done_how = p_how THEN RETURN; END IF;
        PERFORM not_now('It was given back already.');
    END IF;
    UPDATE resource_return SET done_at = least(p_at, now()), done_how = p_how WHERE id = r.id;
    PERFORM note_partnership(r.partnership_id, r.agency_id, 'given_back', r.what, least(p_at, now()));
END $$;

-- What its board has decided its lead carries out: at once, by the database's own clock, or for a moment ahead. From then on what flows ends at that moment, and not later.
CREATE OR REPLACE FUNCTION end_partnership(p jsonb, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE of_partnership bigint := (p ->> 'partnership')::bigint; successor bigint := (p ->> 'successor')::bigint; moment timestamptz := greatest(coalesce((p ->> 'ends')::timestamptz, now()), now()); s partnership%ROWTYPE; d board_decision%ROWTYPE; new_id bigint;
BEGIN
    SELECT id INTO new_id FROM partnership_ending WHERE key = (p ->> 'key')::uuid AND by_id = my_practitioner();
    IF FOUND THEN RETURN new_id; END IF;
    SELECT * INTO s FROM partnership WHERE id = of_partnership FOR UPDATE;
    IF NOT FOUND OR NOT leads_partnership(of_partnership) THEN PERFORM not_yours('A partnership is ended by its lead, once its board has decided it.'); END IF;
    IF s.stage <> 'active' THEN PERFORM not_now('Only a partnership that is at work is ended.'); END IF;
    IF s.ends IS NOT NULL THEN PERFORM not_now('Its end is planned already. Call that off first.'); END IF;
    SELECT w.* INTO d FROM board_decision w JOIN agenda_item i ON i.id = w.item_id JOIN board_meeting m ON m.id = i.meeting_id
     WHERE w.id = (p ->> 'decision')::bigint AND m.partnership_id = of_partnership AND w.ends_partnership AND w.in_favour > w.against
       AND NOT EXISTS (SELECT 1 FROM partnership_ending e WHERE e.decision_id = w.id);
    IF NOT FOUND THEN PERFORM not_now('Its board must have decided first that the partnership ends, with more votes for it than against.'); END IF;
    IF btrim(coalesce(p ->> 'reason', '')) = '' OR btrim(coalesce(p ->> 'information', '')) = '' THEN PERFORM not_now('Say why it ends, and what becomes of what has been shared.'); END IF;
    IF successor IS NOT NULL AND NOT EXISTS (SELECT 1 FROM practitioner w JOIN partner r ON r.agency_id = w.agency_id AND r.partnership_id = of_partnership AND r.left_at IS NULL
                                              WHERE w.id = successor AND (w.ends IS NULL OR w.ends > current_date)) THEN
        PERFORM not_now('Whoever takes the lead''s place works for a partner.');
    END IF;
    INSERT INTO partnership_ending (partnership_id, decision_id, ends, reason, information, successor_id, called_off_because, by_id, at, key)
    VALUES (of_partnership, d.id, moment, p ->> 'reason', p ->> 'information', successor, '', my_practitioner(), least(p_at, now()), (p ->> 'key')::uuid) RETURNING id INTO new_id;
    UPDATE partnership SET ends = moment WHERE id = of_partnership;
    PERFORM put_returns(of_partnership, NULL, p -> 'returns', p_at);
    PERFORM recompute_flows(a.id) FROM sharing_agreement a WHERE a.partnership_id = of_partnership AND a.status IN ('in_force', 'replaced');
    PERFORM note_partnership(of_partnership, NULL, 'end_planned', p ->> 'reason', least(p_at, now()));
    IF moment <= now() THEN PERFORM carry_out_ending(new_id); END IF;
    RETURN new_id;
END $$;

-- Until its moment an end is called off by the lead. To end it after all, the board decides anew.
CREATE OR REPLACE FUNCTION call_off_ending(p_ending bigint, p_because text, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE e partnership_ending%ROWTYPE;
BEGIN
    SELECT * INTO e FROM partnership_ending WHERE id = p_ending FOR UPDATE;
    IF NOT FOUND OR NOT leads_partnership(e.partnership_id) THEN PERFORM not_yours('The partnership''s lead calls its end off, and only before it has come.'); END IF;
    IF btrim(coalesce(p_because, '')) = '' THEN PERFORM not_now('Say why it goes on.'); END IF;
    IF e.called_off_at IS NOT NULL THEN RETURN; END IF;
    UPDATE partnership_ending SET called_off_at = least(p_at, now()), called_off_because = p_because, told_at = CASE WHEN told_at IS NULL THEN now() END WHERE id = e.id;
    UPDATE partnership SET ends = NULL WHERE id = e.partnership_id;
    PERFORM recompute_flows(a.id) FROM sharing_agreement a WHERE a.partnership_id = e.partnership_id AND a.status IN ('in_force', 'replaced');
    PERFORM note_partnership(e.partnership_id, NULL, 'end_called_off', p_because, least(p_at, now()));
END $$;

-- The moment has come: agreements end, what teams asked to know ends, and nobody is a partner any more. A duty in law is nobody's to switch off.
CREATE OR REPLACE FUNCTION carry_out_ending(p_ending bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE e partnership_ending%ROWTYPE; agreement bigint;
BEGIN
    SELECT * INTO e FROM partnership_ending WHERE id = p_ending AND carried_out_at IS NULL AND called_off_at IS NULL AND ends <= now() FOR UPDATE;
    IF NOT FOUND THEN RETURN; END IF;
    FOR agreement IN UPDATE sharing_agreement SET status = 'ended' WHERE partnership_id = e.partnership_id AND status IN ('open_for_signature', 'in_force', 'replaced') RETURNING id LOOP
        PERFORM recompute_flows(agreement);
        INSERT INTO agreement_event (agreement_id, at, by_id, what, note) VALUES (agreement, e.ends, e.by_id, 'ended', 'The partnership ended.');
    END LOOP;
    UPDATE information_need SET ends = greatest(e.ends, starts), ended_because = 'The partnership ended.' WHERE partnership_id = e.partnership_id AND ends IS NULL AND NOT statutory_floor;
    UPDATE partner SET left_at = e.ends, left_because = 'The partnership ended.' WHERE partnership_id = e.partnership_id AND left_at IS NULL;
    UPDATE partnership SET stage = 'ended' WHERE id = e.partnership_id;
    UPDATE partnership_ending SET carried_out_at = now() WHERE id = e.id;
    INSERT INTO partnership_event (partnership_id, at, by_id, what, note) VALUES (e.partnership_id, e.ends, e.by_id, 'partnership_ended', e.reason);
    PERFORM write_line(jsonb_build_object('verb', 'write', 'purpose', 'partnership_governance', 'decision', 'permit', 'item', format('partnership:%s partnership_ended', e.partnership_id), 'automatic', true));
END $$;

-- For the worker: every end whose moment has come.
CREATE OR REPLACE FUNCTION carry_out_endings_due() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE due bigint; done integer := 0;
BEGIN
    FOR due IN SELECT id FROM partnership_ending WHERE carried_out_at IS NULL AND called_off_at IS NULL AND ends <= now() FOR UPDATE SKIP LOCKED LOOP
        PERFORM carry_out_ending(due);
        done := done + 1;
    END LOOP;
    RETURN done;
END $$;

-- Everybody who must hear that a partnership ends or a partner leaves: its lead and guardians, signatories, whoever manages a front door, and its board.
CREATE OR REPLACE FUNCTION addresses_of_members(p_partnership bigint, p_at timestamptz) RETURNS text[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT coalesce(nullif(c.email, ''), nullif(k.email, ''))::text) FILTER (WHERE coalesce(nullif(c.email, ''), nullif(k.email, '')) IS NOT NULL), '{}')
      FROM (SELECT s.lead_practitioner_id AS who, NULL::bigint AS account FROM partnership s WHERE s.id = p_partnership
            UNION SELECT s.guardian_id, NULL FROM partnership s WHERE s.id = p_partnership
            UNION SELECT r.guardian_id, NULL FROM partner r WHERE r.partnership_id = p_partnership
            UNION SELECT m.practitioner_id, NULL FROM partner r JOIN team_membership m ON m.team_id = r.front_door_id AND m.is_manager AND m.ends IS NULL WHERE r.partnership_id = p_partnership
            UNION SELECT y.signatory_id, NULL FROM agreement_party y JOIN sharing_agreement a ON a.id = y.agreement_id WHERE a.partnership_id = p_partnership AND y.signed_at IS NOT NULL
            UNION SELECT b.practitioner_id, b.account_id FROM board_member b WHERE b.partnership_id = p_partnership AND b.ended_at IS NULL) one
           LEFT JOIN practitioner k ON k.id = one.who AND (k.ends IS NULL OR k.ends > p_at::date)
           LEFT JOIN account c ON c.id = coalesce(k.account_id, one.account)
$$;

-- What is to be told of endings and leavings, each once. What is given was noted in the same transaction.
CREATE OR REPLACE FUNCTION endings_to_tell(p_at timestamptz) RETURNS TABLE (what text, partnership text, agency text, moment timestamptz, because text, addresses text[])
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE one record;
BEGIN
    FOR one IN SELECT e.id, e.partnership_id, s.name, e.ends, e.reason, e.called_off_at, e.called_off_because FROM partnership_ending e JOIN partnership s ON s.id = e.partnership_id WHERE e.told_at IS NULL FOR UPDATE OF e SKIP LOCKED LOOP
        UPDATE partnership_ending SET told_at = p_at WHERE id = one.id;
        RETURN QUERY SELECT CASE WHEN one.called_off_at IS NULL THEN 'ends' ELSE 'goes_on' END, one.name::text, ''::text, one.ends, CASE WHEN one.called_off_at IS NULL THEN one.reason ELSE one.called_off_because END, addresses_of_members(one.partnership_id, p_at);
    END LOOP;
    FOR one IN SELECT r.id, r.partnership_id, s.name, g.name AS agency, r.left_at, r.left_because FROM partner r JOIN partnership s ON s.id = r.partnership_id JOIN agency g ON g.id = r.agency_id
                WHERE r.told_at IS NULL AND r.left_at > p_at - interval '7 days' AND r.left_at IS DISTINCT FROM s.ends FOR UPDATE OF r SKIP LOCKED LOOP
        UPDATE partner SET told_at = p_at WHERE id = one.id;
        RETURN QUERY SELECT 'left'::text, one.name::text, one.agency::text, one.left_at, one.left_because, addresses_of_members(one.partnership_id, p_at);
    END LOOP;
END $$;
