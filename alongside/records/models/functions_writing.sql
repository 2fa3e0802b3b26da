-- Everything that is written of one entry, in one round trip: the entry, whom it is about, its parts and attachments, an outcome for every partner, the
-- shares with their outbox and readers, the events, the line in the ledger with what is owed and told by it; and its draft is forgotten. It has no
-- rights of its own: row security weighs each row for whoever calls it. Returns the entry's id; NULL when this submission was recorded before, and
-- then nothing is written. Plans are kept, because making them anew under row security took longer than writing.
CREATE OR REPLACE FUNCTION write_entry(p jsonb, p_contents bytea[]) RETURNS bigint
    LANGUAGE plpgsql SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE e entry%ROWTYPE := jsonb_populate_record(NULL::entry, p -> 'entry'); made bigint; line bigint; about jsonb; sent bigint[]; held bigint[]; asked bigint[];
BEGIN
    INSERT INTO entry (reference, submission_key, kind, category, agency_id, author_id, author_person_id, byline, tags, headline, account, words_of_person, effect, action_taken, no_action_reason,
                       happened_at, written_at, status, risk, corrects_id, correction_reason, not_online, follow_up_due_at, keys, shared_to, only_for)
    VALUES (e.reference, e.submission_key, e.kind, e.category, e.agency_id, e.author_id, e.author_person_id, e.byline, e.tags, e.headline, e.account, e.words_of_person, e.effect, e.action_taken,
            e.no_action_reason, e.happened_at, e.written_at, e.status, e.risk, e.corrects_id, e.correction_reason, e.not_online, e.follow_up_due_at, e.keys, e.shared_to, e.only_for)
    ON CONFLICT DO NOTHING RETURNING id INTO made;
    IF made IS NULL THEN RETURN NULL; END IF;
    INSERT INTO entry_subject (entry_id, person_id, link, happened_at, written_at, author_id, author_person_id, key, shared_to, only_for)
    SELECT made, s.person_id, s.link, e.happened_at, e.written_at, e.author_id, e.author_person_id, s.key, s.shared_to, e.only_for FROM jsonb_populate_recordset(NULL::entry_subject, p -> 'subjects') s;
    IF p ? 'parts' THEN
        INSERT INTO entry_part (entry_id, part, category, text, keys, shared_to, only_for)
        SELECT made, s.part, s.category, s.text, s.keys, s.shared_to, e.only_for FROM jsonb_populate_recordset(NULL::entry_part, p -> 'parts') s;
    END IF;
    IF p ? 'attachments' THEN
        INSERT INTO attachment (reference, entry_id, name, content_type, size, sha256, content, keys, shared_to, only_for)
        SELECT s.reference, made, s.name, s.content_type, s.size, s.sha256, p_contents[s.ordinality], e.keys, e.shared_to, e.only_for
          FROM jsonb_populate_recordset(NULL::attachment, p -> 'attachments') WITH ORDINALITY s;
    END IF;
    INSERT INTO entry_event (entry_id, at, by, what, note) VALUES (made, e.written_at, e.byline, p ->> 'event', '');
    WITH decided AS (
        INSERT INTO routing_outcome (entry_id, agency_id, team_id, outcome, reason_code, reason, rules, needs, purposes, origin, withheld_parts, obligations, decided_by_person, decide_by, decider,
                                     recorded_at, from_practitioner, from_agency)
        SELECT made, o.agency_id, o.team_id, o.outcome, o.reason_code, o.reason, o.rules, o.needs, o.purposes, o.origin, o.withheld_parts, o.obligations, o.decided_by_person, o.decide_by, o.decider,
               e.written_at, e.author_id, e.agency_id
          FROM jsonb_populate_recordset(NULL::routing_outcome, p -> 'outcomes') o RETURNING id, agency_id, team_id, reason, withheld_parts, obligations),
    owed AS (
        INSERT INTO share (reference, entry_id, outcome_id, kind, headline, person_id, person_ids, from_agency_id, from_practitioner_id, to_agency_id, to_team_id, owner, why, withheld_parts,
                           obligations, minimum_fields, summary, purpose, signature, signatory, phone_fallback, needs_decision, in_order, clock, sent_at, half_at, due_at, next_step_at, status,
                           phone_note, decline_reason, decision)
        SELECT s.reference, made, d.id, e.kind, s.headline, s.person_id, s.person_ids, e.agency_id, e.author_id, d.agency_id, d.team_id, s.owner, d.reason, d.withheld_parts,
               d.obligations, s.minimum_fields, s.summary, s.purpose, s.signature, s.signatory, s.phone_fallback, s.needs_decision, s.in_order, s.clock, e.written_at, s.half_at, s.due_at,
               s.next_step_at, s.status, '', '', ''
          FROM jsonb_populate_recordset(NULL::share, p -> 'shares') s JOIN decided d ON d.team_id = s.to_team_id ORDER BY d.id RETURNING id, status, needs_decision)
    SELECT array_agg(id ORDER BY id) FILTER (WHERE status <> 'held'), array_agg(id ORDER BY id) FILTER (WHERE status = 'held'), array_agg(id) FILTER (WHERE needs_decision AND status <> 'held')
      INTO sent, held, asked FROM owed;
    IF sent IS NOT NULL OR held IS NOT NULL THEN
        INSERT INTO share_event (share_id, at, by, what, note)
        SELECT x, e.written_at, e.byline, 'sent', '' FROM unnest(sent) x UNION ALL SELECT x, e.written_at, e.byline, 'held', '' FROM unnest(held) x;
        PERFORM queue_deliveries(sent);
        PERFORM refer_to_team(x) FROM unnest(asked) x;
    END IF;
    IF held IS NOT NULL OR jsonb_path_exists(p, '$.outcomes[*].decide_by ? (@ != null)') THEN PERFORM readers_follow_shares(made); END IF;
    IF p ? 'line' THEN
        about := jsonb_build_object('about', 'entry:' || made);
        line := write_line(p -> 'line' || jsonb_build_object('item', 'entry:' || made));
        IF p ? 'owed' THEN PERFORM owe(line, (p #>> '{line,person_id}')::bigint, (SELECT jsonb_agg(x || about) FROM jsonb_array_elements(p -> 'owed') x)); END IF;
        IF p ? 'notice' THEN PERFORM notify_person(line, (p #>> '{line,person_id}')::bigint, p -> 'notice' || about); END IF;
    END IF;
    IF p ? 'draft' THEN
        DELETE FROM draft WHERE account_id = my_account() AND form = p ->> 'draft' AND submission_key = e.submission_key;
    END IF;
    IF p ? 'files_kept' THEN DELETE FROM draft_file WHERE account_id = my_account() AND submission_key = e.submission_key; END IF;
    RETURN made;
END $$;

-- Files of forms that were never sent and that nobody came back to for a month.
CREATE OR REPLACE FUNCTION forget_draft_files() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE n integer;
BEGIN
    DELETE FROM draft_file WHERE kept_at < now() - interval '30 days';
    GET DIAGNOSTICS n = ROW_COUNT;
    RETURN n;
END $$;
