-- What may flow, from signed terms. Nothing flows to or from a party that has not signed, has refused or has withdrawn; dates are tested at
-- each use. Between two parties who have both signed a later version, that version takes the place of this one from the moment it begins;
-- with a party that the later version leaves out, this one ends at the same moment. Where the partnership itself ends, everything ends with it.
CREATE OR REPLACE FUNCTION recompute_flows(p_agreement bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM flow WHERE agreement_id = p_agreement;
    INSERT INTO flow (agreement_id, from_agency_id, to_agency_id, purpose, category, category_no, lawful_basis, starts, ends)
    SELECT a.id, f.agency_id, t.agency_id, m.purpose, m.category, category_no(m.category), m.lawful_basis,
           greatest(a.starts, f.signed_at, t.signed_at), least(a.ends, s.ends, f.withdrawn_at, t.withdrawn_at, later.starts)
      FROM sharing_agreement a
      JOIN partnership s ON s.id = a.partnership_id
      JOIN agreement_term m ON m.agreement_id = a.id
      JOIN agreement_party f ON f.agreement_id = a.id AND (m.from_agency_id IS NULL OR m.from_agency_id = f.agency_id)
      JOIN agreement_party t ON t.agreement_id = a.id AND t.agency_id <> f.agency_id AND (m.to_agency_id IS NULL OR m.to_agency_id = t.agency_id)
           CROSS JOIN LATERAL (
               SELECT min(greatest(n.starts, nf.signed_at, nt.signed_at)) AS starts
                 FROM sharing_agreement n
                 LEFT JOIN agreement_party nf ON nf.agreement_id = n.id AND nf.agency_id = f.agency_id
                 LEFT JOIN agreement_party nt ON nt.agreement_id = n.id AND nt.agency_id = t.agency_id
                WHERE n.id IN (SELECT agreement_line(a.id)) AND n.version > a.version AND n.status IN ('in_force', 'replaced')
                  AND (nf.signed_at IS NOT NULL OR nt.signed_at IS NOT NULL)
                  AND (nf.id IS NULL OR nf.signed_at IS NOT NULL) AND (nt.id IS NULL OR nt.signed_at IS NOT NULL)) later
     WHERE a.id = p_agreement AND a.status IN ('in_force', 'replaced')
       AND f.signed_at IS NOT NULL AND f.refused_at IS NULL AND t.signed_at IS NOT NULL AND t.refused_at IS NULL
       AND greatest(a.starts, f.signed_at, t.signed_at) < least(a.ends, s.ends, f.withdrawn_at, t.withdrawn_at, later.starts);
$$;

-- Every version of one agreement, whichever of them is named.
CREATE OR REPLACE FUNCTION agreement_line(p_agreement bigint) RETURNS SETOF bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH RECURSIVE up AS (
        SELECT id, replaces_id FROM sharing_agreement WHERE id = p_agreement
        UNION ALL SELECT s.id, s.replaces_id FROM sharing_agreement s JOIN up ON s.id = up.replaces_id),
    down AS (
        SELECT id FROM up WHERE replaces_id IS NULL
        UNION ALL SELECT s.id FROM sharing_agreement s JOIN down ON s.replaces_id = down.id)
    SELECT id FROM down
$$;

-- Who may speak for an agency in a partnership, or might when it ended: its named signatory in an agreement, or whoever manages its front door.
CREATE OR REPLACE FUNCTION spoke_for(p_partnership bigint, p_agency bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM practitioner w JOIN partner p ON p.agency_id = w.agency_id AND p.partnership_id = p_partnership JOIN partnership s ON s.id = p.partnership_id AND (p.left_at IS NULL OR p.left_at = s.ends)
                    WHERE w.id = my_practitioner() AND w.agency_id = p_agency
                      AND (EXISTS (SELECT 1 FROM agreement_party y JOIN sharing_agreement a ON a.id = y.agreement_id
                                    WHERE a.partnership_id = p_partnership AND y.agency_id = w.agency_id AND y.signatory_id = w.id)
                           OR EXISTS (SELECT 1 FROM team_membership m WHERE m.team_id = p.front_door_id AND m.practitioner_id = w.id AND m.is_manager AND m.ends IS NULL)))
$$;

CREATE OR REPLACE FUNCTION speaks_for(p_partnership bigint, p_agency bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT spoke_for(p_partnership, p_agency) AND NOT is_over(p_partnership) $$;

CREATE OR REPLACE FUNCTION my_agency() RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT w.agency_id FROM practitioner w WHERE w.id = my_practitioner()
$$;

CREATE OR REPLACE FUNCTION leads_partnership(p_partnership bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM partnership s WHERE s.id = p_partnership AND s.lead_practitioner_id = my_practitioner() AND (s.ends IS NULL OR s.ends > now()))
$$;

-- Whoever works for a partner, and its lead, belongs to a partnership and reads what is not private, once it is over as before; whoever leads it or speaks for a partner takes part in what it does.
CREATE OR REPLACE FUNCTION belongs(p_partnership bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT is_partner(p_partnership) OR leads_partnership(p_partnership) OR was_there_at_the_end(p_partnership) $$;

-- The partnerships on whose board the reader sits with an account of their own, working for no partner: lived experience, or somebody independent.
CREATE OR REPLACE FUNCTION boards_of_my_own() RETURNS bigint[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT b.partnership_id), '{}') FROM board_member b WHERE b.ended_at IS NULL AND b.account_id = my_account()
$$;

-- Whoever belongs, or sits on its board with an account of their own, reads what a partnership knows of itself: its books, what came of them, who is heard, how far partners
-- trust one another, what a test or examination found. Nobody who is helped, and nobody's own private answer, is behind this.
CREATE OR REPLACE FUNCTION tables_open_to_me() RETURNS bigint[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce((SELECT array_agg(p.partnership_id) FROM partner p JOIN practitioner w ON w.agency_id = p.agency_id JOIN partnership s ON s.id = p.partnership_id
                      WHERE (p.left_at IS NULL OR p.left_at = s.ends) AND w.id = my_practitioner()), '{}')
        || coalesce((SELECT array_agg(s.id) FROM partnership s WHERE s.lead_practitioner_id = my_practitioner()), '{}') || boards_of_my_own()
$$;

CREATE OR REPLACE FUNCTION sits_with(p_partnership bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT p_partnership = ANY (tables_open_to_me()) $$;

CREATE OR REPLACE FUNCTION takes_part(p_partnership bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT leads_partnership(p_partnership) OR speaks_for(p_partnership, my_agency()) $$;

-- An expected no. The first kind is answered as refused; the second tells whoever asked what stands in the way.
CREATE OR REPLACE FUNCTION not_yours(p_words text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '%', p_words USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE OR REPLACE FUNCTION not_now(p_words text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '%', p_words USING ERRCODE = 'ALNOW'; END $$;
