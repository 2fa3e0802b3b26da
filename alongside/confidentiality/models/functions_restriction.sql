-- What a restriction would change, before anybody confirms it.

-- Who works with a person today and would not see this part (or, with no part named, the person at all) if only these practitioners might:
-- shown before anybody confirms. Those who keep the statutory floor are marked. Only for who may change the person's record here.
CREATE OR REPLACE FUNCTION effect_of_restriction(p_person bigint, p_practitioners integer[], p_category text)
    RETURNS TABLE (principal integer, who text, agency text, agency_kind text, loses boolean, floor boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT ON (t.agency_name, t.who, t.principal) t.principal, t.who, t.agency_name, t.kind, NOT (t.practitioner = ANY (p_practitioners)) IS TRUE, t.floor
      FROM (SELECT coalesce(r.practitioner_id, 1000000000 + r.team_id::integer) AS principal, coalesce(r.practitioner_id, 0) AS practitioner, coalesce(w.name || ', ' || w.title, m.name) AS who,
                   g.name AS agency_name, g.kind_id AS kind,
                   g.kind_id IN ('council_children', 'council_adults', 'police') AND r.kind IN ('allocated', 'team_cover')
                     AND p_category IN ('', 'safeguarding_concern', 'child_protection_plan', 'domestic_abuse') AS floor
              FROM relationship r JOIN agency g ON g.id = r.agency_id LEFT JOIN practitioner w ON w.id = r.practitioner_id LEFT JOIN team m ON m.id = r.team_id
             WHERE r.person_id = p_person AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now()) AND r.kind <> 'break_glass') t
     WHERE p_person = ANY (ticket_people())
     ORDER BY t.agency_name, t.who, t.principal, t.floor DESC
$$;
