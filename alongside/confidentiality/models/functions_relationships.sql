-- Who works with whom, for those who answer for it: caseloads, people without anybody, and what a leaver still holds.

-- Whether the session's practitioner answers for another: themself, somebody they supervise, cover for or manage a team of.
CREATE OR REPLACE FUNCTION answers_for(p_practitioner integer) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE me integer := my_practitioner();
BEGIN
    RETURN me IS NOT NULL AND (p_practitioner = ANY (my_principals()) OR EXISTS (
        SELECT 1 FROM team_membership m JOIN team_membership n ON n.team_id = m.team_id AND n.is_manager AND n.practitioner_id = me AND n.starts <= now() AND (n.ends IS NULL OR n.ends > now())
         WHERE m.practitioner_id = p_practitioner AND m.starts <= now() AND (m.ends IS NULL OR m.ends > now())));
END $$;

-- How many people each works with; only people this session may know are counted, so that a number tells of nobody hidden.
CREATE OR REPLACE FUNCTION caseload_counts(p_practitioners integer[]) RETURNS TABLE (practitioner integer, people integer, leads integer)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT r.practitioner_id, count(DISTINCT r.person_id)::integer, (count(DISTINCT r.person_id) FILTER (WHERE r.lead))::integer
      FROM relationship r JOIN person p ON p.id = r.person_id
     WHERE r.practitioner_id = ANY (p_practitioners) AND answers_for(r.practitioner_id) AND r.kind IN ('allocated', 'team_cover')
       AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now()) AND p.acl && my_principals()
     GROUP BY r.practitioner_id
$$;

-- The people one practitioner works with, by name, with the line that says they were listed.
CREATE OR REPLACE FUNCTION caseload(p_practitioner integer, p_line jsonb)
    RETURNS TABLE (relationship bigint, person bigint, given_name varchar, family_name varchar, known_as varchar, born date, kind varchar, lead boolean, since timestamptz, until timestamptz)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE shown bigint[];
BEGIN
    IF NOT answers_for(p_practitioner) THEN RETURN; END IF;
    SELECT array_agg(DISTINCT r.person_id) INTO shown FROM relationship r JOIN person p ON p.id = r.person_id
     WHERE r.practitioner_id = p_practitioner AND r.kind <> 'break_glass' AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now()) AND p.acl && my_principals();
    PERFORM write_line(p_line || jsonb_build_object('people', coalesce(shown, '{}')));
    RETURN QUERY
        SELECT DISTINCT ON (p.family_name, p.given_name, p.id) r.id, p.id, p.given_name, p.family_name, p.known_as, p.date_of_birth, r.kind, r.lead, r.starts, r.ends
          FROM relationship r JOIN person p ON p.id = r.person_id
         WHERE r.practitioner_id = p_practitioner AND p.id = ANY (shown) AND r.kind <> 'break_glass' AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now())
         ORDER BY p.family_name, p.given_name, p.id, r.lead DESC, r.starts;
END $$;

-- People whom a team holds and nobody in its agency yet works with: what a manager shares out. Only teams this session manages.
CREATE OR REPLACE FUNCTION unallocated(p_line jsonb)
    RETURNS TABLE (relationship bigint, person bigint, given_name varchar, family_name varchar, born date, team integer, team_name varchar, kind varchar, reason varchar, since timestamptz)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE me integer := my_practitioner(); shown bigint[];
BEGIN
    SELECT array_agg(r.id) INTO shown
      FROM relationship r JOIN person p ON p.id = r.person_id
      JOIN team_membership n ON n.team_id = r.team_id AND n.is_manager AND n.practitioner_id = me AND n.starts <= now() AND (n.ends IS NULL OR n.ends > now())
     WHERE r.starts <= now() AND (r.ends IS NULL OR r.ends > now()) AND p.acl && my_principals() AND r.kind IN ('allocated', 'referred_to')
       AND NOT EXISTS (SELECT 1 FROM relationship q WHERE q.person_id = r.person_id AND q.agency_id = r.agency_id AND q.practitioner_id IS NOT NULL AND q.kind = 'allocated'
                          AND q.starts <= now() AND (q.ends IS NULL OR q.ends > now()));
    IF shown IS NULL THEN RETURN; END IF;
    PERFORM write_line(p_line || jsonb_build_object('people', ARRAY(SELECT DISTINCT r.person_id FROM relationship r WHERE r.id = ANY (shown))));
    RETURN QUERY
        SELECT r.id, p.id, p.given_name, p.family_name, p.date_of_birth, t.id::integer, t.name, r.kind, r.reason, r.starts
          FROM relationship r JOIN person p ON p.id = r.person_id JOIN team t ON t.id = r.team_id WHERE r.id = ANY (shown) ORDER BY r.starts, r.id;
END $$;

-- Whom somebody still works with, hidden people among them, because nobody may be lost, and what they are to a partnership: numbers only, for
-- those who answer for them and for their own agency.
CREATE OR REPLACE FUNCTION holding_of(p_practitioner integer) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT (answers_for(p_practitioner) OR EXISTS (SELECT 1 FROM practitioner a JOIN practitioner b ON b.agency_id = a.agency_id WHERE a.id = my_practitioner() AND b.id = p_practitioner)) THEN
        RETURN NULL;
    END IF;
    RETURN jsonb_build_object(
        'people', (SELECT count(DISTINCT r.person_id) FROM relationship r WHERE r.practitioner_id = p_practitioner AND r.kind <> 'break_glass' AND (r.ends IS NULL OR r.ends > now())),
        'records that only they may open', (SELECT count(*) FROM kept_for_few(ARRAY(SELECT r.person_id FROM restriction r WHERE p_practitioner = ANY (r.practitioners))) k WHERE k.readers = ARRAY[p_practitioner]),
        'roles in a partnership', (SELECT count(*) FROM partnership s WHERE p_practitioner IN (s.guardian_id, s.lead_practitioner_id))
                                + (SELECT count(*) FROM partner p WHERE p.left_at IS NULL AND p.guardian_id = p_practitioner));
END $$;

-- The same for a team, for those who look after its agency.
CREATE OR REPLACE FUNCTION holding_of_team(p_team integer) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM practitioner a JOIN team t ON t.agency_id = a.agency_id WHERE a.id = my_practitioner() AND t.id = p_team) THEN RETURN NULL; END IF;
    RETURN jsonb_build_object(
        'people', (SELECT count(DISTINCT r.person_id) FROM relationship r WHERE r.team_id = p_team AND (r.ends IS NULL OR r.ends > now())),
        'shares to answer', (SELECT count(*) FROM share s WHERE s.to_team_id = p_team AND s.status = 'awaiting'),
        'things owed', (SELECT count(*) FROM obligation o WHERE o.status = 'open' AND 1000000000 + p_team IN (o.owner, o.climbed_to)),
        'partnerships whose post arrives here', (SELECT count(*) FROM partner p WHERE p.left_at IS NULL AND p.front_door_id = p_team),
        'declared needs', (SELECT count(*) FROM information_need n WHERE n.team_id = p_team AND (n.ends IS NULL OR n.ends > now())));
END $$;
