-- How much somebody wants to be involved stands beside what they agreed to: read with the plan's key, written with the right to write.
ALTER TABLE involvement ENABLE ROW LEVEL SECURITY;
ALTER TABLE involvement FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reads ON involvement;
DROP POLICY IF EXISTS writes ON involvement;
DROP POLICY IF EXISTS changes ON involvement;
DROP POLICY IF EXISTS functions ON involvement;
CREATE POLICY reads ON involvement FOR SELECT TO alongside_app USING (record_key(person_id, 0, category_no('strengths_needs_plan')) = ANY ((SELECT ticket_keys())::bigint[]));
CREATE POLICY writes ON involvement FOR INSERT TO alongside_app WITH CHECK (person_id = ANY ((SELECT ticket_writable())::bigint[]));
CREATE POLICY changes ON involvement FOR UPDATE TO alongside_app USING (person_id = ANY ((SELECT ticket_writable())::bigint[])) WITH CHECK (person_id = ANY ((SELECT ticket_writable())::bigint[]));
CREATE POLICY functions ON involvement TO alongside_definer USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON involvement TO alongside_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON involvement TO alongside_definer;
GRANT EXECUTE ON FUNCTION ask_again(integer) TO alongside_worker;
