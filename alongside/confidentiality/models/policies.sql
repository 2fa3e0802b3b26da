-- Row security of the facts that the gate weighs. What the gate alone may see is open to its functions only.
DO $$
DECLARE t record;
BEGIN
    FOR t IN SELECT * FROM (VALUES
        ('consent', $p$category_no('strengths_needs_plan')$p$), ('capacity_judgement', $p$category_no('strengths_needs_plan')$p$),
        ('objection', $p$category_no('strengths_needs_plan')$p$), ('relationship', $p$category_no('index_entry')$p$),
        ('risk', $p$category_no('safeguarding_concern')$p$), ('verified_document', $p$category_no('strengths_needs_plan')$p$),
        ('restriction', $p$category_no('strengths_needs_plan')$p$), ('ledger_hold', $p$category_no('safeguarding_concern')$p$)) AS v(name, category)
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t.name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t.name);
        EXECUTE format('DROP POLICY IF EXISTS reads ON %I', t.name);
        EXECUTE format('DROP POLICY IF EXISTS writes ON %I', t.name);
        EXECUTE format('DROP POLICY IF EXISTS changes ON %I', t.name);
        EXECUTE format('DROP POLICY IF EXISTS functions ON %I', t.name);
        EXECUTE format('CREATE POLICY reads ON %I FOR SELECT TO alongside_app USING (record_key(person_id, 0, %s) = ANY ((SELECT ticket_keys())::bigint[])%s)', t.name, t.category,
            CASE t.name WHEN 'ledger_hold' THEN ' AND (SELECT is_practitioner())' ELSE '' END);
        EXECUTE format('CREATE POLICY writes ON %I FOR INSERT TO alongside_app WITH CHECK (person_id = ANY ((SELECT ticket_writable())::bigint[]))', t.name);
        EXECUTE format('CREATE POLICY changes ON %I FOR UPDATE TO alongside_app USING (person_id = ANY ((SELECT ticket_writable())::bigint[])) WITH CHECK (person_id = ANY ((SELECT ticket_writable())::bigint[]))', t.name);
        EXECUTE format('CREATE POLICY functions ON %I TO alongside_definer USING (true) WITH CHECK (true)', t.name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO alongside_app', t.name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO alongside_definer', t.name);
    END LOOP;

    -- Written behind doors only; read by whoever owes it, judges it or is told.
    FOR t IN SELECT * FROM (VALUES
        ('obligation', $p$owner = ANY ((SELECT my_principals())::integer[]) OR climbed_to = ANY ((SELECT my_principals())::integer[])$p$),
        ('break_glass', $p$practitioner_id = (SELECT my_practitioner()) OR may_judge((SELECT my_practitioner()), id)$p$),
        ('access_complaint', $p$made_by_id = (SELECT my_account()) OR (SELECT is_guardian()) AND guards((SELECT my_practitioner()), agency_id)$p$),
        ('person_notice', $p$record_key(person_id, 0, category_no('index_entry')) = ANY ((SELECT ticket_keys())::bigint[]) AND notice_is_for_me(person_id, release_at, hidden_from::text[])$p$),
        ('record_view', $p$practitioner_id = (SELECT my_practitioner())$p$),
        ('declared_tie', $p$practitioner_id = (SELECT my_practitioner())$p$),
        ('access_change', $p$false$p$), ('caseload_place', $p$false$p$)) AS v(name, reading)
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t.name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t.name);
        EXECUTE format('DROP POLICY IF EXISTS reads ON %I', t.name);
        EXECUTE format('DROP POLICY IF EXISTS writes ON %I', t.name);
        EXECUTE format('DROP POLICY IF EXISTS changes ON %I', t.name);
        EXECUTE format('DROP POLICY IF EXISTS functions ON %I', t.name);
        EXECUTE format('DROP POLICY IF EXISTS works ON %I', t.name);
        EXECUTE format('CREATE POLICY reads ON %I FOR SELECT TO alongside_app USING (%s)', t.name, t.reading);
        EXECUTE format('CREATE POLICY changes ON %I FOR UPDATE TO alongside_app USING (%s)', t.name, t.reading);
        EXECUTE format('CREATE POLICY functions ON %I TO alongside_definer USING (true) WITH CHECK (true)', t.name);
        EXECUTE format('REVOKE ALL ON %I FROM alongside_app, alongside_worker', t.name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO alongside_definer', t.name);
    END LOOP;
END $$;

GRANT SELECT ON obligation, break_glass, access_complaint, person_notice, record_view, declared_tie TO alongside_app;
GRANT UPDATE (status, outcome, note, due_at, next_step_at, done_at, done_by_id) ON obligation TO alongside_app;
GRANT UPDATE (seen_at) ON person_notice TO alongside_app;
GRANT UPDATE (acknowledged_at, answered_at, answered_by_id, outcome, answer) ON access_complaint TO alongside_app;
CREATE POLICY writes ON declared_tie FOR INSERT TO alongside_app WITH CHECK (practitioner_id = (SELECT my_practitioner()));
GRANT INSERT ON declared_tie TO alongside_app;

-- The worker moves clocks and climbs; it reads no reason and no complaint.
CREATE POLICY works ON obligation TO alongside_worker USING (true) WITH CHECK (true);
GRANT SELECT ON obligation TO alongside_worker;
GRANT UPDATE (climbed_to, next_step_at) ON obligation TO alongside_worker;

GRANT SELECT ON purpose, lawful_basis TO alongside_app, alongside_worker, alongside_definer;
GRANT EXECUTE ON FUNCTION gate_facts(bigint, text), my_relation(bigint), agreement_state(integer, text), is_guardian(), is_practitioner(), my_practitioner(), guards(integer, integer),
    wall_lets_know(bigint), open_record(bigint, integer[], integer[], boolean, jsonb), open_for_report(bigint[], jsonb), write_line(jsonb),
    find_people(jsonb, integer, jsonb), my_people(text, integer, integer, jsonb), register_person(jsonb), allocated_to(bigint), owe(bigint, bigint, jsonb), notify_person(bigint, bigint, jsonb),
    notice_is_for_me(bigint, timestamptz, text[]), wake_for_risk(bigint, interval), break_glass_open(bigint, text, bigint), break_glass_judge(bigint, boolean, text), may_judge(integer, bigint), emergency_to_judge(bigint),
    complain(bigint, bigint, bigint, text, timestamptz), look_again(bigint, boolean, date, text, bigint), complaint_to_answer(bigint),
    lines_of_practitioner(integer, bigint, integer), lines_to_prove(text, integer), ledger_for_guardian(bigint[]), ledger_leaves(smallint, xid8, xid8), who_looked_at(bigint, text[], bigint, integer), unusual_accesses(timestamptz, integer), effect_of_restriction(bigint, integer[], text) TO alongside_app;
GRANT EXECUTE ON FUNCTION recompute_due_acls(integer), stale_acls(), release_notices(integer), review_ledger_holds(), review_restrictions() TO alongside_worker;

-- A database from before places were kept gets them all at once; afterwards they follow what they stand for.
SET ROLE alongside_definer;
INSERT INTO caseload_place (person_id, practitioner_id, family_name, given_name)
SELECT w.person_id, w.practitioner_id, w.family_name, w.given_name FROM caseload_places() w WHERE NOT EXISTS (SELECT 1 FROM caseload_place);
RESET ROLE;
