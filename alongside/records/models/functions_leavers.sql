-- What somebody still holds, and who takes it over.

-- Whether this session may hand over what somebody holds: who supervises them, manages a team of the same agency or looks after its accounts.
CREATE OR REPLACE FUNCTION hands_over_for(p_practitioner integer) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM practitioner w WHERE w.id = p_practitioner AND (w.supervisor_id = my_practitioner() OR EXISTS (
        SELECT 1 FROM team_membership m JOIN practitioner me ON me.id = m.practitioner_id WHERE me.id = my_practitioner() AND (m.is_manager OR me.system_owner) AND m.ends IS NULL AND me.agency_id = w.agency_id)))
$$;

-- How much of what a practitioner still holds, by kind; nothing for whoever may not hand it over.
CREATE OR REPLACE FUNCTION held_by(p_practitioner integer) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN hands_over_for(p_practitioner) THEN jsonb_build_object(
        'shares', (SELECT count(*) FROM share WHERE owner = p_practitioner AND owed),
        'signatures', (SELECT count(*) FROM share WHERE signatory = p_practitioner AND status = 'held'),
        'decisions', (SELECT count(*) FROM routing_outcome WHERE decider = p_practitioner AND decide_by IS NOT NULL AND decided_at IS NULL),
        'obligations', (SELECT count(*) FROM obligation WHERE owner = p_practitioner AND status = 'open'),
        'people', (SELECT count(*) FROM relationship WHERE practitioner_id = p_practitioner AND kind = 'allocated' AND (ends IS NULL OR ends > now()))) END
$$;

-- Everything in somebody's list gets a new owner of the same agency at one stroke, each with its event. People they are allocated to are handed
-- over by themselves (relationships). NULL: not this session's to hand over, or the new owner works elsewhere or no longer.
CREATE OR REPLACE FUNCTION hand_over(p_from integer, p_to integer, p_by text) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE moved bigint[]; entries bigint[]; n integer; total integer := 0;
BEGIN
    IF NOT hands_over_for(p_from) OR p_from = p_to OR NOT EXISTS (SELECT 1 FROM practitioner a JOIN practitioner b ON b.agency_id = a.agency_id WHERE a.id = p_from AND b.id = p_to AND (b.ends IS NULL OR b.ends > current_date)) THEN
        RETURN NULL;
    END IF;
    WITH gone AS (UPDATE share SET owner = p_to WHERE owner = p_from AND (owed OR status = 'held') RETURNING id, entry_id)
    SELECT coalesce(array_agg(id), '{}'), coalesce(array_agg(DISTINCT entry_id), '{}') INTO moved, entries FROM gone;
    INSERT INTO share_event (share_id, at, by, what, note) SELECT x, now(), p_by, 'reassigned', p_from || ':' || p_to FROM unnest(moved) x;
    total := cardinality(moved);
    WITH gone AS (UPDATE share SET signatory = p_to WHERE signatory = p_from AND status = 'held' AND from_practitioner_id IS DISTINCT FROM p_to RETURNING entry_id)
    SELECT total + count(*), entries || coalesce(array_agg(entry_id), '{}') INTO total, entries FROM gone;
    WITH gone AS (UPDATE routing_outcome SET decider = p_to WHERE decider = p_from AND decide_by IS NOT NULL AND decided_at IS NULL RETURNING entry_id)
    SELECT total + count(*), entries || coalesce(array_agg(entry_id), '{}') INTO total, entries FROM gone;
    UPDATE share SET escalated_to = p_to WHERE escalated_to = p_from AND (owed OR status = 'held');
    UPDATE share SET climbed_to = p_to WHERE climbed_to = p_from AND (owed OR status = 'held');
    UPDATE obligation SET owner = p_to WHERE owner = p_from AND status = 'open';
    GET DIAGNOSTICS n = ROW_COUNT;
    PERFORM readers_follow_shares(x) FROM (SELECT DISTINCT unnest(entries) AS x) one;
    RETURN total + n;
END $$;
