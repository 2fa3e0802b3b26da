-- Everything that routing weighs.

-- Everything routing weighs, in one round trip: every partner team in scope, what it needs, how its agency stands to each person, what may flow
-- to it of this category from the author's agency; and what the gate must know of each person. `p_also` are teams that are owed something all the same. Only routing asks it.
-- Its plan is kept, and it answers in json: planning it anew and building jsonb took two thirds of its time. Where something flows, agreement_state need not be asked.
DROP FUNCTION IF EXISTS routing_facts(bigint[], text, integer[]);
DROP FUNCTION IF EXISTS routing_facts(bigint[], text[], integer[]);
CREATE OR REPLACE FUNCTION routing_facts(p_people bigint[], p_purposes text[], p_category text, p_also integer[] DEFAULT '{}') RETURNS json
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE mine integer; answer json;
BEGIN
    SELECT coalesce(w.agency_id, (SELECT q.registered_by_agency_id FROM person q WHERE q.id = p_people[1])) INTO mine
      FROM identity_session s LEFT JOIN practitioner w ON w.id = s.practitioner_id
     WHERE s.token_hash = token_hash() AND s.ended_at IS NULL AND s.expires_at > now();
    IF mine IS NULL THEN RETURN NULL; END IF;
    WITH fellow AS (
        SELECT DISTINCT o.agency_id, o.front_door_id FROM partner m JOIN partner o ON o.partnership_id = m.partnership_id AND o.left_at IS NULL
         WHERE m.agency_id = mine AND m.left_at IS NULL),
    need AS (
        SELECT n.team_id, json_agg(json_build_object('id', n.id, 'tags', n.tags, 'purpose', n.purpose, 'how_soon', n.how_soon, 'what_for', n.what_for,
                   'reach', n.reach, 'situations', n.situations, 'people', n.people, 'minimum_fields', n.minimum_fields) ORDER BY n.id) AS needs
          FROM information_need n JOIN partner m ON m.partnership_id = n.partnership_id AND m.agency_id = mine AND m.left_at IS NULL
         WHERE n.agency_id IN (SELECT agency_id FROM fellow) AND n.starts <= now() AND (n.ends IS NULL OR n.ends > now()) GROUP BY n.team_id),
    scope AS (
        SELECT team_id FROM need
        UNION SELECT x FROM unnest(p_also) x
        UNION SELECT front_door_id FROM fellow WHERE agency_id <> mine AND front_door_id IS NOT NULL
        UNION SELECT t.id FROM team t JOIN fellow f ON f.agency_id = t.agency_id WHERE t.duty_desk AND t.agency_id <> mine AND t.ends IS NULL),
    tie AS (
        SELECT r.person_id, r.agency_id, r.kind, r.practitioner_id, array_position(ARRAY['allocated', 'team_cover', 'referred_to', 'supervisor', 'records_role'], r.kind) AS strength
          FROM relationship r WHERE r.person_id = ANY (p_people) AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now()) AND r.kind <> 'break_glass'),
    relation AS (
        SELECT agency_id, json_object_agg(person_id, kind) AS kinds
          FROM (SELECT DISTINCT ON (agency_id, person_id) agency_id, person_id, kind FROM tie WHERE strength IS NOT NULL ORDER BY agency_id, person_id, strength) best GROUP BY agency_id),
    owner AS (
        SELECT m.team_id, min(m.practitioner_id) AS practitioner_id FROM tie JOIN team_membership m ON m.practitioner_id = tie.practitioner_id AND m.ends IS NULL
         WHERE tie.person_id = p_people[1] AND tie.kind = 'allocated' GROUP BY m.team_id),
    open AS (
        SELECT f.to_agency_id, json_agg(f.purpose || ':' || f.category) FILTER (WHERE f.category = p_category) AS flows
          FROM flow f WHERE f.from_agency_id = mine AND f.starts <= now() AND f.ends > now() GROUP BY f.to_agency_id)
    SELECT json_build_object(
        'author_agency', mine,
        'people', (SELECT json_object_agg(i, gate_facts(i, p_purposes[1])) FROM unnest(p_people) i),
        'concealed', cardinality(concealed_keys(p_people)) > 0,
        'purposes', (SELECT json_object_agg(u, json_build_object(
            'need_declared', EXISTS (SELECT 1 FROM information_need n WHERE n.agency_id = mine AND n.purpose = u AND n.starts <= now() AND (n.ends IS NULL OR n.ends > now())),
            'shared_categories', ARRAY(SELECT DISTINCT f.category FROM flow f WHERE f.to_agency_id = mine AND f.purpose = u AND f.starts <= now() AND f.ends > now()))) FROM unnest(p_purposes[2:]) u),
        'partners', coalesce((SELECT json_agg(json_build_object(
            'agency', g.id, 'agency_name', g.name, 'kind', g.kind_id, 'area', g.area, 'team', t.id, 'team_name', t.name, 'role', t.role, 'duty_desk', t.duty_desk,
            'relations', coalesce(relation.kinds, '{}'), 'owner', owner.practitioner_id, 'needs', coalesce(need.needs, '[]'), 'flows', coalesce(open.flows, '[]'),
            'agreement', CASE WHEN g.id = mine OR open.to_agency_id IS NOT NULL THEN 'in_force' ELSE agreement_state(g.id, p_purposes[1]) END) ORDER BY g.id, t.id)
          FROM scope s JOIN team t ON t.id = s.team_id AND t.ends IS NULL JOIN agency g ON g.id = t.agency_id
               LEFT JOIN relation ON relation.agency_id = g.id LEFT JOIN owner ON owner.team_id = t.id LEFT JOIN need ON need.team_id = t.id LEFT JOIN open ON open.to_agency_id = g.id), '[]'))
      INTO answer;
    RETURN answer;
END $$;
