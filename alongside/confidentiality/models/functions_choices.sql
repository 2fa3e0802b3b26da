-- "Ask me again": when the day a person named has come, whoever works with them owes the question once. For how much to be involved, and for an
-- agreement that was given until a day. The worker runs it; it sleeps where the question is already owed.
CREATE OR REPLACE FUNCTION ask_again(p_at_most integer DEFAULT 500) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE n integer;
BEGIN
    WITH due AS (
        SELECT i.person_id, 'involvement:' || i.id AS about, 'Ask again how much they want to be involved, as they wished' AS summary
          FROM involvement i WHERE i.ended_at IS NULL AND i.ask_again_on <= current_date
        UNION ALL
        SELECT c.person_id, 'consent:' || c.id, 'What they agreed to has run out: ask again, and write down the answer in their words'
          FROM consent c WHERE c.ended_at IS NULL AND c.expires_at <= now() AND c.state IN ('given', 'given_limited'))
    INSERT INTO obligation (code, person_id, owner, line_id, about, summary, due_at, next_step_at, status, outcome, note, created_at)
    SELECT 'seek_persons_own_view', d.person_id, x, 0, d.about, d.summary, now() + interval '7 days', now() + interval '7 days', 'open', '', '', now()
      FROM (SELECT * FROM due WHERE NOT EXISTS (SELECT 1 FROM obligation o WHERE o.person_id = due.person_id AND o.about = due.about) LIMIT p_at_most) d,
           unnest(who_works_with(d.person_id)) x;
    GET DIAGNOSTICS n = ROW_COUNT;
    RETURN n;
END $$;
