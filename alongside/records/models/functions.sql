-- The few changes an entry may undergo, each behind one door.

-- A later share (a backlog offered, a correction, an added partner) lets one more team read.
CREATE OR REPLACE FUNCTION share_entry_with(p_entry bigint, p_principals integer[], p_parts text[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM entry e WHERE e.id = p_entry AND (e.author_id = ANY (my_principals()) OR e.keys && ticket_keys() OR e.shared_to && my_principals())) THEN
        RAISE EXCEPTION 'this entry is not yours to share' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE entry SET shared_to = ARRAY(SELECT DISTINCT x FROM unnest(shared_to || p_principals) x ORDER BY 1) WHERE id = p_entry;
    UPDATE entry_subject SET shared_to = ARRAY(SELECT DISTINCT x FROM unnest(shared_to || p_principals) x ORDER BY 1) WHERE entry_id = p_entry;
    UPDATE attachment SET shared_to = ARRAY(SELECT DISTINCT x FROM unnest(shared_to || p_principals) x ORDER BY 1) WHERE entry_id = p_entry;
    UPDATE entry_part SET shared_to = ARRAY(SELECT DISTINCT x FROM unnest(shared_to || p_principals) x ORDER BY 1) WHERE entry_id = p_entry AND part = ANY (p_parts);
END $$;

-- The second signature: by somebody of the same agency other than the author.
CREATE OR REPLACE FUNCTION sign_entry(p_entry bigint) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE me integer;
BEGIN
    SELECT s.practitioner_id INTO me FROM identity_session s WHERE s.token_hash = token_hash() AND s.ended_at IS NULL AND s.expires_at > now();
    UPDATE entry e SET signed_by_id = me, signed_at = now(), status = 'shared'
     WHERE e.id = p_entry AND e.status = 'awaiting_signature' AND e.author_id IS DISTINCT FROM me
       AND e.agency_id = (SELECT agency_id FROM practitioner WHERE id = me);
    RETURN FOUND;
END $$;

CREATE OR REPLACE FUNCTION mark_corrected(p_entry bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE entry SET status = 'corrected' WHERE id = p_entry AND keys && ticket_keys()
$$;

-- Whom a correction must chase: every practitioner who opened a record the entry stands on since it was written.
CREATE OR REPLACE FUNCTION readers_of(p_entry bigint) RETURNS TABLE (practitioner_id integer, agency_id smallint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT w.id, w.agency_id FROM entry e JOIN entry_subject s ON s.entry_id = e.id JOIN record_view v ON v.person_id = s.person_id AND v.last_at >= e.written_at
      JOIN practitioner w ON w.id = v.practitioner_id
     WHERE e.id = p_entry AND e.keys && ticket_keys()
$$;

-- Everything routing weighs, in one round trip: every partner team in scope, what it needs, how its agency stands to each person, what may flow
-- to it from the author's agency; and what the gate must know of each person. Only the routing of an entry asks it.
CREATE OR REPLACE FUNCTION routing_facts(p_people bigint[], p_purpose text) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE mine integer; answer jsonb;
BEGIN
    SELECT coalesce(w.agency_id, (SELECT q.registered_by_agency_id FROM person q WHERE q.id = p_people[1])) INTO mine
      FROM identity_session s LEFT JOIN practitioner w ON w.id = s.practitioner_id
     WHERE s.token_hash = token_hash() AND s.ended_at IS NULL AND s.expires_at > now();
    IF mine IS NULL THEN RETURN NULL; END IF;
    WITH fellow AS (
        SELECT DISTINCT o.agency_id, o.front_door_id FROM partner m JOIN partner o ON o.partnership_id = m.partnership_id AND o.left_at IS NULL
         WHERE m.agency_id = mine AND m.left_at IS NULL),
    need AS (
        SELECT n.* FROM information_need n JOIN partner m ON m.partnership_id = n.partnership_id AND m.agency_id = mine AND m.left_at IS NULL
         WHERE n.agency_id IN (SELECT agency_id FROM fellow) AND n.starts <= now() AND (n.ends IS NULL OR n.ends > now())),
    scope AS (
        SELECT team_id FROM need
        UNION SELECT front_door_id FROM fellow WHERE agency_id <> mine AND front_door_id IS NOT NULL
        UNION SELECT t.id FROM team t JOIN fellow f ON f.agency_id = t.agency_id WHERE t.duty_desk AND t.agency_id <> mine AND t.ends IS NULL),
    tie AS (
        SELECT r.person_id, r.agency_id, r.kind, coalesce(r.practitioner_id, 0) AS practitioner_id, coalesce(r.team_id, 0) AS team_id,
               array_position(ARRAY['allocated', 'team_cover', 'referred_to', 'supervisor', 'records_role'], r.kind) AS strength
          FROM relationship r WHERE r.person_id = ANY (p_people) AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now()) AND r.kind <> 'break_glass')
    SELECT jsonb_build_object(
        'author_agency', mine,
        'people', (SELECT jsonb_object_agg(i, gate_facts(i, p_purpose)) FROM unnest(p_people) i),
        'partners', coalesce((SELECT jsonb_agg(jsonb_build_object(
            'agency', g.id, 'agency_name', g.name, 'kind', g.kind_id, 'area', g.area, 'endpoint', g.endpoint_url <> '', 'team', t.id, 'team_name', t.name, 'role', t.role, 'duty_desk', t.duty_desk,
            'shared_mailbox', t.shared_mailbox,
            'relations', coalesce((SELECT jsonb_object_agg(best.person_id, best.kind) FROM (SELECT DISTINCT ON (person_id) person_id, kind FROM tie
                            WHERE tie.agency_id = g.id AND strength IS NOT NULL ORDER BY person_id, strength) best), '{}'),
            'owner', (SELECT tie.practitioner_id FROM tie JOIN team_membership m ON m.practitioner_id = tie.practitioner_id AND m.team_id = t.id AND m.ends IS NULL
                       WHERE tie.person_id = p_people[1] AND tie.kind = 'allocated' ORDER BY 1 LIMIT 1),
            'needs', coalesce((SELECT jsonb_agg(jsonb_build_object('id', n.id, 'tags', n.tags, 'purpose', n.purpose, 'how_soon', n.how_soon, 'what_for', n.what_for,
                            'reach', n.reach, 'situations', n.situations, 'people', n.people, 'minimum_fields', n.minimum_fields) ORDER BY n.id) FROM need n WHERE n.team_id = t.id), '[]'),
            'flows', coalesce((SELECT jsonb_agg(DISTINCT f.purpose || ':' || f.category) FROM flow f WHERE f.from_agency_id = mine AND f.to_agency_id = g.id AND f.starts <= now() AND f.ends > now()), '[]'),
            'agreement', CASE WHEN g.id = mine THEN 'in_force' ELSE agreement_state(g.id, p_purpose) END
            ) ORDER BY g.id, t.id)
          FROM scope s JOIN team t ON t.id = s.team_id AND t.ends IS NULL JOIN agency g ON g.id = t.agency_id), '[]'))
      INTO answer;
    RETURN answer;
END $$;

-- The second signature lets the held shares go: their readers may now read.
CREATE OR REPLACE FUNCTION release_entry(p_entry bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE entry e SET shared_to = x.principals FROM (
        SELECT array_agg(DISTINCT p) AS principals FROM share s, unnest(ARRAY[1000000000 + s.to_team_id::integer, s.owner]) p
         WHERE s.entry_id = p_entry AND s.status <> 'held' AND s.summary IS NULL) x WHERE e.id = p_entry AND x.principals IS NOT NULL;
    UPDATE entry_subject t SET shared_to = e.shared_to FROM entry e WHERE e.id = p_entry AND t.entry_id = e.id;
    UPDATE attachment t SET shared_to = e.shared_to FROM entry e WHERE e.id = p_entry AND t.entry_id = e.id;
$$;
