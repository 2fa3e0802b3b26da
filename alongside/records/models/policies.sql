-- Entries and everything that hangs on them: read with a key on the ticket, by its author in person, or because it was shared with one of the
-- reader's principals; an entry kept for named readers only is read by them alone, whoever supervises them, and by the person who wrote it. A share is
-- also seen by who supervises its owner or sender, unless the person is hidden from them. The worker sees shares and deliveries, never the text of an entry.
DO $$
DECLARE
    t record;
    -- The key first, because it lets most rows through, and what is asked of each row by itself last.
    readable constant text := '(only_for IS NULL OR only_for && (SELECT my_principals())::integer[] OR %s) AND (%s OR shared_to && (SELECT my_principals())::integer[] OR %s)';
BEGIN
    FOR t IN SELECT * FROM (VALUES
        ('entry', 'author_person_id = (SELECT my_person())', 'keys && (SELECT ticket_keys())::bigint[]', 'author_id = (SELECT my_practitioner())'),
        ('entry_subject', 'my_own_words(entry_id)', 'key = ANY ((SELECT ticket_keys())::bigint[])', 'my_own_entry(entry_id)'),
        ('entry_part', 'my_own_words(entry_id)', 'keys && (SELECT ticket_keys())::bigint[]', 'my_own_entry(entry_id)'),
        ('attachment', 'my_own_words(entry_id)', 'keys && (SELECT ticket_keys())::bigint[]', 'my_own_entry(entry_id)')) AS v(name, by_author, by_key, by_hand)
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t.name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t.name);
        EXECUTE format('DROP POLICY IF EXISTS reads ON %I', t.name);
        EXECUTE format('DROP POLICY IF EXISTS writes ON %I', t.name);
        EXECUTE format('DROP POLICY IF EXISTS changes ON %I', t.name);
        EXECUTE format('DROP POLICY IF EXISTS functions ON %I', t.name);
        EXECUTE format('CREATE POLICY reads ON %I FOR SELECT TO alongside_app USING (' || format(readable, t.by_author, t.by_key, t.by_hand) || ')', t.name);
        EXECUTE format('CREATE POLICY functions ON %I TO alongside_definer USING (true) WITH CHECK (true)', t.name);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO alongside_app', t.name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO alongside_definer', t.name);
    END LOOP;
END $$;
CREATE POLICY writes ON entry FOR INSERT TO alongside_app WITH CHECK (
    NOT EXISTS (SELECT 1 FROM unnest(keys) k WHERE NOT (k >> 21) = ANY ((SELECT ticket_writable())::bigint[])));
CREATE POLICY writes ON entry_subject FOR INSERT TO alongside_app WITH CHECK (person_id = ANY ((SELECT ticket_writable())::bigint[]) AND key >> 21 = person_id);
CREATE POLICY writes ON entry_part FOR INSERT TO alongside_app WITH CHECK (
    NOT EXISTS (SELECT 1 FROM unnest(keys) k WHERE NOT (k >> 21) = ANY ((SELECT ticket_writable())::bigint[])));
CREATE POLICY writes ON attachment FOR INSERT TO alongside_app WITH CHECK (
    NOT EXISTS (SELECT 1 FROM unnest(keys) k WHERE NOT (k >> 21) = ANY ((SELECT ticket_writable())::bigint[])));
-- What changes on an entry (signature, correction, a later share) changes through definer functions, never by free UPDATE.

DO $$
DECLARE t record;
BEGIN
    FOR t IN SELECT * FROM (VALUES
        ('routing_outcome', 'from_practitioner = ANY ((SELECT my_principals())::integer[]) OR 1000000000 + team_id = ANY ((SELECT my_principals())::integer[]) AND outcome = ''share'' OR decider = ANY ((SELECT my_principals())::integer[]) OR EXISTS (SELECT 1 FROM entry e WHERE e.id = entry_id AND e.agency_id = from_agency)
                   OR EXISTS (SELECT 1 FROM share s WHERE s.outcome_id = routing_outcome.id)'),
        ('share', 'owner = (SELECT my_practitioner()) OR from_practitioner_id = (SELECT my_practitioner()) OR 1000000000 + to_team_id = ANY ((SELECT my_principals())::integer[]) AND NOT sealed(obligations, owner) OR escalated_to = ANY ((SELECT my_principals())::integer[])
                   OR (owner = ANY ((SELECT my_principals())::integer[]) OR from_practitioner_id = ANY ((SELECT my_principals())::integer[])) AND i_may_know(person_id)
                   OR climbed_to = ANY ((SELECT my_principals())::integer[]) OR signatory = ANY ((SELECT my_principals())::integer[])
                   OR (SELECT my_practitioner()) IS NULL AND words_on_my_ticket(entry_id)'),
        ('share_event', 'EXISTS (SELECT 1 FROM share s WHERE s.id = share_id)'),
        ('entry_event', 'EXISTS (SELECT 1 FROM entry e WHERE e.id = entry_id)'),
        ('delivery', 'EXISTS (SELECT 1 FROM share s WHERE s.id = share_id)'),
        ('inbox_item', 'EXISTS (SELECT 1 FROM share s WHERE s.id = share_id)'),
        ('correction_notice', 'practitioner_id = (SELECT my_practitioner())'),
        ('draft', 'account_id = (SELECT my_account())')) AS v(name, reading)
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t.name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t.name);
        EXECUTE format('DROP POLICY IF EXISTS reads ON %I', t.name);
        EXECUTE format('DROP POLICY IF EXISTS writes ON %I', t.name);
        EXECUTE format('DROP POLICY IF EXISTS changes ON %I', t.name);
        EXECUTE format('DROP POLICY IF EXISTS functions ON %I', t.name);
        EXECUTE format('DROP POLICY IF EXISTS works ON %I', t.name);
        EXECUTE format('CREATE POLICY reads ON %I FOR SELECT TO alongside_app USING (%s)', t.name, t.reading);
        EXECUTE format('CREATE POLICY writes ON %I FOR INSERT TO alongside_app WITH CHECK (true)', t.name);
        EXECUTE format('CREATE POLICY changes ON %I FOR UPDATE TO alongside_app USING (%s)', t.name, t.reading);
        EXECUTE format('CREATE POLICY functions ON %I TO alongside_definer USING (true) WITH CHECK (true)', t.name);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO alongside_app', t.name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO alongside_definer', t.name);
    END LOOP;
    FOR t IN SELECT unnest(ARRAY['share', 'share_event', 'delivery', 'inbox_item']) AS name LOOP
        EXECUTE format('CREATE POLICY works ON %I TO alongside_worker USING (true) WITH CHECK (true)', t.name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO alongside_worker', t.name);
    END LOOP;
END $$;
-- What hangs on an entry or a share is added by whoever may read that; what a partner receives is added by the worker; notices by their door.
DROP POLICY IF EXISTS writes ON share;
CREATE POLICY writes ON share FOR INSERT TO alongside_app WITH CHECK (EXISTS (SELECT 1 FROM entry e WHERE e.id = entry_id));
DROP POLICY IF EXISTS writes ON share_event;
CREATE POLICY writes ON share_event FOR INSERT TO alongside_app WITH CHECK (EXISTS (SELECT 1 FROM share s WHERE s.id = share_id));
DROP POLICY IF EXISTS writes ON delivery;
CREATE POLICY writes ON delivery FOR INSERT TO alongside_app WITH CHECK (EXISTS (SELECT 1 FROM share s WHERE s.id = share_id));
REVOKE INSERT ON inbox_item, correction_notice FROM alongside_app;
REVOKE UPDATE ON share FROM alongside_app;
GRANT UPDATE (status, owner, next_step_at, due_at, half_at, sent_at, first_read_at, phoned_at, phone_note, escalated_to, climbed_at, climbed_to, for_supervision_at, phone_asked_at, answered_at, answered_by_id,
    decline_reason, decision, sender_told_at, used, challenge) ON share TO alongside_app;
GRANT UPDATE (cancelled_at) ON delivery TO alongside_app;
GRANT UPDATE (seen_at) ON correction_notice TO alongside_app;
GRANT UPDATE ON draft TO alongside_app;
GRANT DELETE ON draft TO alongside_app;
DROP POLICY IF EXISTS forgets ON draft;
CREATE POLICY forgets ON draft FOR DELETE TO alongside_app USING (account_id = (SELECT my_account()));
DROP POLICY IF EXISTS writes ON draft;
CREATE POLICY writes ON draft FOR INSERT TO alongside_app WITH CHECK (account_id = (SELECT my_account()));
GRANT EXECUTE ON FUNCTION sign_entry(bigint, text), mark_corrected(bigint), reached_by(bigint, bigint[]), taken_off(bigint, bigint[], text), decided_upon(bigint), versions_of(bigint), chase_readers(bigint, timestamptz),
    routing_facts(bigint[], text[], text, integer[]), readers_follow_shares(bigint), refer_to_team(bigint), end_referral(bigint), backlog_facts(bigint, text[], text[], timestamptz, integer),
    offer_item(bigint, bigint, jsonb, jsonb, text), information_pairs(timestamptz, timestamptz), answering(timestamptz, timestamptz), decide_outcome(bigint, jsonb, text, text), people_of_entry(uuid), follow_up_done(bigint, text, text), pressing(bigint), my_own_entry(bigint), my_own_words(bigint), i_may_know(bigint), words_on_my_ticket(bigint), held_by(integer), hand_over(integer, integer, text),
    backlog_offered(bigint) TO alongside_app;
GRANT EXECUTE ON FUNCTION backlog_forgotten(bigint, text[], text[], timestamptz, timestamptz) TO alongside_worker;

-- Files of a form that is not sent yet: whoever sent them, and nobody else. The worker only throws away what nobody came back for.
ALTER TABLE draft_file ENABLE ROW LEVEL SECURITY;
ALTER TABLE draft_file FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reads ON draft_file;
DROP POLICY IF EXISTS writes ON draft_file;
DROP POLICY IF EXISTS forgets ON draft_file;
DROP POLICY IF EXISTS functions ON draft_file;
CREATE POLICY reads ON draft_file FOR SELECT TO alongside_app USING (account_id = (SELECT my_account()));
CREATE POLICY writes ON draft_file FOR INSERT TO alongside_app WITH CHECK (account_id = (SELECT my_account()));
CREATE POLICY forgets ON draft_file FOR DELETE TO alongside_app USING (account_id = (SELECT my_account()));
CREATE POLICY functions ON draft_file TO alongside_definer USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, DELETE ON draft_file TO alongside_app;
GRANT SELECT, DELETE ON draft_file TO alongside_definer;
GRANT EXECUTE ON FUNCTION forget_draft_files() TO alongside_worker;
