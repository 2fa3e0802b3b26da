-- What an entry became: its versions, whom a correction chases, what was taken off somebody, what was followed up.

-- Every version of one text, the first first: a correction and what it corrects.
CREATE OR REPLACE FUNCTION versions_of(p_entry bigint) RETURNS TABLE (id bigint, place integer)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH RECURSIVE back(id, corrects_id, place) AS (
        SELECT e.id, e.corrects_id, 0 FROM entry e WHERE e.id = p_entry
        UNION ALL SELECT e.id, e.corrects_id, b.place - 1 FROM back b JOIN entry e ON e.id = b.corrects_id),
    forth(id, place) AS (
        SELECT b.id, 0 FROM back b WHERE b.corrects_id IS NULL
        UNION ALL SELECT e.id, f.place + 1 FROM forth f JOIN entry e ON e.corrects_id = f.id)
    SELECT forth.id, forth.place FROM forth ORDER BY place, id
$$;

CREATE OR REPLACE FUNCTION mark_corrected(p_entry bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE entry SET status = 'corrected' WHERE id = p_entry AND keys && ticket_keys()
$$;

-- Whether a partner has already decided on what an entry asked for; for whoever has opened the record it stands on.
CREATE OR REPLACE FUNCTION decided_upon(p_entry bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM entry e JOIN share s ON s.entry_id = e.id AND s.status = 'decided' WHERE e.id = p_entry AND e.keys && ticket_keys())
$$;

-- An entry was wrongly about these people: where it was about nobody else, it was recorded in error; what is still owed about them alone is taken back, and with it the way into their
-- records that a referral opened. Only for whoever has opened them for writing. Returns how many shares.
CREATE OR REPLACE FUNCTION taken_off(p_entry bigint, p_people bigint[], p_by text) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE gone bigint[];
BEGIN
    IF NOT p_people <@ ticket_writable() OR NOT EXISTS (SELECT 1 FROM entry e WHERE e.id = p_entry AND e.status = 'corrected' AND e.keys && ticket_keys()) THEN
        RAISE EXCEPTION 'an entry is taken off a record by whoever may write there, when it has been put right' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE entry SET status = 'withdrawn' WHERE id = p_entry AND NOT EXISTS (SELECT 1 FROM entry_subject s WHERE s.entry_id = p_entry AND NOT s.person_id = ANY (p_people));
    INSERT INTO entry_event (entry_id, at, by, what, note) VALUES (p_entry, now(), p_by, 'taken_off', '');
    WITH back AS (UPDATE share SET status = 'withdrawn', next_step_at = NULL WHERE entry_id = p_entry AND (owed OR status = 'held') AND coalesce(person_ids, ARRAY[person_id]) <@ p_people RETURNING id)
    SELECT coalesce(array_agg(id), '{}') INTO gone FROM back;
    INSERT INTO share_event (share_id, at, by, what, note) SELECT x, now(), p_by, 'withdrawn', 'It was about somebody else.' FROM unnest(gone) x;
    UPDATE delivery SET cancelled_at = now() WHERE share_id = ANY (gone) AND delivered_at IS NULL AND cancelled_at IS NULL;
    PERFORM end_referral(x) FROM unnest(gone) x;
    RETURN cardinality(gone);
END $$;

-- Whom a correction must chase: every team that was sent any version about one of these people, and every practitioner who opened the record of one of them, on which it
-- stands, since the first was written. Only for whoever has opened the record.
DROP FUNCTION IF EXISTS reached_by(bigint);
CREATE OR REPLACE FUNCTION reached_by(p_entry bigint, p_people bigint[]) RETURNS TABLE (agency_id integer, team_id integer, practitioner_id integer, at timestamptz, purpose text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH version AS (SELECT e.* FROM versions_of(p_entry) v JOIN entry e ON e.id = v.id WHERE EXISTS (SELECT 1 FROM entry q WHERE q.id = p_entry AND q.keys && ticket_keys()))
    SELECT s.to_agency_id::integer, s.to_team_id::integer, NULL::integer, s.sent_at, s.purpose::text FROM version e JOIN share s ON s.entry_id = e.id
     WHERE s.status NOT IN ('held', 'withdrawn') AND coalesce(s.person_ids, ARRAY[s.person_id]) && p_people
    UNION ALL
    SELECT w.agency_id::integer, (SELECT min(m.team_id)::integer FROM team_membership m WHERE m.practitioner_id = w.id AND m.ends IS NULL), w.id, max(v.last_at), 'direct_care'
      FROM version e JOIN entry_subject s ON s.entry_id = e.id AND s.person_id = ANY (p_people) JOIN record_view v ON v.person_id = s.person_id AND v.last_at >= e.written_at JOIN practitioner w ON w.id = v.practitioner_id
     GROUP BY w.id
$$;
DROP FUNCTION IF EXISTS readers_of(bigint);

-- One notice for each practitioner who read an earlier version, whatever team they are in now; none for whoever puts it right. Returns how many.
CREATE OR REPLACE FUNCTION chase_readers(p_correction bigint, p_due timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE n integer;
BEGIN
    INSERT INTO correction_notice (correction_id, practitioner_id, person_id, kind, told_at, due_at)
    SELECT DISTINCT e.id, r.practitioner_id, (SELECT min(s.person_id) FROM entry_subject s WHERE s.entry_id = e.id), e.kind, now(), p_due
      FROM entry e, reached_by(e.id, ARRAY(SELECT s.person_id FROM entry_subject s WHERE s.entry_id = e.id)) r
     WHERE e.id = p_correction AND e.corrects_id IS NOT NULL AND e.keys && ticket_keys() AND r.practitioner_id IS NOT NULL AND r.practitioner_id IS DISTINCT FROM e.author_id
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS n = ROW_COUNT;
    RETURN n;
END $$;

-- A follow-up that an entry called for has been done: said by its author, or whoever stands in for them, or works with the person.
CREATE OR REPLACE FUNCTION follow_up_done(p_entry bigint, p_by text, p_note text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE entry e SET followed_up_at = now()
     WHERE e.id = p_entry AND e.follow_up_due_at IS NOT NULL AND e.followed_up_at IS NULL AND (e.author_id = ANY (my_principals()) OR e.keys && ticket_keys());
    IF NOT FOUND THEN RETURN false; END IF;
    INSERT INTO entry_event (entry_id, at, by, what, note) VALUES (p_entry, now(), p_by, 'followed_up', p_note);
    RETURN true;
END $$;
