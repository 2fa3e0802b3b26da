-- Information lost on the way, and how each partner answers: counts only.

-- Agencies of the partnerships that this session's agency belongs to.
CREATE OR REPLACE FUNCTION fellow_agencies() RETURNS SETOF integer
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT o.agency_id::integer FROM partner m JOIN partner o ON o.partnership_id = m.partnership_id AND o.left_at IS NULL
     WHERE m.left_at IS NULL AND m.agency_id = (SELECT agency_id FROM practitioner WHERE id = my_practitioner())
$$;

-- Pairs of an entry and a partner whose declared need it met, by how they ended: sender, receiver, end, what the sender thought (true: asked that
-- they be told; false: wanted to keep it back), whether the receiver used it, how many. Counts only, for members of the partnership.
CREATE OR REPLACE FUNCTION information_pairs(p_since timestamptz, p_until timestamptz) RETURNS SETOF jsonb
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT jsonb_build_array(q.from_agency, f.name, q.agency_id, t.name, q.ended, q.important, q.used, count(*)) FROM (
        SELECT o.from_agency, o.agency_id, s.used,
               CASE WHEN o.rules && ARRAY['REC-070']::varchar[] THEN true WHEN o.rules && ARRAY['REC-071']::varchar[] THEN false END AS important,
               CASE WHEN o.outcome = 'withhold' THEN 'withheld'
                    WHEN s.status = 'withdrawn' THEN 'withheld'
                    WHEN s.answered_at > s.due_at OR s.owed AND s.due_at < now() OR s.status = 'held' AND s.due_at < now() THEN 'expired'
                    WHEN s.status = 'declined' THEN 'declined'
                    WHEN s.owed OR s.status = 'held' THEN 'open'
                    ELSE 'acknowledged' END AS ended
          FROM routing_outcome o LEFT JOIN share s ON s.outcome_id = o.id
         WHERE o.recorded_at >= p_since AND o.recorded_at < p_until AND o.outcome <> 'not_needed' AND o.from_agency <> o.agency_id
           AND (cardinality(o.needs) > 0 OR o.origin = 'statutory') AND o.agency_id IN (SELECT fellow_agencies()) AND o.from_agency IN (SELECT fellow_agencies())) q
      JOIN agency f ON f.id = q.from_agency JOIN agency t ON t.id = q.agency_id
     GROUP BY q.from_agency, f.name, q.agency_id, t.name, q.ended, q.important, q.used
$$;

-- How each partner answers what it is sent.
CREATE OR REPLACE FUNCTION answering(p_since timestamptz, p_until timestamptz) RETURNS SETOF jsonb
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT jsonb_build_array(g.id, g.name, count(*), count(*) FILTER (WHERE s.status = 'acknowledged' AND NOT s.owed), count(*) FILTER (WHERE s.status = 'declined'),
               count(*) FILTER (WHERE s.status = 'decided'), count(*) FILTER (WHERE s.owed), count(*) FILTER (WHERE s.owed AND s.due_at < now() OR s.answered_at > s.due_at),
               round((percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM s.answered_at - s.sent_at)) FILTER (WHERE s.answered_at IS NOT NULL) / 3600)::numeric, 2))
      FROM share s JOIN agency g ON g.id = s.to_agency_id
     WHERE s.sent_at >= p_since AND s.sent_at < p_until AND s.status NOT IN ('held', 'withdrawn') AND g.id IN (SELECT fellow_agencies())
     GROUP BY g.id, g.name ORDER BY g.name
$$;
