-- Who belongs to a partnership. Each door asks for itself who is asking; nobody writes these tables by hand.

CREATE OR REPLACE FUNCTION note_partnership(p_partnership bigint, p_agency bigint, p_what text, p_note text, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO partnership_event (partnership_id, agency_id, at, by_id, what, note) VALUES (p_partnership, p_agency, p_at, my_practitioner(), p_what, coalesce(p_note, ''));
    PERFORM write_line(jsonb_build_object('verb', 'write', 'purpose', 'partnership_governance', 'decision', 'permit', 'item', format('partnership:%s %s', p_partnership, p_what), 'reason', p_note));
END $$;

-- Whoever founds a partnership leads it, for the agency they work in.
CREATE OR REPLACE FUNCTION found_partnership(p jsonb, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE new_id bigint;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM practitioner w WHERE w.id = my_practitioner() AND w.id = (p ->> 'lead_practitioner')::integer AND w.agency_id = (p ->> 'lead_agency')::integer) THEN
        PERFORM not_yours('Whoever founds a partnership leads it, for the agency they work in.');
    END IF;
    IF NOT may_found() THEN PERFORM not_yours('A partnership is founded by whoever manages a team of an agency.'); END IF;
    IF EXISTS (SELECT 1 FROM partnership WHERE lower(name) = lower(p ->> 'name')) THEN PERFORM not_now('There is a partnership of this name already. Choose another.'); END IF;
    INSERT INTO partnership (name, area, vision, how_to_complain, lead_agency_id, lead_practitioner_id, guardian_id, stage, starts)
    VALUES (p ->> 'name', p ->> 'area', p ->> 'vision', coalesce(p ->> 'how_to_complain', ''), (p ->> 'lead_agency')::integer, my_practitioner(), (p ->> 'guardian')::integer,
            CASE WHEN p ->> 'stage' = 'potential' THEN 'potential' ELSE 'active' END, (p ->> 'starts')::date)
    RETURNING id INTO new_id;
    PERFORM note_partnership(new_id, (p ->> 'lead_agency')::bigint, 'founded', '', least(p_at, now()));
    RETURN new_id;
END $$;

CREATE OR REPLACE FUNCTION join_partnership(p_partnership bigint, p_agency bigint, p_front_door bigint, p_guardian bigint, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE new_id bigint;
BEGIN
    IF NOT leads_partnership(p_partnership) THEN PERFORM not_yours('Only the partnership''s lead lets an agency join.'); END IF;
    IF EXISTS (SELECT 1 FROM partner WHERE partnership_id = p_partnership AND agency_id = p_agency AND left_at IS NULL) THEN PERFORM not_now('This agency is a partner already.'); END IF;
    IF p_front_door IS NOT NULL AND NOT EXISTS (SELECT 1 FROM team WHERE id = p_front_door AND agency_id = p_agency AND (ends IS NULL OR ends > current_date)) THEN
        PERFORM not_now('The front door must be a team of that agency.');
    END IF;
    INSERT INTO partner (partnership_id, agency_id, front_door_id, guardian_id, joined_at, left_because) VALUES (p_partnership, p_agency, p_front_door, p_guardian, least(p_at, now()), '')
    RETURNING id INTO new_id;
    PERFORM note_partnership(p_partnership, p_agency, 'joined', '', least(p_at, now()));
    RETURN new_id;
END $$;

-- Leaving shuts every tap of the agency in this partnership at this moment, ends what it asked to know and its seats on the board, and says what goes back to it.
DROP FUNCTION IF EXISTS leave_partnership(bigint, bigint, text, timestamptz);
CREATE OR REPLACE FUNCTION leave_partnership(p_partnership bigint, p_agency bigint, p_reason text, p_returns jsonb, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE moment timestamptz := least(p_at, now()); one record; gone bigint;
BEGIN
    IF NOT (speaks_for(p_partnership, p_agency) OR leads_partnership(p_partnership)) THEN
        PERFORM not_yours('Only whoever speaks for an agency, or the partnership''s lead, may take it out of the partnership.');
    END IF;
    IF btrim(coalesce(p_reason, '')) = '' THEN PERFORM not_now('Say why the agency leaves.'); END IF;
    UPDATE partner SET left_at = moment, left_because = p_reason WHERE partnership_id = p_partnership AND agency_id = p_agency AND left_at IS NULL RETURNING id INTO gone;
    IF gone IS NULL THEN RETURN; END IF;
    PERFORM put_returns(p_partnership, gone, p_returns, p_at);
    UPDATE board_member SET ended_at = moment WHERE partnership_id = p_partnership AND agency_id = p_agency AND ended_at IS NULL;
    UPDATE information_need SET ends = moment, ended_because = 'The agency left the partnership.'
     WHERE partnership_id = p_partnership AND agency_id = p_agency AND ends IS NULL AND NOT statutory_floor;
    FOR one IN SELECT a.id FROM sharing_agreement a JOIN agreement_party y ON y.agreement_id = a.id AND y.agency_id = p_agency
                WHERE a.partnership_id = p_partnership AND y.signed_at IS NOT NULL AND y.withdrawn_at IS NULL AND a.status <> 'draft' ORDER BY a.id LOOP
        PERFORM lock_agreement(one.id);
        UPDATE agreement_party SET withdrawn_at = moment, reason = p_reason WHERE agreement_id = one.id AND agency_id = p_agency;
        PERFORM recompute_flows(one.id);
        PERFORM note_agreement(one.id, 'withdrawn', p_reason, moment);
    END LOOP;
    PERFORM note_partnership(p_partnership, p_agency, 'left', p_reason, moment);
END $$;

CREATE OR REPLACE FUNCTION change_partner(p_partnership bigint, p_agency bigint, p_front_door bigint, p_guardian bigint, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT (speaks_for(p_partnership, p_agency) OR leads_partnership(p_partnership)) THEN
        PERFORM not_yours('Only whoever speaks for an agency, or the partnership''s lead, may change where it receives things.');
    END IF;
    IF p_front_door IS NOT NULL AND NOT EXISTS (SELECT 1 FROM team WHERE id = p_front_door AND agency_id = p_agency AND (ends IS NULL OR ends > current_date)) THEN
        PERFORM not_now('The front door must be a team of that agency.');
    END IF;
    UPDATE partner SET front_door_id = p_front_door, guardian_id = p_guardian WHERE partnership_id = p_partnership AND agency_id = p_agency AND left_at IS NULL;
    PERFORM note_partnership(p_partnership, p_agency, 'changed', '', least(p_at, now()));
END $$;
