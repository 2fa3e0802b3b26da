-- The few changes an entry may undergo, each behind one door.

-- There is no door by which whoever received an entry hands it on.
DROP FUNCTION IF EXISTS share_entry_with(bigint, integer[], text[]);

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

-- Everything routing weighs, in one round trip: every partner team in scope, what it needs, how its agency stands to each person, what may flow
-- to it of this category from the author's agency; and what the gate must know of each person. `p_also` are teams that are owed something all the same. Only routing asks it.
-- Its plan is kept, and it answers in json: planning it anew and building jsonb took two thirds of its time. Where something flows, agreement_state need not be asked.
DROP FUNCTION IF EXISTS routing_facts(bigint[], text, integer[]);
DROP FUNCTION IF EXISTS routing_facts(bigint[], text[], integer[]);
CREATE OR REPLACE FUNCTION routing_facts(p_people bigint[], p_purposes text[], p_category text, p_also integer[] DEFAULT '{}') RETURNS json
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE mine integer; answer json;
BEGIN
    SELECT coalesce(w.agency_id, (SELECT q.registered_by_agency_id FROM person q WHERE q.id = p_people[1])) INTO mine
      FROM identity_session s LEFT JOIN practitioner w ON w.id = s.practitioner_id
     WHERE s.token_hash = token_hash() AND s.ended_at IS NULL AND s.expires_at > now();
    IF mine IS NULL THEN RETURN NULL; END IF;
    WITH fellow AS (
        SELECT DISTINCT o.agency_id, o.front_door_id FROM partner m JOIN partner o ON o.partnership_id = m.partnership_id AND o.left_at IS NULL
         WHERE m.agency_id = mine AND m.left_at IS NULL),
    need AS (
        SELECT n.team_id, json_agg(json_build_object('id', n.id, 'tags', n.tags, 'purpose', n.purpose, 'how_soon', n.how_soon, 'what_for', n.what_for,
                   'reach', n.reach, 'situations', n.situations, 'people', n.people, 'minimum_fields', n.minimum_fields) ORDER BY n.id) AS needs
          FROM information_need n JOIN partner m ON m.partnership_id = n.partnership_id AND m.agency_id = mine AND m.left_at IS NULL
         WHERE n.agency_id IN (SELECT agency_id FROM fellow) AND n.starts <= now() AND (n.ends IS NULL OR n.ends > now()) GROUP BY n.team_id),
    scope AS (
        SELECT team_id FROM need
        UNION SELECT x FROM unnest(p_also) x
        UNION SELECT front_door_id FROM fellow WHERE agency_id <> mine AND front_door_id IS NOT NULL
        UNION SELECT t.id FROM team t JOIN fellow f ON f.agency_id = t.agency_id WHERE t.duty_desk AND t.agency_id <> mine AND t.ends IS NULL),
    tie AS (
        SELECT r.person_id, r.agency_id, r.kind, r.practitioner_id, array_position(ARRAY['allocated', 'team_cover', 'referred_to', 'supervisor', 'records_role'], r.kind) AS strength
          FROM relationship r WHERE r.person_id = ANY (p_people) AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now()) AND r.kind <> 'break_glass'),
    relation AS (
        SELECT agency_id, json_object_agg(person_id, kind) AS kinds
          FROM (SELECT DISTINCT ON (agency_id, person_id) agency_id, person_id, kind FROM tie WHERE strength IS NOT NULL ORDER BY agency_id, person_id, strength) best GROUP BY agency_id),
    owner AS (
        SELECT m.team_id, min(m.practitioner_id) AS practitioner_id FROM tie JOIN team_membership m ON m.practitioner_id = tie.practitioner_id AND m.ends IS NULL
         WHERE tie.person_id = p_people[1] AND tie.kind = 'allocated' GROUP BY m.team_id),
    open AS (
        SELECT f.to_agency_id, json_agg(f.purpose || ':' || f.category) FILTER (WHERE f.category = p_category) AS flows
          FROM flow f WHERE f.from_agency_id = mine AND f.starts <= now() AND f.ends > now() GROUP BY f.to_agency_id)
    SELECT json_build_object(
        'author_agency', mine,
        'people', (SELECT json_object_agg(i, gate_facts(i, p_purposes[1])) FROM unnest(p_people) i),
        'concealed', cardinality(concealed_keys(p_people)) > 0,
        'purposes', (SELECT json_object_agg(u, json_build_object(
            'need_declared', EXISTS (SELECT 1 FROM information_need n WHERE n.agency_id = mine AND n.purpose = u AND n.starts <= now() AND (n.ends IS NULL OR n.ends > now())),
            'shared_categories', ARRAY(SELECT DISTINCT f.category FROM flow f WHERE f.to_agency_id = mine AND f.purpose = u AND f.starts <= now() AND f.ends > now()))) FROM unnest(p_purposes[2:]) u),
        'partners', coalesce((SELECT json_agg(json_build_object(
            'agency', g.id, 'agency_name', g.name, 'kind', g.kind_id, 'area', g.area, 'endpoint', g.endpoint_url <> '', 'team', t.id, 'team_name', t.name, 'role', t.role, 'duty_desk', t.duty_desk,
            'relations', coalesce(relation.kinds, '{}'), 'owner', owner.practitioner_id, 'needs', coalesce(need.needs, '[]'), 'flows', coalesce(open.flows, '[]'),
            'agreement', CASE WHEN g.id = mine OR open.to_agency_id IS NOT NULL THEN 'in_force' ELSE agreement_state(g.id, p_purposes[1]) END) ORDER BY g.id, t.id)
          FROM scope s JOIN team t ON t.id = s.team_id AND t.ends IS NULL JOIN agency g ON g.id = t.agency_id
               LEFT JOIN relation ON relation.agency_id = g.id LEFT JOIN owner ON owner.team_id = t.id LEFT JOIN need ON need.team_id = t.id LEFT JOIN open ON open.to_agency_id = g.id), '[]'))
      INTO answer;
    RETURN answer;
END $$;

-- Whoever works in the agency that needs it has been offered what was there: nobody has to be told that it was forgotten.
CREATE OR REPLACE FUNCTION backlog_offered(p_need bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE information_need SET backlog_offered_at = now()
     WHERE id = p_need AND backlog_offered_at IS NULL AND agency_id = (SELECT agency_id FROM practitioner WHERE id = my_practitioner())
$$;

-- A need whose time to be offered the backlog has passed: where there was something, the partnership's lead is told, once; where there was nothing,
-- there is nothing to tell. Only the worker asks it; it learns whether, and nothing of what.
CREATE OR REPLACE FUNCTION backlog_forgotten(p_need bigint, p_words text[], p_kinds text[], p_since timestamptz, p_at timestamptz) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE need information_need%ROWTYPE;
BEGIN
    SELECT n.* INTO need FROM information_need n WHERE n.id = p_need AND n.backlog_offered_at IS NULL AND n.lead_told_at IS NULL FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN RETURN false; END IF;
    IF NOT EXISTS (SELECT 1 FROM entry q
                    WHERE q.written_at >= p_since AND q.written_at < need.starts AND q.status IN ('shared', 'corrected') AND (q.kind = ANY (p_kinds) OR q.tags && p_words::varchar[])
                      AND q.agency_id <> need.agency_id
                      AND q.agency_id IN (SELECT m.agency_id FROM partner m WHERE m.partnership_id = need.partnership_id AND m.left_at IS NULL)) THEN
        UPDATE information_need SET backlog_offered_at = p_at WHERE id = p_need;
        RETURN false;
    END IF;
    UPDATE information_need SET lead_told_at = p_at WHERE id = p_need;
    INSERT INTO partnership_event (partnership_id, agency_id, at, by_id, what, note) VALUES (need.partnership_id, need.agency_id, p_at, NULL, 'backlog_not_offered', need.what_for);
    RETURN true;
END $$;

-- What a partner with a new need would have had in the last three months: each entry with what routing weighs as its author's agency stands
-- today. To ask the very questions that the author would be asked, it borrows the author's identity and gives it back before it returns.
CREATE OR REPLACE FUNCTION backlog_facts(p_need bigint, p_words text[], p_kinds text[], p_since timestamptz, p_at_most integer DEFAULT 500) RETURNS SETOF jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE need information_need%ROWTYPE; e entry%ROWTYPE; token text; answer json; people bigint[];
BEGIN
    SELECT n.* INTO need FROM information_need n
     WHERE n.id = p_need AND n.agency_id = (SELECT agency_id FROM practitioner WHERE id = my_practitioner()) AND n.starts <= now() AND (n.ends IS NULL OR n.ends > now());
    IF NOT FOUND THEN RETURN; END IF;
    FOR e IN SELECT q.* FROM entry q
              WHERE q.written_at >= p_since AND q.status IN ('shared', 'corrected') AND (q.kind = ANY (p_kinds) OR q.tags && p_words::varchar[] OR q.risk IN ('significant_harm', 'imminent_life'))
                AND q.agency_id IN (SELECT m.agency_id FROM partner m WHERE m.partnership_id = need.partnership_id AND m.left_at IS NULL)
                AND NOT EXISTS (SELECT 1 FROM share s WHERE s.entry_id = q.id AND s.to_team_id = need.team_id)
              ORDER BY q.written_at, q.id LIMIT p_at_most
    LOOP
        people := ARRAY(SELECT s.person_id FROM entry_subject s WHERE s.entry_id = e.id ORDER BY s.id);
        token := gen_random_uuid()::text;
        BEGIN
            INSERT INTO identity_session (token_hash, account_id, practitioner_id, person_id, principals, started_at, seen_at, expires_at, user_agent)
            SELECT sha256(convert_to(token, 'UTF8')), a.id, e.author_id, e.author_person_id, coalesce(principals_of(e.author_id), '{}'), now(), now(), now() + interval '1 minute', ''
              FROM account a WHERE a.id = coalesce((SELECT w.account_id FROM practitioner w WHERE w.id = e.author_id),
                                                   (SELECT r.account_id FROM representation r WHERE r.person_id = e.author_person_id AND r.relation = 'self' LIMIT 1));
            PERFORM set_config('app.token', token, true);
            answer := routing_facts(people, ARRAY[need.purpose::text], e.category, ARRAY[need.team_id::integer]);
            RAISE EXCEPTION 'give the identity back' USING ERRCODE = 'AL001';
        EXCEPTION WHEN SQLSTATE 'AL001' THEN NULL;
        END;
        CONTINUE WHEN answer IS NULL;
        RETURN NEXT answer::jsonb || jsonb_build_object('entry', jsonb_build_object(
            'id', e.id, 'kind', e.kind, 'category', e.category, 'tags', e.tags, 'risk', e.risk, 'happened_at', e.happened_at, 'written_at', e.written_at, 'agency', e.agency_id,
            'author', e.author_id, 'author_role', (SELECT w.role FROM practitioner w WHERE w.id = e.author_id), 'agency_kind', (SELECT g.kind_id FROM agency g WHERE g.id = e.agency_id),
            'byline', e.byline, 'people', (SELECT jsonb_agg(jsonb_build_array(s.person_id, s.link) ORDER BY s.id) FROM entry_subject s WHERE s.entry_id = e.id)));
    END LOOP;
END $$;

-- Write what the gate decided about one item of a backlog: its outcome in place of "not needed", and the share with its event, outbox and readers.
-- Only the team that declared the need receives it, and only what that need is about.
CREATE OR REPLACE FUNCTION offer_item(p_need bigint, p_entry bigint, p_outcome jsonb, p_share jsonb, p_by text) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE need information_need%ROWTYPE; e entry%ROWTYPE; kept bigint;
BEGIN
    SELECT n.* INTO need FROM information_need n WHERE n.id = p_need AND n.agency_id = (SELECT agency_id FROM practitioner WHERE id = my_practitioner());
    SELECT q.* INTO e FROM entry q WHERE q.id = p_entry;
    IF need.id IS NULL OR e.id IS NULL OR EXISTS (SELECT 1 FROM share s WHERE s.entry_id = p_entry AND s.to_team_id = need.team_id) THEN RETURN NULL; END IF;
    INSERT INTO routing_outcome AS o (entry_id, agency_id, team_id, outcome, reason_code, reason, rules, needs, purposes, origin, withheld_parts, obligations, decided_by_person, decide_by, decider,
                                      recorded_at, from_practitioner, from_agency, decided_because)
    SELECT p_entry, need.agency_id, need.team_id, r.outcome, r.reason_code, r.reason, r.rules, r.needs, r.purposes, r.origin, r.withheld_parts, r.obligations, false, r.decide_by, r.decider,
           now(), e.author_id, e.agency_id, ''
      FROM jsonb_populate_record(NULL::routing_outcome, p_outcome) r
    ON CONFLICT (entry_id, team_id) DO UPDATE SET outcome = excluded.outcome, reason_code = excluded.reason_code, reason = excluded.reason, rules = excluded.rules, needs = excluded.needs,
        purposes = excluded.purposes, origin = excluded.origin, withheld_parts = excluded.withheld_parts, obligations = excluded.obligations, decide_by = excluded.decide_by,
        decider = excluded.decider, recorded_at = now() WHERE o.outcome <> 'share'
    RETURNING o.id INTO kept;
    IF kept IS NULL OR p_share IS NULL THEN RETURN kept; END IF;
    PERFORM make_share(kept, p_share, p_by, 'offered_from_backlog');
    RETURN kept;
END $$;

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

-- Agencies of the partnerships that this session's agency belongs to.
CREATE OR REPLACE FUNCTION fellow_agencies() RETURNS SETOF integer
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT o.agency_id::integer FROM partner m JOIN partner o ON o.partnership_id = m.partnership_id AND o.left_at IS NULL
     WHERE m.left_at IS NULL AND m.agency_id = (SELECT agency_id FROM practitioner WHERE id = my_practitioner())
$$;

-- Pairs of an entry and a partner whose declared need it met, by how they ended: sender, receiver, end, what the sender thought (true: asked that
-- they be told; false: wanted to keep it back), whether the receiver used it, how many. Counts only, for members of the partnership.
CREATE OR REPLACE FUNCTION information_pairs(p_since timestamptz, p_until timestamptz) RETURNS SETOF jsonb
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT jsonb_build_array(q.from_agency, f.name, q.agency_id, t.name, q.ended, q.important, q.used, count(*)) FROM (
        SELECT o.from_agency, o.agency_id, s.used,
               CASE WHEN o.rules && ARRAY['REC-070']::varchar[] THEN true WHEN o.rules && ARRAY['REC-071']::varchar[] THEN false END AS important,
               CASE WHEN o.outcome = 'withhold' THEN 'withheld'
                    WHEN s.status = 'withdrawn' THEN 'withheld'
                    WHEN s.answered_at > s.due_at OR s.owed AND s.due_at < now() OR s.status = 'held' AND s.due_at < now() THEN 'expired'
                    WHEN s.status = 'declined' THEN 'declined'
                    WHEN s.owed OR s.status = 'held' THEN 'open'
                    ELSE 'acknowledged' END AS ended
          FROM routing_outcome o LEFT JOIN share s ON s.outcome_id = o.id
         WHERE o.recorded_at >= p_since AND o.recorded_at < p_until AND o.outcome <> 'not_needed' AND o.from_agency <> o.agency_id
           AND (cardinality(o.needs) > 0 OR o.origin = 'statutory') AND o.agency_id IN (SELECT fellow_agencies()) AND o.from_agency IN (SELECT fellow_agencies())) q
      JOIN agency f ON f.id = q.from_agency JOIN agency t ON t.id = q.agency_id
     GROUP BY q.from_agency, f.name, q.agency_id, t.name, q.ended, q.important, q.used
$$;

-- How each partner answers what it is sent.
CREATE OR REPLACE FUNCTION answering(p_since timestamptz, p_until timestamptz) RETURNS SETOF jsonb
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT jsonb_build_array(g.id, g.name, count(*), count(*) FILTER (WHERE s.status = 'acknowledged' AND NOT s.owed), count(*) FILTER (WHERE s.status = 'declined'),
               count(*) FILTER (WHERE s.status = 'decided'), count(*) FILTER (WHERE s.owed), count(*) FILTER (WHERE s.owed AND s.due_at < now() OR s.answered_at > s.due_at),
               round((percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM s.answered_at - s.sent_at)) FILTER (WHERE s.answered_at IS NOT NULL) / 3600)::numeric, 2))
      FROM share s JOIN agency g ON g.id = s.to_agency_id
     WHERE s.sent_at >= p_since AND s.sent_at < p_until AND s.status NOT IN ('held', 'withdrawn') AND g.id IN (SELECT fellow_agencies())
     GROUP BY g.id, g.name ORDER BY g.name
$$;

-- The people an entry is about, for whoever may read it, was sent it, works for the agency that wrote it, or once read its record: the record is
-- then opened through the gate as ever.
CREATE OR REPLACE FUNCTION people_of_entry(p_reference uuid) RETURNS bigint[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT ARRAY(SELECT s.person_id FROM entry_subject s WHERE s.entry_id = e.id AND (wall_lets_know(s.person_id) OR e.shared_to && my_principals() OR e.author_id = ANY (my_principals())) ORDER BY s.id)
      FROM entry e WHERE e.reference = p_reference
$$;

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
