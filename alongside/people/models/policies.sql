-- Row security of everything that names a person we help. Reading needs a key on this transaction's ticket; lists of one's own people need
-- a principal on the person's row. Writing needs the person to be writable on the ticket. Nothing here is deletable by the web or the worker.
REVOKE ALL ON ticket_secret FROM PUBLIC, alongside_app, alongside_worker;
GRANT SELECT ON ticket_secret TO alongside_definer;

DO $$
DECLARE
    t record;
BEGIN
    FOR t IN SELECT * FROM (VALUES
        ('person_name', 'person_id', $p$CASE WHEN protected_as = '' THEN category_no('index_entry') ELSE category_no(protected_as) END$p$),
        ('person_profile', 'person_id', $p$category_no('index_entry')$p$),
        ('person_marker', 'person_id', $p$category_no('whole_record')$p$),
        ('address', 'person_id', $p$CASE WHEN concealed THEN category_no('whereabouts') ELSE category_no('home_address') END$p$),
        ('contact_point', 'person_id', $p$category_no('contact_details')$p$),
        ('safe_contact', 'person_id', $p$category_no('contact_details')$p$),
        ('family_relation', 'person_id', $p$category_no('strengths_needs_plan')$p$),
        ('unsafe_with', 'person_id', $p$category_no('domestic_abuse')$p$)) AS v(name, person, category)
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t.name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t.name);
        EXECUTE format('DROP POLICY IF EXISTS reads ON %I', t.name);
        EXECUTE format('DROP POLICY IF EXISTS writes ON %I', t.name);
        EXECUTE format('DROP POLICY IF EXISTS changes ON %I', t.name);
        EXECUTE format('DROP POLICY IF EXISTS functions ON %I', t.name);
        EXECUTE format('CREATE POLICY reads ON %I FOR SELECT TO alongside_app USING (record_key(%I, 0, %s) = ANY ((SELECT ticket_keys())::bigint[]) AND %s)', t.name, t.person, t.category,
            CASE t.name WHEN 'person_marker' THEN $p$flag NOT IN ('adopted', 'gender_recognition', 'identity_protected')$p$ ELSE 'true' END);
        EXECUTE format('CREATE POLICY writes ON %I FOR INSERT TO alongside_app WITH CHECK (%I = ANY ((SELECT ticket_writable())::bigint[]))', t.name, t.person);
        EXECUTE format('CREATE POLICY changes ON %I FOR UPDATE TO alongside_app USING (%I = ANY ((SELECT ticket_writable())::bigint[])) WITH CHECK (%I = ANY ((SELECT ticket_writable())::bigint[]))', t.name, t.person, t.person);
        EXECUTE format('CREATE POLICY functions ON %I TO alongside_definer USING (true) WITH CHECK (true)', t.name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO alongside_app', t.name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO alongside_definer', t.name);
    END LOOP;
END $$;

-- What hides who somebody is ends behind a door of two people.
DROP POLICY IF EXISTS changes ON person_marker;
CREATE POLICY changes ON person_marker FOR UPDATE TO alongside_app USING (person_id = ANY ((SELECT ticket_writable())::bigint[]) AND NOT ends_by_two(flag)) WITH CHECK (person_id = ANY ((SELECT ticket_writable())::bigint[]) AND NOT ends_by_two(flag));

ALTER TABLE person ENABLE ROW LEVEL SECURITY;
ALTER TABLE person FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reads ON person;
DROP POLICY IF EXISTS changes ON person;
DROP POLICY IF EXISTS functions ON person;
CREATE POLICY reads ON person FOR SELECT TO alongside_app
    USING (acl && (SELECT my_principals())::integer[] OR id = ANY ((SELECT ticket_people())::bigint[]));
CREATE POLICY changes ON person FOR UPDATE TO alongside_app
    USING (id = ANY ((SELECT ticket_writable())::bigint[])) WITH CHECK (id = ANY ((SELECT ticket_writable())::bigint[]));
CREATE POLICY functions ON person TO alongside_definer USING (true) WITH CHECK (true);
GRANT SELECT ON person TO alongside_app;
GRANT UPDATE (given_name, family_name, known_as, pronouns, date_of_birth, birth_date_estimated, died_on, nhs_number, nhs_number_status, upn, search_name, sounds) ON person TO alongside_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON person TO alongside_definer;

ALTER TABLE representation ENABLE ROW LEVEL SECURITY;
ALTER TABLE representation FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reads ON representation;
DROP POLICY IF EXISTS writes ON representation;
DROP POLICY IF EXISTS changes ON representation;
DROP POLICY IF EXISTS functions ON representation;
CREATE POLICY reads ON representation FOR SELECT TO alongside_app
    USING (account_id = (SELECT my_account()) OR record_key(person_id, 0, category_no('contact_details')) = ANY ((SELECT ticket_keys())::bigint[]));
CREATE POLICY writes ON representation FOR INSERT TO alongside_app WITH CHECK (person_id = ANY ((SELECT ticket_writable())::bigint[]));
CREATE POLICY changes ON representation FOR UPDATE TO alongside_app USING (person_id = ANY ((SELECT ticket_writable())::bigint[]));
CREATE POLICY functions ON representation TO alongside_definer USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON representation TO alongside_app;
GRANT SELECT, INSERT, UPDATE ON representation TO alongside_definer;

-- A register is loaded by an operator at the server, as the worker: a role that has no session, reads nobody and writes people through one door only.
GRANT SELECT, INSERT, UPDATE ON register_import, register_refused_row TO alongside_definer, alongside_worker;
GRANT SELECT ON register_import, register_refused_row TO alongside_app;
REVOKE INSERT, UPDATE ON register_import, register_refused_row FROM alongside_app;
GRANT EXECUTE ON FUNCTION load_register_batch(bigint, integer, integer, jsonb, jsonb) TO alongside_worker;
GRANT EXECUTE ON FUNCTION ticket_list(integer), concealed_among(bigint[], text[]), leads_to_somebody_unsafe(bigint, text[]), reaching(bigint) TO alongside_app;
GRANT EXECUTE ON FUNCTION let_sign_in(bigint, bigint) TO alongside_app;
