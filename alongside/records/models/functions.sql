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
