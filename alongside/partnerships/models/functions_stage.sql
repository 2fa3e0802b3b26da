-- The one way from a stage to the next. No runtime role may call it: only a decision of the partners, in the same transaction, takes a partnership there.

CREATE OR REPLACE FUNCTION move_stage(p_partnership bigint, p_stage text, p_because text, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE now_at text;
BEGIN
    SELECT stage INTO now_at FROM partnership WHERE id = p_partnership FOR UPDATE;
    IF now_at IS DISTINCT FROM 'potential' OR p_stage NOT IN ('active', 'refused') THEN
        PERFORM not_now('Only a potential partnership is started or refused by a decision.');
    END IF;
    UPDATE partnership SET stage = p_stage WHERE id = p_partnership;
    PERFORM note_partnership(p_partnership, NULL, p_stage, p_because, p_at);
END $$;
