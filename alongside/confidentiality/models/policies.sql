-- Row security of the facts that the gate weighs. What the gate alone may see is open to its functions only.
DO $$
DECLARE
    t record;
    writable constant text := 'person_id = ANY ((SELECT ticket_writable())::bigint[])';
BEGIN
    FOR t IN SELECT * FROM (VALUES
        ('consent', $p$category_no('strengths_needs_plan')$p$), ('capacity_judgement', $p$category_no('strengths_needs_plan')$p$),
        ('objection', $p$category_no('strengths_needs_plan')$p$), ('relationship', $p$category_no('index_entry')$p$),
        ('risk', $p$category_no('safeguarding_concern')$p$), ('verified_document', $p$category_no('strengths_needs_plan')$p$),
        ('ledger_hold', $p$category_no('safeguarding_concern')$p$)) AS v(name, category)
    LOOP
        CALL wall(t.name, writes => writable, changes => writable, remains => writable,
            reads => format('record_key(person_id, 0, %s) = ANY ((SELECT ticket_keys())::bigint[])%s', t.category, CASE t.name WHEN 'ledger_hold' THEN ' AND (SELECT is_practitioner())' ELSE '' END));
    END LOOP;
END $$;

-- Written behind doors only; read by whoever owes it, judges it or is told. The worker moves clocks and climbs; it reads no reason and no complaint.
CALL wall('obligation', reads => 'owner = ANY ((SELECT my_principals())::integer[]) OR climbed_to = ANY ((SELECT my_principals())::integer[])',
    changes => 'owner = ANY ((SELECT my_principals())::integer[]) OR climbed_to = ANY ((SELECT my_principals())::integer[])',
    columns => 'status, outcome, note, due_at, next_step_at, done_at, done_by_id', worker => 'SELECT, UPDATE (climbed_to, next_step_at)');
CALL wall('break_glass', reads => 'practitioner_id = (SELECT my_practitioner()) OR may_judge((SELECT my_practitioner()), id)');
CALL wall('access_complaint', reads => 'made_by_id = (SELECT my_account()) OR (SELECT is_guardian()) AND guards((SELECT my_practitioner()), agency_id)',
    changes => 'made_by_id = (SELECT my_account()) OR (SELECT is_guardian()) AND guards((SELECT my_practitioner()), agency_id)', columns => 'acknowledged_at, answered_at, answered_by_id, outcome, answer');
CALL wall('person_notice', columns => 'seen_at',
    reads => $p$record_key(person_id, 0, category_no('index_entry')) = ANY ((SELECT ticket_keys())::bigint[]) AND notice_is_for_me(person_id, release_at, hidden_from::text[])$p$,
    changes => $p$record_key(person_id, 0, category_no('index_entry')) = ANY ((SELECT ticket_keys())::bigint[]) AND notice_is_for_me(person_id, release_at, hidden_from::text[])$p$);
CALL wall('record_view', reads => 'practitioner_id = (SELECT my_practitioner())');
CALL wall('declared_tie', reads => 'practitioner_id = (SELECT my_practitioner())', writes => 'practitioner_id = (SELECT my_practitioner())');
CALL wall('access_change');
CALL wall('caseload_place');

GRANT SELECT ON purpose, lawful_basis TO alongside_app, alongside_worker, alongside_definer;
GRANT EXECUTE ON FUNCTION gate_facts(bigint, text), my_relation(bigint), agreement_state(integer, text), is_guardian(), is_practitioner(), my_practitioner(), guards(integer, integer),
    wall_lets_know(bigint), open_record(bigint, integer[], integer[], boolean, jsonb), open_for_report(bigint[], jsonb), write_line(jsonb),
    find_people(jsonb, integer, jsonb), my_people(text, integer, integer, jsonb), register_person(jsonb), owe(bigint, bigint, jsonb), notify_person(bigint, bigint, jsonb),
    notice_is_for_me(bigint, timestamptz, text[]), wake_for_risk(bigint, interval), break_glass_open(bigint, text, bigint), break_glass_judge(bigint, boolean, text), may_judge(integer, bigint), emergency_to_judge(bigint),
    complain(bigint, bigint, bigint, text, timestamptz), look_again(bigint, boolean, date, text, bigint), complaint_to_answer(bigint),
    lines_of_practitioner(integer, bigint, integer), lines_to_prove(text, integer), ledger_for_guardian(bigint[]), ledger_leaves(smallint, xid8, xid8), who_looked_at(bigint, text[], bigint, integer), unusual_accesses(timestamptz, integer), effect_of_restriction(bigint, integer[], text) TO alongside_app;
GRANT EXECUTE ON FUNCTION recompute_due_acls(integer), stale_acls(), release_notices(integer), review_ledger_holds(), review_restrictions() TO alongside_worker;

-- A database from before places were kept gets them all at once; afterwards they follow what they stand for.
SET ROLE alongside_definer;
INSERT INTO caseload_place (person_id, practitioner_id, family_name, given_name)
SELECT w.person_id, w.practitioner_id, w.family_name, w.given_name FROM caseload_places() w WHERE NOT EXISTS (SELECT 1 FROM caseload_place);
RESET ROLE;
