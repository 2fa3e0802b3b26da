-- Entries and everything that hangs on them: read with a key on the ticket, by its author in person, or because it was shared with one of the
-- reader's principals; an entry kept for named readers only is read by them alone, whoever supervises them, and by the person who wrote it. A share is
-- also seen by who supervises its owner or sender, unless the person is hidden from them. The worker sees shares and deliveries, never the text of an entry.
DO $$
DECLARE
    t record;
    -- The key first, because it lets most rows through, and what is asked of each row by itself last.
    readable constant text := '(only_for IS NULL OR only_for && (SELECT my_principals())::integer[] OR %s) AND (%s OR shared_to && (SELECT my_principals())::integer[] OR %s)';
    of_mine constant text := 'NOT EXISTS (SELECT 1 FROM unnest(keys) k WHERE NOT (k >> 21) = ANY ((SELECT ticket_writable())::bigint[]))';
BEGIN
    FOR t IN SELECT * FROM (VALUES
        ('entry', 'author_person_id = (SELECT my_person())', 'keys && (SELECT ticket_keys())::bigint[]', 'author_id = (SELECT my_practitioner())', of_mine),
        ('entry_subject', 'author_person_id = (SELECT my_person())', 'key = ANY ((SELECT ticket_keys())::bigint[])', 'author_id = (SELECT my_practitioner())', 'person_id = ANY ((SELECT ticket_writable())::bigint[]) AND key >> 21 = person_id'),
        ('entry_part', 'my_own_words(entry_id)', 'keys && (SELECT ticket_keys())::bigint[]', 'my_own_entry(entry_id)', of_mine),
        ('attachment', 'my_own_words(entry_id)', 'keys && (SELECT ticket_keys())::bigint[]', 'my_own_entry(entry_id)', of_mine)) AS v(name, by_author, by_key, by_hand, writes)
    LOOP
        CALL wall(t.name, reads => format(readable, t.by_author, t.by_key, t.by_hand), writes => t.writes);
    END LOOP;
END $$;
-- What changes on an entry (signature, correction, a later share) changes through definer functions, never by free UPDATE.

-- What hangs on an entry or a share is added by whoever may read that; what a partner receives is added by the worker; notices by their door.
CALL wall('routing_outcome', writes => 'true', reads => 'from_practitioner = ANY ((SELECT my_principals())::integer[])
    OR 1000000000 + team_id = ANY ((SELECT my_principals())::integer[]) AND outcome = ''share'' OR decider = ANY ((SELECT my_principals())::integer[])
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = entry_id AND e.agency_id = from_agency) OR EXISTS (SELECT 1 FROM share s WHERE s.outcome_id = routing_outcome.id)');
DO $$
DECLARE seen constant text := 'owner = (SELECT my_practitioner()) OR from_practitioner_id = (SELECT my_practitioner())
    OR 1000000000 + to_team_id = ANY ((SELECT my_principals())::integer[]) AND NOT sealed(obligations, owner) OR escalated_to = ANY ((SELECT my_principals())::integer[])
    OR (owner = ANY ((SELECT my_principals())::integer[]) OR from_practitioner_id = ANY ((SELECT my_principals())::integer[])) AND i_may_know(person_id)
    OR climbed_to = ANY ((SELECT my_principals())::integer[]) OR signatory = ANY ((SELECT my_principals())::integer[])
    OR (SELECT my_practitioner()) IS NULL AND words_on_my_ticket(entry_id)';
BEGIN
    CALL wall('share', reads => seen, writes => 'EXISTS (SELECT 1 FROM entry e WHERE e.id = entry_id)', changes => seen, worker => 'SELECT, INSERT, UPDATE',
        columns => 'status, owner, next_step_at, due_at, half_at, sent_at, first_read_at, phoned_at, phone_note, escalated_to, climbed_at, climbed_to, for_supervision_at, phone_asked_at, answered_at,
            answered_by_id, decline_reason, decision, sender_told_at, used, challenge');
END $$;
CALL wall('share_event', reads => 'EXISTS (SELECT 1 FROM share s WHERE s.id = share_id)', writes => 'EXISTS (SELECT 1 FROM share s WHERE s.id = share_id)', worker => 'SELECT, INSERT, UPDATE');
CALL wall('entry_event', reads => 'EXISTS (SELECT 1 FROM entry e WHERE e.id = entry_id)', writes => 'true');
CALL wall('delivery', reads => 'EXISTS (SELECT 1 FROM share s WHERE s.id = share_id)', writes => 'EXISTS (SELECT 1 FROM share s WHERE s.id = share_id)',
    changes => 'EXISTS (SELECT 1 FROM share s WHERE s.id = share_id)', columns => 'cancelled_at', worker => 'SELECT, INSERT, UPDATE');
CALL wall('inbox_item', reads => 'EXISTS (SELECT 1 FROM share s WHERE s.id = share_id)', worker => 'SELECT, INSERT, UPDATE');
CALL wall('correction_notice', reads => 'practitioner_id = (SELECT my_practitioner())', changes => 'practitioner_id = (SELECT my_practitioner())', columns => 'seen_at');
CALL wall('draft', reads => 'account_id = (SELECT my_account())', writes => 'account_id = (SELECT my_account())', changes => 'account_id = (SELECT my_account())');
CREATE POLICY forgets ON draft FOR DELETE TO alongside_app USING (account_id = (SELECT my_account()));
GRANT DELETE ON draft TO alongside_app;
GRANT EXECUTE ON FUNCTION named_in_share(bigint), sign_entry(bigint, text), mark_corrected(bigint), reached_by(bigint, bigint[]), taken_off(bigint, bigint[], text), decided_upon(bigint), versions_of(bigint), chase_readers(bigint, timestamptz),
    routing_facts(bigint[], text[], text, integer[]), readers_follow_shares(bigint), refer_to_team(bigint), end_referral(bigint), backlog_facts(bigint, text[], text[], timestamptz, integer),
    offer_item(bigint, bigint, jsonb, jsonb, text), information_pairs(timestamptz, timestamptz), answering(timestamptz, timestamptz), decide_outcome(bigint, jsonb, text, text), people_of_entry(uuid), follow_up_done(bigint, text, text), pressing(bigint), my_own_entry(bigint), my_own_words(bigint), i_may_know(bigint), words_on_my_ticket(bigint), held_by(integer), hand_over(integer, integer, text),
    backlog_offered(bigint) TO alongside_app;
GRANT EXECUTE ON FUNCTION backlog_forgotten(bigint, text[], text[], timestamptz, timestamptz) TO alongside_worker;

-- Files of a form that is not sent yet: whoever sent them, and nobody else. The worker only throws away what nobody came back for.
CALL wall('draft_file', reads => 'account_id = (SELECT my_account())', writes => 'account_id = (SELECT my_account())', definer => 'SELECT, DELETE');
CREATE POLICY forgets ON draft_file FOR DELETE TO alongside_app USING (account_id = (SELECT my_account()));
GRANT DELETE ON draft_file TO alongside_app;
GRANT EXECUTE ON FUNCTION forget_draft_files() TO alongside_worker;
