-- Counts that partners may know of each other's behaviour. They say how many and how fast, and name nobody who is helped; only for partners.

CREATE OR REPLACE FUNCTION is_partner(p_partnership bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM partner p JOIN practitioner w ON w.agency_id = p.agency_id JOIN partnership s ON s.id = p.partnership_id
                    WHERE p.partnership_id = p_partnership AND p.left_at IS NULL AND w.id = my_practitioner() AND (s.ends IS NULL OR s.ends > now()))
$$;

-- What each need in force brought since a moment.
CREATE OR REPLACE FUNCTION needs_brought(p_partnership bigint, p_since timestamptz) RETURNS TABLE (need_id bigint, shares bigint, answered bigint, declined bigint, used bigint, late bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT n.id, count(s.id), count(s.answered_at), count(*) FILTER (WHERE s.status = 'declined'), count(*) FILTER (WHERE s.used), count(*) FILTER (WHERE coalesce(s.answered_at, now()) > s.due_at)
      FROM information_need n
           LEFT JOIN routing_outcome o ON o.agency_id = n.agency_id AND o.team_id = n.team_id AND o.recorded_at >= p_since AND o.outcome = 'share' AND n.id::text = ANY (o.needs)
           LEFT JOIN share s ON s.outcome_id = o.id
     WHERE n.partnership_id = p_partnership AND is_partner(p_partnership) AND (n.ends IS NULL OR n.ends > now())
     GROUP BY n.id
$$;

-- How many entries of these kinds other partners wrote since a moment: what a need would have been about, before anything is declared.
CREATE OR REPLACE FUNCTION entries_of_kinds(p_partnership bigint, p_kinds text[], p_reach text, p_since timestamptz) RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(*) FROM entry e
     WHERE is_partner(p_partnership) AND e.written_at >= p_since AND e.kind = ANY (p_kinds)
       AND e.agency_id IN (SELECT p.agency_id FROM partner p WHERE p.partnership_id = p_partnership AND p.left_at IS NULL)
       AND e.agency_id <> (SELECT w.agency_id FROM practitioner w WHERE w.id = my_practitioner())
       AND (p_reach = 'anyone' OR EXISTS (SELECT 1 FROM entry_subject t JOIN relationship r ON r.person_id = t.person_id AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now())
                                           WHERE t.entry_id = e.id AND r.agency_id = (SELECT w.agency_id FROM practitioner w WHERE w.id = my_practitioner())))
$$;

-- Whom closing these taps touches: people about whom something went along them in the last three months, what went, and what still waits.
-- With an agency, its own taps only; with an agreement, only what flows under it.
CREATE OR REPLACE FUNCTION touched_by_closing(p_partnership bigint, p_agreement bigint, p_agency bigint, OUT people bigint, OUT shares bigint, OUT waiting bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH pair AS (
        SELECT DISTINCT f.from_agency_id, f.to_agency_id, f.purpose FROM flow f JOIN sharing_agreement a ON a.id = f.agreement_id
         WHERE is_partner(p_partnership) AND a.partnership_id = p_partnership AND (p_agreement IS NULL OR a.id IN (SELECT agreement_line(p_agreement)))
           AND (p_agency IS NULL OR p_agency IN (f.from_agency_id, f.to_agency_id)) AND f.ends > now())
    SELECT count(DISTINCT s.person_id), count(s.id), count(s.id) FILTER (WHERE s.status = 'awaiting')
      FROM pair JOIN routing_outcome o ON o.agency_id = pair.to_agency_id AND o.from_agency = pair.from_agency_id AND o.recorded_at >= now() - interval '3 months' AND o.outcome = 'share'
           JOIN share s ON s.outcome_id = o.id AND s.purpose = pair.purpose
$$;
