-- Who may do what at a partnership's table. Row security, actions and pages all ask these functions and nothing else.

-- The partnerships at whose table the reader sits: those their agency belongs to, or belonged to at its end, and those on whose board they have a seat of their own.
CREATE OR REPLACE FUNCTION my_tables() RETURNS SETOF bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.partnership_id FROM partner p JOIN practitioner w ON w.agency_id = p.agency_id JOIN partnership s ON s.id = p.partnership_id WHERE (p.left_at IS NULL OR p.left_at = s.ends) AND w.id = my_practitioner()
     UNION SELECT b.partnership_id FROM board_member b WHERE b.ended_at IS NULL AND (b.practitioner_id = my_practitioner() OR b.account_id = my_account())
$$;

-- The reader's own seats on boards that still sit.
CREATE OR REPLACE FUNCTION my_seats() RETURNS SETOF bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT b.id FROM board_member b JOIN partnership s ON s.id = b.partnership_id AND (s.ends IS NULL OR s.ends > now())
     WHERE b.ended_at IS NULL AND (b.practitioner_id = my_practitioner() OR b.account_id = my_account())
$$;

-- The partnership's lead, and the chair, vice chair and secretary of its board, keep its books.
CREATE OR REPLACE FUNCTION governs(p_partnership bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT winds_up(p_partnership) AND NOT is_over(p_partnership)
$$;

-- Whoever manages a team may found a partnership for their agency.
CREATE OR REPLACE FUNCTION may_found() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM practitioner w WHERE w.id = my_practitioner() AND (w.role IN ('manager', 'team_manager')
            OR EXISTS (SELECT 1 FROM team_membership m WHERE m.practitioner_id = w.id AND m.is_manager AND m.ends IS NULL)))
$$;

-- The lead of a new partnership belongs to it from the first moment.
CREATE OR REPLACE FUNCTION join_as_founder(p_partnership bigint, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE own bigint := (SELECT agency_id FROM practitioner WHERE id = my_practitioner());
BEGIN
    IF NOT leads_partnership(p_partnership) THEN PERFORM not_yours('Only the partnership''s lead lets an agency join.'); END IF;
    PERFORM join_partnership(p_partnership, own, (SELECT min(t.id) FROM team t WHERE t.agency_id = own AND t.duty_desk AND (t.ends IS NULL OR t.ends > current_date)), NULL, p_at);
END $$;

-- One line in the partnership's history and one in the ledger for what has just been written; for those at the table only.
CREATE OR REPLACE FUNCTION note_governance(p_partnership bigint, p_agency bigint, p_what text, p_note text, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF p_partnership NOT IN (SELECT my_tables()) THEN PERFORM not_yours('This belongs to those who sit at the partnership''s table.'); END IF;
    PERFORM note_partnership(p_partnership, p_agency, p_what, p_note, least(p_at, now()));
END $$;

-- Once every body asked has signed a version, it is adopted, and the partnership's own vision is that text. Works out the same whoever asks.
CREATE OR REPLACE FUNCTION settle_vision(p_vision bigint, p_at timestamptz) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v vision%ROWTYPE;
BEGIN
    SELECT * INTO v FROM vision WHERE id = p_vision FOR UPDATE;
    IF v.opened_at IS NULL OR v.adopted_at IS NOT NULL OR NOT EXISTS (SELECT 1 FROM vision_party WHERE vision_id = p_vision)
       OR EXISTS (SELECT 1 FROM vision_party y JOIN partner p ON p.agency_id = y.agency_id AND p.partnership_id = v.partnership_id AND p.left_at IS NULL
                   WHERE y.vision_id = p_vision AND 'signed' IS DISTINCT FROM (SELECT s.answer FROM sign_up s WHERE s.party_id = y.id ORDER BY s.at DESC, s.id DESC LIMIT 1)) THEN
        RETURN false;
    END IF;
    UPDATE vision SET adopted_at = least(p_at, now()) WHERE id = p_vision;
    UPDATE partnership SET vision = v.text WHERE id = v.partnership_id AND NOT EXISTS (SELECT 1 FROM vision n WHERE n.partnership_id = v.partnership_id AND n.version > v.version AND n.adopted_at IS NOT NULL);
    PERFORM note_partnership(v.partnership_id, NULL, 'vision_adopted', '', least(p_at, now()));
    RETURN true;
END $$;

-- How to complain is for everybody to read: what was settled last under that heading stands on the public page.
CREATE OR REPLACE FUNCTION publish_complaints_route(p_partnership bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE partnership SET how_to_complain = t.text
      FROM (SELECT text FROM governance_text WHERE partnership_id = p_partnership AND heading = 'complaints' ORDER BY at DESC, id DESC LIMIT 1) t
     WHERE id = p_partnership AND governs(p_partnership)
$$;

-- Of a partnership's objectives what everybody may read: those of the version that was adopted last.
CREATE OR REPLACE FUNCTION published_objectives(p_partnership bigint) RETURNS TABLE (title varchar, outcome text, unit varchar, baseline numeric, target numeric, target_on date)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT w.title, w.outcome, w.unit, w.baseline, w.target, w.target_on
      FROM vision_objective m JOIN objective_wording w ON w.id = m.wording_id JOIN objective o ON o.id = w.objective_id AND o.ended_at IS NULL
     WHERE m.vision_id = (SELECT v.id FROM vision v WHERE v.partnership_id = p_partnership AND v.adopted_at IS NOT NULL ORDER BY v.version DESC LIMIT 1)
     ORDER BY w.id
$$;

-- Somebody who works for no partner takes their seat with the account they are signed in with, by the code that whoever seated them gave them. Nobody
-- is asked for an address: who has an account is for nobody to find out.
CREATE OR REPLACE FUNCTION claim_seat(p_code text, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE seat board_member%ROWTYPE;
BEGIN
    SELECT * INTO seat FROM board_member WHERE claim_hash = sha256(convert_to(p_code, 'UTF8')) AND ended_at IS NULL AND account_id IS NULL AND practitioner_id IS NULL AND NOT is_over(partnership_id) FOR UPDATE;
    IF NOT FOUND OR my_account() IS NULL THEN PERFORM not_now('No seat waits for this code. Look at it again, or ask whoever gave it to you.'); END IF;
    UPDATE board_member SET account_id = my_account(), claim_hash = NULL WHERE id = seat.id;
    PERFORM note_partnership(seat.partnership_id, NULL, 'seat_claimed', '', least(p_at, now()));
    RETURN seat.id;
END $$;
