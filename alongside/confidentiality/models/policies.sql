-- Row security of the facts that the gate weighs. What the gate alone may see is open to its functions only.
DO $$
DECLARE t record;
BEGIN
    FOR t IN SELECT * FROM (VALUES
        ('consent', $p$category_no('strengths_needs_plan')$p$), ('capacity_judgement', $p$category_no('strengths_needs_plan')$p$),
        ('objection', $p$category_no('strengths_needs_plan')$p$), ('relationship', $p$category_no('index_entry')$p$),
        ('risk', $p$category_no('safeguarding_concern')$p$), ('verified_document', $p$category_no('strengths_needs_plan')$p$),
        ('restriction', $p$category_no('whole_record')$p$)) AS v(name, category)
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t.name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t.name);
        EXECUTE format('DROP POLICY IF EXISTS reads ON %I', t.name);
        EXECUTE format('DROP POLICY IF EXISTS writes ON %I', t.name);
        EXECUTE format('DROP POLICY IF EXISTS changes ON %I', t.name);
        EXECUTE format('DROP POLICY IF EXISTS functions ON %I', t.name);
        EXECUTE format('CREATE POLICY reads ON %I FOR SELECT TO alongside_app USING (record_key(person_id, 0, %s) = ANY ((SELECT ticket_keys())::bigint[]))', t.name, t.category);
        EXECUTE format('CREATE POLICY writes ON %I FOR INSERT TO alongside_app WITH CHECK (person_id = ANY ((SELECT ticket_writable())::bigint[]))', t.name);
        EXECUTE format('CREATE POLICY changes ON %I FOR UPDATE TO alongside_app USING (person_id = ANY ((SELECT ticket_writable())::bigint[])) WITH CHECK (person_id = ANY ((SELECT ticket_writable())::bigint[]))', t.name);
        EXECUTE format('CREATE POLICY functions ON %I TO alongside_definer USING (true) WITH CHECK (true)', t.name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO alongside_app', t.name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO alongside_definer', t.name);
    END LOOP;

    -- Owed to a principal: the owner sees it, whoever it climbed to sees it, the worker moves its clock.
    FOR t IN SELECT * FROM (VALUES
        ('obligation', $p$owner = ANY ((SELECT my_principals())::integer[]) OR raised_by_id = ANY ((SELECT my_principals())::integer[]) OR climbed_to = ANY ((SELECT my_principals())::integer[])$p$),
        ('break_glass', $p$practitioner_id = ANY ((SELECT my_principals())::integer[]) OR (SELECT is_guardian())$p$),
        ('access_complaint', $p$made_by_id = (SELECT my_account()) OR (SELECT is_guardian())$p$),
        ('person_notice', $p$record_key(person_id, 0, category_no('index_entry')) = ANY ((SELECT ticket_keys())::bigint[])$p$),
        ('record_view', $p$practitioner_id = ANY ((SELECT my_principals())::integer[])$p$),
        ('declared_tie', $p$practitioner_id = ANY ((SELECT my_principals())::integer[])$p$)) AS v(name, reading)
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
        EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO alongside_app', t.name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO alongside_definer', t.name);
    END LOOP;
END $$;

CREATE POLICY works ON obligation TO alongside_worker USING (true) WITH CHECK (true);
CREATE POLICY works ON break_glass TO alongside_worker USING (true) WITH CHECK (true);
CREATE POLICY works ON access_complaint TO alongside_worker USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON obligation TO alongside_worker;
GRANT SELECT (id, person_id, practitioner_id, line_id, opened_at, ends_at, judgement_due_at, judged_at) ON break_glass TO alongside_worker;
GRANT SELECT (id, person_id, agency_id, made_at, acknowledge_by, acknowledged_at, answered_at) ON access_complaint TO alongside_worker;

GRANT SELECT ON purpose, lawful_basis TO alongside_app, alongside_worker, alongside_definer;
GRANT EXECUTE ON FUNCTION gate_facts(bigint, text), my_relation(bigint), agreement_state(integer, text), is_guardian(), wall_lets_know(bigint),
    open_record(bigint, integer[], integer[], boolean, jsonb), open_for_report(bigint[], jsonb),
    write_line(jsonb), find_people(text, text[], date, text, integer, jsonb), register_person(jsonb) TO alongside_app;
GRANT EXECUTE ON FUNCTION recompute_due_acls(timestamptz), stale_acls() TO alongside_worker;
GRANT EXECUTE ON FUNCTION allocated_to(bigint), who_looked_at(bigint, bigint, integer) TO alongside_app;
