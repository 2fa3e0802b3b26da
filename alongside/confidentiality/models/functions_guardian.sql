-- What a guardian reads: a complaint with the line it is about, the lines of one practitioner, proofs, and whether the ledger stands. Each guardian
-- sees the agencies they guard and no other; each look is a line of its own; a hidden person is never named.

-- One complaint with the access it is about. NULL: it is not for this guardian.
CREATE OR REPLACE FUNCTION complaint_to_answer(p_id bigint) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE c access_complaint%ROWTYPE; answer jsonb;
BEGIN
    SELECT * INTO c FROM access_complaint WHERE id = p_id;
    IF c.id IS NULL OR NOT is_guardian() OR NOT guards(my_practitioner(), c.agency_id) THEN RETURN NULL; END IF;
    SELECT jsonb_build_object(
        'id', c.id, 'text', c.text, 'made_at', c.made_at, 'acknowledge_by', c.acknowledge_by, 'acknowledged_at', c.acknowledged_at, 'answered_at', c.answered_at, 'outcome', c.outcome,
        'answer', c.answer, 'agency', (SELECT g.name FROM agency g WHERE g.id = c.agency_id),
        'person', CASE WHEN not_hidden(c.person_id) THEN btrim(p.given_name || ' ' || p.family_name) ELSE '' END,
        'made_by', (SELECT r.relation FROM representation r WHERE r.account_id = c.made_by_id AND r.person_id = c.person_id ORDER BY r.relation = 'self' DESC LIMIT 1),
        'line', (SELECT jsonb_build_object('line_id', l.id, 'at', l.at, 'who', coalesce(w.name || ', ' || w.title, 'The system'), 'agency', coalesce(g.name, ''), 'verb', l.verb,
                     'category', coalesce(l.category, ''), 'purpose', coalesce(l.purpose, ''), 'decision', coalesce(l.decision, ''), 'automatic', l.automatic, 'reason', coalesce(l.reason, ''),
                     'relation', coalesce(l.detail ->> 'relation', ''), 'on_a_list', l.person_id IS DISTINCT FROM c.person_id)
                   FROM ledger_line l LEFT JOIN practitioner w ON w.id = l.practitioner_id LEFT JOIN agency g ON g.id = l.agency_id
                  WHERE l.id = c.line_id AND (l.person_id = c.person_id OR l.people @> ARRAY[c.person_id])))
      INTO answer FROM person p WHERE p.id = c.person_id;
    PERFORM write_line(jsonb_build_object('verb', 'view_ledger', 'category', 'access_ledger', 'purpose', 'rights_request', 'basis', 'art5_2_accountability', 'decision', 'permit',
        'person_id', c.person_id, 'item', 'complaint:' || p_id, 'surface', 'page'));
    RETURN answer;
END $$;

-- What one practitioner of a guarded agency did, newest first.
CREATE OR REPLACE FUNCTION lines_of_practitioner(p_practitioner integer, p_before bigint, p_limit integer)
    RETURNS TABLE (line_id bigint, at timestamptz, verb text, category text, purpose text, decision text, reason text, relation text, automatic boolean, person text, people integer)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE seen bigint[];
BEGIN
    IF NOT is_guardian() OR NOT guards(my_practitioner(), (SELECT w.agency_id FROM practitioner w WHERE w.id = p_practitioner)) THEN RETURN; END IF;
    RETURN QUERY
    SELECT l.id, l.at, l.verb, coalesce(l.category, ''), coalesce(l.purpose, ''), coalesce(l.decision, ''), coalesce(l.reason, ''), coalesce(l.detail ->> 'relation', ''), l.automatic,
           CASE WHEN q.id IS NOT NULL AND not_hidden(q.id) THEN btrim(q.given_name || ' ' || q.family_name) ELSE '' END, coalesce(cardinality(l.people), (l.person_id IS NOT NULL)::integer)
      FROM ledger_line l LEFT JOIN person q ON q.id = coalesce(l.person_id, CASE WHEN cardinality(l.people) = 1 THEN l.people[1] END)
     WHERE l.practitioner_id = p_practitioner AND l.id < coalesce(p_before, 9223372036854775807) ORDER BY l.id DESC LIMIT p_limit;
    SELECT array_agg(DISTINCT x.person_id) INTO seen FROM (
        SELECT coalesce(l.person_id, CASE WHEN cardinality(l.people) = 1 THEN l.people[1] END) AS person_id FROM ledger_line l WHERE l.practitioner_id = p_practitioner AND l.id < coalesce(p_before, 9223372036854775807) ORDER BY l.id DESC LIMIT p_limit) x WHERE x.person_id IS NOT NULL;
    PERFORM write_line(jsonb_build_object('verb', 'view_ledger', 'category', 'access_ledger', 'purpose', 'audit', 'basis', 'art5_2_accountability', 'decision', 'permit',
        'item', 'practitioner:' || p_practitioner, 'surface', 'page', 'people', to_jsonb(coalesce(seen, '{}'))));
END $$;

-- Numbers of the newest lines about one thing ("entry:12"), or the line of that number, among the agencies this guardian guards.
CREATE OR REPLACE FUNCTION lines_to_prove(p_what text, p_limit integer) RETURNS bigint[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT is_guardian() THEN RETURN '{}'; END IF;
    RETURN ARRAY(SELECT l.id FROM ledger_line l
                  WHERE CASE WHEN p_what ~ '^[0-9]{1,18}$' THEN l.id = p_what::bigint ELSE l.item = p_what END
                    AND l.agency_id IS NOT NULL AND guards(my_practitioner(), l.agency_id::integer) ORDER BY l.id DESC LIMIT p_limit);
END $$;

-- The lines themselves, in the words that were hashed, for a proof. Taking them is a line of its own.
CREATE OR REPLACE FUNCTION ledger_for_guardian(p_lines bigint[])
    RETURNS TABLE (line bigint, at timestamptz, era smallint, xid xid8, commitment bytea, salt bytea, words text, kept text, kept_salt bytea)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    IF NOT is_guardian() THEN RETURN; END IF;
    RETURN QUERY
    SELECT l.id, l.at, l.era, l.xid, l.commitment, l.salt,
           ledger_words(l.account_id, l.practitioner_id, l.agency_id, l.person_id, l.verb, l.category, l.purpose, l.basis, l.decision, l.surface, l.automatic, k.kept, l.kept_salt),
           nullif(k.kept, '{}'), l.kept_salt
      FROM ledger_line l CROSS JOIN LATERAL (SELECT ledger_kept(l.people, l.item, l.rules, l.obligations, l.withheld, l.reason, l.detail) AS kept) k
     WHERE l.id = ANY (p_lines) AND l.agency_id IS NOT NULL AND guards(my_practitioner(), l.agency_id::integer) ORDER BY l.id DESC;
    PERFORM write_line(jsonb_build_object('verb', 'export', 'category', 'access_ledger', 'purpose', 'audit', 'basis', 'art5_2_accountability', 'decision', 'permit', 'item', 'proof', 'surface', 'export',
        'people', to_jsonb(ARRAY(SELECT DISTINCT l.person_id FROM ledger_line l WHERE l.id = ANY (p_lines) AND l.person_id IS NOT NULL AND guards(my_practitioner(), l.agency_id::integer)))));
END $$;

-- The hash of each line from a transaction on, and whether its words still lead to its commitment. It names nobody; for anybody who may ask whether the ledger stands.
CREATE OR REPLACE FUNCTION ledger_leaves(p_era smallint, p_from xid8, p_to xid8) RETURNS TABLE (line bigint, at timestamptz, xid xid8, commitment bytea, says_so boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    IF NOT is_guardian() THEN RETURN; END IF;
    RETURN QUERY
    SELECT l.id, l.at, l.xid, l.commitment, l.salt IS NULL OR l.commitment = sha256('alongside.ledger.line.1:'::bytea || l.salt || convert_to(ledger_words(
               l.account_id, l.practitioner_id, l.agency_id, l.person_id, l.verb, l.category, l.purpose, l.basis, l.decision, l.surface, l.automatic,
               ledger_kept(l.people, l.item, l.rules, l.obligations, l.withheld, l.reason, l.detail), l.kept_salt), 'UTF8'))
      FROM ledger_line l WHERE l.era = p_era AND l.xid >= p_from AND l.xid < p_to ORDER BY l.era, l.xid, l.id;
END $$;
