-- What lets a share go, makes one later, or opens a record to whoever it was sent to.

-- There is no door by which whoever received an entry hands it on.
DROP FUNCTION IF EXISTS share_entry_with(bigint, integer[], text[]);

-- The second signature, or approval: by whoever it is owed from, by somebody else of the agency who has opened the record, never by the author.
-- It lets the held shares go: status, event, outbox and readers in one act. Returns how many went; NULL when this is not theirs to sign.
CREATE OR REPLACE FUNCTION sign_entry(p_entry bigint, p_by text) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE me integer := my_practitioner(); gone bigint[];
BEGIN
    PERFORM 1 FROM entry e WHERE e.id = p_entry AND e.author_id IS DISTINCT FROM me
        AND e.agency_id = (SELECT agency_id FROM practitioner WHERE id = me)
        AND (e.keys && ticket_keys() OR EXISTS (SELECT 1 FROM share s WHERE s.entry_id = e.id AND s.status = 'held' AND s.signatory = ANY (my_principals())))
        AND EXISTS (SELECT 1 FROM share s WHERE s.entry_id = e.id AND s.status = 'held' UNION ALL SELECT 1 WHERE e.status = 'awaiting_signature') FOR UPDATE;
    IF NOT FOUND THEN RETURN NULL; END IF;
    UPDATE entry SET signed_by_id = me, signed_at = now(), status = CASE status WHEN 'awaiting_signature' THEN 'shared' ELSE status END WHERE id = p_entry;
    INSERT INTO entry_event (entry_id, at, by, what, note) VALUES (p_entry, now(), p_by, 'signed', '');
    WITH released AS (UPDATE share SET status = 'awaiting', next_step_at = now() WHERE entry_id = p_entry AND status = 'held' RETURNING id)
    SELECT coalesce(array_agg(id), '{}') INTO gone FROM released;
    INSERT INTO share_event (share_id, at, by, what, note) SELECT x, now(), p_by, 'signed', '' FROM unnest(gone) x;
    PERFORM queue_deliveries(gone), readers_follow_shares(p_entry);
    PERFORM refer_to_team(x) FROM unnest(gone) x;
    RETURN cardinality(gone);
END $$;
DROP FUNCTION IF EXISTS sign_entry(bigint);
DROP FUNCTION IF EXISTS release_entry(bigint);

-- The outbox of these shares: the partner's inbox here, and its own system where it has one. That message names nobody.
CREATE OR REPLACE FUNCTION queue_deliveries(p_shares bigint[]) RETURNS void
    LANGUAGE sql SET search_path = public, pg_temp AS $$
    INSERT INTO delivery (share_id, key, channel, agency_id, person_id, payload, created_at, attempts, next_attempt_at, last_error)
    SELECT s.id, gen_random_uuid(), c.channel, s.to_agency_id, s.person_id,
           CASE c.channel WHEN 'endpoint' THEN jsonb_build_object('share', s.reference, 'kind', s.kind, 'due_at', s.due_at) END, now(), 0, now(), ''
      FROM share s JOIN agency g ON g.id = s.to_agency_id, (VALUES (1, 'inbox'), (2, 'endpoint')) c(place, channel)
     WHERE s.id = ANY (p_shares) AND s.status <> 'held' AND (c.channel = 'inbox' OR g.endpoint_url <> '') ORDER BY s.id, c.place
$$;

-- Whom a share under minimum fields is about, where the name is one of them, because whoever it was sent to may not know them otherwise: each as [name, birth date]. A child's name is a
-- child's; who somebody is stays a secret where a marker says so.
CREATE OR REPLACE FUNCTION named_in_share(p_share bigint) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_array(btrim(p.given_name || ' ' || p.family_name), CASE WHEN 'date_of_birth' = ANY (s.minimum_fields) THEN p.date_of_birth END) ORDER BY p.id), '[]')
      FROM share s JOIN person p ON p.id = ANY (coalesce(s.person_ids, ARRAY[s.person_id]))
     WHERE s.id = p_share AND s.summary IS NOT NULL AND s.status NOT IN ('held', 'withdrawn')
       AND (s.owner = ANY (my_principals()) OR 1000000000 + s.to_team_id = ANY (my_principals()) OR s.escalated_to = ANY (my_principals()) OR s.climbed_to = ANY (my_principals()))
       AND ('person_name' = ANY (s.minimum_fields) OR 'child_name' = ANY (s.minimum_fields) AND p.date_of_birth > current_date - interval '18 years')
       AND NOT s.withheld_parts && ARRAY['child_name', 'person_name']::varchar[]
       AND NOT EXISTS (SELECT 1 FROM person_marker m WHERE m.person_id = p.id AND m.flag IN ('restricted_record', 'identity_protected', 'adopted') AND m.starts <= now() AND (m.ends IS NULL OR m.ends > now()))
$$;

-- Whoever must decide on a referral may open the record until it is decided, declined or withdrawn.
CREATE OR REPLACE FUNCTION refer_to_team(p_share bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO relationship (person_id, team_id, agency_id, kind, lead, reason, starts, ended_reason)
    SELECT x, s.to_team_id, s.to_agency_id, 'referred_to', false, 'share:' || s.id, now(), ''
      FROM share s, unnest(coalesce(s.person_ids, ARRAY[s.person_id])) x
     WHERE s.id = p_share AND s.needs_decision AND s.status IN ('awaiting', 'acknowledged')
       AND NOT EXISTS (SELECT 1 FROM relationship r WHERE r.person_id = x AND r.team_id = s.to_team_id AND r.kind = 'referred_to' AND r.reason = 'share:' || s.id AND r.ends IS NULL)
$$;

CREATE OR REPLACE FUNCTION end_referral(p_share bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE relationship r SET ends = now(), ended_reason = s.status FROM share s
     WHERE s.id = p_share AND s.status IN ('decided', 'declined', 'withdrawn') AND r.team_id = s.to_team_id AND r.kind = 'referred_to' AND r.reason = 'share:' || s.id AND r.ends IS NULL
$$;

-- All that leaves of an entry under minimum fields, by the names that needs use.
CREATE OR REPLACE FUNCTION summary_of(e entry, p_fields varchar[], p_withheld varchar[]) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(jsonb_object_agg(f.key, f.value), '{}') FROM jsonb_each(
        jsonb_build_object('kind', e.kind, 'happened_at', e.happened_at, 'contact', e.byline, 'action_taken', e.action_taken, 'effect', e.effect, 'headline', e.headline, 'account', e.account,
                           'words_of_person', e.words_of_person, 'tags', e.tags, 'child_present', 'child_present' = ANY (e.tags), 'risk', e.risk)
        || coalesce((SELECT jsonb_object_agg(p.part, p.text) FROM entry_part p WHERE p.entry_id = e.id AND NOT p.part = ANY (p_withheld) AND NOT p.category = ANY (p_withheld)), '{}')) f
     WHERE f.key = ANY (p_fields)
$$;

-- A share of an entry that was written before: made behind the doors that decide about one, never called by itself.
CREATE OR REPLACE FUNCTION make_share(p_outcome bigint, p_share jsonb, p_by text, p_event text) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE o routing_outcome%ROWTYPE; e entry%ROWTYPE; made bigint;
BEGIN
    SELECT q.* INTO o FROM routing_outcome q WHERE q.id = p_outcome;
    SELECT q.* INTO e FROM entry q WHERE q.id = o.entry_id;
    -- Free text may write out a concealed address, and only the rules can tell: here nothing but what was chosen from lists leaves.
    IF cardinality(concealed_keys(ARRAY(SELECT s.person_id FROM entry_subject s WHERE s.entry_id = e.id))) > 0 THEN
        e.headline := 'Open it to read: an address in it may be concealed';
        p_share := p_share || jsonb_build_object('minimum_fields', ARRAY(
            SELECT DISTINCT CASE WHEN f IN ('happened_at', 'contact', 'tags', 'child_present', 'risk') THEN f ELSE 'kind' END FROM jsonb_array_elements_text(coalesce(p_share -> 'minimum_fields', '[]')) f));
    END IF;
    INSERT INTO share (reference, entry_id, outcome_id, kind, headline, person_id, person_ids, from_agency_id, from_practitioner_id, to_agency_id, to_team_id, owner, why, withheld_parts, obligations,
                       minimum_fields, summary, purpose, signature, phone_fallback, needs_decision, in_order, clock, sent_at, half_at, due_at, next_step_at, status, phone_note, decline_reason, decision, challenge)
    SELECT gen_random_uuid(), e.id, o.id, e.kind, e.headline, coalesce(r.person_id, people[1]), coalesce(r.person_ids, people), e.agency_id, e.author_id, o.agency_id, o.team_id,
           1000000000 + o.team_id::integer, left(o.reason, 300), o.withheld_parts, o.obligations, coalesce(r.minimum_fields, '{}'),
           CASE WHEN cardinality(r.minimum_fields) > 0 THEN summary_of(e, r.minimum_fields, o.withheld_parts) END, coalesce(o.purposes[1], 'direct_care'), '', coalesce(r.phone_fallback, false),
           coalesce(r.needs_decision, false), coalesce(r.in_order, false), r.clock, now(), r.half_at, r.due_at, r.half_at, 'awaiting', '', '', '', ''
      FROM jsonb_populate_record(NULL::share, p_share) r, (SELECT ARRAY(SELECT s.person_id FROM entry_subject s WHERE s.entry_id = e.id ORDER BY s.id) AS people) p RETURNING id INTO made;
    INSERT INTO share_event (share_id, at, by, what, note) VALUES (made, now(), p_by, p_event, '');
    PERFORM queue_deliveries(ARRAY[made]), readers_follow_shares(e.id), refer_to_team(made);
    RETURN made;
END $$;

-- The named person decides what the gate referred, or stopped of a duty in law: it goes after all, as `p_share` says, or it stays, because.
-- False: somebody decided already, or it is not theirs.
CREATE OR REPLACE FUNCTION decide_outcome(p_outcome bigint, p_share jsonb, p_because text, p_by text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE o routing_outcome%ROWTYPE;
BEGIN
    UPDATE routing_outcome SET decided_at = now(), decided_by_id = my_practitioner(), decided_because = p_because, decided_by_person = true,
           outcome = CASE WHEN p_share IS NULL THEN outcome ELSE 'share' END, reason = CASE WHEN p_share IS NULL OR outcome = 'share' THEN reason ELSE left('Decided by a named person: ' || p_because, 300) END
     WHERE id = p_outcome AND decider = ANY (my_principals()) AND decide_by IS NOT NULL AND decided_at IS NULL RETURNING * INTO o;
    IF NOT FOUND THEN RETURN false; END IF;
    IF p_share IS NOT NULL AND NOT EXISTS (SELECT 1 FROM share s WHERE s.outcome_id = o.id) THEN
        PERFORM make_share(o.id, p_share, p_by, 'sent');
    ELSE
        PERFORM readers_follow_shares(o.entry_id);
    END IF;
    INSERT INTO entry_event (entry_id, at, by, what, note) VALUES (o.entry_id, now(), p_by, CASE WHEN p_share IS NULL THEN 'kept_back' ELSE 'let_go' END, p_because);
    RETURN true;
END $$;
