-- Who may read an entry and what hangs on it, and what presses on whoever has opened a record.

-- Who may read an entry beside its own agency: whoever a live share names (unless only a summary left), and, while they are owed, the one who
-- must sign it, or signed it, and the one who must decide what the gate referred. Worked out from the rows, so that nobody can hand in anything else.
CREATE OR REPLACE FUNCTION readers_follow_shares(p_entry bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE waiting integer[] := ARRAY(
    SELECT signatory FROM share WHERE entry_id = p_entry AND status = 'held' AND signatory IS NOT NULL
    UNION SELECT decider FROM routing_outcome WHERE entry_id = p_entry AND decide_by IS NOT NULL AND decided_at IS NULL AND decider IS NOT NULL
    UNION SELECT signed_by_id FROM entry WHERE id = p_entry AND signed_by_id IS NOT NULL);
BEGIN
    UPDATE entry SET shared_to = ARRAY(SELECT principal FROM readers_by_share(p_entry) UNION SELECT unnest(waiting) ORDER BY 1) WHERE id = p_entry;
    UPDATE attachment SET shared_to = ARRAY(SELECT principal FROM readers_by_share(p_entry) UNION SELECT unnest(waiting) ORDER BY 1) WHERE entry_id = p_entry;
    UPDATE entry_subject t SET shared_to = ARRAY(SELECT principal FROM readers_by_share(p_entry) WHERE t.person_id = ANY (person_ids) UNION SELECT unnest(waiting) ORDER BY 1)
     WHERE entry_id = p_entry;
    UPDATE entry_part t SET shared_to = ARRAY(SELECT principal FROM readers_by_share(p_entry) WHERE NOT t.part = ANY (withheld) AND NOT t.category = ANY (withheld)
                                              UNION SELECT unnest(waiting) ORDER BY 1) WHERE entry_id = p_entry;
END $$;

-- What is sealed is for the practitioner it is addressed to (and whoever stands in for them), not for the team around them.
CREATE OR REPLACE FUNCTION sealed(p_obligations varchar[], p_owner integer) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN 'sealed_delivery' = ANY (p_obligations) AND p_owner < 1000000000;

CREATE OR REPLACE FUNCTION readers_by_share(p_entry bigint) RETURNS TABLE (principal integer, person_ids bigint[], withheld varchar[])
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT x, coalesce(s.person_ids, ARRAY[s.person_id]), s.withheld_parts
      FROM share s, unnest(CASE WHEN sealed(s.obligations, s.owner) THEN ARRAY[s.owner] ELSE ARRAY[1000000000 + s.to_team_id::integer, s.owner] END) x
     WHERE s.entry_id = p_entry AND s.status NOT IN ('held', 'withdrawn') AND s.summary IS NULL
$$;

-- The people an entry is about, for whoever may read it, was sent it, works for the agency that wrote it, or once read its record: the record is
-- then opened through the gate as ever.
CREATE OR REPLACE FUNCTION people_of_entry(p_reference uuid) RETURNS bigint[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT ARRAY(SELECT s.person_id FROM entry_subject s WHERE s.entry_id = e.id AND (wall_lets_know(s.person_id) OR e.shared_to && my_principals() OR e.author_id = ANY (my_principals())) ORDER BY s.id)
      FROM entry e WHERE e.reference = p_reference
$$;

-- Whether anything presses on whoever has opened this record: an answer or an obligation they owe, what was told to their teams in brief, a warning
-- they may read. It only says where there is something to ask for; what there is, row security decides when it is asked. One plan, kept: planning the
-- same five questions under their policies cost ten times what answering them does.
CREATE OR REPLACE FUNCTION pressing(p_person bigint) RETURNS TABLE (shares boolean, told boolean, obligations boolean, markers boolean, unsafe boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE me integer[] := my_principals(); teams bigint[] := ARRAY(SELECT x - 1000000000 FROM unnest(me) x WHERE x > 1000000000); keys bigint[] := ticket_keys();
BEGIN
    IF NOT p_person = ANY (ticket_people()) THEN RETURN; END IF;
    RETURN QUERY SELECT
        EXISTS (SELECT FROM share h WHERE h.owed AND (h.owner = ANY (me) OR h.to_team_id = ANY (teams))
                   AND (h.person_ids @> ARRAY[p_person] OR h.person_ids IS NULL AND h.person_id = p_person)),
        EXISTS (SELECT FROM entry_subject n JOIN share h ON h.entry_id = n.entry_id
                 WHERE n.person_id = p_person AND h.summary IS NOT NULL AND h.to_team_id = ANY (teams) AND h.status <> 'withdrawn'),
        EXISTS (SELECT FROM obligation b WHERE b.status = 'open' AND b.due_at IS NOT NULL AND b.person_id = p_person AND (b.owner = ANY (me) OR b.climbed_to = ANY (me))),
        record_key(p_person, 0, category_no('whole_record')) = ANY (keys)
            AND EXISTS (SELECT FROM person_marker m WHERE m.person_id = p_person AND m.ends IS NULL AND m.flag NOT IN ('adopted', 'gender_recognition', 'identity_protected')),
        record_key(p_person, 0, category_no('domestic_abuse')) = ANY (keys) AND EXISTS (SELECT FROM unsafe_with u WHERE u.person_id = p_person AND u.ends IS NULL);
END $$;

-- Whether whoever is asking wrote an entry, as a practitioner or about themself. The policies of what hangs on entries ask it last and row by row: put
-- as a question to the entries, it brought their whole policy into each plan and read everything somebody ever wrote.
CREATE OR REPLACE FUNCTION my_own_entry(p_entry bigint) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM entry e WHERE e.id = p_entry AND e.author_id = my_practitioner());
END $$;

CREATE OR REPLACE FUNCTION my_own_words(p_entry bigint) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM entry e WHERE e.id = p_entry AND e.author_person_id = my_person());
END $$;

-- Whether whoever is asking may know a person: what the policy of people says, for the policy of shares.
CREATE OR REPLACE FUNCTION i_may_know(p_person bigint) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM person p WHERE p.id = p_person AND (p.acl && my_principals() OR p.id = ANY (ticket_people())));
END $$;

-- Whether an entry is somebody's own words, from a record that this transaction has opened: what the policy of entries says, for the policy of shares.
CREATE OR REPLACE FUNCTION words_on_my_ticket(p_entry bigint) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM entry e WHERE e.id = p_entry AND e.author_id IS NULL AND e.keys && ticket_keys()
                      AND (e.only_for IS NULL OR e.only_for && my_principals() OR e.author_person_id = my_person()));
END $$;
